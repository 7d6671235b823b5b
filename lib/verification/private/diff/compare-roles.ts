import { Change } from './change';
import { compareRules, NOTHING, OF_POLICY } from './compare-rules';
import { compareAccess } from './compare-sessions';
import { Counterparts } from './counterparts';
import { Elsewhere } from './elsewhere';
import { isService, Part } from './part';
import { Rules, rulesOfPolicy } from './rule';
import { sessionOfRole } from './session';
import { ComparedPrincipal, Side } from './side';
import { Model, Role } from '../model/model';
import { Reach } from '../reach/credentials';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/** What changed in the trust policies of two assemblies, and in what roles allow to those whom the assemblies do not show. */
export function compareRoles(before: Side, after: Side, elsewhere: Elsewhere): Array<[string, Change]> {
  const [old, now] = [before, after].map(({ model }) => new Map(model.roles.map((role) => [role.arn.key, role])));
  const [counterpartBefore, counterpartAfter] = [before, after].map(({ model }) => new Counterparts(model.roles));
  // changes for pods and nodes that get its credentials are reported with these pods and nodes, unless these had others before
  const [reachedBefore, reached] = [before, after].map(({ principals }) => new Set(principals.flatMap(({ reach }) => reachedIn(reach))));
  const isSeen = (key: string) => reached.has(key) && (reachedBefore.has(key) || !old.has(key));
  return [
    ...[...now].flatMap(([key, role]) => changesOf(role, old.get(key) ?? counterpartBefore.of(role), role, !isSeen(key), elsewhere)),
    ...[...old].filter(([key]) => !now.has(key)).flatMap(([, role]) => changesOf(role, role, counterpartAfter.of(role), true, elsewhere)),
  ];
}

const reachedIn = ({ credentials }: Reach) => credentials.filter(({ isObtained }) => isObtained !== 'no').map(({ role }) => role.arn.key);

function changesOf(
  { label }: Role, before: Role | undefined, after: Role | undefined, isUnseen: boolean, elsewhere: Elsewhere,
): Array<[string, Change]> {
  if ([before, after].every((role) => role === undefined || isOfServices(trustOf(role)))) {
    return [];
  }
  const trust = compareRules(trustOf(before), trustOf(after), OF_POLICY);
  const permissions = isUnseen ? compareAccess(sessionOf(before), sessionOf(after), elsewhere) : [];
  return [
    ...trust.map((change): [string, Change] => [`trust policy of role ${label}`, change]),
    ...permissions.map((change): [string, Change] => [`whoever role ${label} trusts`, change]),
  ];
}

/** The roles that are compared: those whose credentials pods or nodes can get, and those that others than services may assume. */
export function comparedRoles(model: Model, principals: readonly ComparedPrincipal[]): Role[] {
  const reached = principals.flatMap(({ reach }) => reach.credentials.filter(({ isObtained }) => isObtained !== 'no').map(({ role }) => role));
  return [...new Set([...reached, ...trustingRoles(model)])];
}

/** Those that others than services may assume. */
export const trustingRoles = ({ roles }: Model): Role[] => roles.filter((role) => !isOfServices(trustOf(role)));

/** What the trust policy of a role says. */
export const trustOf = (role?: Role): Rules => (role ? rulesOfPolicy(role.trustPolicy, 'trust') : NOTHING);

const sessionOf = (role?: Role) => (role ? [sessionOfRole(role)] : []);

/** Whether a role is for AWS services that give no credentials to pods: what these may do is not what pods may do. Amazon EC2 gives them to nodes. */
const isOfServices = ({ allows, unread }: Rules): boolean => unread.length === 0
  && allows.every(({ principals }) => principals.every(isOtherService));

const isOtherService = (principal: Part): boolean => isService(principal) && GIVE_TO_PODS.every((service) => equal(service, principal.text) === 'no');

const GIVE_TO_PODS = ['pods.eks.amazonaws.com', 'ec2.amazonaws.com', 'ec2.amazonaws.com.cn'].map((service) => Text.of(`Service ${service}`));
