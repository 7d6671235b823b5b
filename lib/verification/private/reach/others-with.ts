import { changedStacks } from './changed-stacks';
import { Credentials, OtherCredentials } from './credentials';
import { doneOnBehalf } from './done-on-behalf';
import { limitedOutside } from './limited-outside';
import { assumableOnceRaised, takenOverOutside } from './named-outside';
import { credentialsOutside, newPrincipal } from './new-principals';
import { rolesByWildcard } from './role-chaining';
import { takenByDeployments } from './taken-values';
import { unknownKeysWith } from './unknown-keys';
import { RoleIndex } from '../assignments/role-index';

/** What credentials lead to that the templates do not show. */
export const othersWith = (credentials: readonly Credentials[], roles: RoleIndex): OtherCredentials[] =>
  [
    newPrincipal(credentials, roles) ?? [], credentialsOutside(credentials), rolesByWildcard(credentials), assumableOnceRaised(credentials),
    takenOverOutside(credentials, roles), changedStacks(credentials, roles), takenByDeployments(credentials, roles),
    limitedOutside(credentials, roles),
    doneOnBehalf(credentials, roles), unknownKeysWith(credentials, roles),
  ].flat();
