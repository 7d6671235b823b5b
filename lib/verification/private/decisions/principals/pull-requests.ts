import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { KubernetesObject } from '../../model/kubernetes-object';
import { destinationOf, namesOtherCluster } from '../../model/objects/other-clusters';
import { appliesPullRequests } from '../../model/objects/pull-requests';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

/** How all pods might act in a cluster, as anyone might: with a pull request whose objects a controller applies. */
export function waysByPullRequests(_: Pods, cluster: ClusterId, { model: { objects } }: AssignedModel): WayIntoCluster[] {
  const all = applying.of([objects], () => objects.filter(appliesPullRequests));
  return all.filter((object) => namesOtherCluster(object) || destinationOf(object).is(cluster) !== 'no').map(({ kind, namespace, name }) => {
    const what = `open a pull request, whose objects a controller applies for ${kind} ${namespace}/${name}`;
    return { cluster, what, opening: what, runsPods: true };
  });
}

/** Found once for all pods. */
const applying = new Interned<readonly KubernetesObject[]>();
