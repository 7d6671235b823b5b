import { setTimeout } from 'node:timers/promises';

/** The time by which the function waits. Tests have a clock of their own. */
export interface Clock {
  /** In milliseconds since 1970. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

export const CLOCK: Clock = { now: () => Date.now(), sleep: (milliseconds) => setTimeout(milliseconds) };
