import { anyPodsOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { Model } from '../../model/model';
import { withInner } from '../../model/objects/generators';
import { Binding, readBindings } from '../../model/objects/rbac';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';

/** How pods might act in their cluster by bindings of their service account. */
export const waysByRbac = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] => (pods.cluster.is(cluster) === 'no' ? [] : bindingsIn(model))
  .filter(({ subjects }) => subjects.some((holders) => holders.cluster.is(cluster) !== 'no' && mayBeOf(holders, pods))).map((binding) => wayBy(binding, cluster, model));

/** Whoever reads Secrets gets the keys in them, and no tokens. Whoever runs commands in pods has what these pods have, which may be the network of their node. */
function wayBy({ label, namespace, gain }: Binding, cluster: ClusterId, { workloads }: Model): WayIntoCluster {
  if (gain === 'secrets') {
    return { cluster, what: `read Secrets by ${label}`, runsPods: false, onlyViews: true };
  }
  const only = namespace && { ...anyPodsOf(cluster), namespace };
  const runsPods = gain !== 'tokens' || workloads.some((one) => one.cluster.is(cluster) !== 'no' && (!namespace || equal(one.namespace, namespace) !== 'no')
    && (one.hostNetwork !== 'no' || one.credentialsOfOthers !== undefined));
  return { cluster, what: `act in the cluster by ${label}`, runsPods, ...only && { only } };
}

function bindingsIn({ objects, charts, clusters }: Model): readonly Binding[] {
  const withoutAwsAuth = clusters.filter(({ ignoresAwsAuth }) => ignoresAwsAuth).map(({ id }) => id);
  return known.of([objects, charts, withoutAwsAuth.map(({ key }) => key).join()], () => readBindings(withInner(objects, charts), withoutAwsAuth));
}

const known = new Interned<readonly Binding[]>();
