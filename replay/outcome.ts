/** One attempt, its expected result, and its actual result. */
export interface Outcome {
  readonly who: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** The result of a run of the AWS CLI. */
export interface Run {
  readonly succeeded: boolean;
  readonly log: string;
}

/** The error code from the AWS CLI, or `otherwise` if the command succeeded. */
export function verdict({ succeeded, log }: Run, otherwise: string): string {
  if (succeeded) {
    return otherwise;
  }
  const [, code] = /An error occurred \((\w+)\)/.exec(log) ?? [];
  return code ?? (log.includes('Unable to locate credentials') ? 'no credentials' : log.trim() || 'nothing');
}

export const asExpected = ({ expected, got }: Outcome) => expected === got;

/** A table of the outcomes, in which unexpected ones are marked. */
export function table(outcomes: Outcome[]): string {
  const rows = [['who', 'what', 'expected', 'got'], ...outcomes.map(({ who, what, expected, got }) => [who, what, expected, got])];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [lines[0], ...outcomes.map((outcome, i) => lines[i + 1] + (asExpected(outcome) ? '' : '   <-- differs'))].join('\n');
}
