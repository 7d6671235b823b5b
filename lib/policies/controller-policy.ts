import * as iam from 'aws-cdk-lib/aws-iam';

/** What the permissions of a controller depend on. */
export interface ControllerPolicyContext {
  /**
   * The name of the cluster in which the controller runs: a token. Use it in values and ARNs, but not in the key of a condition.
   *
   * If several clusters share the role with EKS Pod Identity, it becomes the policy variable `${aws:PrincipalTag/eks-cluster-name}`, which has a
   * value in the sessions of pods. In other sessions, such as that of a person who assumes the role, it has
   * [no value](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value): a resource with it and `StringEquals`
   * match nothing, and `StringNotEquals` matches everything. So use `StringEquals` to allow, and `StringNotEquals` to deny.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
   */
  readonly clusterName: string;

  /** The partition of the role, such as `aws` or `aws-cn`. It can be a token. */
  readonly partition: string;

  /** The AWS Region of the cluster. It can be a token. */
  readonly region: string;

  /** The ID of the AWS account of the role. It can be a token. */
  readonly account: string;

  /** Whether pods can get the credentials of the role with IAM roles for service accounts. */
  readonly usesIrsa: boolean;

  /** Whether pods can get the credentials of the role with EKS Pod Identity. */
  readonly usesPodIdentity: boolean;
}

/** The permissions that a controller gets. */
export interface ControllerPolicyConfig {
  /** The statements for the role of the controller: at least one, without principals. */
  readonly statements: iam.PolicyStatement[];
}

/**
 * The permissions that a controller needs in AWS. `CustomControllerPolicy` is one for statements of your own. Implement this interface if they depend on
 * the cluster.
 */
export interface IControllerPolicy {
  /**
   * The namespace in which the controller usually runs.
   *
   * @default - no convention: the namespace of the service account, by default `default`
   */
  readonly namespace?: string;

  /**
   * The name that the service account of the controller usually has.
   *
   * @default - no convention: the service account must have a name
   */
  readonly serviceAccountName?: string;

  /**
   * The permissions for the role of a controller. They are asked for once for each role that has the policy.
   *
   * @param context what they depend on.
   */
  bind(context: ControllerPolicyContext): ControllerPolicyConfig;
}
