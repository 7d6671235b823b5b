import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven, withoutWildcards } from './private/inputs';
import { allow, allowOnAll } from './private/statements';
import { checkType } from '../private/props/check-props';

/** Properties of `ClusterAutoscalerPolicy`. */
export interface ClusterAutoscalerPolicyProps {
  /**
   * Auto Scaling groups of self-managed nodes that Cluster Autoscaler also scales. They do not need tags.
   *
   * @default - none: only the groups of managed nodegroups
   */
  readonly autoScalingGroups?: autoscaling.IAutoScalingGroup[];
}

/**
 * The permissions of Cluster Autoscaler: it changes the size of the Auto Scaling groups of the managed nodegroups of its cluster, and terminates instances of them.
 *
 * Discover the groups with `--node-group-auto-discovery=asg:tag=eks:cluster-name=<cluster>`. Amazon EKS sets this tag on the groups.
 *
 * Tighter than the upstream policy:
 * - Writes require the tag `eks:cluster-name` with the name of the cluster. The upstream policy allows them on all groups.
 * - `eks:DescribeNodegroup` is for nodegroups of the cluster only.
 * - `autoscaling:DescribeAutoScalingInstances` and `autoscaling:DescribeTags` are left out, because Cluster Autoscaler no longer calls them.
 *
 * **What a compromised pod can still do**
 *
 * Terminate the nodes of the cluster, scale its groups up, and read the user data in all launch templates.
 *
 * - Terminate the instances of the managed nodegroups of its cluster and of `autoScalingGroups`, and scale these groups within their minimum and maximum
 *   size. Set a maximum size that you can afford.
 * - Read the user data in all launch templates and launch configurations in the AWS account. No property limits this: do not put secrets into user data.
 *
 * @upstream Cluster Autoscaler 1.36
 * @hops Set `AWS_REGION`.
 * @see https://github.com/kubernetes/autoscaler/blob/cluster-autoscaler-1.36.0/cluster-autoscaler/cloudprovider/aws/README.md
 */
export class ClusterAutoscalerPolicy implements IControllerPolicy {
  /** The namespace of Cluster Autoscaler. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of Cluster Autoscaler. */
  public readonly serviceAccountName?: string = 'cluster-autoscaler';

  private readonly groups: readonly autoscaling.IAutoScalingGroup[];

  /** @throws if a property is unknown or has another type, if a list is empty, or if a name has a wildcard. */
  constructor(props: ClusterAutoscalerPolicyProps = {}) {
    checkType('ClusterAutoscalerPolicy: props', 'cdk-irsa.policies.ClusterAutoscalerPolicyProps', props);
    this.groups = listIfGiven('ClusterAutoscalerPolicy: autoScalingGroups', props.autoScalingGroups);
    withoutWildcards('ClusterAutoscalerPolicy: autoScalingGroups', this.groups.map(({ autoScalingGroupName }) => autoScalingGroupName));
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its groups.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { clusterName, partition, region, account } = context;
    const writes = ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'];
    return {
      statements: [
        allowOnAll(
          'autoscaling:DescribeAutoScalingGroups', 'autoscaling:DescribeLaunchConfigurations', 'autoscaling:DescribeScalingActivities',
          'ec2:DescribeImages', 'ec2:DescribeInstanceTypes', 'ec2:DescribeLaunchTemplateVersions', 'ec2:GetInstanceTypesFromInstanceRequirements',
        ),
        allow(['eks:DescribeNodegroup'], [`arn:${partition}:eks:${region}:${account}:nodegroup/${clusterName}/*/*`]),
        allow(writes, [`arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup:*:autoScalingGroupName/*`], {
          StringEquals: { 'aws:ResourceTag/eks:cluster-name': clusterName },
        }),
        ...(this.groups.length > 0 ? [allow(writes, this.groups.map(({ autoScalingGroupArn }) => autoScalingGroupArn))] : []),
      ],
    };
  }
}
