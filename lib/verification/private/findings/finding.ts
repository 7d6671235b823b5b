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

/** A finding is the same whatever it is that was not read. */
export const keyOfFinding = ({ id, message, place }: Finding): string => JSON.stringify([id, message, place]);
