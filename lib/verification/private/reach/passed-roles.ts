import { Credentials } from './credentials';
import { isUseful } from './is-useful';
import { mayRequest } from './may-request';
import { nextCredentials } from './next-credentials';
import { TrustedService, trustedServices } from './services-with-roles';
import { takenOverRoles } from './taken-over-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { arnTexts } from '../evaluation/arn';
import { decideTrust } from '../evaluation/decide-trust';
import { SessionContext } from '../evaluation/session-context';
import { Role } from '../model/model';
import { URL_SUFFIXES } from '../resolution/pseudo-parameters';
import { Text } from '../values/text';
import { allOf, anyOf, Truth } from '../values/truth';

const PASS_ROLE = 'iam:PassRole';
const UPDATE_TRUST = 'iam:UpdateAssumeRolePolicy';
/** EKS Pod Identity sets the session tags of the pods that the principal chooses. */
const SETS_TAGS = 'pods.eks';

/** The credentials that a principal gets as it passes a role to a service that runs its code, makes a role trust it, or takes over what has a role. */
export function handedOver(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  return [...passedRoles(credentials, roles), ...retrustedRoles(credentials, roles), ...takenOverRoles(credentials, roles)].filter(({ isObtained }) => isObtained !== 'no');
}

function passedRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (mayRequest(credentials, PASS_ROLE) === 'no') {
    return []; // without a look at each role, because most may pass none
  }
  const possible = new Map<string, Truth>(); // most roles trust one of a few services
  return usefulRoles(credentials, roles).flatMap((role) => trustedServices(role.trustPolicy).flatMap((service) => {
    const runs = possible.get(service.name.key) ?? actsWith(credentials, service);
    possible.set(service.name.key, runs);
    return runs === 'no' ? [] : [passed(credentials, role, service, runs)];
  }));
}

/** Whether a service acts with a role as the principal asks. How most services do that is not known. */
function actsWith(credentials: Credentials, { ways, requests }: TrustedService): Truth {
  if (ways) {
    return anyOf(ways.map((way) => isPossible(credentials, way)));
  }
  return !requests || requests.some((action) => mayRequest(credentials, action) !== 'no') ? 'unknown' : 'no';
}

function retrustedRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (mayRequest(credentials, UPDATE_TRUST) === 'no') {
    return [];
  }
  const why = (role: Role) => `role ${credentials.role.label} might change the trust policy of role ${role.label}, so that it can assume it`;
  return usefulRoles(credentials, roles).filter((role) => mayRequest(credentials, UPDATE_TRUST, role.arn) !== 'no')
    .map((role) => withChosenTags(nextCredentials(credentials, role, UPDATE_TRUST, 'unknown', why(role))));
}

const withChosenTags = (credentials: Credentials): Credentials => ({ ...credentials, session: { ...credentials.session, hasChosenTags: true } });

function usefulRoles(credentials: Credentials, roles: RoleIndex): Role[] {
  return roles.all.filter((role) => isUseful(role, credentials));
}

/** Without the other requests, something else could start what the first one makes. */
function isPossible(credentials: Credentials, [first, ...others]: readonly [string, ...string[]]): Truth {
  const passes = mayRequest(credentials, first);
  return passes === 'no' ? 'no' : allOf([passes, ...others.map((action) => (mayRequest(credentials, action) === 'yes' ? 'yes' : 'unknown'))]);
}

/** What the service says in its request, such as the tags of EKS Pod Identity, is up to the principal, so that conditions of the trust policy may hold. */
function passed(credentials: Credentials, role: Role, { name, service, ways }: TrustedService, runs: Truth): Credentials {
  const trust = decideTrust(role.trustPolicy, { kind: 'Service', names: [name] }, 'sts:AssumeRole', SessionContext.service({}));
  const passes = mayPass(credentials, role, name);
  const isTrusted = trust.outcome === 'ALLOWED' ? 'yes' : 'unknown';
  const isObtained = passes === 'no' ? 'no' : allOf([credentials.isObtained, passes, isTrusted, runs]);
  const what = `role ${credentials.role.label} can pass role ${role.label} to ${name}, which ${ways ? 'runs code with it' : 'might act with it as others ask'}`;
  const credentialsOfRole = nextCredentials(credentials, role, `${PASS_ROLE} to ${name}`, isObtained, what);
  return service === undefined || service === SETS_TAGS ? withChosenTags(credentialsOfRole) : credentialsOfRole;
}

/**
 * Whether credentials may pass a role to a service. Outside the partition `aws`, the domain of another partition can be in the name of the service.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService
 */
function mayPass(credentials: Credentials, role: Role, name: Text): Truth {
  const passesTo = (service: Text) => mayRequest(credentials, PASS_ROLE, role.arn, { 'iam:PassedToService': [service] });
  const passes = passesTo(name);
  const { literal } = name;
  const { literal: partition = '' } = arnTexts(role.arn)?.[1] ?? Text.EMPTY;
  if (literal === undefined || partition === 'aws' || (partition === '' && passes === 'yes')) {
    return passes; // a partition that is not known is assumed to be the usual one, unless that would deny
  }
  const others = URL_SUFFIXES.map((suffix) => passesTo(Text.of(literal.replace(/amazonaws\.com[a-z.]*$/, suffix))));
  return others.every((truth) => truth === passes) ? passes : 'unknown';
}
