import { Credentials } from './credentials';
import { possibleCredentials } from './next-credentials';
import { othersWith } from './others-with';
import { withChains } from './role-chaining';
import { AssignedModel } from '../assignments/assigned-model';
import { GrantingResources } from '../assignments/granting-resources';
import { isInTemplates } from '../assignments/role-index';
import { resourcesAllowedTo } from '../deployment/allowed-requests';
import { RoleOrWhy, roleOfProgram } from '../deployment/program-role';
import { Role } from '../model/model';
import { Program } from '../model/program';
import { typesWith } from '../resource-types/declarations';
import { ON_INSTANCES } from '../resource-types/instance-requests';
import { Interned } from '../values/interned';

/** The roles with which something that runs by itself can make requests. */
export interface ReachedRoles {
  readonly roles: readonly Role[];
  readonly credentials: readonly Credentials[];
  /** Why it may have another role, whose permissions are not known; undefined if it has none. */
  readonly other?: string;
}

/** Requests that start or change what runs code with a role, which the templates may not show. */
const STARTS = [...new Set(typesWith('program').flatMap(([, { startedBy = [], takenOverBy }]) => [...startedBy, ...takenOverBy]))];

/** Requests that run code with roles of nodes, tasks or documents, which they do not name. */
const RUNS_ELSEWHERE = [...ON_INSTANCES, 'ssm:StartAutomationExecution', 'ecs:ExecuteCommand', 'ecs:RunTask', 'batch:SubmitJob'];

/**
 * Requests that give the credentials of the role that they are about, hand it over to a service, or make it trust whoever sends them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const GET_ROLE = ['sts:AssumeRole', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy'];

/**
 * Some roles, those to which their credentials lead as they do for pods, and those of what they start. What starts may be outside the templates. The role of the
 * framework for custom resources of aws-cdk only starts the function behind it.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
export const rolesReachedFrom = (first: readonly RoleOrWhy[], assigned: AssignedModel): ReachedRoles =>
  reached.of([assigned, JSON.stringify(first.map((one) => ('arn' in one ? one.arn.key : one)))], () => findReached(first, assigned));

const reached = new Interned<ReachedRoles>();

function findReached(first: readonly RoleOrWhy[], assigned: AssignedModel): ReachedRoles {
  const { roles: index } = assigned;
  const started = new Set<Role>();
  const seen = new Map<string, Role>(); // by ARN, because each look at a role outside the templates makes another object
  let credentials: readonly Credentials[] = [];
  let other: string | undefined;
  for (let open = first; open.length > 0;) {
    const known = open.flatMap((next) => ('arn' in next ? [index.holder(next.arn)] : []));
    const outside = known.find((role) => !isInTemplates(role));
    other ??= open.flatMap((next) => ('unknown' in next ? [next.unknown] : []))[0] ?? (outside && `it may have the role ${outside.arn}, which is not in the templates`);
    known.filter(isInTemplates).forEach((role) => started.add(role));
    credentials = withChains([...started].map(own), index).filter(({ isObtained }) => isObtained !== 'no');
    const added = [...new Map(credentials.map(({ role }) => [role.arn.key, role])).values()].filter(({ arn }) => !seen.has(arn.key));
    added.forEach((role) => seen.set(role.arn.key, role));
    open = added.flatMap((role) => (isInTemplates(role) ? startsOf(role, assigned) : [{ arn: role.arn }]));
  }
  const [further] = othersWith(credentials.filter(({ raise }) => !raise), index); // whoever looks for changes asks what may raise permissions
  return { roles: [...seen.values()].filter(isInTemplates), credentials, other: other ?? further?.what.replace(/^the principal/, 'it') };
}

const own = (role: Role): Credentials => possibleCredentials(role, 'what runs with it', `something runs with role ${role.label}`);

const starts = new Interned<readonly RoleOrWhy[]>();

/** Found once for all that may have the role. */
const startsOf = (role: Role, { model: { programs }, roles: { granting } }: AssignedModel): readonly RoleOrWhy[] =>
  starts.of([role, programs, granting], () => findStarts(role, programs, granting));

function findStarts(role: Role, programs: readonly Program[], granting: GrantingResources): RoleOrWhy[] {
  const allowed = (action: string) => resourcesAllowedTo(role, action, granting);
  return [
    ...STARTS.flatMap(allowed).map((program) => roleOfProgram(program, programs)),
    ...GET_ROLE.flatMap(allowed).map((arn) => ({ arn })),
    ...RUNS_ELSEWHERE.filter((action) => allowed(action).length > 0)
      .map((action) => ({ unknown: `role ${role.label} may request ${action}, and the templates do not show with which role that runs` })),
  ];
}
