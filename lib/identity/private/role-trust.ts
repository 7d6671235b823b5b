import * as iam from 'aws-cdk-lib/aws-iam';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/** The trust of a role in service accounts. */
export interface RoleTrust {
  /** The audience of the first cluster; undefined without a cluster. */
  readonly audience?: string;
  /** What the owner of the role must add to its trust policy; undefined if this app writes the policy. */
  readonly document?: string;
  addTrust(cluster: IIrsaCluster, subjects: ServiceAccountSubject[]): void;
  addTrustPolicyStatements(statements: iam.PolicyStatement[]): void;
}

/** The statement with which a role trusts a principal. */
export const statementFor = (principal: iam.PrincipalBase): iam.PolicyStatement =>
  new iam.PolicyStatement({ actions: [principal.assumeRoleAction], principals: [principal] });
