import { AccessOutcome } from '../../../access-outcome';
import { TokenDecision } from '../../../token-decision';
import { Outcome } from '../../evaluation/decision';
import { Reason } from '../../findings/reason';
import { Role } from '../../model/model';
import { Branch } from '../../templates/branch';
import { Text } from '../../values/text';
import { commonOutcome, conditionsBehind, undecided } from '../answers/conditional-outcomes';
import { reasonOf } from '../answers/to-public';
import { outcomeOf } from '../reach/judgement';
import { admissionFor, noProvider } from '../reach/web-identity';
import { ClusterIssuer } from '../world/cluster-issuers';
import { Pods } from '../world/principal';

/** What a role makes of a token of pods, under one assignment of conditions. */
export interface TokenVerdict {
  readonly outcome: Outcome;
  /** Whether the provider accepts the audience. */
  readonly provider: Outcome;
  readonly reasons: readonly Reason[];
  readonly missing: readonly string[];
}

/** What a role makes of a token of pods. */
export function decideToken(role: Role, audience: Text, pods: Pods, issuers: readonly ClusterIssuer[]): TokenVerdict {
  const admission = admissionFor(role, audience, pods, issuers);
  if (!admission) {
    return { outcome: 'DENIED', provider: 'DENIED', reasons: [noProvider(pods)], missing: [] };
  }
  const { decision: { outcome, reasons, missing }, isAccepted } = admission;
  return { outcome, provider: outcomeOf(isAccepted), reasons, missing };
}

/** The decision that holds for all conditions. If it depends on them, it is not known, and says so. */
export function mergeTokenVerdicts(verdicts: ReadonlyArray<{ readonly branch: Branch; readonly verdict: TokenVerdict }>): TokenDecision {
  const outcomes = verdicts.map(({ branch, verdict: { outcome } }) => ({ branch, outcome }));
  const providers = verdicts.map(({ branch, verdict: { provider: outcome } }) => ({ branch, outcome }));
  return {
    outcome: AccessOutcome[commonOutcome(outcomes)],
    provider: AccessOutcome[commonOutcome(providers)],
    reasons: verdicts.flatMap(({ verdict: { reasons } }) => reasons.map(reasonOf)),
    missing: [...undecided(verdicts), ...conditionsBehind(outcomes), ...new Set(verdicts.flatMap(({ verdict: { missing } }) => missing))],
  };
}

/** A decision about templates of which some parts are not read: they can change every outcome. */
export const tokenCertainUnless = (unread: readonly string[], decision: TokenDecision): TokenDecision => (unread.length === 0 ? decision : {
  ...decision, outcome: AccessOutcome.UNKNOWN, provider: AccessOutcome.UNKNOWN, missing: [...decision.missing, ...unread],
});
