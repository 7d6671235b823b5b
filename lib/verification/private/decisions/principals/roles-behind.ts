import { reachOfRoles } from './changed-roles';
import { anyPodsOf, rolesBy } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { waysOfPods } from './ways-of-pods';
import { waysOfEveryone, waysWith } from './ways-with';
import { AssignedModel } from '../../assignments/assigned-model';
import { Role } from '../../model/model';

/** What tells ways apart. */
export const wayKey = ({ cluster, runsPods, only, secrets, seen, ...way }: WayIntoCluster): string => JSON.stringify([
  cluster.key, runsPods, way.onlyViews ?? false, only && [only.namespace.key, only.serviceAccountName.key],
  secrets && [secrets.namespace?.key, secrets.names?.map(({ key }) => key)], seen?.map(({ where }) => where),
]);

/** By way, so that the work to ask about all pods grows with their number, and not with its square. */
const knownRoles = new WeakMap<AssignedModel, Map<string, readonly Role[]>>();

/** The roles of a way, and those of further ways that these open, into the same cluster or another one. */
export function rolesBehind(way: WayIntoCluster, assigned: AssignedModel): readonly Role[] {
  const found = knownRoles.get(assigned) ?? new Map<string, readonly Role[]>();
  knownRoles.set(assigned, found);
  const roles = found.get(wayKey(way)) ?? followed(way, assigned);
  found.set(wayKey(way), roles);
  return roles;
}

function followed(first: WayIntoCluster, assigned: AssignedModel): readonly Role[] {
  const roles = new Set<Role>();
  const seen = new Set<string>();
  const open = [first];
  for (let way = open.pop(); way; way = open.pop()) {
    if (!seen.has(wayKey(way))) {
      seen.add(wayKey(way));
      const added = rolesBy(way, assigned).filter((role) => !roles.has(role));
      added.forEach((role) => roles.add(role));
      const pods = way.only ?? anyPodsOf(way.cluster);
      const { credentials } = reachOfRoles(added, assigned);
      open.push(...assigned.model.clusters.flatMap(({ id }) => [
        ...waysOfEveryone(id, assigned), ...(way.onlyViews ? [] : waysOfPods(pods, id, assigned)), ...waysWith(pods, credentials, id, assigned),
      ]));
    }
  }
  return [...roles];
}
