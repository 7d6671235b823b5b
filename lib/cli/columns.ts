import { printable } from './printable';

/** The lines of a cell. */
export type Cell = string | readonly string[];

/** A table for a terminal. Columns without content are left out. */
export function columns(head: readonly string[], rows: ReadonlyArray<readonly Cell[]>): string {
  const cells = rows.map((row) => row.map((cell) => [cell].flat().map(printable)));
  const used = head.map((_, column) => column).filter((column) => cells.some((row) => row[column].some((line) => line !== '')));
  const lines = [head.map((name) => [name]), ...cells].map((row) => used.map((column) => row[column])).flatMap(linesOf);
  const widths = used.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => `${line.map((text, column) => text.padEnd(widths[column])).join('  ').trimEnd()}\n`).join('');
}

const linesOf = (row: ReadonlyArray<readonly string[]>): string[][] =>
  Array.from({ length: Math.max(1, ...row.map(({ length }) => length)) }, (_, i) => row.map((lines) => lines[i] ?? ''));
