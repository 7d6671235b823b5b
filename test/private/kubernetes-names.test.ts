import { Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import { example, takes } from './judged';
import { checkLabel, checkSubdomain } from '../../lib/private/kubernetes-names';

const A_LABEL = 'must be an RFC 1123 label of 1 to 63 lowercase letters, digits and hyphens that begins and ends with a letter or digit';
const A_SUBDOMAIN = 'must be an RFC 1123 subdomain of 1 to 253 lowercase letters, digits, hyphens and dots, '
  + 'with a letter or digit at the beginning, at the end, and on both sides of each dot';

test.each(['a', '0', 'a-b', 'a--b', '4-you', 'a'.repeat(63)])('a label can be "%s"', (label) => {
  checkLabel('namespace', label);
});

test.each([
  ['', 'use at least one letter or digit'],
  ['-', 'use at least one letter or digit'],
  ['-a', 'for example "a"'],
  ['a-', 'for example "a"'],
  ['A', 'for example "a"'],
  ['a_b', 'for example "a-b"'],
  ['a.b', 'for example "a-b"'],
  ['a b', 'for example "a-b"'],
  ['ä', 'use at least one letter or digit'],
  ['a\n', 'for example "a"'],
  ['a'.repeat(64), 'remove 1 of its 64 characters'],
  [7 as any, 'for example "7"'],
  [['a'] as any, 'for example "a"'],
])('fails for the label %j', (label, mended) => {
  expect(() => checkLabel('namespace', label)).toThrow(new Error(`namespace is ${JSON.stringify(label)}, but ${A_LABEL}: ${mended}`));
});

test.each(['a', '0', 'a.b', 'a-b.c--d', '0.0', 'a'.repeat(253), `${'a'.repeat(126)}.${'a'.repeat(126)}`])('a subdomain can be "%s"', (subdomain) => {
  checkSubdomain('serviceAccountName', subdomain);
});

test.each([
  ['', 'use at least one letter or digit'],
  ['.', 'use at least one letter or digit'],
  ['a..b', 'for example "a.b"'],
  ['.a', 'for example "a"'],
  ['a.', 'for example "a"'],
  ['-a', 'for example "a"'],
  ['a-', 'for example "a"'],
  ['a-.b', 'for example "a.b"'],
  ['a.-b', 'for example "a.b"'],
  ['A', 'for example "a"'],
  ['S3_Reader', 'for example "s3-reader"'],
  ['a_b', 'for example "a-b"'],
  ['a/b', 'for example "a-b"'],
  ['system:a', 'for example "system-a"'],
  ['a\n', 'for example "a"'],
  [['a'] as any, 'for example "a"'],
  ['a'.repeat(254), 'remove 1 of its 254 characters'],
])('fails for the subdomain %j', (subdomain, mended) => {
  expect(() => checkSubdomain('serviceAccountName', subdomain)).toThrow(new Error(`serviceAccountName is ${JSON.stringify(subdomain)}, but ${A_SUBDOMAIN}: ${mended}`));
});

test('tokens are accepted', () => {
  const token = Token.asString({ Ref: 'Name' });
  [checkLabel, checkSubdomain].forEach((check) => check('name', `${token}_A`));
});

// a second implementation of the rules, one character at a time
const letterOrDigit = (character?: string) => character !== undefined && 'abcdefghijklmnopqrstuvwxyz0123456789'.includes(character);
const isLabel = (text: string) => letterOrDigit(text[0]) && letterOrDigit(text.at(-1)) && [...text].every((character) => letterOrDigit(character) || character === '-');
const isSubdomain = (text: string) => text.length <= 253 && text.split('.').every(isLabel);

const text = (most: number) => fc.oneof(
  fc.string({ unit: fc.constantFrom(...'abc019-'), maxLength: most }),
  fc.string({ unit: fc.constantFrom(...'ab0-.A_/ ä\n'), maxLength: 6 }),
);

test('a label is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(text(66), (label) => {
    expect(takes(() => checkLabel('name', label))).toBe(label.length <= 63 && isLabel(label));
  }), { numRuns: 1000 });
});

test('a subdomain is accepted if it is valid, and otherwise rejected', () => {
  fc.assert(fc.property(fc.array(text(90), { minLength: 1, maxLength: 4 }), (labels) => {
    const subdomain = labels.join('.');
    expect(takes(() => checkSubdomain('name', subdomain))).toBe(isSubdomain(subdomain));
  }), { numRuns: 1000 });
});

test('the example in an error is a valid name', () => {
  fc.assert(fc.property(fc.constantFrom(checkLabel, checkSubdomain), fc.oneof(text(66), fc.string({ unit: 'binary' })), (check, name) => {
    check('name', example(() => check('name', name)) ?? 'a');
  }), { numRuns: 1000 });
});
