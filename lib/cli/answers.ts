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
