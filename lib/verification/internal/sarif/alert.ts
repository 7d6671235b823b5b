import { AccessPlace } from '../../access-reason';

/** A kind of alert. */
export interface AlertRule {
  /** A stable name. */
  readonly id: string;
  readonly level: 'error' | 'warning' | 'note';
  /** What is wrong, in a few words. */
  readonly title: string;
  /** What follows from it, in sentences. */
  readonly why: string;
  /** What to do, without a full stop. */
  readonly fix: string;
  /** The guide that explains it, and the heading in it. */
  readonly guide: string;
}

/** Something for the readers of code scanning. */
export interface Alert {
  readonly rule: AlertRule;
  /** Sentences. */
  readonly message: string;
  /** Undefined if it has no single place in the templates. */
  readonly place?: AccessPlace;
  /** The calls that created the construct of the place, the innermost first. Empty if they are not known. */
  readonly creationStack: readonly string[];
}
