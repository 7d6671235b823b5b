import { handlerWithin } from './event-handler';
import { LIMITS } from './limits';

/** What Lambda calls. */
export const handler = handlerWithin(LIMITS);
