import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { al2023AmiType } from './private/ami-type';
import { nodeRole } from './private/node-role';
import { al2023UserData } from './private/user-data';
import { within } from '../private/errors';

/** What a nodegroup can be told, whichever its cluster. */
export interface IrsaNodegroupOptions {
  /**
   * Name of the nodegroup, at most 63 characters. A named nodegroup cannot be replaced in one deployment, as a change of its
   * instance types or subnets asks for.
   *
   * @default - CloudFormation makes a name
   */
  readonly nodegroupName?: string;

  /**
   * Instance types of the nodes, all of one architecture.
   *
   * @default - t3.medium
   */
  readonly instanceTypes?: ec2.InstanceType[];

  /**
   * The fewest nodes.
   *
   * @default 1
   */
  readonly minSize?: number;

  /**
   * The most nodes.
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
   * The subnets of the nodes.
   *
   * @default - the private subnets of the cluster's VPC that reach the internet
   */
  readonly subnets?: ec2.SubnetSelection;

  /**
   * Managed policies of the nodes' role, beside what a node needs and `AmazonSSMManagedInstanceCore`. A policy of yours for Amazon ECR
   * takes the place of `AmazonEC2ContainerRegistryPullOnly`.
   *
   * A pod should get what it needs from its service account: the nodes' permissions are out of its reach, unless `podImdsAccess` is set.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * Commands that each node runs as root, in this order, before it joins the cluster. Each is a script of its own; without a first
   * line that names its interpreter (`#!`) it is bash's. ASCII characters only.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
   * @default - none
   */
  readonly preBootstrapCommands?: string[];

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
   * Whether Session Manager can enter the nodes. Its policy, `AmazonSSMManagedInstanceCore`, lets a node read every parameter of the
   * account's Parameter Store that no customer managed key protects.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
   * @default true
   */
  readonly ssm?: boolean;
}

/** Properties of `IrsaNodegroup`. */
export interface IrsaNodegroupProps extends IrsaNodegroupOptions {
  /** The cluster that the nodes join, such as `irsaCluster.cluster`; its own list has only what its `addNodegroup` has defined. */
  readonly cluster: eks.ICluster;
}

/**
 * Defines a managed nodegroup of Amazon Linux 2023 whose pods cannot act as their node: role, launch template and nodegroup.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html
 */
export class IrsaNodegroup extends Construct {
  /** The role of the nodes. */
  public readonly role: iam.Role;

  /** The launch template of the nodes; a change of it rolls out. */
  public readonly launchTemplate: ec2.LaunchTemplate;

  /** The nodegroup itself: the escape hatch. */
  public readonly nodegroup: eks.Nodegroup;

  /** @throws if the instance types are of several architectures or have accelerators, if sizes contradict each other, or if a command cannot stand in user data. */
  constructor(scope: Construct, id: string, props: IrsaNodegroupProps) {
    super(scope, id);
    const { cluster, instanceTypes = [new ec2.InstanceType('t3.medium')] } = props;
    this.role = nodeRole(this, 'Role', { ipFamily: cluster.ipFamily, ssm: props.ssm ?? true, managedPolicies: props.managedPolicies ?? [] });
    this.launchTemplate = new ec2.LaunchTemplate(this, 'LaunchTemplate', {
      userData: within(this, () => al2023UserData(props.preBootstrapCommands ?? [])),
      httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED,
      httpPutResponseHopLimit: props.podImdsAccess ? 2 : 1,
    });
    this.nodegroup = within(this, () => new eks.Nodegroup(this, 'Nodegroup', {
      cluster,
      nodegroupName: props.nodegroupName,
      nodeRole: this.role,
      instanceTypes,
      amiType: al2023AmiType(instanceTypes),
      minSize: props.minSize,
      maxSize: props.maxSize,
      desiredSize: props.desiredSize ?? props.minSize ?? Math.min(2, props.maxSize ?? 2),
      forceUpdate: false, // an update waits for PodDisruptionBudgets, as Amazon EKS has it
      subnets: props.subnets ?? { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
      launchTemplateSpec: { id: this.launchTemplate.launchTemplateId!, version: this.launchTemplate.latestVersionNumber },
    }));
  }
}
