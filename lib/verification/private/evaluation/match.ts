import { Truth } from '../values/truth';

/** Whether something matches, and why. */
export interface Match {
  readonly truth: Truth;
  readonly why: string;
  /** The condition keys, policies and values that are not known, if the truth is not. */
  readonly missing?: readonly string[];
}

export const yes = (why: string): Match => ({ truth: 'yes', why });

export const no = (why: string): Match => ({ truth: 'no', why });

export const unknown = (why: string, missing: readonly string[]): Match => ({ truth: 'unknown', why, missing });
