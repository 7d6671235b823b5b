import { Templates } from './templates';

/** What the templates prove about an attempt, in the words of its outcome. `UNKNOWN` if they do not prove it. */
export type Proof = (templates: Templates) => string;

/** One attempt, its expected result, and its actual result. */
export interface Outcome {
  readonly who: string;
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** Proves it from the templates, without expecting it. Undefined if that is no question of access, such as whether a token has expired. */
  readonly proof?: Proof;
  /** What the proof says. */
  readonly proved?: string;
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
  const [, code] = /An error occurred \((\w+)\)/.exec(log) ?? /from container metadata: .*\((\w+Exception)\)/.exec(log) ?? [];
  return code ?? (log.includes('Unable to locate credentials') ? 'no credentials' : log.trim() || 'nothing');
}

/** Adds what the templates prove to outcomes. */
export const prove = (outcomes: Outcome[], templates: Templates): Outcome[] =>
  outcomes.map((outcome) => ({ ...outcome, proved: outcome.proof?.(templates) }));

export const asExpected = ({ expected, got }: Outcome) => expected === got;

export const isProved = ({ proved }: Outcome) => proved !== undefined;

/** Whether the deployment gave what the templates prove, as far as they prove it. They do not tell which buckets an AWS account has. */
export const asProved = ({ got, proved }: Outcome) => proved === undefined || got === proved || got.startsWith(`${proved}: `);

/** A table of the outcomes, in which those that are not as expected, or not as proved, are marked. */
export function table(outcomes: Outcome[]): string {
  const rows = [['who', 'what', 'expected', 'got', 'proved'], ...outcomes.map(({ who, what, expected, got, proved = '-' }) => [who, what, expected, got, proved])];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const [head, ...lines] = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  '));
  return [head.trimEnd(), ...lines.map((line, i) => (line + marks(outcomes[i])).trimEnd())].join('\n');
}

function marks(outcome: Outcome): string {
  const found = [...(asExpected(outcome) ? [] : ['differs']), ...(asProved(outcome) ? [] : ['not as proved'])];
  return found.length > 0 ? `  <-- ${found.join(', ')}` : '';
}

/** How many of the outcomes are as expected, and as the templates prove. */
export function summary(outcomes: Outcome[]): string {
  const differing = outcomes.filter((outcome) => !asExpected(outcome)).length;
  const proved = outcomes.filter(isProved);
  const disagreeing = proved.filter((outcome) => !asProved(outcome)).length;
  return [
    differing ? `${differing} of ${outcomes.length} outcomes differ from what is expected.` : `All ${outcomes.length} outcomes are as expected.`,
    `The templates prove ${proved.length} of them, ${disagreeing ? `but the deployment differs in ${disagreeing}` : 'and the deployment agrees'}.`,
    ...(proved.length < outcomes.length ? [`The other ${outcomes.length - proved.length} (-) are about the tokens themselves, about which templates say nothing.`] : []),
  ].join('\n');
}
