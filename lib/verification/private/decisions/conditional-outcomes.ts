import { Outcome } from '../evaluation/decision';
import { Assignment } from '../resolution/assignment';

/** What is missing if the conditions of the templates have too many outcomes. Nothing may be concluded then. */
export const UNDECIDED_CONDITIONS = 'the conditions of the templates, which have too many combinations: assume values of parameters to reduce them';

/** The same if too many resources have an ARN that others have, too. */
const UNDECIDED_ARNS = 'which of the resources with one ARN are deployed, of which there are too many: leave some of them out of the templates, or name them apart';

/** An outcome, and the conditions of the templates that it is for. */
export interface ConditionalOutcome {
  readonly assignment: Assignment;
  readonly outcome: Outcome;
}

/** The outcome that holds for all conditions. If it depends on them, it is not known. */
export const commonOutcome = ([first, ...others]: readonly ConditionalOutcome[]): Outcome =>
  ([first, ...others].every(({ assignment, outcome }) => assignment.isComplete && outcome === first.outcome) ? first.outcome : 'UNKNOWN');

/** The conditions on which an outcome depends, and how, and which of several resources with one ARN. */
export function conditionsBehind(outcomes: readonly ConditionalOutcome[], suffix = ''): string[] {
  const different = [...new Set(outcomes.map(({ outcome }) => outcome))];
  return different.length === 1
    ? []
    : [
      ...different.flatMap((outcome) => labelsOf(outcome, outcomes).map((label) => `with ${label}, the outcome${suffix} is ${outcome}`)),
      ...outcomes.flatMap(({ assignment: { choices } }) => choices.map(({ settledBy }) => settledBy)),
    ];
}

/** What all assignments with an outcome have in common, so that conditions that do not matter are left out. If that does not tell them from others, all of them. */
function labelsOf(outcome: Outcome, outcomes: readonly ConditionalOutcome[]): string[] {
  const some = outcomes.filter((other) => other.outcome === outcome).map(({ assignment }) => assignment);
  const common = Assignment.labelOfAll(some, outcomes.map(({ assignment }) => assignment));
  return common === undefined ? some.map(({ label }) => label) : [common];
}

/** What is missing if the conditions could not be looked at. */
export const undecided = (outcomes: ReadonlyArray<{ readonly assignment: Assignment }>): string[] =>
  [...new Set(outcomes.flatMap(({ assignment }) => assignment.findings.map(({ id }) => (id === 'undecided-arns' ? UNDECIDED_ARNS : UNDECIDED_CONDITIONS))))];
