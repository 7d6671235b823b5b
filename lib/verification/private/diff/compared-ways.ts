import { ComparedWay } from './side';
import { AssignedModel } from '../assignments/assigned-model';
import { reachOfRoles } from '../decisions/principals/changed-roles';
import { waysByServers } from '../decisions/principals/open-servers';
import { waysByBindings } from '../decisions/principals/rbac';
import { anyPodsOf } from '../decisions/principals/roles-in-cluster';
import { waysOfEveryone, waysWith } from '../decisions/principals/ways-with';
import { Role } from '../model/model';

/** The ways into clusters that are open to everyone, or to all of their pods, those of bindings, and those of whoever has the credentials of one of some roles. */
export const comparedWays = (roles: readonly Role[], assigned: AssignedModel): ComparedWay[] => assigned.model.clusters.flatMap(({ id }) => [
  ...[...waysOfEveryone(id, assigned), ...waysByServers(anyPodsOf(id), id, assigned)].map((way) => ({ way })),
  ...waysByBindings(id, assigned),
  ...roles.flatMap((role) => waysWith({ kind: 'role', role }, reachOfRoles([role], assigned).credentials, id, assigned).map((way) => ({ role, way }))),
]);
