import { allPrincipals, principalKey } from './all-principals';
import { AskedPrincipal, PrincipalUnder } from './asked-principal';
import { findCluster } from './find-principals';
import { findUnderEach } from './find-under-assignments';
import { Assignments } from '../../assignments/assignments';
import { clusterOf, Principal } from '../../assignments/principal';
import { ClusterId } from '../../values/cluster-id';

/**
 * All principals that are in a cluster, or might be: whoever a role trusts can be in any. Service accounts of a cluster that only the deployment knows are looked at
 * as those of this cluster, so that it is not known what they get.
 *
 * @throws if the cluster is not in the templates.
 */
export function principalsOfCluster(assignments: Assignments, cluster: string): AskedPrincipal[] {
  const clusters = findUnderEach(assignments, (assigned) => findCluster(assigned, assignments.text(cluster, assigned)));
  const found = new Map<string, AskedPrincipal>();
  for (const { each } of allPrincipals(assignments)) {
    const inCluster = each.map(({ assigned, principal }, i): PrincipalUnder =>
      ({ assigned, principal: principal && principalIn(principal, clusters[i].found?.id) }));
    const [first] = inCluster.flatMap(({ principal }) => principal ?? []);
    if (first && !found.has(principalKey(first))) {
      found.set(principalKey(first), new AskedPrincipal(assignments, inCluster as [PrincipalUnder, ...PrincipalUnder[]]));
    }
  }
  return [...found.values()];
}

/** A principal, if it may be in a cluster. */
function principalIn(principal: Principal, cluster: ClusterId | undefined): Principal | undefined {
  const id = clusterOf(principal);
  const isThere = id === undefined ? 'yes' : cluster === undefined ? 'no' : cluster.is(id);
  const isAccount = principal.kind === 'pods' && principal.workload === undefined;
  return isThere === 'no' ? undefined : isThere === 'unknown' && isAccount && cluster ? { ...principal, cluster } : principal;
}
