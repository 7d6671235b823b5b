import { Model } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { PolicyKind, Statement } from '../policies/statement';
import { ANY_SERVICE } from '../resource-types/resource-type';

/** Condition keys for tags of a resource or of the principal. Those for tags of a request are about no tags that exist. */
const KEYS = /(resource|principal|existingobject)tag/i;

/** The services whose tags a condition of a policy asks for, by the prefixes of their actions. */
export function taggedServices({ roles, resources }: Model): ReadonlySet<string> {
  const ofIdentity = roles.flatMap(({ policies, boundary }) => [...policies, ...(boundary ? [boundary] : [])]);
  const ofRoles = ofIdentity.flatMap((policy) => servicesIn(policy, 'identity'));
  const ofTrust = roles.flatMap(({ trustPolicy }) => servicesIn(trustPolicy, 'trust'));
  return new Set([...ofRoles, ...ofTrust, ...resources.flatMap(({ policies }) => policies).flatMap((policy) => servicesIn(policy, 'resource'))]);
}

function servicesIn(policy: Policy, kind: PolicyKind): string[] {
  const { statements, problems } = parsePolicy(policy, kind);
  return problems.length > 0 ? [ANY_SERVICE] : statements.filter(asksForTags).flatMap(servicesOf);
}

const asksForTags = ({ conditions }: Statement): boolean =>
  !conditions || conditions.some(({ key: { literal } }) => literal === undefined || KEYS.test(literal));

/** Tags of roles decide about all services. */
function servicesOf({ actions, conditions }: Statement): string[] {
  if (!actions || actions.negated || conditions?.some(({ key }) => /principaltag/i.test(`${key}`))) {
    return [ANY_SERVICE];
  }
  return actions.values.map((value) => (value.literal ?? '*').split(':')[0].toLowerCase());
}
