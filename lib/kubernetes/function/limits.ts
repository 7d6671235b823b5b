import { TIMEOUTS } from '../contract/timeouts';

/** How long the function tries, in milliseconds. See `TIMEOUTS`. */
export interface Limits {
  /** How long all may take that the event asks for. */
  readonly work: number;
  /** How long all may take, undoing what failed included. */
  readonly all: number;
  /** How long a refused access may be one that is not known yet: an access entry takes a while. */
  readonly access: number;
  /** How long a kind or a namespace of the set itself may take to be known. */
  readonly arrival: number;
  /** How long an invocation may write after its last look at the record. */
  readonly look: number;
  /** How long the API server may take for a write. */
  readonly write: number;
  /** What a successor waits in addition to both. */
  readonly margin: number;
  /** After which time CloudFormation waits for no answer. */
  readonly service: number;
}

const { work, all, access, arrival, look, write, margin, service } = TIMEOUTS;

export const LIMITS: Limits = { work, all, access, arrival, look, write, margin, service };
