import { Outcome } from '../evaluation/decision';
import { Assignment } from '../resolution/assignment';

/** What is missing if the conditions of the templates have too many outcomes. Nothing may be concluded then. */
export const UNDECIDED_CONDITIONS = 'the conditions of the templates, which have too many combinations: assume values of parameters to reduce them';

/** An outcome, and the conditions of the templates that it is for. */
export interface ConditionalOutcome {
  readonly assignment: Assignment;
  readonly outcome: Outcome;
}

/** The outcome that holds for all conditions. If it depends on them, it is not known. */
export const commonOutcome = ([first, ...others]: readonly ConditionalOutcome[]): Outcome =>
  ([first, ...others].every(({ assignment, outcome }) => assignment.isComplete && outcome === first.outcome) ? first.outcome : 'UNKNOWN');

/** The conditions on which an outcome depends, and how. */
export function conditionsBehind(outcomes: readonly ConditionalOutcome[], suffix = ''): string[] {
  return new Set(outcomes.map(({ outcome }) => outcome)).size === 1
    ? []
    : outcomes.map(({ assignment, outcome }) => `with ${assignment.label}, the outcome${suffix} is ${outcome}`);
}

/** What is missing if the conditions could not be looked at. */
export const undecided = (outcomes: ReadonlyArray<{ readonly assignment: Assignment }>): string[] =>
  (outcomes.every(({ assignment }) => assignment.isComplete) ? [] : [UNDECIDED_CONDITIONS]);
