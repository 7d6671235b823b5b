import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { NodeAmiFamily } from './node-ami-family';
import { NodeBootOptions } from './node-boot-options';
import { NodeRemoteAccess } from './node-remote-access';
import { NodeRoleOptions } from './node-role-options';
import { AdditionalNodeVolume, NodeVolume } from './node-volume';

/** What a nodegroup can be told, whichever its cluster. */
export interface IrsaNodegroupOptions extends NodeRoleOptions, NodeBootOptions {
  /**
   * Name of the nodegroup, at most 63 characters. A named nodegroup cannot be replaced in one deployment, as a change of its
   * instance types or subnets asks for.
   *
   * @default - CloudFormation makes a name
   */
  readonly nodegroupName?: string;

  /**
   * Instance types of the nodes, all of one architecture and with accelerators of one kind, if any.
   *
   * @default - t3.medium
   */
  readonly instanceTypes?: ec2.InstanceType[];

  /**
   * The operating system of the nodes. Its image is the one for the instance types: x86 or arm64, with drivers for GPUs of NVIDIA or
   * for AWS Neuron where the types have these.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
   * @default - that of `amiType`, or NodeAmiFamily.AL2023
   */
  readonly amiFamily?: NodeAmiFamily;

  /**
   * Another image of Amazon EKS than that for the instance types, such as a variant of Bottlerocket for FIPS.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html#AmazonEKS-Type-Nodegroup-amiType
   * @default - the image of the family for the instance types
   */
  readonly amiType?: eks.NodegroupAmiType;

  /**
   * An image of your own, of the family `amiFamily`. Amazon EKS then adds nothing to the user data, so that the whole configuration of
   * the node is written here; on Amazon Linux 2023 the cluster must have a `serviceIpv4Cidr` for that, or one of `nodeConfigs` a
   * `cluster.cidr`. You roll out new images yourself.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-custom-ami
   * @default - an image of Amazon EKS
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * Version of the image of Amazon EKS, such as `1.36.0-20261015`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-linux-ami-versions.html
   * @default - the newest at the time of the deployment that makes the nodegroup, or changes its launch template
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
   * The fewest nodes: 0 or more.
   *
   * @default 1
   */
  readonly minSize?: number;

  /**
   * The most nodes: 1 or more.
   *
   * @default - as many as `desiredSize`
   */
  readonly maxSize?: number;

  /**
   * How many nodes there are, until something else scales them.
   *
   * @default - `minSize`, or 2 but at most `maxSize` where that is not given either
   */
  readonly desiredSize?: number;

  /**
   * The subnets of the nodes; `availabilityZones` in it says in which zones.
   *
   * @default - the private subnets of the cluster's VPC that reach the internet
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * How many nodes may be replaced at once in an update: 1 to 100.
   *
   * @default 1
   */
  readonly maxUnavailable?: number;

  /**
   * The same in percent of the nodes: 1 to 100.
   *
   * @default - `maxUnavailable` says it
   */
  readonly maxUnavailablePercentage?: number;

  /**
   * Whether Amazon EKS replaces nodes that are not healthy.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health.html
   * @default false
   */
  readonly nodeAutoRepair?: boolean;

  /**
   * Labels of the nodes in Kubernetes: keys of at most 63 characters, and values that are not empty. Of the prefixes `kubernetes.io`
   * and `k8s.io`, nodes may set few.
   *
   * @see https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
   * @default - none of yours
   */
  readonly labels?: { [key: string]: string };

  /**
   * Taints of the nodes, at most 50: pods that do not tolerate them stay away. Each needs a key and an effect.
   *
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
   * @default - none
   */
  readonly taints?: eks.TaintSpec[];

  /**
   * Tags of the nodegroup, its instances and their volumes; beside `launchTemplate`, of the nodegroup alone.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
   * @default - those of the stack
   */
  readonly tags?: { [key: string]: string };

  /**
   * The disk of each node, on which containers and logs are. On Bottlerocket it is the data disk; the system's own is as its image has it.
   *
   * @default - 80 GiB, gp3, encrypted
   */
  readonly disk?: NodeVolume;

  /**
   * Further volumes of each node.
   *
   * @default - none
   */
  readonly additionalVolumes?: AdditionalNodeVolume[];

  /**
   * Who may enter nodes by SSH, with a key. Session Manager needs neither keys nor open ports.
   *
   * @default - nobody
   */
  readonly remoteAccess?: NodeRemoteAccess;

  /**
   * Whether pods reach the instance metadata of their node, and with it the credentials of the node's role: every pod on it can then
   * act as the node. Only pods that find out their region or instance there need it, such as old versions of controllers; most take
   * such values as settings. Pods with `hostNetwork` reach it in any case.
   *
   * It is the hop limit of IMDSv2: 2 with, 1 without.
   *
   * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html#_restrict_access_to_the_instance_profile_assigned_to_the_worker_node
   * @default false
   */
  readonly podImdsAccess?: boolean;

  /**
   * A launch template of yours, used as it is: what is in it cannot be set here. Require IMDSv2 with a hop limit of 1 in it, or pods
   * can act as their node. Beside one that is imported, name `instanceTypes` and `amiType` unless it names them itself.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html
   * @default - one is defined
   */
  readonly launchTemplate?: ec2.ILaunchTemplate;
}
