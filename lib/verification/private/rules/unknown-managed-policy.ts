import { Rule } from './rule';
import { MANAGED_POLICY_NAMES } from '../../../aws-data/managed-policy-names.generated';
import { isInTemplates } from '../assignments/role-index';
import { isOfAws, Policy } from '../policies/policy';
import { misspelled } from '../questions/nearest';
import { textAfter } from '../values/text-parts';

export const UNKNOWN_MANAGED_POLICY: Rule = {
  id: 'unknown-managed-policy',
  severity: 'warning',
  title: 'a role has a managed policy of AWS that this version of the library does not know',
  why: 'A misspelled name fails the deployment. If AWS has added the policy since, what it allows is not known here.',
  fix: 'Correct the name, or acknowledge the violation if the policy is new',
  violations: ({ model }) => model.roles.filter(isInTemplates).flatMap((role) => role.policies.flatMap((policy) => {
    const name = unknownName(policy);
    const nearest = name && misspelled(name, MANAGED_POLICY_NAMES);
    const what = `role ${role.label} has the managed policy ${name} of AWS, which is not known${nearest ? `: did you mean ${nearest}?` : ''}`;
    return name ? [{ what, place: policy.place ?? role.place }] : [];
  })),
};

/** The name of a policy of AWS in the partition whose policies are known, if it is none of them. */
function unknownName(policy: Policy): string | undefined {
  const { arn, document } = policy;
  const isOfPartition = arn?.literal === undefined || arn.startsWith('arn:aws:');
  return arn && isOfPartition && isOfAws(policy) && document === undefined ? textAfter(arn, ':iam::aws:policy/')?.literal : undefined;
}
