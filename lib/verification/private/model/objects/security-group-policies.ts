import { isText, literalOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResources } from '../stack-resources';

/** With this setting of the VPC CNI, pods with security groups of their own also use the network of their node. */
const STANDARD = /POD_SECURITY_GROUP_ENFORCING_MODE["']?\s*:\s*["']?standard/;

/**
 * The objects that give pods security groups of their own, and with them a network interface that may not reach what is on their node.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/security-groups-for-pods.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-considerations
 */
export function readSecurityGroupPolicies(objects: readonly KubernetesObject[], resources: StackResources): KubernetesObject[] {
  const standard = resources.ofType('AWS::EKS::Addon')
    .filter((addon) => isText(addon.property('AddonName'), 'vpc-cni') === 'yes' && STANDARD.test(literalOf(addon.property('ConfigurationValues')) ?? ''))
    .map((addon) => addon.cluster('ClusterName'));
  return objects.filter(({ group, kind, cluster }) =>
    group === 'vpcresources.k8s.aws' && kind === 'SecurityGroupPolicy' && !standard.some((id) => id?.is(cluster) === 'yes'));
}
