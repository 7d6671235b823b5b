import { compiled, evaluate, inTurns } from './runs';
import type { Measured } from './syntheses';
import { ratio, seconds, table } from './table';

const SIZES = [10, 100, 300];
const PER_STACK = 100;

/** Synthesizes apps of this library with and without `PodAccessPlugin`, in processes of their own. */
export async function pluginRuns(): Promise<string> {
  const program = compiled('measured.ts');
  const rows: (string | number)[][] = [];
  for (const accounts of SIZES) {
    const measure = (...plugin: string[]) => () => evaluate<Measured>(program, 'cdk-irsa', String(accounts), String(PER_STACK), ...plugin);
    const [without, plugged] = (await inTurns([measure(), measure('plugin')])).map((runs) => runs.map(({ cpu }) => cpu));
    rows.push([accounts, seconds(without), seconds(plugged), ratio(plugged, without)]);
  }
  return table(['accounts', 'CPU of the synthesis', 'CPU with the plugin', 'ratio'], rows);
}
