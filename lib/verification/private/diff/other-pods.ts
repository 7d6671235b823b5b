import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { Cluster } from '../model/model';
import { Credentials, Reach } from '../reach/credentials';
import { fromMetadata } from '../reach/metadata-credentials';
import { withChains } from '../reach/role-chaining';
import { Text } from '../values/text';
import { anyOf } from '../values/truth';
import { Unknown } from '../values/unknown';

const ANY_NAME = Text.unknown(new Unknown('the name of others', { label: 'any' }));

/**
 * What pods can get that the templates do not show, such as those of a Helm chart: the credentials of their nodes, whatever their service account.
 *
 * @param onHostNetwork whether they share the network of their node.
 */
export function reachOfOtherPods({ id }: Cluster, onHostNetwork: boolean, assigned: AssignedModel): Reach {
  const pods: Pods = { kind: 'pods', cluster: id, namespace: ANY_NAME, serviceAccountName: ANY_NAME };
  const nodes = assigned.model.nodegroups.filter(({ cluster }) => cluster.is(id) !== 'no').map((nodegroup): Credentials => {
    const { podsReachMetadata, hostNetworkReachesMetadata } = nodegroup;
    const reached = onHostNetwork ? anyOf([podsReachMetadata, hostNetworkReachesMetadata]) : podsReachMetadata;
    return fromMetadata({ ...nodegroup, podsReachMetadata: reached }, pods, [], 'unknown', assigned);
  });
  return { credentials: withChains(nodes, assigned.roles), others: [], othersAreDefault: 'no', changesDefault: [], notes: [] };
}
