/** Why a request does not decide what something does with a role that it has already. */
export const PASSES = 'it makes something new, or has to name the role again, which takes iam:PassRole';
export const STARTS = 'it starts, repeats, rolls back, publishes or chooses what is there, with input at most';
export const SETTINGS = 'it changes names, tags, schedules, sizes, networks, logs, limits or protection only';
export const DATA = 'it changes data, and what reads them decides what it does with them';
export const NO_ROLE = 'it is about something that has no role, and that nothing with a role runs';
export const HALF = 'it is one of two requests that this takes, and the proof asks for the other one';
export const SHARES = 'it lets others use or read something, which the proof decides by their policies, or asks for elsewhere';
export const REPORTS = 'it reports what an agent or a worker has done, or which state it has';
export const OWN = 'it works with the permissions of the caller only';

/** The requests of a service, by the reason. Their names, with spaces between them. */
export interface Requests { readonly [reason: string]: string }

/** The requests of services, by the prefixes of their actions. */
export interface RequestsOfServices { readonly [prefix: string]: Requests }
