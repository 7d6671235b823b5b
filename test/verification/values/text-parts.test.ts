import { Text } from '../../../lib/verification/private/values/text';
import { isSet, textAfter, withoutPrefix } from '../../../lib/verification/private/values/text-parts';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const unknown = (label: string) => Text.unknown(new Unknown(label, { label }));
const join = (...parts: Array<string | Text>) => Text.join(parts.map((part) => (typeof part === 'string' ? Text.of(part) : part)));
const ID = unknown('Id');

test.each<[string, Text, string, string | undefined]>([
  ['a literal', Text.of('a:cluster/b/c'), ':cluster/', 'b/c'],
  ['more than a literal', join(unknown('Arn'), ':cluster/b-', ID, '-c'), ':cluster/', 'b-${Id}-c'],
  ['the end', join('a:', ID), ':', '${Id}'],
  ['nothing', join('a', ID), ':', undefined],
])('the text after a separator is %s', (_, text, separator, expected) => {
  expect(textAfter(text, separator)?.toString()).toBe(expected);
});

test.each<[string, Text, string]>([
  ['of a literal', Text.of('https://a'), 'a'],
  ['of more than a literal', join('https://a/', ID, '/b'), 'a/${Id}/b'],
  ['that is not there', join('a', ID), 'a${Id}'],
  ['of a value that only the deployment knows', ID, '${Id without https://}'],
])('without a prefix %s', (_, text, expected) => {
  expect(withoutPrefix(text, 'https://').toString()).toBe(expected);
});

test.each([['true', 'yes'], ['True', 'yes'], ['false', 'no'], ['other', 'unknown']])('the flag %s is set: %s', (literal, expected) => {
  expect(isSet(Text.of(literal))).toBe(expected);
});

test('a flag that is not there is not set', () => {
  expect(isSet(undefined)).toBe('no');
  expect(isSet(ID)).toBe('unknown');
});
