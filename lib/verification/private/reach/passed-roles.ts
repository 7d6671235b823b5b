import { Credentials } from './credentials';
import { mayRequest } from './may-request';
import { roleSession } from './role-session';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { decideTrust } from '../evaluation/decide-trust';
import { truthOf } from '../evaluation/outcomes';
import { SessionContext } from '../evaluation/session-context';
import { Role } from '../model/model';
import { Text } from '../values/text';
import { allOf, anyOf } from '../values/truth';

const PASS_ROLE = 'iam:PassRole';
const UPDATE_TRUST = 'iam:UpdateAssumeRolePolicy';

/**
 * Services that run code of the caller with a role, and the requests that start it. Others, such as AWS Config, use a role for their own work only.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const SERVICES: { readonly [service: string]: readonly string[] } = {
  'batch.amazonaws.com': ['batch:CreateComputeEnvironment'],
  'cloudformation.amazonaws.com': ['cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:CreateChangeSet'],
  'codebuild.amazonaws.com': ['codebuild:CreateProject', 'codebuild:UpdateProject'],
  'ec2.amazonaws.com': ['ec2:RunInstances', 'ec2:AssociateIamInstanceProfile', 'ec2:ReplaceIamInstanceProfileAssociation', 'autoscaling:CreateAutoScalingGroup'],
  'ecs-tasks.amazonaws.com': ['ecs:RunTask', 'ecs:StartTask', 'ecs:CreateService', 'ecs:UpdateService', 'ecs:RegisterTaskDefinition'],
  'glue.amazonaws.com': ['glue:CreateJob', 'glue:UpdateJob', 'glue:CreateDevEndpoint', 'glue:CreateSession'],
  'lambda.amazonaws.com': ['lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration'],
  'pods.eks.amazonaws.com': ['eks:CreatePodIdentityAssociation', 'eks:UpdatePodIdentityAssociation'],
  'sagemaker.amazonaws.com': ['sagemaker:CreateNotebookInstance', 'sagemaker:CreateTrainingJob', 'sagemaker:CreateProcessingJob', 'sagemaker:CreateModel'],
  'scheduler.amazonaws.com': ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
  'ssm.amazonaws.com': ['ssm:StartAutomationExecution'],
  'states.amazonaws.com': ['states:CreateStateMachine', 'states:UpdateStateMachine'],
};

/** The credentials that a principal gets as it passes a role to a service that runs its code, or makes a role trust it. */
export function handedOver(credentials: Credentials, roles: RoleIndex): Credentials[] {
  if (!isInTemplates(credentials.role)) {
    return [];
  }
  const candidates = roles.all.filter((role) => role !== credentials.role);
  const isAny = (action: string) => mayRequest(credentials, action) !== 'no'; // most roles may do neither with any role
  const services = isAny(PASS_ROLE) ? Object.entries(SERVICES).filter(([, starts]) => startsAny(credentials, starts) !== 'no') : [];
  const retrusted = isAny(UPDATE_TRUST) ? candidates.filter((role) => mayRequest(credentials, UPDATE_TRUST, role.arn) !== 'no') : [];
  return [
    ...services.flatMap(([service, starts]) => candidates.map((role) => passed(credentials, role, service, starts))),
    ...retrusted.map((role) => next(credentials, role, UPDATE_TRUST, 'unknown',
      `role ${credentials.role.label} might change the trust policy of role ${role.label}, so that it can assume it`)),
  ].filter(({ isObtained }) => isObtained !== 'no');
}

const startsAny = (credentials: Credentials, starts: readonly string[]) => anyOf(starts.map((action) => mayRequest(credentials, action)));

function passed(credentials: Credentials, role: Role, service: string, starts: readonly string[]): Credentials {
  const name = Text.of(service);
  const trust = truthOf(decideTrust(role.trustPolicy, { kind: 'Service', names: [name] }, 'sts:AssumeRole', SessionContext.service({})));
  const passes = trust === 'no' ? 'no' : mayRequest(credentials, PASS_ROLE, role.arn, { 'iam:PassedToService': [name] });
  const isObtained = passes === 'no' ? 'no' : allOf([credentials.isObtained, passes, trust, startsAny(credentials, starts)]);
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
