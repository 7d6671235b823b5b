import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { destinationOf, namesOtherCluster } from '../../model/objects/other-clusters';
import { appliesPullRequests } from '../../model/objects/pull-requests';
import { ClusterId } from '../../values/cluster-id';

/** How all pods might act in a cluster, as anyone might: with a pull request whose objects a controller applies. */
export const waysByPullRequests = (_: Pods, cluster: ClusterId, { model: { objects } }: AssignedModel): WayIntoCluster[] => objects
  .filter((object) => appliesPullRequests(object) && (namesOtherCluster(object) || destinationOf(object).is(cluster) !== 'no'))
  .map(({ kind, namespace, name }) => {
    const what = `open a pull request, whose objects a controller applies for ${kind} ${namespace}/${name}`;
    return { cluster, what, opening: what, runsPods: true };
  });
