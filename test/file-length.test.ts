import { execFileSync } from 'node:child_process';
import { ROOT } from './documents';

const CODE = ['ts', 'mjs', 'cjs', 'js', 'py', 'go'].map((ending) => `*.${ending}`);
/** What is left out: generated files, and folders that are still to be divided. */
const OTHERS = ['*.generated.ts', 'lib/verification/', 'test/verification/', 'lib/cli/'].map((path) => `:!${path}`);
const MOST = 250;

test(`no file of code that is written by hand has more than ${MOST} lines`, () => {
  const counts = execFileSync('git', ['grep', '--untracked', '--count', '', '--', ...CODE, ...OTHERS], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(counts.length).toBeGreaterThan(500);
  expect(counts.filter((line) => Number(line.split(':').at(-1)) > MOST)).toEqual([]);
});
