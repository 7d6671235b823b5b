import { Credentials, OtherCredentials } from './credentials';
import { requestsOf } from './may-request';
import { oncePerSession } from './once-per-session';
import { wayToCopy } from './way-to-copy';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { UnknownKey } from '../model/identities';
import { firstOfEach } from '../model/only-for-actions';
import { Interned } from '../values/interned';

/**
 * Why a principal might read an access key of which the templates do not show whose it is. One reason is enough, because it makes everything unknown, or all that one
 * service does.
 */
export const unknownKeysWith = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  firstOfEach((roles.unknownKeys.length === 0 ? [] : found).filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role))
    .flatMap((credentials) => oncePerSession(known, credentials, [roles], () => readableKeys(credentials, roles))), (one) => one);

const known = new Interned<readonly OtherCredentials[]>();

function readableKeys(credentials: Credentials, roles: RoleIndex): OtherCredentials[] {
  const allowed = requestsOf(credentials, roles, roles.readsOfUnknownKeys); // most may request none
  const possible = roles.unknownKeys.filter(({ isOnInstances }) => allowed.length > 0 || isOnInstances);
  return firstOfEach(possible, (copy) => {
    const way = wayToCopy({ ...copy, reads: copy.reads?.filter(({ action }) => allowed.includes(action)) }, credentials, roles);
    return way && reasonOf(copy, `${way.what}, and so might get ${copy.what}: ${copy.where}`, credentials.role.place);
  });
}

/** Those in Kubernetes objects that pods may mount, if the templates do not show what they mount. */
export const unknownKeysOfPods = (pods: Pods, roles: RoleIndex): OtherCredentials[] => firstOfEach(roles.unknownKeys, (copy) => {
  const what = `the templates do not show what the pods mount, and they might have ${copy.what}: ${copy.where}`;
  return copy.object && mayBeOf(copy.heldBy, pods) ? reasonOf(copy, what, copy.place) : undefined;
});

const reasonOf = ({ only }: UnknownKey, what: string, place: OtherCredentials['place']): OtherCredentials => ({ what, place, excludedBy: 'noOtherCredentials', only });
