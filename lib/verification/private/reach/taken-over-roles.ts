import { commandsOn, runsCommands, SERVICES_OF_INSTANCES } from './commands-on-instances';
import { Credentials } from './credentials';
import { isUseful } from './is-useful';
import { rolesOfHosts } from './managed-hosts';
import { isOpened, mayRequest, requestsLike, requestsOf } from './may-request';
import { mayWrite } from './may-write';
import { nextCredentials, possibleCredentials } from './next-credentials';
import { raisesWith } from './raised-roles';
import { rolesOfService } from './services-with-roles';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { policyChanges } from '../deployment/policy-changes';
import { WRITE_VOLUME } from '../model/code/written-files';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { Program } from '../model/program';
import { Takeover } from '../model/takeover';
import { candidateResources } from '../policies/candidate-resources';
import { REPLACING } from '../resource-types/replacing-requests';
import { TAKEOVERS_OF_SERVICES } from '../resource-types/service-takeovers';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/**
 * What the agent in a task needs, one for each of the ways in which it gets commands.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html
 */
const OF_AGENT = ['ssmmessages:CreateControlChannel', 'ec2messages:GetMessages'];

/**
 * The credentials of roles that something else has, and which a principal gets as it runs its own code there: in a function, a build, a job, or on an
 * instance. This takes no `iam:PassRole`. Whether there is what has the role, and what protects it, is not known.
 */
export function takenOverRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const found = [ofPrograms, ofCode, ofInstances, ofServices, rolesOfHosts].flatMap((find) => find(credentials, roles));
  return found.filter(({ role }) => isUseful(role, credentials));
}

/** A program of which credentials might decide what it does, and the request with which they do. */
export interface TakenOver { readonly program: Program; readonly action: string }

/** The programs that credentials might change, or whose code they might. */
export const takenOverBy = (credentials: Credentials, roles: RoleIndex): TakenOver[] =>
  [...takenOver(credentials, roles), ...withChangedCode(credentials, roles)];

function takenOver(credentials: Credentials, roles: RoleIndex): Array<TakenOver & Pick<Takeover, 'takesAgent'>> {
  const allowed = requestsOf(credentials, roles, roles.programs.takeovers); // most roles may request none
  return allowed.flatMap((action) => {
    const requests = requestsLike(credentials, roles, action)!; // it is one of those that it may request
    return possiblePrograms(credentials, action, roles).flatMap((program) => {
      const { isOfProgram, takesAgent } = program.takeovers.find((takeover) => takeover.action === action)!; // it is one of those with the action
      return isOfProgram && program.arns.every((arn) => mayRequest(credentials, roles, action, arn) === 'no') ? [] : [{ program, action: requests, takesAgent }];
    });
  });
}

function withChangedCode(credentials: Credentials, roles: RoleIndex): TakenOver[] {
  const { writes, withCode } = roles.programs;
  const allowed = requestsOf(credentials, roles, writes); // most roles may request none
  return allowed.length === 0 ? [] : withCode.flatMap((program) => {
    const write = program.code.find((one) => allowed.includes(one.action) && mayWrite(credentials, roles, one));
    return write ? [{ program, action: write.action }] : [];
  });
}

const ofPrograms = (credentials: Credentials, roles: RoleIndex): Credentials[] =>
  takenOver(credentials, roles).flatMap(({ program, action, takesAgent }) => rolesOf(program, roles)
    .filter((role) => !takesAgent || mayHaveAgent(program, role, credentials, roles))
    .map((role) => nextCredentials(credentials, role, action,
      `${holderName(credentials.role)} may request ${action}, and so might decide what ${program.place.logicalId} does with role ${role.label}`)));

/** Whether the agent that opens a shell may get commands. */
function mayHaveAgent({ onInstances }: Program, role: Role, credentials: Credentials, roles: RoleIndex): boolean {
  const ofTask = onInstances?.agentRoleArn ? roleOf(onInstances.agentRoleArn, roles) : role;
  return hasAgent(possibleCredentials(ofTask, 'agent', ''), roles) || raisesWith([credentials], roles, [ofTask]).has(ofTask.arn.key);
}

/** Who changes the image, the script or the sources of something decides what it does with its role, the next time that it starts. Whoever has its SSH key can sign in. */
const ofCode = (credentials: Credentials, roles: RoleIndex): Credentials[] => withChangedCode(credentials, roles).flatMap(({ program, action }) => {
  const isHost = credentials.role.noun === 'host';
  const [by, how] = action !== WRITE_VOLUME ? [action, `request ${action}`] : isHost ? ['host', 'serve its code'] : ['files', 'have its files'];
  return rolesOf(program, roles).map((role) => limited(program, nextCredentials(credentials, role, by,
    `${holderName(credentials.role)} may ${how}, and so might decide what ${program.place.logicalId} does with role ${role.label}`)));
});

