import { execFileSync } from 'node:child_process';
import { ROOT } from './documents';

const CODE = ['ts', 'mjs', 'cjs', 'js', 'py', 'go', 'java'].map((ending) => `*.${ending}`);
const GENERATED = ':!*.generated.ts';
const MOST = 250;

test(`no file of code that is written by hand has more than ${MOST} lines`, () => {
  const counts = execFileSync('git', ['grep', '--untracked', '--count', '', '--', ...CODE, GENERATED], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(counts.length).toBeGreaterThan(500);
  expect(counts.filter((line) => Number(line.split(':').at(-1)) > MOST)).toEqual([]);
});
