import { Credentials } from './credentials';
import { Interned } from '../values/interned';
import { Text } from '../values/text';

/**
 * What follows from a session of a role, found once for all principals that get it, and for all assignments of the conditions under which the rest is the same. If
 * only one principal gets it, because of its session tags or of what it raises, it is not remembered.
 *
 * @param others all that it follows from besides the session.
 */
export function oncePerSession<T>(found: Interned<T>, credentials: Credentials, others: readonly unknown[], find: () => T): T {
  const { role, raise, sessionPolicy, session: { roleTags, sessionTags, hasChosenTags = false, federatedProvider: provider } } = credentials;
  return raise || (sessionTags?.size ?? 0) > 0 ? find()
    : found.of([role, roleTags, sessionPolicy, hasChosenTags, provider instanceof Text ? provider.key : provider, ...others], find);
}
