import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { baselineText, parseBaseline } from '../../../lib/cli/baseline/baseline-file';
import { AccessDiff } from '../../../lib/verification/access-diff';
import '../../files'; // so that its folder stays until the last of the tests below

const DIFF = join(__dirname, '..', 'diff');
const between = AccessDiff.between.bind(AccessDiff);
let broader = 0;

// The tests of the comparison run here once more. Whatever they compare, a baseline of the old side must not pass for the new one if access is broader.
AccessDiff.between = (before, after) => {
  const diff = between(before, after);
  if (diff.broadens) {
    broader++;
    expect(after._internal.lines).not.toEqual(before._internal.lines);
  }
  const lines = after._internal.lines;
  expect(new Set(lines).size).toBe(lines.length);
  expect([...parseBaseline(baselineText(new Map(lines.map((line) => [line, ''])), '\n'), 'access.txt').keys()]).toEqual(lines);
  return diff;
};

describe.each(readdirSync(DIFF).filter((file) => file.endsWith('.test.ts')))('%s', (file) => {
  jest.requireActual(join(DIFF, file));
});

test('the tests of the comparison have many pairs of which one side is broader', () => {
  expect(broader).toBeGreaterThan(60);
});
