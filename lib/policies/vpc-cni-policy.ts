import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { instancesOfCluster } from './private/instance-tags';
import { checkedTagKeys, CLUSTER_NAME, interfacesIn, ofCluster, tagging, TaggingOptions, taggingOnCreation } from './private/network-interfaces';
import { allow, allowOnAll } from './private/statements';
import { inVpc, selectedVpc } from './private/vpcs';
import { checkType } from '../private/props/check-props';

/** Properties of `VpcCniPolicy`. */
export interface VpcCniPolicyProps {
  /**
   * The VPC of the cluster. Its subnets and security groups can be used.
   *
   * @default - required, unless `allVpcs` is set
   */
  readonly vpc?: ec2.IVpc;

  /**
   * Whether the subnets and security groups of all VPCs of the account and Region can be used.
   *
   * @default false
   */
  readonly allVpcs?: boolean;

  /**
   * Whether the launch templates of all nodes set the tag `cluster.k8s.amazonaws.com/name` on their network interfaces. The plugin then cannot set it on
   * existing network interfaces.
   *
   * @default false
   */
  readonly interfacesTaggedAtLaunch?: boolean;

  /**
   * The keys of the tags in `ADDITIONAL_ENI_TAGS` of the plugin.
   *
   * @default - no additional tags
   */
  readonly additionalTagKeys?: string[];
}

/**
 * The permissions of the Amazon VPC CNI plugin in a cluster that uses IPv4: it creates network interfaces, attaches them to nodes, and assigns addresses.
 *
 * Set `CLUSTER_NAME` in the environment of the plugin to the name of the cluster. The plugin then tags network interfaces with
 * `cluster.k8s.amazonaws.com/name`. Without that, nodes do not become ready. Set this tag yourself on self-managed nodes. Instances of managed nodegroups and
 * of Karpenter have tags with the name of the cluster.
 *
 * Tighter than the upstream policy, `AmazonEKS_CNI_Policy`:
 * - Network interfaces must have the name of the cluster in the tag `cluster.k8s.amazonaws.com/name`. The upstream policy allows changes,
 *   detachment and deletion of all network interfaces of the account.
 * - Network interfaces are attached to instances that have a tag with the name of the cluster.
 * - New network interfaces are in the VPC of the cluster, and network interfaces get only its security groups.
 * - Tags can be set only on network interfaces of the cluster, and only those tags that the plugin sets. When a node starts, the plugin also tags its primary
 *   network interface. Therefore, it can take network interfaces of this VPC that have no such tag. To prevent that, let launch templates tag them, and set
 *   `interfacesTaggedAtLaunch`.
 * - `ec2:DescribeTags` is left out, because the plugin no longer calls it.
 *
 * `ec2:DescribeSecurityGroups` is for version 1.22, which looks for security groups by a tag. Not covered: subnets that another account shares.
 *
 * **What a compromised pod can still do**
 *
 * Give nodes any security group of the VPC, and take over network interfaces and private IP addresses of others in it.
 *
 * - Attach network interfaces in any subnet of `vpc`, with any of its security groups, to the nodes of its cluster. This way, an attacker can reach anything
 *   that trusts one of these security groups, such as a database. With `allVpcs`, this applies to all VPCs of the AWS account and Region. No property limits
 *   it further.
 * - Move secondary private IP addresses from any network interface in the subnets of `vpc` to one of its own, and so receive the traffic of others. No
 *   property limits this.
 * - Claim network interfaces of `vpc` that have no tag with the name of a cluster, such as those of other instances, and then change their security groups
 *   and addresses. To prevent this, set `interfacesTaggedAtLaunch`.
 * - Cut off the pods of its cluster, and use up the addresses of all subnets of `vpc`.
 * - Set the tags in `additionalTagKeys` to any value on these network interfaces. Do not use keys on which permissions depend.
 *
 * @upstream Amazon VPC CNI plugin 1.23
 * @hops Nothing: the plugin uses the network of the node.
 * @see https://github.com/aws/amazon-vpc-cni-k8s/blob/v1.23.0/docs/iam-policy.md
 */
export class VpcCniPolicy implements IControllerPolicy {
  /** The namespace of the plugin. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of the plugin. */
  public readonly serviceAccountName?: string = 'aws-node';

  private readonly vpc: ec2.IVpc | 'all';
  private readonly tagging: TaggingOptions;

  /** @throws if a property is unknown or has another type, if there is no VPC, or if the plugin ignores a key. */
  constructor(props: VpcCniPolicyProps) {
    checkType('VpcCniPolicy: props', 'cdk-irsa.policies.VpcCniPolicyProps', props);
    this.vpc = selectedVpc('VpcCniPolicy', props.vpc, props.allVpcs);
    this.tagging = {
      canTagExistingIn: props.interfacesTaggedAtLaunch ? undefined : this.vpc,
      additionalTagKeys: checkedTagKeys('VpcCniPolicy', props.additionalTagKeys),
    };
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its network interfaces.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { clusterName, partition, region, account } = context;
    const arn = (type: string) => `arn:${partition}:ec2:${region}:${account}:${type}/*`;
    const interfaces = [interfacesIn(context)];
    return {
      statements: [
        allowOnAll(
          'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets',
        ),
        allow(['ec2:CreateNetworkInterface'], interfaces, { StringEquals: { [`aws:RequestTag/${CLUSTER_NAME}`]: clusterName } }),
        allow(['ec2:CreateNetworkInterface'], [arn('security-group'), arn('subnet')], inVpc(this.vpc)),
        taggingOnCreation(context, this.tagging),
        ...tagging(context, this.tagging),
        allow([
          'ec2:AssignPrivateIpAddresses', 'ec2:AttachNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DetachNetworkInterface',
          'ec2:ModifyNetworkInterfaceAttribute', 'ec2:UnassignPrivateIpAddresses',
        ], interfaces, ofCluster(context)),
        ...instancesOfCluster(context, CLUSTER_NAME).map((condition) => allow(
          ['ec2:AttachNetworkInterface', 'ec2:DetachNetworkInterface', 'ec2:ModifyNetworkInterfaceAttribute'], [arn('instance')], condition,
        )),
        allow(['ec2:ModifyNetworkInterfaceAttribute'], [arn('security-group')], inVpc(this.vpc)),
      ],
    };
  }
}
