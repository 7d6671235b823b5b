import { Text } from '../../values/text';
import { isSet, literalOf } from '../../values/text-parts';
import { allOf, anyOf, Truth } from '../../values/truth';
import { CLUSTER_TYPES } from '../cluster-ids';
import { Cluster, Nodegroup, Workload } from '../model';
import { StackResources } from '../stack-resources';

/** A DaemonSet of an add-on whose pods have the network of their node, and a privileged container. */
interface SystemPods {
  readonly name: string;
  readonly addonName: string;
  readonly accounts: ReadonlyArray<{ readonly name: string; readonly isCertain: boolean }>;
  /** Whether Amazon EKS installs it in new clusters, even without the add-on. */
  readonly isBuiltIn: boolean;
}

/**
 * The account of the agent depends on its version: those without one of their own use the default account of the namespace.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 * @see https://github.com/aws/amazon-vpc-cni-k8s/tree/master/charts/aws-vpc-cni
 * @see https://github.com/aws/eks-pod-identity-agent/tree/main/charts/eks-pod-identity-agent
 */
const SYSTEM_PODS: readonly SystemPods[] = [
  { name: 'aws-node', addonName: 'vpc-cni', accounts: [{ name: 'aws-node', isCertain: true }], isBuiltIn: true },
  { name: 'kube-proxy', addonName: 'kube-proxy', accounts: [{ name: 'kube-proxy', isCertain: true }], isBuiltIn: true },
  {
    name: 'eks-pod-identity-agent',
    addonName: 'eks-pod-identity-agent',
    accounts: [{ name: 'eks-pod-identity-agent', isCertain: true }, { name: 'default', isCertain: false }],
    isBuiltIn: false,
  },
];

const PRIVILEGED = 'a privileged container';

/** The pods that Amazon EKS runs on the nodes of clusters. No template shows their settings. */
export function readSystemPods(resources: StackResources, clusters: readonly Cluster[], nodegroups: readonly Nodegroup[]): Workload[] {
  return clusters.flatMap((cluster) => {
    const nodes = nodegroups.find((nodegroup) => nodegroup.cluster.is(cluster.id) !== 'no');
    return nodes ? SYSTEM_PODS.flatMap((pods) => daemonSets(pods, cluster, cluster.place ?? nodes.place, resources)) : [];
  });
}

function daemonSets({ name, addonName, accounts, isBuiltIn }: SystemPods, cluster: Cluster, place: Workload['place'], resources: StackResources): Workload[] {
  const exists = anyOf([...(isBuiltIn ? [hasBuiltIn(cluster, resources)] : []), hasAddon(addonName, cluster, resources)]);
  return exists === 'no' ? [] : accounts.map(({ name: account, isCertain }) => ({
    cluster: cluster.id,
    kind: 'DaemonSet',
    namespace: Text.of('kube-system'),
    name: Text.of(name),
    serviceAccountName: Text.of(account),
    hostNetwork: allOf([exists, isCertain ? 'yes' : 'unknown']),
    takesOverNode: PRIVILEGED,
    credentialsOfOthers: `has ${PRIVILEGED}`,
    place,
  }));
}

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
function hasBuiltIn({ id }: Cluster, resources: StackResources): Truth {
  const created = resources.ofType(...CLUSTER_TYPES).find((resource) => resource.clusterNamed(resource.ref).is(id) === 'yes');
  if (!created) {
    return 'unknown';
  }
  const asked = created.property('BootstrapSelfManagedAddons') ?? created.property('Config', 'bootstrapSelfManagedAddons');
  return asked === undefined ? 'yes' : isSet(asked);
}

const hasAddon = (addonName: string, { id }: Cluster, resources: StackResources): Truth => anyOf(resources.ofType('AWS::EKS::Addon')
  .filter((addon) => literalOf(addon.property('AddonName')) === addonName)
  .map((addon) => addon.cluster('ClusterName')?.is(id) ?? 'no'));
