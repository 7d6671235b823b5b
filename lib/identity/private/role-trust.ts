import * as iam from 'aws-cdk-lib/aws-iam';
import { TrustedAccounts } from './trust';

/** The trust of a role in service accounts. */
export interface RoleTrust {
  /** The audience of the first cluster whose pods use IRSA; undefined without one. */
  readonly audience?: string;
  addTrust(accounts: TrustedAccounts): void;
  addTrustPolicyStatements(statements: iam.PolicyStatement[]): void;
}
