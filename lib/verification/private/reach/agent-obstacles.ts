import { securityGroupsBefore } from './security-groups';
import { Pods } from '../assignments/principal';
import { KubernetesObject } from '../model/kubernetes-object';
import { Model } from '../model/model';
import { AGENT, allowsEgress, isForAllPods, isNetworkPolicy, limitsEgress, selects } from '../model/objects/network-policies';
import { equal } from '../values/pattern';

/**
 * What may stand between pods and the EKS Pod Identity agent; undefined if the templates have nothing of the kind. Policies add up, so that one which may allow the
 * address is enough. Policies of other kinds than those of Kubernetes are not read.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy.html
 */
export const obstacleBeforeAgent = (pods: Pods, model: Pick<Model, 'networkPolicies' | 'securityGroupPolicies'>): string | undefined =>
  blockedBy(pods, model.networkPolicies) ?? securityGroupsBefore('the EKS Pod Identity agent', pods, model);

function blockedBy({ cluster, namespace, workload }: Pods, policies: readonly KubernetesObject[]): string | undefined {
  const labels = workload?.template?.labels;
  const own = policies.filter((policy) => isNetworkPolicy(policy) && policy.cluster.is(cluster) !== 'no' && equal(policy.namespace, namespace) !== 'no'
    && (workload === undefined || selects(policy, labels) !== 'no'));
  const isOpen = (workload && workload.hostNetwork !== 'no') || own.some((policy) => allowsEgress(policy, AGENT) !== 'no');
  const blocking = isOpen ? undefined : own.find((policy) => limitsEgress(policy) !== 'no' && (workload !== undefined || isForAllPods(policy)));
  return blocking && `whether NetworkPolicy ${blocking.namespace}/${blocking.name} keeps the pods from the EKS Pod Identity agent`;
}
