import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './documents';

const CODE = ['ts', 'mjs', 'cjs', 'js', 'py', 'go', 'java'].map((ending) => `*.${ending}`);
const GENERATED = ':!*.generated.ts';
/** Tests have tables with one case in each line. */
const TESTS = ':!test/';
const MOST = 180;

const longLinesOf = (file: string) => readFileSync(join(ROOT, file), 'utf8').split('\n')
  .flatMap((line, i) => (line.length > MOST ? [`${file}:${i + 1} has ${line.length} characters`] : []));

/** ESLint has a shorter limit, but exempts lines with strings, templates and regular expressions, and reads TypeScript only. */
test(`no line of code that is written by hand has more than ${MOST} characters, except in tests`, () => {
  const paths = [...CODE, '.ci/run', '.ci/newest', GENERATED, TESTS];
  const files = execFileSync('git', ['grep', '--untracked', '--files-with-matches', '', '--', ...paths], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
  expect(files.length).toBeGreaterThan(400);
  expect(files.flatMap(longLinesOf)).toEqual([]);
});
