import { Place } from './place';

/** Something that a reader of a report should know. */
export interface Finding {
  /** Stable, such as `unreadable-trust-policy`. */
  readonly id: string;
  readonly message: string;
  readonly place?: Place;
  /** What was not read, as a text: if it changes, what it allows can change, too. */
  readonly content?: string;
}
