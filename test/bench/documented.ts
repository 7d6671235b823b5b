import { Counted, countsTable } from './figures';
import { read } from '../documents';

export const PERFORMANCE = read('docs/performance.md');

/** The row of docs/performance.md for an app as it is, and those that are there for an app of its size and library. */
export function rowsFor(app: Counted): { readonly actual: string; readonly documented: string[] } {
  const [, , actual] = countsTable([app]).split('\n');
  const start = actual.split('|').slice(0, 4).join('|');
  return { actual, documented: PERFORMANCE.split('\n').filter((line) => line.startsWith(start)) };
}
