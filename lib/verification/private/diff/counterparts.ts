import { combinations, combinationsOf } from './combinations';
import { Rule, Rules, rulesOfPolicy } from './rule';
import { sessionOfRole } from './session';
import { Role } from '../model/model';

/** Finds the role of an assembly that trusts and allows the same as a role of another one: a role that was renamed is not new. */
export class Counterparts {
  private readonly bySignature: ReadonlyMap<string, Role>;

  constructor(roles: readonly Role[]) {
    this.bySignature = new Map(roles.map((role) => [signatureOf(role), role]));
  }

  of(role: Role): Role | undefined {
    return this.bySignature.get(signatureOf(role));
  }
}

function signatureOf(role: Role): string {
  const { grants, limits } = sessionOfRole(role);
  return JSON.stringify([ruleKeys(rulesOfPolicy(role.trustPolicy, 'trust')), ruleKeys(grants), [...limits].map(([limit, rules]) => [limit, ruleKeys(rules)])]);
}

const ruleKeys = ({ allows, denies, unread }: Rules) =>
  [allows.flatMap(partKeys), denies.flatMap(partKeys), unread.map(({ key }) => key)].map((keys) => [...new Set(keys)].sort());

/** A rule with more combinations of its parts is compared as a whole. */
const MOST_COMBINATIONS = 100;

/** Of each combination of its parts, so that the grouping of statements does not matter. */
function partKeys({ key, principals, actions, resources, conditions }: Rule): string[] {
  const parts = [principals, actions, resources, ...conditions];
  return combinationsOf(parts) > MOST_COMBINATIONS ? [key] : combinations<{ readonly key: string }>(parts)
    .map(([principal, action, resource, ...values]) =>
      JSON.stringify([principal.key, action.key, resource.key, values.map((value) => value.key).sort()]));
}
