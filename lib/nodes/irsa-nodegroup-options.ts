import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmiFamily } from './node-ami-family';
import { NodeBootOptions } from './node-boot-options';
import { NodeRemoteAccess } from './node-remote-access';
import { NodeRoleOptions } from './node-role-options';
import { AdditionalNodeVolume, NodeVolume } from './node-volume';

/** Options of a managed nodegroup. */
export interface IrsaNodegroupOptions extends NodeRoleOptions, NodeBootOptions {
  /**
   * The name of the nodegroup, at most 63 characters. A change of the instance types or subnets replaces the nodegroup, and
   * CloudFormation cannot replace one with a name in a single deployment.
   *
   * @default - CloudFormation generates a name
   */
  readonly nodegroupName?: string;

  /**
   * The instance types of the nodes, 1 to 20. All must have the same architecture and the same kind of accelerator, if any.
   *
   * @default - t3.medium
   */
  readonly instanceTypes?: ec2.InstanceType[];

  /**
   * The operating system of the nodes. The instance types determine its image: x86 or arm64, with drivers for NVIDIA GPUs or AWS Neuron
   * if the instance types have these.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
   * @default - the family of `amiType`, or NodeAmiFamily.AL2023
   */
  readonly amiFamily?: NodeAmiFamily;

  /**
   * An Amazon EKS image other than the one for the instance types, such as the FIPS variant of Bottlerocket.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType
   * @default - the image of `amiFamily` for the instance types
   */
  readonly amiType?: eks.NodegroupAmiType;

  /**
   * A custom image, of the family `amiFamily`. Amazon EKS adds nothing to its user data, so the user data that is defined here holds the
   * complete configuration of the node. On Amazon Linux 2023 this requires `serviceIpv4Cidr` on the cluster, or `cluster.cidr` in one of
   * `nodeConfigs`. Amazon EKS does not update nodes with a custom image: specify a new image to update them.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami
   * @default - an Amazon EKS image
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * The version of the Amazon EKS image, such as `1.36.0-20261015`, or `1.26.1-943d9a41` for Bottlerocket.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html
   * @default - the latest version when a deployment creates the nodegroup, or changes its launch template
   */
  readonly releaseVersion?: string;

  /**
   * How the instances are purchased.
   *
   * `SPOT`: spot instances, which Amazon EC2 can interrupt at any time. Specify several `instanceTypes` for these.
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
   * @default 1
   */
  readonly minSize?: number;

  /**
   * The maximum number of nodes: 1 or more.
   *
   * @default - `desiredSize`, at least 1
   */
  readonly maxSize?: number;

  /**
   * The number of nodes, until an autoscaler changes it.
   *
   * @default - `minSize`; without that, 2 or `maxSize`, whichever is less
   */
  readonly desiredSize?: number;

  /**
   * The subnets of the nodes. Use its `availabilityZones` to select Availability Zones.
   *
   * @default - the private subnets of the cluster's VPC with internet access
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * The maximum number of nodes that an update replaces at the same time: 1 to 100.
   *
   * @default 1
   */
  readonly maxUnavailable?: number;

  /**
   * The maximum percentage of nodes that an update replaces at the same time: 1 to 100.
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
   * Kubernetes labels of the nodes. Keys have at most 63 characters, and values cannot be empty. Nodes can set few labels with the
   * prefixes `kubernetes.io` and `k8s.io`.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
   * @default - only the labels that Amazon EKS and Kubernetes set
   */
  readonly labels?: { [key: string]: string };

  /**
   * Kubernetes taints of the nodes, at most 50. Each requires a key and an effect.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   * @default - none
   */
  readonly taints?: eks.TaintSpec[];

  /**
   * Tags of the nodegroup, its instances and their volumes. With `launchTemplate`, they apply to the nodegroup only.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
   * @default - only the tags of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * The volume of each node for containers and logs. On Bottlerocket it is the data volume; the system volume has the size of its image.
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
   * SSH access to the nodes. Session Manager gives access without keys and open ports.
   *
   * @default - no SSH access
   */
  readonly remoteAccess?: NodeRemoteAccess;

  /**
   * Whether pods can reach the instance metadata of their node. It includes the credentials of the node's role, so that each pod can act as
   * the node. Only pods that read their Region or instance from the metadata need it, such as old versions of controllers; most have
   * settings for these values. Pods with `hostNetwork` can always reach the metadata.
   *
   * Sets the hop limit of IMDSv2: 2 if true, 1 if false.
   *
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
   * @default false
   */
  readonly podImdsAccess?: boolean;

  /**
   * An existing launch template, which is used unchanged. Options that belong into a launch template cannot be set here. Require IMDSv2 with
   * a hop limit of 1 in it; otherwise, pods can act as their node. With an imported launch template, specify `instanceTypes` and `amiType`
   * unless it contains them.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
   * @default - a launch template is defined
   */
  readonly launchTemplate?: ec2.ILaunchTemplate;
}
