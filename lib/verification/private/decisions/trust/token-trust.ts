import { AccessReason } from '../../../access-reason';
import { ClusterIssuer } from '../../assignments/cluster-issuers';
import { Pods } from '../../assignments/principal';
import { Outcome } from '../../evaluation/decision';
import { outcomeOf } from '../../evaluation/outcomes';
import { Role } from '../../model/model';
import { admissionFor, noProvider } from '../../reach/web-identity';
import { Assignment } from '../../resolution/assignment';
import { Text } from '../../values/text';
import { commonOutcome, conditionsBehind, undecided } from '../conditional-outcomes';

/** How a role decides on a token of pods. */
export interface TokenVerdict {
  readonly outcome: Outcome;
  /** Whether the provider accepts the audience. */
  readonly provider: Outcome;
  readonly reasons: readonly AccessReason[];
  readonly missing: readonly string[];
}

/** How a role decides on a token of pods, under one assignment. */
export function decideToken(role: Role, audience: Text, pods: Pods, issuers: readonly ClusterIssuer[]): TokenVerdict {
  const admission = admissionFor(role, audience, pods, issuers);
  if (!admission) {
    return { outcome: 'DENIED', provider: 'DENIED', reasons: [noProvider(pods)], missing: [] };
  }
  const { decision: { outcome, reasons, missing }, isAccepted } = admission;
  return { outcome, provider: outcomeOf(isAccepted), reasons, missing };
}

/** The decision that holds for all conditions. If it depends on them, it is not known, and says so. */
export function mergeTokenVerdicts(verdicts: ReadonlyArray<{ readonly assignment: Assignment; readonly verdict: TokenVerdict }>): TokenVerdict {
  const outcomes = verdicts.map(({ assignment, verdict: { outcome } }) => ({ assignment, outcome }));
  const providers = verdicts.map(({ assignment, verdict: { provider: outcome } }) => ({ assignment, outcome }));
  return {
    outcome: commonOutcome(outcomes),
    provider: commonOutcome(providers),
    reasons: verdicts.flatMap(({ verdict: { reasons } }) => reasons),
    missing: [...undecided(verdicts), ...conditionsBehind(outcomes), ...new Set(verdicts.flatMap(({ verdict: { missing } }) => missing))],
  };
}

/** A decision about templates of which some parts are not read: they can change every outcome. */
export const tokenCertainUnless = (unread: readonly string[], verdict: TokenVerdict): TokenVerdict => (unread.length === 0 ? verdict : {
  ...verdict, outcome: 'UNKNOWN', provider: 'UNKNOWN', missing: [...verdict.missing, ...unread],
});
