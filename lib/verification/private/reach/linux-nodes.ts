import { Credentials } from './credentials';
import { withNodePermission } from './node-permission';
import { AccessReason } from '../../access-reason';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { Cluster } from '../model/model';
import { isOnFargate } from '../model/nodes/fargate-profiles';

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
  const why = workload?.maybeNotOnLinux ?? allOnFargate(pods, assigned) ?? allOnWindows(cluster, assigned);
  const onNodes = withNodePermission(credentials, cluster, assigned);
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

/** A cluster can have nodes that the templates do not show. */
function allOnWindows({ id, otherNodes }: Cluster, { model }: AssignedModel): string | undefined {
  const nodegroups = model.nodegroups.filter((nodegroup) => nodegroup.cluster.is(id) !== 'no');
  return otherNodes === undefined && nodegroups.length > 0 && nodegroups.every(({ isWindows }) => isWindows)
    ? `all nodegroups of cluster ${id} run Windows` : undefined;
}
