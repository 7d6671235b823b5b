import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { example, takes } from './judged';
import { checkAnnotations, checkLabelKey, checkLabels, checkLabelValue } from '../../lib/private/kubernetes-labels';

const A_NAME = '63 letters, digits, hyphens, underscores and dots that begin and end with a letter or digit';
const A_KEY = `must be 1 to ${A_NAME}, optionally after an RFC 1123 subdomain and a slash: for example "team" or "example.com/team"`;
const A_VALUE = `must be an empty string or 1 to ${A_NAME}`;

const KEYS = ['a', 'A', '0', 'Team', 'a_b', 'a.b', 'a--b', 'example.com/team', 'a/B_c', 'a'.repeat(63), `${'a'.repeat(253)}/${'a'.repeat(63)}`];
const NO_KEYS = ['', '-a', 'a-', '_a', 'a.', 'a b', 'ä', 'a\n', '/a', 'a/', 'a/b/c', 'a..b/c', 'a_b/c', 'a'.repeat(64), `a/${'a'.repeat(64)}`, `${'a'.repeat(254)}/a`];

test.each(KEYS)('a label can have the key "%s", and so can an annotation', (key) => {
  checkLabels('labels', { [key]: '' });
  checkAnnotations('annotations', { [key]: '' });
});

test.each(NO_KEYS)('fails for the key %j', (key) => {
  expect(() => checkLabels('labels', { [key]: '' })).toThrow(new Error(`a key of labels is ${JSON.stringify(key)}, but ${A_KEY}`));
  expect(() => checkAnnotations('annotations', { [key]: '' })).toThrow(new Error(`a key of annotations is ${JSON.stringify(key)}, but ${A_KEY}`));
});

test('an annotation can have capital letters in the prefix of its key, but a label cannot', () => {
  checkAnnotations('annotations', { 'Example.com/a': '' });
  expect(() => checkLabels('labels', { 'Example.com/a': '' })).toThrow(new Error(`a key of labels is "Example.com/a", but ${A_KEY}`));
});

test.each(['', 'a', 'A', '0', 'v1.2_b-3', 'a'.repeat(63)])('a label can have the value "%s"', (value) => {
  checkLabels('labels', { a: value });
});

test.each([
  ['-a', 'for example "a"'],
  ['a.', 'for example "a"'],
  ['the data team', 'for example "the-data-team"'],
  ['example.com/team', 'for example "example.com-team"'],
  ['ä', 'use at least one letter or digit'],
  ['a\n', 'for example "a"'],
  ['a'.repeat(64), 'remove 1 of its 64 characters'],
  [1 as any, 'for example "1"'],
  [['a'] as any, 'for example "a"'],
  [true as any, 'for example "true"'],
])('fails for the value %j of a label', (value, mended) => {
  expect(() => checkLabels('labels', { good: 'good', team: value })).toThrow(new Error(`labels['team'] is ${JSON.stringify(value)}, but ${A_VALUE}: ${mended}`));
});

test('the value of an annotation can be any text, and an error about another value does not show it', () => {
  checkAnnotations('annotations', { a: '{ "team": "the data team" }\n' });
  expect(() => checkAnnotations('annotations', { a: { token: 's3cret' } as any })).toThrow(
    new Error('annotations[\'a\'] must be a string: convert it with String or JSON.stringify'));
});

test('the keys and values of all annotations can have at most 256 KiB of UTF-8 together', () => {
  const annotations = { a: 'ä'.repeat(64 * 1024), b: 'b'.repeat(128 * 1024 - 2) };
  checkAnnotations('annotations', annotations);
  expect(() => checkAnnotations('annotations', { ...annotations, c: '' })).toThrow(new Error(
    'the size of annotations is 262145, but must be at most 262144 bytes, keys and values together: store large data in a ConfigMap'));
});

test('undefined is accepted, and so are tokens', () => {
  const token = Token.asString({ Ref: 'Name' });
  [checkLabels, checkAnnotations].forEach((check) => check('property', undefined));
  [checkLabels, checkAnnotations].forEach((check) => check('property', { [`${token} `]: `${token} `, b: token }));
});

// a second implementation of the rules, one character at a time
const letterOrDigit = (character?: string) => character !== undefined && /[a-z0-9]/i.test(character);
const isName = (text: string) => text.length <= 63 && letterOrDigit(text[0]) && letterOrDigit(text.at(-1))
  && [...text].every((character) => letterOrDigit(character) || '-_.'.includes(character));
const isPrefix = (text: string) => text.length <= 253 && text === text.toLowerCase() && text.split('.').every((label) => isName(label) && !label.includes('_'));

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abAB01-_.'), maxLength: 66 }),
  fc.string({ unit: fc.constantFrom(...'aB0-_. ä\n'), maxLength: 6 }),
);

test('the value of a label is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(text, (value) => {
    expect(takes(() => checkLabelValue('value', value))).toBe(value === '' || isName(value));
  }), { numRuns: 1000 });
});

test('a key is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (parts) => {
    const valid = (prefixed: (prefix: string) => boolean) =>
      parts.length === 1 && isName(parts[0]) || parts.length === 2 && prefixed(parts[0]) && isName(parts[1]);
    expect(takes(() => checkLabelKey('key', parts.join('/')))).toBe(valid(isPrefix));
    expect(takes(() => checkAnnotations('annotations', { [parts.join('/')]: '' }))).toBe(valid((prefix) => isPrefix(prefix.toLowerCase())));
  }), { numRuns: 1000 });
});

test('the example in an error is a valid value', () => {
  fc.assert(fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (value) => {
    checkLabelValue('value', example(() => checkLabelValue('value', value)) ?? 'a');
  }), { numRuns: 1000 });
});
