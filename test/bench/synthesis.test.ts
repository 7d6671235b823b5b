import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

jest.setTimeout(240_000);

const measured = new Map<string, number>();

// in a separate process, whose heap contains nothing else
beforeAll(() => {
  const root = resolve(__dirname, '..', '..');
  const output = execFileSync(process.execPath, ['--import', './bin/tsx.mjs', join(__dirname, 'synthesis.ts')], { cwd: root, encoding: 'utf8' });
  for (const [, what, seconds] of output.matchAll(/^(.*): ([\d.]+) s of processor time$/gm)) {
    measured.set(what, Number(seconds));
  }
});

test.each([
  ['800 accounts in stacks of 100', '400 accounts in stacks of 100'],
  ['200 accounts in stacks of 200', '100 accounts in stacks of 100'],
])('the synthesis of %s takes at most 2.2 times that of %s', (all, half) => {
  expect(measured.get(all)! / measured.get(half)!).toBeLessThanOrEqual(2.2);
});
