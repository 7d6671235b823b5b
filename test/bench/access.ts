import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAccessApp } from './access-app';
import type { MeasuredAccess } from './measured-access';
import { compiled, evaluate, inTurns } from './runs';
import { median, seconds, table } from './table';

const SIZES = [10, 100, 1_000];

/** Proves the access of apps of growing size, each in processes of its own. */
export async function accessProofs(): Promise<string> {
  const program = compiled('measured-access.ts');
  const folder = mkdtempSync(join(tmpdir(), 'bench-access-'));
  try {
    const assemblies = SIZES.map((accounts) => join(folder, String(accounts)));
    SIZES.forEach((accounts, i) => writeAccessApp(assemblies[i], accounts));
    const results = await inTurns(...assemblies.map((assembly) => () => evaluate<MeasuredAccess>(program, './build', assembly)));
    const rows = SIZES.map((accounts, i) => {
      const times = (figure: 'read' | 'decision' | 'table') => seconds(results[i].map((measured) => measured[figure]));
      return [accounts, times('read'), times('decision'), times('table'), `${Math.round(median(results[i].map(({ memory }) => memory)) / 1e6)} MB`];
    });
    return table(['accounts', 'CPU to read the templates', 'CPU of the first decision', 'CPU of the access table', 'memory'], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
