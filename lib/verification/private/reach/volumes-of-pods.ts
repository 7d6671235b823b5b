import { Credentials } from './credentials';
import { possibleCredentials } from './next-credentials';
import { mayBeOf } from '../assignments/may-be-of';
import { Pods } from '../assignments/principal';
import { RoleIndex } from '../assignments/role-index';
import { holderName } from '../model/holder-name';

/**
 * What pods can do with the volumes that they mount, as far as something else uses the files: write to them, without a request of their own. The same goes for the
 * hosts at which they serve.
 */
export const volumesOfPods = (pods: Pods, roles: RoleIndex): Credentials[] => roles.sharedVolumes
  .filter(({ heldBy, secret }) => !secret && heldBy.some((holders) => mayBeOf(holders, pods)))
  .map(({ role }) => (role.noun === 'host' ? possibleCredentials(role, 'a host', `whether pods serve what others run at ${holderName(role)}`)
    : possibleCredentials(role, 'a volume', `whether pods write what others run to ${holderName(role)}`)));
