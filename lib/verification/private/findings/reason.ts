import { Place } from './place';

/** Why an answer is what it is: one sentence, where that is written, and what it follows from. */
export interface Reason {
  readonly what: string;
  readonly place?: Place;
  readonly because?: readonly Reason[];
}
