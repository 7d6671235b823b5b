import { AccessReason } from '../../access-reason';
import { allOf, anyOf, Truth } from '../values/truth';

/** A truth, and the reasons that made it. */
export interface Verdict {
  readonly truth: Truth;
  readonly reasons: readonly AccessReason[];
  readonly missing: readonly string[];
}

/** Whether all hold. The reasons are of those that decided. */
export const every = (...verdicts: readonly Verdict[]): Verdict => combine(allOf(verdicts.map(({ truth }) => truth)), verdicts);

/** Whether one holds. The reasons are of those that decided. */
export const some = (...verdicts: readonly Verdict[]): Verdict => combine(anyOf(verdicts.map(({ truth }) => truth)), verdicts);

function combine(truth: Truth, verdicts: readonly Verdict[]): Verdict {
  const deciding = verdicts.filter((verdict) => verdict.truth === truth);
  return {
    truth,
    reasons: [...new Set(deciding.flatMap(({ reasons }) => reasons))],
    missing: [...new Set(deciding.flatMap(({ missing }) => missing))],
  };
}
