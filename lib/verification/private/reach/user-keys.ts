import { Credentials } from './credentials';
import { nextCredentials, possibleCredentials } from './next-credentials';
import { wayToCopy } from './way-to-copy';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { KeyCopy, UserKey } from '../model/identities';
import { Role } from '../model/model';

/** The credentials of users and of roles of databases whose keys a principal might read, as its own credentials allow it. Whether it also gets the ID or the name is not asked. */
export function readableKeys(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const all = isInTemplates(credentials.role) ? roles.userKeys : [];
  return all.flatMap((key) => key.copies.flatMap((copy) => {
    const holder = roles.holder(key.holderArn);
    const way = holder === credentials.role ? undefined : wayToCopy(copy, credentials, roles);
    return way ? [nextCredentials(credentials, holder, way.by, `${way.what}, and so might get ${shownKey(key, holder, copy)}`)] : [];
  }));
}

/** The credentials of users whose keys everyone might have. */
export const keysOfEveryone = (roles: RoleIndex): Credentials[] => keysHeld(roles, ({ heldBy }) => heldBy === 'everyone');

/** The credentials of users and of roles of databases whose keys pods have, or can mount. */
export const keysOfPods = (pods: Pods, roles: RoleIndex): Credentials[] => keysHeld(roles, ({ heldBy }) => mayBeOf(heldBy, pods));

const keysHeld = (roles: RoleIndex, isHeld: (copy: KeyCopy) => boolean): Credentials[] =>
  roles.userKeys.flatMap((key) => key.copies.filter(isHeld).map((copy) => {
    const holder = roles.holder(key.holderArn);
    return possibleCredentials(holder, key.name, `pods might get ${shownKey(key, holder, copy)}`);
  }));

const shownKey = ({ name }: UserKey, { noun, label }: Role, { where }: KeyCopy): string =>
  `the ${name} ${noun === 'user' ? 'of user' : 'with role'} ${label}, which is in ${where}`;
