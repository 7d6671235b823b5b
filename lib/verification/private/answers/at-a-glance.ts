import { Role } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { isOfAws, Policy } from '../policies/policy';

const MOST = 4;

/** What roles can do, in a few words: the names of managed policies of AWS, and what others allow by service. Conditions and denials are left out. */
export function atAGlance(roles: readonly Role[]): string[] {
  const policies = [...new Set(roles)].flatMap((role) => role.policies);
  const known = policies.filter(({ unknown }) => unknown === undefined);
  const names = known.filter(isOfAws).map(({ name }) => name);
  const unknown = policies.flatMap((policy) => (policy.unknown === undefined ? [] : [`unknown: ${policy.unknown}`]));
  return [...new Set([...names, ...byService(known.filter((policy) => !isOfAws(policy))), ...unknown])];
}

function byService(policies: readonly Policy[]): string[] {
  const services = new Map<string, Set<string>>();
  for (const { effect, actions } of policies.flatMap((policy) => parsePolicy(policy, 'identity').statements)) {
    for (const action of effect === 'Allow' ? actions?.values ?? [] : []) {
      const [service, name = '*'] = action.toString().split(':');
      const key = actions?.negated ? `all but ${service}` : service;
      services.set(key, (services.get(key) ?? new Set()).add(name));
    }
  }
  return [...services].map(([service, names]) => `${service}: ${[...names].slice(0, MOST).join(', ')}${names.size > MOST ? `, and ${names.size - MOST} more` : ''}`);
}
