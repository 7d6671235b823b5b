import { IControllerPolicy } from '../../policies';

/** How messages name a policy: with the name of its class, if it has one, because a policy can also be a plain object. */
export function titleOf(policy: IControllerPolicy, i: number): string {
  const { name } = policy.constructor;
  const hasClass = !['', 'Object'].includes(name);
  return `controllerPolicies[${i}]${hasClass ? ` (${name})` : ''}`;
}
