import { Model } from '../model/model';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { PolicyKind, Statement } from '../policies/statement';
import { ANY_SERVICE } from '../resource-types/resource-type';
import { Text } from '../values/text';

/** Condition keys and policy variables for tags of a resource or of the principal. Those for tags of a request are about no tags that exist. */
const OF_ANY = /(resource|principal|existingobject)tag/i;

/** Those for tags of the principal, which is a role. */
const OF_ROLE = /principaltag/i;

/** Those for tags of what a request is about. */
const OF_RESOURCE = /resourcetag/i;

/** The services whose tags a policy asks for, by the prefixes of their actions. */
export const taggedServices = (model: Model): ReadonlySet<string> => servicesAskingFor(OF_ANY, model);

/** Whether a policy asks for the tags of a role that a request is about, such as one to assume it or to pass it. */
export function selectsRolesByTags(model: Model): boolean {
  const services = servicesAskingFor(OF_RESOURCE, model);
  return [ANY_SERVICE, 'iam', 'sts'].some((service) => services.has(service));
}

function servicesAskingFor(keys: RegExp, { roles, users, resources, associations }: Model): ReadonlySet<string> {
  const ofSessions = associations.flatMap(({ sessionPolicy }) => (sessionPolicy ? [sessionPolicy] : []));
  const ofIdentity = [...[...roles, ...users].flatMap(({ policies, boundary }) => [...policies, ...(boundary ? [boundary] : [])]), ...ofSessions];
  const servicesIn = (kind: PolicyKind) => (policy: Policy) => servicesOfPolicy(policy, kind, keys);
  return new Set([
    ...ofIdentity.flatMap(servicesIn('identity')),
    ...roles.map(({ trustPolicy }) => trustPolicy).flatMap(servicesIn('trust')),
    ...resources.flatMap(({ policies }) => policies).flatMap(servicesIn('resource')),
  ]);
}

function servicesOfPolicy(policy: Policy, kind: PolicyKind, keys: RegExp): string[] {
  const { statements, problems } = parsePolicy(policy, kind);
  return problems.length > 0 ? [ANY_SERVICE] : statements.filter((statement) => asksFor(keys, statement)).flatMap(servicesOf);
}

/** By a key of a condition, or by a variable in a resource or in the value of a condition. Claims of tokens have an issuer in their keys, and are no tags. */
function asksFor(keys: RegExp, statement: Statement): boolean {
  const { conditions } = statement;
  const mayBeOne = (key: Text) => keys.test(literalsOf(key)) || (key.literal === undefined && !isClaim(key));
  return !conditions || conditions.some(({ key }) => mayBeOne(key)) || hasVariable(keys, statement);
}

const isClaim = ({ parts }: Text): boolean => /:(aud|sub)$/.test(`${parts[parts.length - 1]}`);

const hasVariable = (keys: RegExp, { conditions = [], resources }: Statement): boolean =>
  [...resources?.values ?? [], ...conditions.flatMap(({ values }) => values)].some((text) => keys.test(literalsOf(text)));

const literalsOf = ({ parts }: Text): string => parts.filter((part) => typeof part === 'string').join(' ');

/** Tags of roles decide about all services. */
function servicesOf(statement: Statement): string[] {
  const { actions, conditions = [] } = statement;
  const isOfRoles = conditions.some(({ key }) => OF_ROLE.test(literalsOf(key))) || hasVariable(OF_ROLE, statement);
  return !actions || actions.negated || isOfRoles ? [ANY_SERVICE] : actions.values.map((value) => (value.literal ?? '*').split(':')[0].toLowerCase());
}
