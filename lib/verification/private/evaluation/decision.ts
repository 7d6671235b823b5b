import { AccessReason } from '../../access-reason';

export type Outcome = 'ALLOWED' | 'DENIED' | 'UNKNOWN';

/** The answer to a request, and why. */
export interface Decision {
  readonly outcome: Outcome;
  /** The statements that decided; of a denial that no statement made, why those that are about the action did not match. */
  readonly reasons: readonly AccessReason[];
  /** The condition keys, policies and values that are not known, and on which the outcome depends. */
  readonly missing: readonly string[];
}
