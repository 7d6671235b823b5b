/** What someone tried, and what came of it. */
export interface Outcome {
  readonly who: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** How a run of the AWS CLI has ended. */
export interface Run {
  readonly succeeded: boolean;
  readonly log: string;
}

/** What the AWS CLI says of why it was refused, or `otherwise`. */
export function verdict({ succeeded, log }: Run, otherwise: string): string {
  if (succeeded) {
    return otherwise;
  }
  const [, code] = /An error occurred \((\w+)\)/.exec(log) ?? [];
  return code ?? (log.includes('Unable to locate credentials') ? 'no credentials' : log.trim() || 'nothing');
}

export const asExpected = ({ expected, got }: Outcome) => expected === got;

/** The outcomes for a person to read; those that differ are marked. */
export function table(outcomes: Outcome[]): string {
  const rows = [['who', 'what', 'expected', 'got'], ...outcomes.map(({ who, what, expected, got }) => [who, what, expected, got])];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [lines[0], ...outcomes.map((outcome, i) => lines[i + 1] + (asExpected(outcome) ? '' : '   <-- differs'))].join('\n');
}
