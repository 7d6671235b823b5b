import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmiFamily } from './node-ami-family';
import { NodeBootOptions } from './node-boot-options';
import { NodeRemoteAccess } from './node-remote-access';
import { NodeRoleOptions } from './node-role-options';
import { AdditionalNodeVolume, NodeVolume } from './node-volume';

/** Options for a managed nodegroup. */
export interface IrsaNodegroupOptions extends NodeRoleOptions, NodeBootOptions {
  /**
   * The name of the nodegroup: 1 to 63 letters, digits, hyphens and underscores. CloudFormation cannot replace a nodegroup and keep its name. If a
   * change requires a replacement, such as one of the instance types or subnets, also change the name.
   *
   * @default - CloudFormation generates a name
   */
  readonly nodegroupName?: string;

  /**
   * The instance types of the nodes: 1 to 20. All must have the same architecture and the same kind of accelerator, if any.
   *
   * @default - t3.medium
   */
  readonly instanceTypes?: ec2.InstanceType[];

  /**
   * The operating system of the nodes. The instance types determine the image: x86 or arm64, with drivers for NVIDIA GPUs or AWS Neuron
   * devices if the instance types have them.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
   * @default - the family of `amiType`, or NodeAmiFamily.AL2023
   */
  readonly amiFamily?: NodeAmiFamily;

  /**
   * An Amazon EKS image that differs from the default image for the instance types, such as the FIPS variant of Bottlerocket.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType
   * @default - the image of `amiFamily` for the instance types
   */
  readonly amiType?: eks.NodegroupAmiType;

  /**
   * A custom image of the family `amiFamily`. For such an image, Amazon EKS does not merge its own configuration into the user data, so the user data
   * that this construct defines contains the complete configuration of the node. In an IPv4 cluster, Amazon Linux 2023 then requires the service CIDR
   * block: set `serviceIpv4Cidr` on the cluster, or `cluster.cidr` in `nodeConfigs`. Amazon EKS does not offer image updates for these nodes: to
   * update them, specify a new image.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami
   * @default - an Amazon EKS image
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * The version of the Amazon EKS image, such as `1.36.0-20261015`, or `1.26.1-943d9a41` for Bottlerocket.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html
   * @default - the latest version when a deployment creates the nodegroup or changes its launch template
   */
  readonly releaseVersion?: string;

  /**
   * How the instances are purchased.
   *
   * `SPOT`: Spot Instances, which Amazon EC2 can interrupt at any time. Specify several `instanceTypes` for them.
   *
   * `CAPACITY_BLOCK`: instances of a Capacity Block for ML. It requires `launchTemplate`, with an instance type, the market type
   * `capacity-block` in `instanceMarketOptions`, and the Capacity Block in `capacityReservationSpecification`. Select `subnets` in the
   * Availability Zone of the Capacity Block, and set `desiredSize` to 0 before you update the nodegroup.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types
   * @see https://docs.aws.amazon.com/eks/latest/userguide/capacity-blocks-mng.html
   * @default eks.CapacityType.ON_DEMAND
   */
  readonly capacityType?: eks.CapacityType;

  /**
   * The minimum number of nodes: 0 or more.
   *
   * @default - 1, or 0 if `desiredSize` is 0
   */
  readonly minSize?: number;

  /**
   * The maximum number of nodes: 1 or more.
   *
   * @default - `desiredSize`, at least 1
   */
  readonly maxSize?: number;

  /**
   * The initial number of nodes. An autoscaler can change it.
   *
   * @default - `minSize`; if it is not set, 2 or `maxSize`, whichever is less
   */
  readonly desiredSize?: number;

  /**
   * The subnets of the nodes. Use its `availabilityZones` to select Availability Zones.
   *
   * @default - the private subnets with outbound internet access of the cluster's VPC
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * The maximum number of nodes that are unavailable at the same time during an update: 1 to 100. You cannot set it together with
   * `maxUnavailablePercentage`.
   *
   * @default - 1, unless `maxUnavailablePercentage` is set
   */
  readonly maxUnavailable?: number;

  /**
   * The maximum percentage of nodes that are unavailable at the same time during an update: 1 to 100.
   *
   * @default - `maxUnavailable` applies
   */
  readonly maxUnavailablePercentage?: number;

  /**
   * Whether Amazon EKS reboots or replaces unhealthy nodes.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health.html
   * @default false
   */
  readonly nodeAutoRepair?: boolean;

  /**
   * Kubernetes labels of the nodes. Keys can have up to 63 characters, including the prefix, and values cannot be empty. Nodes can set only a
   * few labels with the prefixes `kubernetes.io` and `k8s.io`, such as `node.kubernetes.io`, and none with the prefix `eks.amazonaws.com`.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
   * @default - only the labels that Amazon EKS and Kubernetes set
   */
  readonly labels?: { [key: string]: string };

  /**
   * Kubernetes taints of the nodes, up to 50. Each requires a key and an effect.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   * @default - none
   */
  readonly taints?: eks.TaintSpec[];

  /**
   * Tags of the nodegroup, the instances and their volumes. With `launchTemplate`, they apply only to the nodegroup.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
   * @default - only the tags of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * The volume of each node for containers and logs. On Bottlerocket, it is the data volume; the system volume has the size of its image.
   *
   * @default - 80 GiB, gp3, encrypted
   */
  readonly disk?: NodeVolume;

  /**
   * Additional volumes of each node.
   *
   * @default - none
   */
  readonly additionalVolumes?: AdditionalNodeVolume[];

  /**
   * SSH access to the nodes. Consider Session Manager instead, which needs no keys or open ports.
   *
   * @default - no SSH access
   */
  readonly remoteAccess?: NodeRemoteAccess;

  /**
   * Whether pods can reach the instance metadata of their node. The metadata includes the credentials of the node role, so if true, every
   * pod can act as the node. Set it only for pods that read their region or instance ID from the metadata, such as old versions of some
   * controllers; most of them have settings for these values. Pods with `hostNetwork` can always reach the metadata.
   *
   * The option sets the hop limit of IMDSv2: 2 if true, 1 if false.
   *
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
   * @default false
   */
  readonly allowPodImdsAccess?: boolean;

  /**
   * An existing launch template, which is used unchanged. You cannot combine it with options that configure the launch template or the user
   * data. Require IMDSv2 with a hop limit of 1 in it; otherwise, pods can act as their node. If you import a launch template that does not
   * specify the instance type or image, specify `instanceTypes` or `amiType`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
   * @default - a new launch template
   */
  readonly launchTemplate?: ec2.ILaunchTemplate;
}
