import { securityGroupsBefore } from './security-groups';
import { AssignedModel } from '../assignments/assigned-model';
import { Pods } from '../assignments/principal';
import { KubernetesObject } from '../model/kubernetes-object';
import { Nodegroup, Workload } from '../model/model';
import { allowsEgress, isNetworkPolicy, isOtherNetworkPolicy, limitsEgress, selects } from '../model/objects/network-policies';
import { keptAway } from '../model/pods/placement';
import { equal } from '../values/pattern';
import { listOf, Resolved } from '../values/resolved';
import { Text } from '../values/text';
import { isText } from '../values/text-parts';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html */
const METADATA = { ipv4: '169.254.169.254', ipv6: 'fd00:ec2::254' } as const;

/**
 * What may stand between pods and the instance metadata of nodes that is open to pods; undefined if the templates have nothing of the kind. It is never certain:
 * what enforces network policies decides what they apply to, and a label can be given to nodes later.
 *
 * @param workload undefined for pods of the account that the templates do not show, which can be as simple as pods are.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export function obstacleBefore(nodegroup: Nodegroup, pods: Pods, workload: Workload | undefined, { model }: AssignedModel): string | undefined {
  if (workload && !workload.template) {
    return undefined; // pods of Amazon EKS run on all nodes, and need the instance metadata
  }
  if (workload?.maybeRefused !== undefined) {
    return workload.maybeRefused;
  }
  const away = keptAway(nodegroup, workload?.template?.spec);
  if (away !== undefined) {
    return `whether the pods run on nodes of nodegroup ${nodegroup.label}: ${away}`;
  }
  const plugin = workload?.hostNetwork === 'yes' ? undefined : model.networkPlugins.find(({ cluster }) => cluster.is(pods.cluster) !== 'no');
  if (plugin) {
    return `whether pods reach the instance metadata of nodegroup ${nodegroup.label} with the network plugin of ${plugin.kind} ${plugin.name}`;
  }
  const policy = blockingPolicy(pods, workload?.template?.labels, model.networkPolicies);
  return (policy && `whether ${policy.kind} ${policy.namespace}/${policy.name} keeps the pods from the instance metadata of nodegroup ${nodegroup.label}`)
    ?? securityGroupsBefore(`the instance metadata of nodegroup ${nodegroup.label}`, { ...pods, workload }, model);
}

/** Policies add up: one that allows the address is enough. */
function blockingPolicy({ cluster, namespace }: Pods, labels: Resolved, policies: readonly KubernetesObject[]): KubernetesObject | undefined {
  const ofCluster = policies.filter((object) => object.cluster.is(cluster) !== 'no');
  const own = ofCluster.filter((object) => isNetworkPolicy(object) && equal(object.namespace, namespace) !== 'no' && selects(object, labels) !== 'no');
  const isAllowed = own.some((policy) => policy.cluster.is(cluster) === 'yes' && equal(policy.namespace, namespace) === 'yes'
    && selects(policy, labels) === 'yes' && allowsEgress(policy, METADATA) === 'yes');
  const blocking = isAllowed ? undefined : own.find((policy) => limitsEgress(policy) !== 'no' && allowsEgress(policy, METADATA) !== 'yes');
  return blocking ?? ofCluster.find((object) => isOtherNetworkPolicy(object) && mayLimitEgress(object, namespace));
}

/** Kinds of other groups have other selectors, which are not read. Those of a whole cluster have no namespace. */
function mayLimitEgress(policy: KubernetesObject, namespace: Text): boolean {
  const hasRules = policy.at('specs') !== undefined || ['egress', 'egressDeny'].some((name) => policy.at('spec', name) !== undefined);
  const isThere = policy.at('metadata', 'namespace') === undefined || equal(policy.namespace, namespace) !== 'no';
  return isThere && (hasRules || listOf(policy.at('spec', 'types')).some((type) => isText(type, 'Ingress') !== 'yes'));
}
