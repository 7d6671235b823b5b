import * as iam from 'aws-cdk-lib/aws-iam';

/** What the nodes of a nodegroup may do in AWS. */
export interface NodeRoleOptions {
  /**
   * A role of yours for the nodes, used as it is: nothing is added to it, and it must be one that nodes can be nodes with.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html
   * @default - one is defined
   */
  readonly nodeRole?: iam.IRole;

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
   * Policies that stand in the nodes' role itself, by name.
   *
   * @default - none
   */
  readonly inlinePolicies?: { [name: string]: iam.PolicyDocument };

  /**
   * Permissions boundary of the nodes' role.
   *
   * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   * @default - none, or that of an aspect
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;

  /**
   * Whether Session Manager can enter the nodes. Its policy, `AmazonSSMManagedInstanceCore`, lets a node read every parameter of the
   * account's Parameter Store that no customer managed key protects.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
   * @default true
   */
  readonly ssm?: boolean;
}
