import PATTERNS from './patterns.cases.json';
import { equal, Pattern } from '../../../lib/verification/private/values/pattern';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const NAME = { excludes: '/:*?', differsWithin: 'names' };
const UNKNOWNS: { [name: string]: Unknown } = Object.fromEntries(Object.entries({
  A: NAME,
  B: NAME,
  D: { excludes: 'abcdefghijklmnopqrstuvwxyz:/*?' },
  S: { excludes: '-:/*?' },
  T: { excludes: '-:/*?' },
  V: { differsWithin: 'wild' },
  W: { differsWithin: 'wild' },
  X: {},
}).map(([name, options]) => [name, new Unknown(name, { label: name, ...options })]));

const text = (written: string) => Text.join(written.split(/\$\{(\w)\}/).map((part, i) => (i % 2 === 0 ? Text.of(part) : Text.unknown(UNKNOWNS[part]))));

test.each(PATTERNS as Array<[string, string, string, string]>)('%s: %s and %s: %s', (_, pattern, other, expected) => {
  expect(Pattern.glob(text(pattern)).matches(text(other))).toBe(expected);
});

test.each([
  ['arn:aws:s3:*:x', 'arn:aws:s3:a:x', 'yes'],
  ['arn:aws:s3:*:x', 'arn:aws:s3:a:b:x', 'no'],
  ['arn:aws:s3:*:x', 'arn:aws:s3:${A}:x', 'yes'],
  ['arn:aws:s3:*:x', 'arn:aws:s3:${X}:x', 'unknown'],
])('wildcards that exclude colons: %s and %s: %s', (pattern, other, expected) => {
  expect(Pattern.glob(text(pattern), ':').matches(text(other))).toBe(expected);
});

test('a star is an ordinary character where it is not a wildcard', () => {
  expect(equal(text('a*'), text('ab'))).toBe('no');
  expect(equal(text('a*'), text('a*'))).toBe('yes');
});

test('patterns are joined of parts with and without wildcards', () => {
  const pattern = Pattern.join([Pattern.glob(text('home/*/')), Pattern.exact(text('*'))]);
  expect(pattern.matches(text('home/a/*'))).toBe('yes');
  expect(pattern.matches(text('home/a/b'))).toBe('no');
});

test('a pattern with many wildcards and unknowns may match a text with many unknowns', () => {
  const pattern = Pattern.glob(text(`${'*a${X}'.repeat(50)}*`));
  expect(pattern.matches(text(`${'a${A}b'.repeat(200)}`))).toBe('unknown');
});

test.each<[string, string, string, string]>([
  ['may contain', '*${A}*', `\${X}${'a'.repeat(20_000)}`, 'unknown'],
  ['may be', `${'a'.repeat(20_000)}\${X}b`, `${'a'.repeat(20_000)}\${A}b`, 'unknown'],
  ['is not', `${'a'.repeat(20_000)}\${X}b`, `${'a'.repeat(20_000)}\${A}c`, 'no'],
])('a text of the length of user data %s another one', (_, pattern, other, expected) => {
  expect(Pattern.glob(text(pattern)).matches(text(other))).toBe(expected);
});

test('the search for a possible match gives up after 1,000,000 positions', () => {
  const { add } = Set.prototype;
  let positions = 0;
  Set.prototype.add = function (position) {
    positions++;
    return add.call(this, position);
  };
  try {
    expect(Pattern.glob(text(`${'*${A}b*${A}c'.repeat(400)}?`)).matches(text(`\${X}${'ab'.repeat(4_000)}`))).toBe('unknown');
  } finally {
    Set.prototype.add = add;
  }
  expect(positions).toBe(1_000_001);
});
