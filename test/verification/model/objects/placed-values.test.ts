import { documentWithValues } from '../../../../lib/verification/private/model/objects/placed-values';
import { fromJson } from '../../../../lib/verification/private/values/from-json';
import { shown } from '../models';

const document = (json: unknown, ...values: object[]) => shown(documentWithValues(JSON.stringify(json), fromJson(values)));

test.each<[string, unknown, object[], unknown]>([
  ['in an object', { a: null, b: 'c' }, [{ Path: '/a', Value: 'x' }], { a: 'x', b: 'c' }],
  ['below other keys', { a: { b: { c: null } } }, [{ Path: '/a/b/c', Value: 'x' }], { a: { b: { c: 'x' } } }],
  ['in a list', { a: ['b', null, 'c'] }, [{ Path: '/a/1', Value: 'x' }], { a: ['b', 'x', 'c'] }],
  ['in an object of a list', { a: [{ b: null }, { b: 'c' }] }, [{ Path: '/a/0/b', Value: 'x' }], { a: [{ b: 'x' }, { b: 'c' }] }],
  ['of a key with escapes', { 'a/b~c': null }, [{ Path: '/a~1b~0c', Value: 'x' }], { 'a/b~c': 'x' }],
  ['of a key that is a value', { a: {} }, [{ Path: '/a', Key: 'b', Value: 'x' }], { a: { b: 'x' } }],
  ['that is a list', { a: null }, [{ Path: '/a', Value: ['x', 'y'] }], { a: ['x', 'y'] }],
  ['that is a number', { a: null }, [{ Path: '/a', Number: '3' }], { a: '3' }],
  ['that is a document', { a: null }, [{ Path: '/a', Document: { Json: '{"b":null}', Values: [{ Path: '/b', Value: 'x' }] } }], { a: { b: 'x' } }],
  ['that is not there', { a: null, b: 'c' }, [{ Path: '/a' }], { a: undefined, b: 'c' }],
  ['that are not there in a list', { a: [null, 'b', null, 'c'] }, [{ Path: '/a/0' }, { Path: '/a/2' }], { a: ['b', 'c'] }],
  ['that is the whole document', null, [{ Path: '', Value: 'x' }], 'x'],
])('a value %s', (_, json, values, expected) => {
  expect(document(json, ...values)).toEqual(expected);
});
