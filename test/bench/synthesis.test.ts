import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Synthesis } from './apps';
import { rowsFor } from './documented';
import { ROOT } from '../documents';

jest.setTimeout(240_000);

let syntheses: { [app: string]: Synthesis };

// in its own process, so that the heap contains nothing else
beforeAll(() => {
  const args = ['--import', './bin/tsx.mjs', join(__dirname, 'synthesis.ts')];
  syntheses = JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
});

test.each([
  ['1000 accounts in stacks of 100', '500 accounts in stacks of 100'],
  ['200 accounts in stacks of 200', '100 accounts in stacks of 100'],
])('the synthesis of %s takes at most 2.2 times that of %s', (all, half) => {
  expect(syntheses[all].cpu / syntheses[half].cpu).toBeLessThanOrEqual(2.2);
});

test('docs/performance.md has the counts of 1000 accounts', () => {
  const { counts } = syntheses['1000 accounts in stacks of 100'];
  const { actual, documented } = rowsFor({ size: { accounts: 1_000, perStack: 100 }, library: 'cdk-irsa', counts });
  expect(documented).toEqual([actual]);
});
