import { reachOfRoles } from './changed-roles';
import { anyPodsOf, rolesBy } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { waysOfPods } from './ways-of-pods';
import { waysOfEveryone, waysWith } from './ways-with';
import { AssignedModel } from '../../assignments/assigned-model';
import { Role } from '../../model/model';

const keys = new WeakMap<WayIntoCluster, string>();

/** What tells ways apart. Two workloads of a service account differ in the credentials that they have besides. */
export function wayKey(way: WayIntoCluster): string {
  const { cluster, runsPods, onlyViews = false, only, secrets, seen, byEks, workload } = way;
  const key = keys.get(way) ?? JSON.stringify([
    cluster.key, runsPods, onlyViews, only && [only.namespace.key, only.serviceAccountName.key],
    secrets && [secrets.namespace?.key, secrets.names?.map((name) => name.key)], seen?.map(({ where }) => where), byEks,
    workload && [workload.otherCredentials],
  ]);
  keys.set(way, key);
  return key;
}

/** What follows from a way, with the way itself. */
export interface Behind {
  /** By their keys. */
  readonly ways: ReadonlyMap<string, WayIntoCluster>;
  readonly roles: ReadonlySet<Role>;
}

/** What a way gives at once. */
interface Step {
  readonly roles: readonly Role[];
  readonly ways: readonly WayIntoCluster[];
}

/** What was found by the keys of ways, so that the work to ask about all pods grows with their number, and not with its square. */
interface Known {
  readonly behind: Map<string, Behind>;
  readonly steps: Map<string, Step>;
}

const knownOf = new WeakMap<AssignedModel, Known>();

/** The roles of a way, and those of further ways that these open, into the same cluster or another one. */
export const rolesBehind = (way: WayIntoCluster, assigned: AssignedModel): ReadonlySet<Role> => behindOf(way, assigned).roles;

/** The same with the ways. */
export function behindOf(way: WayIntoCluster, assigned: AssignedModel): Behind {
  const known = knownOf.get(assigned) ?? { behind: new Map<string, Behind>(), steps: new Map<string, Step>() };
  knownOf.set(assigned, known);
  const found = known.behind.get(wayKey(way)) ?? followed(way, known, assigned);
  known.behind.set(wayKey(way), found);
  return found;
}

function followed(first: WayIntoCluster, { behind, steps }: Known, assigned: AssignedModel): Behind {
  const [ways, roles] = [new Map<string, WayIntoCluster>(), new Set<Role>()];
  const open = [first];
  for (let way = open.pop(); way; way = open.pop()) {
    const key = wayKey(way);
    const found = ways.has(key) ? undefined : behind.get(key);
    if (found?.ways.has(wayKey(first))) {
      return found; // each leads to the other
    }
    if (found) {
      found.ways.forEach((one, itsKey) => ways.set(itsKey, one));
      found.roles.forEach((role) => roles.add(role));
    } else if (!ways.has(key)) {
      const step = steps.get(key) ?? stepOf(way, assigned);
      steps.set(key, step);
      ways.set(key, way);
      step.roles.forEach((role) => roles.add(role));
      const isKnown = (one: WayIntoCluster) => behind.has(wayKey(one));
      open.push(...step.ways.filter((one) => !isKnown(one)), ...step.ways.filter(isKnown)); // the last are taken first, because they may lead to the others
    }
  }
  return { ways, roles };
}

function stepOf(way: WayIntoCluster, assigned: AssignedModel): Step {
  const roles = rolesBy(way, assigned);
  const pods = way.only ?? anyPodsOf(way.cluster);
  const { credentials } = reachOfRoles(roles, assigned);
  const ways = assigned.model.clusters.flatMap(({ id }) => [
    ...waysOfEveryone(id, assigned), ...(way.onlyViews ? [] : waysOfPods(pods, id, assigned)), ...waysWith(pods, credentials, id, assigned),
  ]);
  return { roles, ways: [...new Map(ways.map((one) => [wayKey(one), one])).values()] };
}
