import { AccessFinding } from '../../access-reason';

/** A finding, and what only comparisons need to know about it. */
export interface Finding extends AccessFinding {
  /** What was not read, as a text: if it changes, what it allows can change, too. */
  readonly content?: string;
}

/** A finding is the same whatever it is that was not read. */
export const keyOfFinding = ({ id, message, place }: Finding): string => JSON.stringify([id, message, place]);
