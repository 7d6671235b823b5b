import * as cdk from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** What a version of aws-cdk-lib has that cdk-nag 3 accepts. Older versions, which this library supports, have no `Validations`. */
type WithValidations = { readonly Validations?: { readonly ACKNOWLEDGED_RULES_METADATA_KEY?: string } };

/**
 * Acknowledges a finding of cdk-nag on a construct and on what it contains, so that users need not look into constructs of this library.
 * Templates do not change. SECURITY.md lists all acknowledged findings.
 *
 * Writes what `Validations.of(construct).acknowledge()` writes, because before aws-cdk-lib 2.269, that method rejects ids that contain `::` twice.
 */
export function acknowledge(construct: IConstruct, id: string, reason: string): void {
  const key = (cdk as WithValidations).Validations?.ACKNOWLEDGED_RULES_METADATA_KEY;
  if (key) {
    construct.node.addMetadata(key, { [id]: reason });
  }
}

/** The id of the finding that a role has an AWS managed policy. */
export const managedPolicyFinding = (policy: string) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/${policy}]`;

/** The id of the finding that a policy allows a resource with a wildcard. */
export const wildcardFinding = (resource: string) => `AwsSolutions-IAM5[Resource::${resource}]`;
