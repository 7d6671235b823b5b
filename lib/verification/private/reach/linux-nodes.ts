import { obstacleBeforeAgent } from './agent-obstacles';
import { Credentials } from './credentials';
import { ifObtained } from './if-obtained';
import { withNodePermission } from './node-permission';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { Cluster } from '../model/model';
import { isOnFargate } from '../model/nodes/fargate-profiles';
import { selectNodes, selectsAny } from '../model/pods/placement';

/**
 * Credentials of EKS Pod Identity, which pods get on Linux nodes of Amazon EC2 only, whose role has the permission that the agent needs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions
 */
export function onLinuxNodes(credentials: Credentials, pods: Pods, cluster: Cluster, assigned: AssignedModel): Credentials {
  const { workload } = pods;
  if (workload?.fargate) {
    const broken: AccessReason = { what: 'pods on Fargate cannot use EKS Pod Identity', place: workload.place };
    return { ...credentials, isObtained: 'no', chain: [...credentials.chain, broken], broken };
  }
  const why = workload?.maybeNotOnLinux ?? allOnFargate(pods, assigned) ?? notOnNodesWithLinux(pods, cluster, assigned);
  const onNodes = ifObtained(withNodePermission(credentials, cluster, assigned), obstacleBeforeAgent(pods, assigned.model));
  return why === undefined || onNodes.isObtained === 'no' ? onNodes : {
    ...onNodes,
    isObtained: 'unknown',
    missing: [...onNodes.missing, `whether the pods run on Linux nodes, because EKS Pod Identity works on no others: ${why}`],
    chain: [...onNodes.chain, { what: `it is not known whether the pods run on Linux nodes: ${why}` }],
  };
}

/** Why all pods of an account may run on Fargate. An annotation can keep pods off it, so that this is certain only for workloads of the templates. */
export function allOnFargate({ cluster, namespace, workload }: Pods, { model }: AssignedModel): string | undefined {
  const onlyByNamespace = model.fargateSelectors.filter(({ labels }) => labels.length === 0);
  return workload === undefined && isOnFargate({ cluster, namespace, labels: undefined }, onlyByNamespace) === 'yes'
    ? `a Fargate profile selects all pods of namespace ${namespace}` : undefined;
}

/**
 * Why the nodes of the templates on which pods can run are none with Linux of Amazon EC2. Nodes that the templates do not show can have any labels, but do not
 * count for pods that certainly select nodes which the templates show.
 */
function notOnNodesWithLinux({ workload }: Pods, { id, otherNodes }: Cluster, { model }: AssignedModel): string | undefined {
  const spec = workload?.template?.spec;
  const possible = model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(id) !== 'no' && selectNodes(nodegroup, spec) !== 'no');
  const isSelected = selectsAny(spec) && possible.some((nodegroup) => selectNodes(nodegroup, spec) === 'yes');
  if ((otherNodes !== undefined && !isSelected) || possible.some(({ isWindows }) => !isWindows)) {
    return undefined;
  }
  const have = possible.every(({ isWindows }) => isWindows === 'yes') ? 'have' : 'have or may have';
  return possible.length > 0 ? `all nodegroups of cluster ${id} on which they can run ${have} Windows` : `cluster ${id} has no nodegroup on which they can run`;
}
