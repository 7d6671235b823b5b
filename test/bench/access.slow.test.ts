import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAccessApp } from './access-app';
import type { MeasuredAccess } from './measured-access';
import { ROOT } from '../documents';

jest.setTimeout(120_000);

const MOST = 2.5;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-access-'));
  [500, 1_000].forEach((accounts) => writeAccessApp(join(folder, String(accounts)), accounts));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** In its own process, so that the heap contains nothing else. */
function measure(accounts: number): MeasuredAccess {
  const program = `process.argv.splice(1, 1); require(${JSON.stringify(join(__dirname, 'measured-access.ts'))})`;
  const output = execFileSync(process.execPath, ['--import', './bin/tsx.mjs', '--eval', program, '-', './lib/index.ts', join(folder, String(accounts))], { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(output);
}

test('the access table of 1,000 service accounts takes at most 2.5 times that of 500', () => {
  let ratio = Infinity;
  // on a busy machine, a single measurement can be slow; what takes quadratic time is slow each time
  for (let tries = 0; tries < 3 && ratio > MOST; tries++) {
    const [half, all] = [measure(500), measure(1_000)];
    expect([half.rows, all.rows]).toEqual([501, 1_001]);
    ratio = all.table / half.table;
  }
  expect(ratio).toBeLessThanOrEqual(MOST);
});
