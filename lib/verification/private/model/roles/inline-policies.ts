import { HolderKind } from './holder-kinds';
import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { StackResource } from '../stack-resources';

/**
 * The inline policies that a role, a user or a group keeps, by name. A policy replaces one with its name, so which one of several is kept depends on the order of the deployment.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
export function inlinePolicies({ noun }: HolderKind, holder: StackResource, policies: readonly Policy[], findings: Findings): Policy[] {
  const byName = new Map<string, Policy[]>();
  policies.forEach((policy) => byName.set(policy.name, [...byName.get(policy.name) ?? [], policy]));
  return [...byName].map(([name, [first, ...others]]) => {
    if (others.length === 0) {
      return first;
    }
    const unknown = `the ${noun} ${holder.logicalId} has several policies with the name of ${name}, of which IAM keeps only one`;
    findings.add('same-policy-name', `${unknown}: give each its own name`, first.place);
    return { name, place: first.place, unknown, unread: [first, ...others].map(({ document, unread }) => document ?? unread) };
  });
}
