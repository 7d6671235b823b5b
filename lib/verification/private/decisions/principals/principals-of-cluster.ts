import { allPrincipals } from './all-principals';
import { AskedPrincipal } from './asked-principal';
import { findCluster } from './find-principals';
import { findUnderEach } from './find-under-assignments';
import { Assignments } from '../../assignments/assignments';
import { clusterOf } from '../../assignments/principal';

/**
 * All principals that are in a cluster, or might be: whoever a role trusts can be in any.
 *
 * @throws if the cluster is not in the templates.
 */
export function principalsOfCluster(assignments: Assignments, cluster: string): AskedPrincipal[] {
  const clusters = findUnderEach(assignments, (assigned) => findCluster(assigned, assignments.text(cluster, assigned)));
  return allPrincipals(assignments).filter(({ each }) => each.some(({ principal }, i) => {
    const { found } = clusters[i];
    const id = principal && clusterOf(principal);
    return principal !== undefined && (id === undefined || (found !== undefined && found.id.is(id) !== 'no'));
  }));
}
