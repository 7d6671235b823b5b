import { matchesGlob } from '../evaluation/matches';
import { unknownRequests } from '../model/unknown-requests';

/** Whether something that a user states, such as `iot:*`, is about a request. IAM ignores the case of actions. */
export const isAboutRequest = (stated: string, action: string): boolean => matchesGlob(stated.toLowerCase(), action.toLowerCase());

/** Whether it is about one whose effect is not known, and not a place, most of which contain `/`. */
export const isAboutUnknownRequests = (stated: string): boolean => /^[^/]+:/.test(stated) && unknownRequests().some((action) => isAboutRequest(stated, action));
