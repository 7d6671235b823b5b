import { PlacedValue } from '../../../../lib/kubernetes/contract/object-document';
import { completed } from '../../../../lib/kubernetes/function/input/documents';

const within = (json: object, ...Values: PlacedValue[]) => completed({ Json: JSON.stringify(json), Values });

test('a value is placed where its pointer says', () => {
  expect(within({ 'a/b': { '~': [null, { c: null }] } }, { Path: '/a~1b/~0/0', Value: 'x' }, { Path: '/a~1b/~0/1/c', Number: '1.5' }))
    .toEqual({ 'a/b': { '~': ['x', { c: 1.5 }] } });
});

test('the empty pointer refers to the whole document', () => {
  expect(completed({ Json: 'null', Values: [{ Path: '', Value: ['x'] }] })).toEqual(['x']);
});

test('a key whose value is AWS::NoValue is left out, and removes no other key', () => {
  const absent: PlacedValue = { Path: '/a', Key: 'k' };
  const there: PlacedValue = { Path: '/a', Key: 'k', Value: 'x' };
  expect(within({ a: {} }, absent)).toEqual({ a: {} });
  expect(within({ a: {} }, absent, there)).toEqual({ a: { k: 'x' } });
  expect(within({ a: {} }, there, absent)).toEqual({ a: { k: 'x' } });
});

test('__proto__ is a key like any other', () => {
  const object = within({ a: {} }, { Path: '/a', Key: '__proto__', Value: 'x' }) as { a: object };
  expect(JSON.stringify(object)).toBe('{"a":{"__proto__":"x"}}');
  expect(Object.getPrototypeOf(object.a)).toBe(Object.prototype);
});

describe('fails for', () => {
  test.each<[string, object, PlacedValue[], string]>([
    ['a key that already exists', { a: { b: 1 } }, [{ Path: '/a', Key: 'b', Value: 'secret' }],
      'the map at /a has the same key twice, because one key is known only at deployment: use different keys'],
    ['two equal keys', { a: {} }, [{ Path: '/a', Key: 'k', Value: '1' }, { Path: '/a', Key: 'k', Value: '2' }],
      'the map at /a has the same key twice, because one key is known only at deployment: use different keys'],
    ['an infinite number', { a: null }, [{ Path: '/a', Number: 'Infinity' }], '/a must be a finite number'],
    ['a text that is not a number', { a: null }, [{ Path: '/a', Number: '1,"b":2' }], '/a must be a finite number'],
    ['a number that is not decimal', { a: null }, [{ Path: '/a', Number: '0x1f' }], '/a must be a finite number'],
    ['a map as a value', { a: null }, [{ Path: '/a', Value: { b: 'c' } as any }], 'a value does not match its place in the object'],
    ['a place in a prototype', {}, [{ Path: '/__proto__/a', Value: 'x' }], 'a value does not match its place in the object'],
    ['an empty number', { a: null }, [{ Path: '/a', Number: ' ' }], '/a must be a finite number'],
    ['a key that was AWS::NoValue', { a: { b: 1 } }, [{ Path: '/a', Value: 'x' }], 'a value does not match its place in the object'],
    ['a place that does not exist', {}, [{ Path: '/toString/a', Value: 'x' }], 'a value does not match its place in the object'],
  ])('%s', (_, json, values, message) => {
    expect(() => within(json, ...values)).toThrow(new Error(message));
  });
});
