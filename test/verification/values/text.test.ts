import * as fc from 'fast-check';
import { listOf, ResolvedMap } from '../../../lib/verification/private/values/resolved';
import { Text } from '../../../lib/verification/private/values/text';
import { allOf, anyOf, not } from '../../../lib/verification/private/values/truth';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const bucket = Text.unknown(new Unknown('A/Bucket', { label: 'Bucket' }));

const written = fc.array(fc.oneof(fc.string({ unit: fc.constantFrom('a', '$', '{', '}', '\\'), maxLength: 3 }).map(Text.of), fc.constant(bucket)), { maxLength: 5 });

test('joining texts never leaves empty literals, or two in a row', () => {
  fc.assert(fc.property(written, fc.constantFrom('', ',', '$'), (texts, separator) => {
    const { parts } = Text.join(texts, separator);
    expect(parts).not.toContain('');
    expect(parts.some((part, i) => typeof part === 'string' && typeof parts[i + 1] === 'string')).toBe(false);
    expect(Text.join(texts, separator).toString()).toBe(texts.join(separator));
  }));
});

test('texts have the same key only if their parts are the same', () => {
  fc.assert(fc.property(written, written, (one, other) => {
    const [first, second] = [Text.join(one), Text.join(other)];
    expect(first.key === second.key).toBe(JSON.stringify(first.parts) === JSON.stringify(second.parts));
  }), { numRuns: 2000 });
});

test('a text is a literal if all of it is known', () => {
  expect(Text.join([Text.of('a'), Text.of('b')]).literal).toBe('ab');
  expect(Text.EMPTY.literal).toBe('');
  expect(Text.join([Text.of('a'), bucket]).literal).toBeUndefined();
});

test('a text shows what is unknown by its label', () => {
  expect(Text.join([Text.of('arn:'), bucket, Text.of('/*')]).toString()).toBe('arn:${Bucket}/*');
});

test('lower case leaves what is unknown as it is', () => {
  expect(Text.join([Text.of('ARN:'), bucket]).toLowerCase().key).toBe('arn:${A/Bucket}');
});

test('a map has values under literal keys, and what only the deployment knows may be such a key', () => {
  const map = new ResolvedMap([[Text.of('a'), new ResolvedMap([[bucket, Text.of('b')]])]]);
  expect(map.at('a')).toBeInstanceOf(ResolvedMap);
  expect(`${map.at('a', 'b')}`).toBe('${Bucket.b}');
  expect(map.at('x', 'y')).toBeUndefined();
});

test('a value is a list of one, and what is not there an empty list', () => {
  expect(listOf(bucket)).toEqual([bucket]);
  expect(listOf([bucket, bucket])).toHaveLength(2);
  expect(listOf(undefined)).toEqual([]);
});

test.each([
  [['yes', 'yes'], 'yes', 'yes'],
  [['yes', 'unknown'], 'unknown', 'yes'],
  [['unknown', 'no'], 'no', 'unknown'],
  [['no', 'no'], 'no', 'no'],
  [[], 'yes', 'no'],
] as const)('all and any of %j: %s and %s', (truths, all, any) => {
  expect(allOf(truths)).toBe(all);
  expect(anyOf(truths)).toBe(any);
});

test('the opposite of unknown is unknown', () => {
  expect([not('yes'), not('no'), not('unknown')]).toEqual(['no', 'yes', 'unknown']);
});
