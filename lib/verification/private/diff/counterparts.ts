import { Rules, rulesOf } from './rule';
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
  return JSON.stringify([ruleKeys(rulesOf([role.trustPolicy], 'trust')), ruleKeys(grants), [...limits].map(([limit, rules]) => [limit, ruleKeys(rules)])]);
}

const ruleKeys = ({ allows, denies, unread }: Rules) => [allows, denies, unread].map((rules) => [...new Set(rules.map(({ key }) => key))].sort());
