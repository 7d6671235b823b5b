import { objectOf } from '../../../lib/verification/private/values/json-text';
import { equal } from '../../../lib/verification/private/values/pattern';
import { Resolved, ResolvedMap, valueAt } from '../../../lib/verification/private/values/resolved';
import { Text } from '../../../lib/verification/private/values/text';
import { isText } from '../../../lib/verification/private/values/text-parts';
import { toJson } from '../../../lib/verification/private/values/to-json';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const unknown = (label: string, excludes = '') => Text.unknown(new Unknown(label, { label, excludes }));
const map = (...entries: Array<[string | Text, Resolved]>) => new ResolvedMap(entries.map(([key, value]) => [typeof key === 'string' ? Text.of(key) : key, value]));
const ONE = Text.of('1');
const X = unknown('X');

test.each<[string, Resolved, string[], unknown]>([
  ['of an object', map(['a', map(['b', ONE])]), ['a', 'b'], '1'],
  ['where there is none', map(['a', ONE]), ['b'], undefined],
  ['below a literal', map(['a', ONE]), ['a', 'b'], undefined],
  ['below a text that is no object', map(['a', Text.join([Text.of('arn:'), X])]), ['a', 'b'], undefined],
  ['below a value that only the deployment knows', map(['a', X]), ['a', 'b', 'c'], '${X.b.c}'],
  ['where a key may be this one', map([X, ONE]), ['a'], '${X.a}'],
  ['where a key is certainly another one', map([unknown('X', 'a'), ONE]), ['a'], undefined],
  ['where a key is this one, and another may be', map(['a', ONE], [X, Text.of('2')]), ['a'], '1'],
])('the value %s', (_, value, path, expected) => expect(toJson(valueAt(value, ...path))).toBe(expected));

test('what is not known twice of one value is the same', () => {
  const value = map(['a', X]);
  expect(valueAt(value, 'a', 'b')).toEqual(valueAt(value, 'a', 'b'));
});

test('what a key may give is not the same in objects with other values for it', () => {
  const one = map(['a', map([X, ONE])], ['b', map([X, Text.of('2')])], ['c', map([X, ONE], [unknown('Y'), Text.of('2')])], ['d', map([X, ONE])]);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => valueAt(one, name, 'key') as Text);
  expect([b, c, d].map((other) => equal(a, other))).toEqual(['unknown', 'unknown', 'yes']);
});

test.each<[string, Resolved, unknown]>([
  ['an object', map(['a', ONE]), { a: '1' }],
  ['the text of an object', Text.of('{"a":1}'), { a: '1' }],
  ['another text', Text.of('a'), 'a'],
  ['nothing', undefined, undefined],
])('the object of %s', (_, value, expected) => expect(toJson(objectOf(value))).toEqual(expected));

test('nothing is known of an object whose text cannot be read', () => {
  expect(valueAt(objectOf(Text.join([Text.of('{"a":'), X, Text.of('}')])), 'a')).toBeInstanceOf(Text);
});

test.each<[string, Resolved, string]>([
  ['the literal', ONE, 'yes'],
  ['another literal', Text.of('2'), 'no'],
  ['a value that only the deployment knows', X, 'unknown'],
  ['a value that is none of the possible ones', Text.unknown(new Unknown('Y', { label: 'Y', values: ['2', '3'] })), 'no'],
  ['nothing', undefined, 'no'],
  ['a list', [ONE], 'no'],
])('%s is a literal', (_, value, expected) => expect(isText(value, '1')).toBe(expected));