/** The role of a program, or those that it might have. */
function rolesOf({ roleArn, services = [], onInstances }: Program, roles: RoleIndex): Role[] {
  const all = roleArn ? [roleOf(roleArn, roles)] : [...new Set(services.flatMap((service) => rolesOfService(service, roles)))];
  return onInstances ? all.filter(({ arn, policies }) =>
    candidateResources(policies, GETS_TASKS).length > 0 && !onInstances.except.some(({ key }) => key === arn.key)) : all;
}

/** What the role of a container instance allows. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html */
const GETS_TASKS = 'ecs:Poll';

/** The credentials of a program, as far as others decide what it does with them. */
const limited = ({ limit, isLast }: Program, credentials: Credentials): Credentials =>
  ({ ...credentials, ...limit && { sessionPolicy: limit, isLast } });

/** The roles with which programs act as everyone might tell them, also without credentials: through an API, or with messages and mails. */
export const rolesOpenToAll = (roles: RoleIndex): Credentials[] => roles.programs.open.flatMap(({ program, by }) =>
  rolesOf(program, roles).map((role) => limited(program,
    possibleCredentials(role, by, `anyone might decide through ${by} what ${program.place.logicalId} does with role ${role.label}`))));

/** Policies that name a program are about no other, even if only the deployment knows its ARN. */
function possiblePrograms(credentials: Credentials, action: string, roles: RoleIndex): readonly Program[] {
  const { role } = credentials;
  const { granting, programs } = roles;
  const requests = [action, ...REPLACING.get(action) ?? [], ...policyChanges(action).map(({ request }) => request)];
  const resources = requests.flatMap((request) =>
    [...candidateResources(role.policies, request).map(({ resource }) => resource), ...granting.to(role, request).map(({ arn }) => arn)]);
  const named = resources.map((arn) => programs.withArn(arn));
  const all = programs.takenOverBy(action);
  const namesAll = !credentials.raise && !isOpened(roles, action) && named.every((found) => found !== undefined);
  return namesAll ? all.filter((program) => named.some((found) => found.includes(program))) : all;
}

/** Some types of resources name a role without its ARN. */
function roleOf(arn: Text, roles: RoleIndex): Role {
  const known = roles.withArn(arn);
  const byName = Pattern.join([Pattern.glob(Text.of('arn:*/')), Pattern.exact(arn)]);
  return isInTemplates(known) ? known : roles.all.find((role) => byName.matches(role.arn) === 'yes') ?? known;
}

function ofInstances(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const services = SERVICES_OF_INSTANCES.filter((service) => runsCommands(service, credentials, roles));
  return services.flatMap((service) => rolesOfService(service, roles).flatMap((role) =>
    commandsOn(service, role, credentials, roles).map((way) => nextCredentials(credentials, role, way[0],
      `${holderName(credentials.role)} may request ${way.join(' and ')}, and so might run commands on instances with role ${role.label}`))));
}

const hasAgent = (ofTask: Credentials, roles: RoleIndex): boolean => OF_AGENT.some((action) => mayRequest(ofTask, roles, action) !== 'no');

const TO_SERVICES = [...new Set(TAKEOVERS_OF_SERVICES.flatMap(({ requests }) => requests))];

function ofServices(credentials: Credentials, roles: RoleIndex): Credentials[] {
  const allowed = requestsOf(credentials, roles, TO_SERVICES);
  return allowed.length === 0 ? [] : TAKEOVERS_OF_SERVICES.flatMap(({ service, requests, might }) => {
    const action = requests.find((request) => allowed.includes(request));
    const how = action && `${holderName(credentials.role)} may request ${requestsLike(credentials, roles, action)}`;
    return action === undefined ? [] : [...rolesOfService(service, roles), ...rolesAbout(action, roles)].map((role) =>
      nextCredentials(credentials, role, action, `${how}, and so might ${might} role ${role.label}`));
  });
}

/** The roles outside the templates of what the service of a request runs. */
const rolesAbout = (action: string, { elsewhere }: RoleIndex): Role[] => {
  const prefix = action.slice(0, action.indexOf(':') + 1);
  return elsewhere.filter(({ requests = [] }) => requests.some((request) => request.startsWith(prefix))).map(({ role }) => role);
};
