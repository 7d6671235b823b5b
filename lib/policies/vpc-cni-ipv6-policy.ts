import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { checkedTagKeys, interfacesIn, ofCluster, tagging, TaggingOptions } from './private/network-interfaces';
import { allow, allowOnAll } from './private/statements';
import { selectedVpc } from './private/vpcs';
import { checkType } from '../private/props/check-props';

/** Properties of `VpcCniIpv6Policy`. */
export interface VpcCniIpv6PolicyProps {
  /**
   * The VPC of the cluster.
   *
   * @default - required, unless `allVpcs` is set
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Whether the plugin can take network interfaces of all VPCs of the account and Region that have no tag with the name of a cluster.
   *
   * @default false
   */
  readonly allVpcs?: boolean;

  /**
   * The keys of the tags in `ADDITIONAL_ENI_TAGS` of the plugin.
   *
   * @default - no additional tags
   */
  readonly additionalTagKeys?: string[];
}

/**
 * The permissions of the Amazon VPC CNI plugin in a cluster that uses IPv6: it assigns prefixes to the network interfaces of nodes.
 *
 * Set `CLUSTER_NAME` in the environment of the plugin to the name of the cluster. The plugin then tags network interfaces with
 * `cluster.k8s.amazonaws.com/name`. Without that, nodes do not become ready.
 *
 * Tighter than the upstream policy:
 * - Prefixes can be assigned only to network interfaces that have the name of the cluster in this tag.
 * - Tags can be set only on network interfaces of the cluster, and on those of its VPC that have no such tag, such as the primary one of a new node. They
 *   can only be those that the plugin sets.
 * - `ec2:DescribeInstances` and `ec2:DescribeTags` are left out, because the plugin does not call them in such a cluster.
 *
 * Not covered: additional network interfaces, such as for pods with several of them or with security groups, and subnets that the tag
 * `kubernetes.io/role/cni` excludes.
 *
 * **What a compromised pod can still do**
 *
 * Claim network interfaces of the VPC for its cluster, so that nodes of other clusters do not become ready.
 *
 * - Set the name of its cluster on network interfaces of `vpc` that have no such tag. If the interface belongs to a new node of another cluster, the plugin
 *   of that cluster can no longer assign prefixes to it. With `allVpcs`, this applies to all VPCs of the AWS account and Region. No property prevents it.
 * - Assign IPv6 addresses and prefixes to these network interfaces, until none are left for others.
 * - Set the tags in `additionalTagKeys` to any value on these network interfaces. Do not use keys on which permissions depend.
 * - List the network interfaces, security groups and subnets in the AWS account.
 *
 * @upstream Amazon VPC CNI plugin 1.23
 * @hops Nothing: the plugin uses the network of the node.
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.0/docs/iam-policy.md
 */
export class VpcCniIpv6Policy implements IControllerPolicy {
  /** The namespace of the plugin. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of the plugin. */
  public readonly serviceAccountName?: string = 'aws-node';

  private readonly tagging: TaggingOptions;

  /** @throws if a property is unknown or has another type, if there is no VPC, or if the plugin ignores a key. */
  constructor(props: VpcCniIpv6PolicyProps) {
    checkType('VpcCniIpv6Policy: props', 'cdk-irsa.policies.VpcCniIpv6PolicyProps', props);
    this.tagging = {
      canTagExistingIn: selectedVpc('VpcCniIpv6Policy', props.vpc, props.allVpcs),
      additionalTagKeys: checkedTagKeys('VpcCniIpv6Policy', props.additionalTagKeys),
    };
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its network interfaces.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    return {
      statements: [
        allowOnAll('ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets'),
        ...tagging(context, this.tagging),
        allow(['ec2:AssignIpv6Addresses'], [interfacesIn(context)], ofCluster(context)),
      ],
    };
  }
}
