import { commonOutcome, conditionsBehind, undecided } from './conditional-outcomes';
import { PrincipalVerdict } from './principal-verdict';
import { strongestBy } from '../evaluation/outcomes';
import { Assignment } from '../resolution/assignment';

/** A verdict, and the conditions of the templates that it is for. */
export interface ConditionalVerdict {
  readonly assignment: Assignment;
  readonly verdict: PrincipalVerdict;
}

/** The verdict that holds for all conditions. If it depends on them, it is not known, and says so. */
export function mergeVerdicts(verdicts: readonly [ConditionalVerdict, ...ConditionalVerdict[]]): PrincipalVerdict {
  const outcomes = verdicts.map(({ assignment, verdict: { outcome } }) => ({ assignment, outcome }));
  const byDefault = verdicts.map(({ assignment, verdict: { outcomeByDefault: outcome } }) => ({ assignment, outcome }));
  const areSame = byDefault.every(({ outcome }, i) => outcome === outcomes[i].outcome);
  return {
    ...strongestBy(verdicts, ({ verdict }) => verdict.outcome)!.verdict,
    outcome: commonOutcome(outcomes),
    outcomeByDefault: commonOutcome(byDefault),
    missing: [...new Set([
      ...undecided(verdicts),
      ...conditionsBehind(outcomes),
      ...(areSame ? [] : conditionsBehind(byDefault, ' by default')),
      ...verdicts.flatMap(({ verdict }) => verdict.missing),
    ])],
  };
}

/** A verdict about templates of which some parts are not read: they can change every outcome. */
export const certainUnless = (unread: readonly string[], verdict: PrincipalVerdict): PrincipalVerdict =>
  (unread.length === 0 ? verdict : { ...verdict, outcome: 'UNKNOWN', outcomeByDefault: 'UNKNOWN', missing: [...verdict.missing, ...unread] });
