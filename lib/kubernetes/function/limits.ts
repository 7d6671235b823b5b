import { TIMEOUTS } from '../contract/timeouts';

/** The time limits of the function in milliseconds. See `TIMEOUTS`. */
export interface Limits {
  /** The time for everything that an event requests. */
  readonly work: number;
  /** The same, including the time to undo a failed event. */
  readonly all: number;
  /** The pause before another attempt at what the function waits for. */
  readonly pause: number;
  /** How long pods can take to get credentials. */
  readonly credentials: number;
  /** How long access can be denied because a new access entry is not effective yet. */
  readonly access: number;
  /** How long the cluster can take to know a kind or namespace that the set itself defines. */
  readonly arrival: number;
  /** How long an invocation can write after it last read the record. */
  readonly look: number;
  /** How long the API server can take for a write. */
  readonly write: number;
  /** How long the next invocation waits in addition to both. */
  readonly margin: number;
  /** How long CloudFormation waits for a response. */
  readonly service: number;
}

const { work, all, pause, credentials, access, arrival, look, write, margin, service } = TIMEOUTS;

export const LIMITS: Limits = { work, all, pause, credentials, access, arrival, look, write, margin, service };
