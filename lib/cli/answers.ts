import { assumedText } from './assumptions';
import { columns } from './columns';
import { printable } from './printable';
import { Question } from './question';
import { AccessOutcome } from '../verification/access-outcome';
import { PodAccess } from '../verification/pod-access';

/** Whether a principal can do what was asked. */
export interface Answer {
  readonly cluster: string;
  readonly who: string;
  readonly outcome: AccessOutcome;
  /** What the outcome depends on, if it is UNKNOWN. */
  readonly missing: readonly string[];
}

/** The principals that can do something, and those that might, because the templates do not show it. */
export function answersOf(access: PodAccess, { action, resource }: Question, undocumentedAction?: boolean): Answer[] {
  return access.principals
    .map((principal): Answer => {
      const { outcome, missing } = principal.decide(action, { resource, undocumentedAction });
      return { cluster: principal.row.cluster, who: principal.name, outcome, missing };
    })
    .filter(({ outcome }) => outcome !== AccessOutcome.DENIED);
}

export function answersText(answers: readonly Answer[], { action, resource }: Question, assumed: readonly string[]): string {
  const request = printable(resource === undefined ? action : `${action} on ${resource}`);
  const limits = resource === undefined ? ' A resource outside the templates can have a policy of its own that allows it: ask with its ARN.' : '';
  const table = answers.length === 0
    ? `None of the pods and nodes in the templates, and nobody else whom their roles trust, can do ${request}.${limits}\n`
    : columns(['OUTCOME', 'CLUSTER', 'WHO', 'DEPENDS ON'], answers.map(({ outcome, cluster, who, missing }) => [outcome, cluster, who, missing]));
  return [table, '\n', assumedText(assumed), `${PodAccess.OUT_OF_SCOPE}\n`].join('');
}
