import cases from './covers.cases.json';
import { rulesFrom } from './rules-from';
import { covers } from '../../../lib/verification/private/diff/covers';
import { Part } from '../../../lib/verification/private/diff/part';
import { uncovered } from '../../../lib/verification/private/diff/uncovered';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const allowing = (statement: object) => rulesFrom([{ Effect: 'Allow', ...statement }]).allows;

test.each(cases)('$title', ({ wide, narrow, covers: expected }) => {
  expect(uncovered(allowing(narrow), allowing(wide)).length === 0).toBe(expected);
});

describe('of a resource that only the deployment knows', () => {
  const on = (resource: Text) => new Part({ only: resource }, '');
  const bucket = Text.unknown(new Unknown('Bucket', { label: 'Bucket.Arn' }));
  const other = Text.unknown(new Unknown('Other', { label: 'Other.Arn' }));

  test('a part covers the same resource, and on what is in it', () => {
    expect(covers(on(bucket), on(bucket))).toBe(true);
    expect(covers(on(Text.join([bucket, Text.of('/*')])), on(Text.join([bucket, Text.of('/a')])))).toBe(true);
    expect(covers(on(Text.of('*')), on(bucket))).toBe(true);
  });

  test('a part does not cover another', () => {
    expect(covers(on(bucket), on(other))).toBe(false);
    expect(covers(on(bucket), on(Text.of('arn:aws:s3:::a')))).toBe(false);
    expect(covers(new Part({ allBut: [bucket] }, ''), on(other))).toBe(false);
  });
});
