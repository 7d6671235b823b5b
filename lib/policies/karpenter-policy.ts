import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { withoutWildcard, withoutWildcards } from './private/inputs';
import { karpenterInstanceProfileStatements } from './private/karpenter-instance-profiles';
import { karpenterNodeStatements } from './private/karpenter-nodes';
import { allow, allowOnAll } from './private/statements';
import { refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** Properties of `KarpenterPolicy`. */
export interface KarpenterPolicyProps {
  /** The roles of the nodes that Karpenter launches, at least one: those that your `EC2NodeClass` objects name. */
  readonly nodeRoles: iam.IRole[];

  /**
   * The Amazon SQS queue from which Karpenter learns that Amazon EC2 will interrupt an instance. Name it in `settings.interruptionQueue` of the chart. If
   * the queue is encrypted with an AWS KMS key of your own, also grant the role `kms:Decrypt` for the key.
   *
   * @default - none: Karpenter does not handle interruptions
   */
  readonly interruptionQueue?: sqs.IQueue;

  /**
   * Whether Karpenter can read the zonal shifts of the cluster, for `settings.enableZonalShift` of the chart.
   *
   * @default false
   */
  readonly zonalShift?: boolean;
}

/**
 * The permissions of Karpenter: it launches and terminates the instances of its NodePools, and creates launch templates and instance profiles for them.
 *
 * Set `settings.clusterName` of the chart to the name of the cluster, because Karpenter writes it into the tag `eks:eks-cluster-name`. Instances and launch
 * templates that lack this tag, because Karpenter 1.0 or older created them, must be replaced with the upstream policy first.
 *
 * Tighter than the upstream policy:
 * - Launch templates that are used, and instances, launch templates and instance profiles that are changed or deleted, have the tag `eks:eks-cluster-name`
 *   with the name of the cluster. The upstream policy binds them by the key `kubernetes.io/cluster/<cluster>`.
 * - A tag that binds cannot be set on an instance after its launch.
 * - Instance profiles are those in the path `/karpenter/<region>/<cluster>/`, or those of older versions with names that start with `<cluster>_`. The
 *   upstream policy reads all of them.
 * - What Karpenter creates is in the AWS account of the cluster.
 * - `ec2:CreateFleet` is only for the resources that AWS checks for it. What a launch template names is checked for `ec2:RunInstances`.
 *
 * Unlike in the upstream policy, instance profiles need no tag `karpenter.k8s.aws/ec2nodeclass`: the other tags and the path bind them to the cluster.
 * As in the upstream policy, Karpenter can use all images, subnets, security groups, placement groups and capacity reservations in the Region.
 *
 * Not covered: AWS KMS keys for volumes, parameters of your own in `amiSelectorTerms`, and the service-linked role for Spot Instances, which you create once
 * per AWS account.
 *
 * **What a compromised pod can still do**
 *
 * Launch instances with any user data, any of the node roles, any security group, and volumes from any readable snapshot.
 *
 * - Launch instances with user data of its own and a role of `nodeRoles`, and use the credentials of this role: join the cluster as a node, for example, and
 *   read the Secrets of the pods on it. Give node roles no other permissions.
 * - Read the data in all snapshots that the AWS account can read, by launching instances with volumes from them. No property limits this. Encrypt snapshots
 *   with customer managed keys that this role cannot use.
 * - Launch instances in any subnet, with any security group, in all VPCs in the Region. This way, an attacker can reach anything
 *   that trusts one of these security groups, such as a database. No property limits this.
 * - Cause costs: launch instances of any type and number, and use all capacity reservations. Only service quotas limit this: the limits of NodePools do not.
 * - Terminate all instances that Karpenter launched for its cluster, and delete messages from `interruptionQueue`.
 *
 * @upstream Karpenter 1.14.1
 * @hops Set `AWS_REGION` in `controller.env` of the chart.
 * @see https://karpenter.sh/docs/reference/cloudformation/
 */
export class KarpenterPolicy implements IControllerPolicy {
  /** The namespace of Karpenter. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of Karpenter. */
  public readonly serviceAccountName?: string = 'karpenter';

  /** @throws if a property is unknown or has another type, if there is no node role, or if a name has a wildcard. */
  constructor(private readonly props: KarpenterPolicyProps) {
    checkType('KarpenterPolicy: props', 'cdk-irsa.policies.KarpenterPolicyProps', props);
    if (props.nodeRoles.length === 0) {
      throw refusalWithoutValue('KarpenterPolicy: nodeRoles', 'a list of at least one', 'Karpenter launches instances only with a role that it can pass');
    }
    withoutWildcards('KarpenterPolicy: nodeRoles', props.nodeRoles.map(({ roleArn }) => roleArn));
    withoutWildcard('KarpenterPolicy: interruptionQueue', props.interruptionQueue?.queueArn);
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its nodes.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { clusterName, partition, region, account } = context;
    const { nodeRoles, interruptionQueue, zonalShift = false } = this.props;
    const clusterArn = `arn:${partition}:eks:${region}:${account}:cluster/${clusterName}`;
    return {
      statements: [
        allow([
          'ec2:DescribeCapacityReservations', 'ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus', 'ec2:DescribeInstanceTypeOfferings',
          'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplates', 'ec2:DescribePlacementGroups', 'ec2:DescribeSecurityGroups',
          'ec2:DescribeSpotPriceHistory', 'ec2:DescribeSubnets',
        ], ['*'], { StringEquals: { 'aws:RequestedRegion': region } }),
        allowOnAll('pricing:GetProducts'),
        allow(['ssm:GetParameter'], [`arn:${partition}:ssm:${region}::parameter/aws/service/*`]),
        allow(['eks:DescribeCluster'], [clusterArn]),
        ...karpenterNodeStatements(context),
        ...karpenterInstanceProfileStatements(context, nodeRoles),
        ...(interruptionQueue ? [allow(['sqs:DeleteMessage', 'sqs:GetQueueUrl', 'sqs:ReceiveMessage'], [interruptionQueue.queueArn])] : []),
        ...(zonalShift ? [allow(['arc-zonal-shift:GetManagedResource'], ['*'], { StringEquals: { 'arc-zonal-shift:ResourceIdentifier': clusterArn } })] : []),
      ],
    };
  }
}
