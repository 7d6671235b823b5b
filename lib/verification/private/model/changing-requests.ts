import { actionNames } from '../aws-data/actions';

/** Requests that start nothing and change nothing, or that only run what is there. */
const HARMLESS = /^(Admin)?(BatchGet|Check|Describe|Get|Invoke|List|Lookup|Query|Scan|Search|Tag|Untag|Validate|View)/;

const byPrefix = new Map<string, readonly string[]>();

/** The actions of a service that may start or change something. */
export function changingRequests(prefix: string): readonly string[] {
  const known = byPrefix.get(prefix) ?? actionNames().filter((action) => action.startsWith(`${prefix}:`) && !HARMLESS.test(action.slice(prefix.length + 1)));
  byPrefix.set(prefix, known);
  return known;
}
