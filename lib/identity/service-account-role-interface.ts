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
   * Lets pods of more service accounts assume the role. Subjects that the role trusts already are ignored.
   *
   * @param cluster the cluster of the service accounts; it can differ from the cluster that the role was created for.
   * @param subjects the service accounts.
   */
  addTrust(cluster: IIrsaCluster, ...subjects: ServiceAccountSubject[]): void;

  /**
   * Adds statements to the trust policy, such as for a person who debugs with the permissions of the pods.
   *
   * @param statements the statements; they need no resources.
   */
  addTrustPolicyStatements(...statements: iam.PolicyStatement[]): void;
}
