import { commonOutcome, conditionsBehind, undecided } from './conditional-outcomes';
import { PrincipalVerdict } from './principal-verdict';
import { Branch } from '../../templates/branch';

/** A verdict, and the conditions of the templates that it is for. */
export interface ConditionalVerdict {
  readonly branch: Branch;
  readonly verdict: PrincipalVerdict;
}

/** The verdict that holds for all conditions. If it depends on them, it is not known, and says so. */
export function mergeVerdicts(verdicts: readonly [ConditionalVerdict, ...ConditionalVerdict[]]): PrincipalVerdict {
  const outcomes = verdicts.map(({ branch, verdict: { outcome } }) => ({ branch, outcome }));
  const byDefault = verdicts.map(({ branch, verdict: { outcomeByDefault: outcome } }) => ({ branch, outcome }));
  const shown = (verdicts.find(({ verdict }) => verdict.outcome === 'ALLOWED') ?? verdicts.find(({ verdict }) => verdict.outcome === 'UNKNOWN') ?? verdicts[0]).verdict;
  return {
    ...shown,
    outcome: commonOutcome(outcomes),
    outcomeByDefault: commonOutcome(byDefault),
    missing: [
      ...undecided(verdicts),
      ...conditionsBehind(outcomes),
      ...conditionsBehind(byDefault, ' by default'),
      ...new Set(verdicts.flatMap(({ verdict }) => verdict.missing)),
    ],
  };
}

/** A verdict about templates of which some parts are not read: they can change every outcome. */
export const certainUnless = (unread: readonly string[], verdict: PrincipalVerdict): PrincipalVerdict =>
  (unread.length === 0 ? verdict : { ...verdict, outcome: 'UNKNOWN', outcomeByDefault: 'UNKNOWN', missing: [...verdict.missing, ...unread] });
