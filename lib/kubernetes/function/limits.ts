/** In milliseconds. */
export interface Limits {
  /** How long all may take that the event asks for. */
  readonly work: number;
  /** How long all may take, undoing what failed included. */
  readonly all: number;
  /** How long a refused access may be one that is not known yet: an access entry takes a while. */
  readonly access: number;
  /** How long a kind or a namespace of the set itself may take to be known. */
  readonly arrival: number;
}

const MINUTE = 60_000;

/** The function ends before its 14 minutes, the framework's after it, and CloudFormation waits longer than both. */
export const LIMITS: Limits = { work: 9 * MINUTE, all: 13 * MINUTE, access: 2 * MINUTE, arrival: MINUTE / 2 };
