import { Credentials, OtherCredentials } from './credentials';
import { requestsOf } from './may-request';
import { mayWrite } from './may-write';
import { oncePerSession } from './once-per-session';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';
import { Interned } from '../values/interned';

/** Why a principal might read an access key of which the templates do not show whose it is. One reason is enough, because it makes everything unknown. */
export const unknownKeysWith = (found: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  (roles.unknownKeys.length === 0 ? [] : found).filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role))
    .flatMap((credentials) => oncePerSession(known, credentials, [roles], () => readableKey(credentials, roles))).slice(0, 1);

const known = new Interned<readonly OtherCredentials[]>();

function readableKey(credentials: Credentials, roles: RoleIndex): OtherCredentials[] {
  const allowed = requestsOf(credentials, roles, roles.readsOfUnknownKeys); // most may request none
  const [way] = allowed.length === 0 ? [] : roles.unknownKeys.flatMap(({ where, reads = [] }) =>
    reads.filter((read) => allowed.includes(read.action) && mayWrite(credentials, roles, read)).map(({ action }) => ({ action, where })));
  return way === undefined ? [] : [{
    what: `${holderName(credentials.role)} may request ${way.action}, and so might get an access key of a user whom the templates do not show: ${way.where}`,
    place: credentials.role.place,
    excludedBy: 'noOtherCredentials',
  }];
}
