import { SERVICE_TIMEOUT } from './clock';
import type { Limits } from '../../lib/kubernetes/function/limits';

/** The limits of the function in a sequence. Nothing waits for the first two, so that they can be long enough for any machine. */
export const SHORT: Limits = {
  work: 200_000,
  all: 250_000,
  pause: 10,
  credentials: 500,
  access: 500,
  arrival: 2_000,
  look: 500,
  write: 2_000,
  margin: 100,
  service: SERVICE_TIMEOUT,
};
