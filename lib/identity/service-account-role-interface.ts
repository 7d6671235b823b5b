import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { PodCredentials } from './pod-credentials';
import { ServiceAccountSubject } from './service-account-subject';

/**
 * An IAM role that service accounts can share: a `ServiceAccountRole`, or what `ServiceAccountRole.fromRole` returns.
 *
 * Do not implement this interface, because it can get more members.
 */
export interface IServiceAccountRole extends IConstruct, iam.IGrantable {
  /** The IAM role. */
  readonly role: iam.IRole;

  /** The ARN of the role. */
  readonly roleArn: string;

  /**
   * Annotations that connect a service account to the role: none if its pods use EKS Pod Identity only. The annotation
   * `eks.amazonaws.com/audience` is that of the first cluster that the role trusts, if its audience is not `sts.amazonaws.com`. For clusters
   * with other audiences, set it yourself. If the role comes from `ServiceAccountRole.fromRole`, call `addTrust` before you read them.
   */
  readonly annotations: { [key: string]: string };

  /**
   * The same annotations without tokens, for files that the app writes when it is synthesized. An error says what to set if a part of the
   * ARN is known only at deployment.
   */
  readonly literalAnnotations: { [key: string]: string };

  /** How pods get the credentials of the role, if it does not depend on the cluster. @internal */
  readonly _podCredentials?: PodCredentials;

  /**
   * Allows the pods of additional service accounts to assume the role. Subjects that the role already trusts are ignored. With EKS Pod Identity,
   * each subject gets an association in the stack of this construct, which for `fromRole` can differ from that of the role.
   *
   * @param cluster the cluster of the service accounts. It does not have to be the cluster for which the role was defined.
   * @param subjects the service accounts.
   * @throws if `subjects` is empty, if the cluster has no IAM OIDC provider, or if EKS Pod Identity does not support a subject or the cluster.
   */
  addTrust(cluster: IIrsaCluster, ...subjects: ServiceAccountSubject[]): void;

  /**
   * Adds statements to the trust policy, for example to let a person assume the role for debugging.
   *
   * @param statements the statements, without resources.
   * @throws if `iam.Role.customizeRoles` has replaced the role. The trust policy of an imported role does not change: an output says what its owner must add.
   */
  addTrustPolicyStatements(...statements: iam.PolicyStatement[]): void;
}
