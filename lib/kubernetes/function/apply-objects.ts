import { handlerWithin } from './event-handler';
import { LIMITS } from './limits';

/** The handler that Lambda invokes. */
export const handler = handlerWithin(LIMITS);
