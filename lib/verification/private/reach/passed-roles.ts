import { Credentials } from './credentials';
import { isUseful } from './is-useful';
import { mayRequest } from './may-request';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { decideTrust } from '../evaluation/decide-trust';
import { roleSession } from '../evaluation/role-session';
import { SessionContext } from '../evaluation/session-context';
import { Role } from '../model/model';
import { mayTrustService } from '../policies/may-trust';
import { Text } from '../values/text';
import { allOf, anyOf, Truth } from '../values/truth';

const PASS_ROLE = 'iam:PassRole';
const UPDATE_TRUST = 'iam:UpdateAssumeRolePolicy';

/**
 * Services that run code of the caller with a role, and in each list the requests that this takes: the one that passes the role, and others. Services such as AWS
 * Config use a role for their own work only.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const SERVICES: { readonly [service: string]: ReadonlyArray<readonly [string, ...string[]]> } = {
  'cloudformation.amazonaws.com': [['cloudformation:CreateStack'], ['cloudformation:UpdateStack'], ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet']],
  'codebuild.amazonaws.com': [['codebuild:CreateProject', 'codebuild:StartBuild'], ['codebuild:UpdateProject', 'codebuild:StartBuild']],
  'ec2.amazonaws.com': [
    ['ec2:RunInstances'], ['autoscaling:CreateAutoScalingGroup', 'ec2:RunInstances'],
    ['ec2:AssociateIamInstanceProfile', 'ssm:SendCommand'], ['ec2:ReplaceIamInstanceProfileAssociation', 'ssm:SendCommand'],
  ],
  'ecs-tasks.amazonaws.com': [
    ['ecs:RunTask', 'ecs:RegisterTaskDefinition'], ['ecs:StartTask', 'ecs:RegisterTaskDefinition'], ['ecs:RegisterTaskDefinition', 'ecs:CreateService'],
    ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
  ],
  'glue.amazonaws.com': [
    ['glue:CreateJob', 'glue:StartJobRun'], ['glue:UpdateJob', 'glue:StartJobRun'], ['glue:CreateSession', 'glue:RunStatement'], ['glue:CreateDevEndpoint'],
  ],
  'lambda.amazonaws.com': [
    ['lambda:CreateFunction', 'lambda:InvokeFunction'], ['lambda:UpdateFunctionConfiguration', 'lambda:UpdateFunctionCode', 'lambda:InvokeFunction'],
  ],
  'pods.eks.amazonaws.com': [['eks:CreatePodIdentityAssociation'], ['eks:UpdatePodIdentityAssociation']],
  'sagemaker.amazonaws.com': [
    ['sagemaker:CreateTrainingJob'], ['sagemaker:CreateProcessingJob'], ['sagemaker:CreateNotebookInstance', 'sagemaker:CreatePresignedNotebookInstanceUrl'],
  ],
  'scheduler.amazonaws.com': [['scheduler:CreateSchedule'], ['scheduler:UpdateSchedule']],
  'ssm.amazonaws.com': [['ssm:StartAutomationExecution', 'ssm:CreateDocument']],
  'states.amazonaws.com': [['states:CreateStateMachine', 'states:StartExecution'], ['states:UpdateStateMachine', 'states:StartExecution']],
};

/** The credentials that a principal gets as it passes a role to a service that runs its code, or makes a role trust it. */
export function handedOver(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  return [...passedRoles(credentials, roles), ...retrustedRoles(credentials, roles)].filter(({ isObtained }) => isObtained !== 'no');
}

function passedRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (mayRequest(credentials, PASS_ROLE) === 'no') {
    return []; // without a look at each role, because most may pass none
  }
  return Object.entries(SERVICES).flatMap(([service, ways]) => {
    const runs = anyOf(ways.map((way) => isPossible(credentials, way)));
    return runs === 'no' ? [] : usefulRoles(credentials, roles).map((role) => passed(credentials, role, service, runs));
  });
}

function retrustedRoles(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (mayRequest(credentials, UPDATE_TRUST) === 'no') {
    return [];
  }
  return usefulRoles(credentials, roles).filter((role) => mayRequest(credentials, UPDATE_TRUST, role.arn) !== 'no').map((role) => next(credentials, role, UPDATE_TRUST, 'unknown',
    `role ${credentials.role.label} might change the trust policy of role ${role.label}, so that it can assume it`));
}

function usefulRoles(credentials: Credentials, roles: RoleIndex): Role[] {
  return roles.all.filter((role) => isUseful(role, credentials));
}

/** Without the other requests, something else could start what the first one makes. */
function isPossible(credentials: Credentials, [first, ...others]: readonly [string, ...string[]]): Truth {
  const passes = mayRequest(credentials, first);
  return passes === 'no' ? 'no' : allOf([passes, ...others.map((action) => (mayRequest(credentials, action) === 'yes' ? 'yes' : 'unknown'))]);
}

/** What the service says in its request, such as the tags of EKS Pod Identity, is up to the principal, so that conditions of the trust policy may hold. */
function passed(credentials: Credentials, role: Role, service: string, runs: Truth): Credentials {
  const name = Text.of(service);
  const mayTrust = mayTrustService(role.trustPolicy, name);
  const trust = decideTrust(role.trustPolicy, { kind: 'Service', names: [name] }, 'sts:AssumeRole', SessionContext.service({}));
  const passes = mayTrust ? mayRequest(credentials, PASS_ROLE, role.arn, { 'iam:PassedToService': [name] }) : 'no';
  const isTrusted = trust.outcome === 'ALLOWED' ? 'yes' : 'unknown';
  const isObtained = passes === 'no' ? 'no' : allOf([credentials.isObtained, passes, isTrusted, runs]);
  const what = `role ${credentials.role.label} can pass role ${role.label} to ${service}, which runs code with it`;
  return next(credentials, role, `${PASS_ROLE} to ${service}`, isObtained, what);
}

function next(credentials: Credentials, role: Role, by: string, isObtained: Credentials['isObtained'], what: string): Credentials {
  return {
    role,
    by: `${by} from ${credentials.role.label}`,
    isDefault: 'no',
    isObtained,
    missing: isObtained === 'unknown' ? [...credentials.missing, what] : credentials.missing,
    assumed: credentials.assumed,
    chain: [...credentials.chain, { what, place: role.place }],
    session: { role: roleSession(role), roleTags: role.tags },
  };
}
