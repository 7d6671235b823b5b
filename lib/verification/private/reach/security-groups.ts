import { Pods } from '../assignments/principal';
import { Model } from '../model/model';
import { selects } from '../model/objects/network-policies';
import { equal } from '../values/pattern';

/**
 * Why pods may not reach something on their node: security groups of their own. Pods in the network of their node have none. Pods of an account
 * without a workload in the templates may have no labels, so that a policy with labels may not be for them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/sgpp.html
 */
export function securityGroupsBefore(what: string, { cluster, namespace, workload }: Pods, { securityGroupPolicies }: Pick<Model, 'securityGroupPolicies'>) {
  const labels = workload?.template?.labels;
  const policy = workload?.hostNetwork === 'yes' ? undefined : securityGroupPolicies.find((one) =>
    one.cluster.is(cluster) !== 'no' && equal(one.namespace, namespace) !== 'no' && selects(one, labels) !== 'no');
  return policy && `whether SecurityGroupPolicy ${policy.namespace}/${policy.name} keeps the pods from ${what}`;
}
