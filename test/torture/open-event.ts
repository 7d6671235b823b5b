import type { EventInput } from './events';

/** An event that did not end. */
export interface Open {
  readonly type: EventInput['type'];
  readonly identities: string[];
  /** The objects that stay when the event is undone, if it created them. */
  readonly lasting: string[];
  /** The stacks of this name to which the events belonged. */
  readonly stacks: (string | undefined)[];
}
