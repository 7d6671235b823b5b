import { SERVICE_TIMEOUT } from './clock';
import type { Limits } from '../../lib/kubernetes/function/limits';

/** The limits of the function in a sequence. */
export const SHORT: Limits = {
  work: 20_000, all: 25_000, pause: 10, credentials: 500, access: 500, arrival: 2_000, look: 500, write: 2_000, margin: 100, service: SERVICE_TIMEOUT,
};
