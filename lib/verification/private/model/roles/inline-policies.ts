import { Findings } from '../../findings/findings';
import { Policy } from '../../policies/policy';
import { mayBeEqual } from '../../values/may-be-equal';
import { Text } from '../../values/text';

/** An inline policy under the name that it has in its role. */
export interface NamedPolicy {
  readonly name: Text;
  readonly policy: Policy;
}

/**
 * The inline policies that a role, a user or a group keeps. A policy replaces one with its name, so which one of several is kept depends on the order of the
 * deployment. IAM does not document whether it distinguishes these names by case.
 *
 * @param holder for messages: `role Reader`.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html
 */
export function inlinePolicies(holder: string, policies: readonly NamedPolicy[], findings: Findings): Policy[] {
  return groupsByName(policies).map(([first, ...others]) => {
    const { name, place } = first.policy;
    if (others.length === 0) {
      return first.policy;
    }
    const isSame = others.every((other) => other.name.key === first.name.key);
    const names = isSame ? `with the name of ${name}` : `that may have one name, such as ${name} and ${others[0].policy.name}`;
    const unknown = `the ${holder} has several policies ${names}, of which IAM keeps only one`;
    findings.add('same-policy-name', `${unknown}: give each its own name`, place);
    return { name, place, unknown, unread: [first, ...others].map(({ policy: { document, unread } }) => document ?? unread) };
  });
}

const groupsByName = (policies: readonly NamedPolicy[]): NamedPolicy[][] => policies.reduce<NamedPolicy[][]>((groups, policy) => {
  const same = groups.filter((group) => group.some(({ name }) => mayBeEqual(name.toLowerCase(), policy.name.toLowerCase())));
  return [...groups.filter((group) => !same.includes(group)), [...same.flat(), policy]];
}, []);
