import { Credentials } from './credentials';
import { mayWrite } from './may-write';
import { RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';
import { KeyCopy } from '../model/identities';

/** How credentials might lead to a copy of something secret: by a request, or on an instance. */
export function wayToCopy(
  { reads, isOnInstances = false }: KeyCopy, credentials: Credentials, roles: RoleIndex,
): { readonly by: string; readonly what: string } | undefined {
  const name = holderName(credentials.role);
  if (isOnInstances && roles.isOfInstances(credentials.role)) {
    return { by: 'instance', what: `whoever has credentials of ${name} may be on an instance` };
  }
  const read = reads?.find((one) => mayWrite(credentials, roles, one));
  return read && { by: read.action, what: `${name} may request ${read.action}` };
}
