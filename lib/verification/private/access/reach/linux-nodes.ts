import { Credentials } from './credentials';
import { withNodePermission } from './node-permission';
import { Reason } from '../../findings/reason';
import { isOnFargate } from '../../model/fargate-profiles';
import { Cluster } from '../../model/model';
import { Pods } from '../world/principal';
import { View } from '../world/view';

/**
 * Credentials of EKS Pod Identity, which pods get on Linux nodes of Amazon EC2 only, whose role has the permission that the agent needs.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions
 */
export function onLinuxNodes(credentials: Credentials, pods: Pods, cluster: Cluster, view: View): Credentials {
  const { workload } = pods;
  if (workload?.fargate) {
    const broken: Reason = { what: 'pods on Fargate cannot use EKS Pod Identity', place: workload.place };
    return { ...credentials, isObtained: 'no', chain: [...credentials.chain, broken], broken };
  }
  const why = allOnFargate(pods, view) ?? allOnWindows(cluster, view);
  const onNodes = withNodePermission(credentials, cluster, view);
  return why === undefined || onNodes.isObtained === 'no' ? onNodes : {
    ...onNodes,
    isObtained: 'unknown',
    missing: [...onNodes.missing, `whether the pods run on Linux nodes, because EKS Pod Identity works on no others: ${why}`],
    chain: [...onNodes.chain, { what: `it is not known whether the pods run on Linux nodes: ${why}` }],
  };
}

/** An annotation can keep pods off Fargate, so that this is not certain, but for workloads of the templates. */
function allOnFargate({ cluster, namespace, workload }: Pods, { model }: View): string | undefined {
  const onlyByNamespace = model.fargateSelectors.filter(({ labels }) => labels.length === 0);
  return workload === undefined && isOnFargate({ cluster, namespace, labels: undefined }, onlyByNamespace) === 'yes'
    ? `a Fargate profile selects all pods of namespace ${namespace}` : undefined;
}

/** A cluster can have nodes that the templates do not show. */
function allOnWindows({ name, otherNodes }: Cluster, { model, sameCluster }: View): string | undefined {
  const nodegroups = model.nodegroups.filter((nodegroup) => sameCluster.is(nodegroup.cluster, name) !== 'no');
  return otherNodes === undefined && nodegroups.length > 0 && nodegroups.every(({ isWindows }) => isWindows)
    ? `all nodegroups of cluster ${name} run Windows` : undefined;
}
