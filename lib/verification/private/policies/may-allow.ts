import { matchesAction } from './matches-action';
import { parsePolicy } from './parse-policy';
import { Policy } from './policy';
import { Interned } from '../values/interned';

/** Whether the policy of a resource could allow an action. Most policies name a few actions, or only deny, and need no evaluation. */
export function policyMayAllow(policy: Policy, action: string): boolean {
  const { statements, problems } = parsePolicy(policy, 'resource');
  return problems.length > 0 || statements.some((statement) => statement.effect !== 'Deny' && matchesAction(statement, action) !== 'no');
}

/** Whether the policy of a resource could allow anything. Most only deny. */
export const mayAllowAnything = (policy: Policy): boolean => allowing.of([policy], () => {
  const { statements, problems } = parsePolicy(policy, 'resource');
  return problems.length > 0 || statements.some(({ effect }) => effect !== 'Deny');
});

const allowing = new Interned<boolean>();
