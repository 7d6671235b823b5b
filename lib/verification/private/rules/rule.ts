import { AccessPlace } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Assignments } from '../assignments/assignments';

/** How bad a violation is: access is broken or open, it is broader than it should be, or it is worth a look. */
export type Severity = 'error' | 'warning' | 'note';

/** What breaks a rule, and where. */
export interface Violation {
  /** A sentence without a full stop. */
  readonly what: string;
  readonly place: AccessPlace;
}

/** What templates must not have. Its texts are also in the guide. */
export interface Rule {
  /** A stable name, such as `trust-without-subject`. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What follows from it. */
  readonly why: string;
  /** How to mend it. */
  readonly fix: string;
  /** What certainly breaks the rule under one assignment of the conditions of the templates. What is not known breaks none. */
  readonly violations: (assigned: AssignedModel, assignments: Assignments) => Violation[];
}
