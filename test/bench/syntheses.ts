import type { Counts, Size } from './apps';
import { Counted, countsTable, LIBRARIES, Library, SIZES } from './figures';
import { compiled, evaluate, inTurns, RUNS } from './runs';
import { median, ratio, seconds, table } from './table';

/** One synthesis. */
export interface Measured {
  readonly counts: Counts;
  /** Of the processor, in seconds. */
  readonly cpu: number;
  /** The most that the process had, in bytes. */
  readonly memory: number;
}

/** Of apps of up to 10 accounts. One takes about a second, and differs by a tenth from the next, so that the median of a few would say nothing. */
const RUNS_OF_SMALL_APPS = 25;

/** Synthesizes each app in processes of its own. */
export async function syntheses(): Promise<{ counts: string; measured: string }> {
  const program = compiled('measured.ts');
  const measure = ({ accounts, perStack }: Size, library: Library) => () =>
    evaluate<Measured>(program, library, String(accounts), ...(perStack ? [String(perStack)] : []));
  const apps: Counted[] = [];
  const rows: (string | number)[][] = [];
  for (const size of SIZES) {
    const results = await inTurns(LIBRARIES.map((library) => measure(size, library)), size.accounts > 10 ? RUNS : RUNS_OF_SMALL_APPS);
    LIBRARIES.forEach((library, i) => apps.push({ size, library, counts: results[i][0].counts }));
    const [ours, theirs] = results.map((each) => each.map(({ cpu }) => cpu));
    const memory = results.map((each) => megabytes(each.map((result) => result.memory)));
    rows.push([size.accounts, seconds(ours), seconds(theirs), ratio(ours, theirs), ...memory]);
  }
  const head = ['accounts', ...LIBRARIES.map((library) => `CPU of ${library}`), 'ratio', ...LIBRARIES.map((library) => `memory of ${library}`)];
  return { counts: countsTable(apps), measured: table(head, rows) };
}

const megabytes = (values: number[]) => `${Math.round(median(values) / 1e6)} MB`;
