import { NamedPolicy } from './separate-policies';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { Text } from '../../values/text';

/**
 * The policies that a resource keeps of those that are separate resources. A policy replaces another, so which one of several is kept depends on the order of the
 * deployment. Permissions of a function add up.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html
 */
export function keptPolicies(arn: Text, named: readonly NamedPolicy[], findings: Findings): Policy[] {
  const distinct = [...new Map(named.map((policy) => [policy.resource, policy])).values()];
  const policies = distinct.map(({ policyOf }) => policyOf(arn));
  if (distinct.length < 2 || distinct[0].type === 'AWS::Lambda::Function') {
    return policies;
  }
  const unknown = `${distinct.map(({ resource }) => resource.logicalId).join(' and ')} are policies of one resource, ${arn}, of which AWS keeps only one`;
  const [{ name, place }] = policies;
  findings.add('several-resource-policies', `${unknown}: merge them`, place);
  return [{ name, place, unknown, unread: policies.map(({ document, unread }) => document ?? unread) }];
}
