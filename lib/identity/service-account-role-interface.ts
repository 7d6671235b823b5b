import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { ServiceAccountSubject } from './service-account-subject';

/** An IAM role that service accounts can share. */
export interface IServiceAccountRole extends IConstruct, iam.IGrantable {
  /** The IAM role. */
  readonly role: iam.IRole;

  /** The ARN of the role. */
  readonly roleArn: string;

  /**
   * Allows the pods of additional service accounts to assume the role. Subjects that the role already trusts are ignored.
   *
   * @param cluster the cluster of the service accounts. It does not have to be the cluster for which the role was defined.
   * @param subjects the service accounts.
   */
  addTrust(cluster: IIrsaCluster, ...subjects: ServiceAccountSubject[]): void;

  /**
   * Adds statements to the trust policy, for example to let a person assume the role for debugging.
   *
   * @param statements the statements, without resources.
   */
  addTrustPolicyStatements(...statements: iam.PolicyStatement[]): void;
}
