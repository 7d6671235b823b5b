import { COMPARED } from './compared';
import type { MeasuredComparison } from './measured-comparison';
import { compiled, evaluate, inTurns } from './runs';
import { median, seconds, table } from './table';

/** A few, because the largest take seconds. */
const RUNS = 3;

/** Compares policies and apps of growing size, each in processes of its own. */
export async function comparisons(): Promise<string> {
  const program = compiled('measured-comparison.ts');
  const titles = Object.keys(COMPARED);
  const results = await inTurns(titles.map((title) => () => evaluate<MeasuredComparison>(program, './build', title)), RUNS);
  return table(['compared', 'changes', 'CPU', 'memory'], titles.map((title, i) => {
    const [{ changes }] = results[i];
    return [title, changes, seconds(results[i].map(({ cpu }) => cpu)), `${Math.round(median(results[i].map(({ memory }) => memory)) / 1e6)} MB`];
  }));
}
