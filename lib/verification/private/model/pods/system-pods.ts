import { NODE_ADDONS, NodeAddon } from './node-addons';
import { equal } from '../../values/pattern';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { allOf, anyOf, Truth } from '../../values/truth';
import { CLUSTER_TYPES } from '../cluster-ids';
import { Cluster, Nodegroup, Workload } from '../model';
import { StackResources } from '../stack-resources';

const PRIVILEGED = 'a privileged container';

/** The pods that Amazon EKS runs on the nodes of clusters. No template shows their settings. */
export function readSystemPods(resources: StackResources, clusters: readonly Cluster[], nodegroups: readonly Nodegroup[]): Workload[] {
  return clusters.flatMap((cluster) => {
    const nodes = nodegroups.find((nodegroup) => nodegroup.cluster.is(cluster.id) !== 'no');
    return nodes ? NODE_ADDONS.flatMap((pods) => daemonSets(pods, cluster, cluster.place ?? nodes.place, resources)) : [];
  });
}

/** Where pods of an add-on are, and whether it is installed there. */
interface Installed { readonly namespace: Text; readonly exists: Truth }

function daemonSets(pods: NodeAddon, cluster: Cluster, place: Workload['place'], resources: StackResources): Workload[] {
  return installed(pods, cluster, resources).flatMap(({ namespace, exists }) => pods.accounts.map(({ name: account, isCertain }) => ({
    cluster: cluster.id,
    kind: 'DaemonSet',
    namespace,
    name: Text.of(pods.name),
    serviceAccountName: Text.of(account),
    hostNetwork: allOf([exists, isCertain ? 'yes' : 'unknown']),
    takesOverNode: pods.takeover ?? PRIVILEGED,
    credentialsOfOthers: `has ${pods.takeover ?? PRIVILEGED}`,
    place,
  })));
}

/** By default, in the namespace of the add-on. An add-on can be in another one. @see https://docs.aws.amazon.com/eks/latest/userguide/custom-namespace.html */
function installed(pods: NodeAddon, cluster: Cluster, resources: StackResources): Installed[] {
  const byDefault = Text.of(pods.namespace);
  const addons = resources.ofType('AWS::EKS::Addon').map((addon): Installed => ({
    namespace: textOf(addon.property('NamespaceConfig', 'Namespace')) ?? byDefault,
    exists: allOf([isNamed(addon.property('AddonName'), pods.addonName), addon.cluster('ClusterName')?.is(cluster.id) ?? 'no']),
  }));
  const builtIn = pods.isBuiltIn ? [{ namespace: byDefault, exists: hasBuiltIn(cluster, resources) }] : [];
  const all = [...builtIn, ...addons].filter(({ exists }) => exists !== 'no');
  const namespaces = [...new Map(all.map(({ namespace }) => [namespace.key, namespace])).values()];
  return namespaces.map((namespace) => {
    const there = all.filter((one) => one.namespace.key === namespace.key);
    return { namespace, exists: anyOf(there.map(({ exists }) => exists)) };
  });
}

const isNamed = (name: Resolved, addonName: string): Truth => (name instanceof Text ? equal(name, Text.of(addonName)) : 'unknown');

/** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
function hasBuiltIn({ id }: Cluster, resources: StackResources): Truth {
  const created = resources.ofType(...CLUSTER_TYPES).find((resource) => resource.clusterNamed(resource.ref).is(id) === 'yes');
  if (!created) {
    return 'unknown';
  }
  const asked = created.property('BootstrapSelfManagedAddons') ?? created.property('Config', 'bootstrapSelfManagedAddons');
  return asked === undefined ? 'yes' : isSet(asked);
}
