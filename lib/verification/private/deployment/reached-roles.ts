import { mayAssume, resourcesAllowedTo } from './allowed-requests';
import { Actor } from '../model/actor';
import { Model, Role } from '../model/model';
import { Program } from '../model/program';
import { typesWith } from '../resource-types/declarations';
import { ON_INSTANCES } from '../resource-types/instance-requests';
import { equal, Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** The roles with which an actor can make requests. */
export interface ReachedRoles {
  readonly roles: readonly Role[];
  /** Why it may have another role, whose permissions are not known; undefined if it has none. */
  readonly other?: string;
}

/** Requests that start or change what runs code with a role, which the templates may not show. */
const STARTS = [...new Set(typesWith('program').flatMap(([, { startedBy = [], takenOverBy }]) => [...startedBy, ...takenOverBy]))];

/** Requests that run code with roles of nodes, tasks or documents, which they do not name. */
const RUNS_ELSEWHERE = [...ON_INSTANCES, 'ssm:StartAutomationExecution', 'ecs:ExecuteCommand', 'ecs:RunTask', 'batch:SubmitJob'];

/** Requests that give credentials of the user that they are about. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html */
const GET_USER = ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'];

/**
 * Requests that give the credentials of a role, hand it over to a service, or make it trust whoever sends them.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const GET_ROLE = ['sts:AssumeRole', 'iam:PassRole', 'iam:UpdateAssumeRolePolicy'];

/**
 * The roles of what an actor runs, of what this starts or changes in turn, and those that it can get. The role of the framework for custom resources of aws-cdk
 * only starts the function behind it.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html#provider-framework
 */
export function rolesReachedBy({ functionArn, roleArn }: Actor, model: Model): ReachedRoles {
  return functionArn || roleArn
    ? rolesReachedFrom([...(functionArn ? rolesOf(functionArn, model.programs) : []), ...(roleArn ? [{ arn: roleArn }] : [])], model)
    : { roles: [], other: 'the templates do not show what it runs' };
}

/** Some roles, and those that they lead to. */
export function rolesReachedFrom(first: readonly Next[], model: Model): ReachedRoles {
  const { roles, users, programs, resources } = model;
  const reached = new Set<Role>();
  const open = [...first];
  let other: string | undefined;
  for (let next = open.pop(); next; next = open.pop()) {
    const { arn, unknown } = next;
    const role = arn && [...roles, ...users].find((candidate) => equal(candidate.arn, arn) === 'yes');
    if (!role) {
      other ??= unknown ?? `it may have the role ${arn}, which is not in the templates`;
    } else if (!reached.has(role)) {
      reached.add(role);
      const allowed = (action: string) => resourcesAllowedTo(role, action, resources);
      open.push(...STARTS.flatMap(allowed).flatMap((program) => rolesOf(program, programs)));
      open.push(...GET_ROLE.flatMap(allowed).map((target) => ({ arn: target })), ...roles.filter((target) => mayAssume(role, target)));
      open.push(...takenOver(allowed, model), ...usersOf(allowed, model));
      open.push(...RUNS_ELSEWHERE.filter((action) => allowed(action).length > 0)
        .map((action) => ({ unknown: `role ${role.label} may request ${action}, and the templates do not show with which role that runs` })));
    }
  }
  return { roles: [...reached], other };
}

type AllowedOn = (action: string) => readonly Text[];

const isAllowed = (allowed: AllowedOn, action: string, arn?: Text): boolean =>
  allowed(action).some((resource) => arn === undefined || equal(resource, arn) !== 'no');

/** The roles of programs that are taken over by requests about something else, such as the script that they run. */
const takenOver = (allowed: AllowedOn, { programs }: Model): Next[] => programs.flatMap(({ roleArn, takeovers, code }) => {
  const isTaken = takeovers.some(({ action, isOfProgram }) => !isOfProgram && isAllowed(allowed, action))
    || code.some(({ action, arn }) => isAllowed(allowed, action, arn));
  return roleArn && isTaken ? [{ arn: roleArn }] : [];
});

/** The users of which a role may create an access key, or read one. */
const usersOf = (allowed: AllowedOn, { users, userKeys }: Model): Next[] => [
  ...users.filter(({ noun, arn }) => noun === 'user' && GET_USER.some((action) => isAllowed(allowed, action, arn))),
  ...userKeys.filter(({ copies }) => copies.some(({ reads = [] }) => reads.some(({ action, arn }) => isAllowed(allowed, action, arn))))
    .map(({ holderArn }) => ({ arn: holderArn })),
];

/** The role of a function; undefined if it is not in the templates. */
export function roleOfFunction(functionArn: Text, { roles, programs }: Model): Role | undefined {
  const [{ arn }] = rolesOf(functionArn, programs);
  return arn && roles.find((candidate) => equal(candidate.arn, arn) === 'yes');
}

/** A role that is reached, or why it is not known. */
export interface Next { readonly arn?: Text; readonly unknown?: string }

/** The role of a program, or that the templates do not show it. A function can have versions and aliases. */
function rolesOf(arn: Text, programs: readonly Program[]): Next[] {
  const patternsOf = (program: Program) => program.arns.flatMap((own) => [own, Text.join([own, Text.of(':*')])]).map((text) => Pattern.glob(text));
  const program = programs.find((candidate) => patternsOf(candidate).some((pattern) => pattern.matches(arn) === 'yes'));
  return [program?.roleArn ? { arn: program.roleArn } : { unknown: `it may run ${arn}, and the templates do not show with which role` }];
}
