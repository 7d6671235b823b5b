import { Credentials, OtherCredentials } from './credentials';
import { requestsOf } from './may-request';
import { oncePerSession } from './once-per-session';
import { wayToCopy } from './way-to-copy';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { Interned } from '../values/interned';

/** Why a principal might read an access key of which the templates do not show whose it is. One reason is enough, because it makes everything unknown. */
export const unknownKeysWith = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  (roles.unknownKeys.length === 0 ? [] : found).filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role))
    .flatMap((credentials) => oncePerSession(known, credentials, [roles], () => readableKey(credentials, roles))).slice(0, 1);

const known = new Interned<readonly OtherCredentials[]>();

function readableKey(credentials: Credentials, roles: RoleIndex): OtherCredentials[] {
  const allowed = requestsOf(credentials, roles, roles.readsOfUnknownKeys); // most may request none
  const found = roles.unknownKeys.filter(({ isOnInstances }) => allowed.length > 0 || isOnInstances).flatMap((copy) => {
    const way = wayToCopy({ ...copy, reads: copy.reads?.filter(({ action }) => allowed.includes(action)) }, credentials, roles);
    return way ? [{ way, copy }] : [];
  });
  return found.slice(0, 1).map(({ way, copy }) => ({
    what: `${way.what}, and so might get an access key of a user whom the templates do not show: ${copy.where}`,
    place: credentials.role.place,
    excludedBy: 'noOtherCredentials',
  }));
}
