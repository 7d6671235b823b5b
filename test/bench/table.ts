/** A table in Markdown. */
export function table(head: string[], rows: (string | number)[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.toLocaleString('en-US')).join(' | ')} |`).join('\n');
}

export function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** The median of the quotients of two series, with the least and the greatest. */
export function ratio(ours: number[], theirs: number[]): string {
  const ratios = ours.map((value, i) => value / theirs[i]);
  return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)})`;
}

/** Median of times in seconds. */
export const seconds = (times: number[]) => `${median(times).toFixed(2)} s`;
