import { Credentials } from './credentials';
import { isUseful } from './is-useful';
import { mayRequest, requestsOf } from './may-request';
import { rolesNamedFor } from './named-outside';
import { nextCredentials } from './next-credentials';
import { servicesOf, TrustedService } from './services-with-roles';
import { takenOverRoles } from './taken-over-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { arnTexts } from '../evaluation/arn';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { URL_SUFFIXES } from '../resolution/pseudo-parameters';
import { Text } from '../values/text';

const PASS_ROLE = 'iam:PassRole';
export const UPDATE_TRUST = 'iam:UpdateAssumeRolePolicy';
const HANDING = [PASS_ROLE, UPDATE_TRUST];
/** EKS Pod Identity sets the session tags of the pods that the principal chooses. */
const SETS_TAGS = 'pods.eks';

/** The credentials that a principal gets as it passes a role to a service that runs its code, makes a role trust it, or takes over what has a role. */
export function handedOver(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  const allowed = requestsOf(credentials, roles, HANDING); // without a look at each role, because most may hand over none
  return [
    ...(allowed.includes(PASS_ROLE) ? passedRoles(credentials, roles) : []),
    ...(allowed.includes(UPDATE_TRUST) ? retrustedRoles(credentials, roles) : []),
    ...takenOverRoles(credentials, roles),
  ];
}

/** Never certain: the requests that this takes may be allowed on different resources, and what the service asks for is up to the principal. */
function passedRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const asked = new Map<string, boolean>(); // most roles trust one of a few services
  return usefulRoles(credentials, PASS_ROLE, roles).flatMap((role) => servicesOf(role, roles).flatMap((service) => {
    const acts = asked.get(service.name.key) ?? mayActWith(credentials, service, roles);
    asked.set(service.name.key, acts);
    return acts && mayPass(credentials, role, service.name, roles) ? [passed(credentials, role, service)] : [];
  }));
}

const mayActWith = (credentials: Credentials, { requests }: TrustedService, roles: RoleIndex): boolean =>
  !requests || requests.some((action) => mayRequest(credentials, roles, action) !== 'no');

function passed(credentials: Credentials, role: Role, { name, service, runsCode }: TrustedService): Credentials {
  const what = `${holderName(credentials.role)} can pass role ${role.label} to ${name}, which ${runsCode ? 'runs code with it' : 'might act with it as others ask'}`;
  const next = nextCredentials(credentials, role, `${PASS_ROLE} to ${name}`, what);
  return service === undefined || service === SETS_TAGS ? withChosenTags(next) : next;
}

function retrustedRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const why = (role: Role) => `${holderName(credentials.role)} might change the trust policy of role ${role.label}, so that it can assume it`;
  return usefulRoles(credentials, UPDATE_TRUST, roles).filter((role) => mayRequest(credentials, roles, UPDATE_TRUST, role.arn) !== 'no')
    .map((role) => withChosenTags(nextCredentials(credentials, role, UPDATE_TRUST, why(role))));
}

const withChosenTags = (credentials: Credentials): Credentials => ({ ...credentials, session: { ...credentials.session, hasChosenTags: true } });

/** Roles of the templates, and those outside that something of these has, or that policies name for a request. */
function usefulRoles(credentials: Credentials, action: string, roles: RoleIndex): Role[] {
  const elsewhere = [...roles.elsewhere.map(({ role }) => role), ...rolesNamedFor(credentials, action, roles)];
  return [...roles.all.filter((role) => isUseful(role, credentials)), ...new Map(elsewhere.map((role) => [role.arn.key, role])).values()];
}

/**
 * Whether credentials may pass a role to a service. Outside the partition `aws`, the domain of another partition can be in the name of the service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService
 */
export function mayPass(credentials: Credentials, role: Role, name: Text, roles: RoleIndex): boolean {
  const { literal } = name;
  const { literal: partition } = arnTexts(role.arn)?.[1] ?? Text.EMPTY;
  const names = literal === undefined || partition === 'aws' ? [name]
    : [name, ...URL_SUFFIXES.map((suffix) => Text.of(literal.replace(/amazonaws\.com[a-z.]*$/, suffix)))];
  return names.some((service) => mayRequest(credentials, roles, PASS_ROLE, role.arn, { 'iam:PassedToService': [service] }) !== 'no');
}
