import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAccessApp, writeConditionsApp } from './access-app';
import type { MeasuredAccess } from './measured-access';
import { compiled, evaluate, inTurns } from './runs';
import { median, seconds, table } from './table';

const SIZES = [10, 100, 1_000];
const CONDITIONS = [0, 6];

const FIGURES = ['CPU to read the templates', 'CPU of the first decision', 'CPU of the access table', 'memory'];

/** Proves the access of apps of growing size, and of a template with and without conditions, each in processes of its own. */
export async function accessProofs(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-access-'));
  try {
    const bySize = SIZES.map((accounts) => join(folder, `accounts-${accounts}`));
    SIZES.forEach((accounts, i) => writeAccessApp(bySize[i], accounts));
    const byConditions = CONDITIONS.map((conditions) => join(folder, `conditions-${conditions}`));
    const resources = CONDITIONS.map((conditions, i) => writeConditionsApp(byConditions[i], conditions));
    const measured = await figures([...bySize, ...byConditions]);
    return [
      table(['accounts', ...FIGURES], SIZES.map((accounts, i) => [accounts, ...measured[i]])),
      table(['conditions', 'resources', ...FIGURES], CONDITIONS.map((conditions, i) => [conditions, resources[i], ...measured[SIZES.length + i]])),
    ].join('\n\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function figures(assemblies: readonly string[]): Promise<string[][]> {
  const program = compiled('measured-access.ts');
  const results = await inTurns(assemblies.map((assembly) => () => evaluate<MeasuredAccess>(program, './build', assembly)));
  return results.map((runs) => {
    const times = (figure: 'read' | 'decision' | 'table') => seconds(runs.map((measured) => measured[figure]));
    return [times('read'), times('decision'), times('table'), `${Math.round(median(runs.map(({ memory }) => memory)) / 1e6)} MB`];
  });
}
