import * as iam from 'aws-cdk-lib/aws-iam';

/** Options for the IAM role of the nodes of a nodegroup. */
export interface NodeRoleOptions {
  /**
   * An existing role for the nodes, which is used unchanged. It must trust `ec2.amazonaws.com` and have the policies that nodes require.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
   * @default - a new role
   */
  readonly nodeRole?: iam.IRole;

  /**
   * Managed policies of the node role, in addition to the policies that nodes require and `AmazonSSMManagedInstanceCore`, up to 25 in total.
   * Another AWS managed policy for Amazon ECR replaces `AmazonEC2ContainerRegistryPullOnly`.
   * `AmazonEKS_CNI_Policy` is not required if the add-on `vpc-cni` is defined before the nodegroup.
   *
   * Give pods permissions through their service accounts. Pods cannot use the node role unless `allowPodImdsAccess` is true.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
   * @default - none
   */
  readonly managedPolicies?: iam.IManagedPolicy[];

  /**
   * Inline policies of the node role, keyed by name.
   *
   * @default - none
   */
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };

  /**
   * The permissions boundary of the node role.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   * @default - none, unless an aspect sets one
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Whether you can connect to the nodes with Session Manager. The policy that this requires, `AmazonSSMManagedInstanceCore`, also allows the
   * nodes to read all parameters in Parameter Store that are not encrypted with a customer managed key.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
   * @default true
   */
  readonly ssm?: boolean;
}
