import { RoleIndex } from '../assignments/role-index';
import { changingRequests } from '../model/changing-requests';
import { Role } from '../model/model';
import { prefixOf } from '../model/services';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { distinct } from '../values/distinct';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/**
 * Services that run code of the caller with a role, and the requests that pass it. Whether something then runs the code is not asked.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html
 */
const PASSING: { readonly [service: string]: readonly string[] } = {
  'cloudformation': [
    'cloudformation:CreateStack', 'cloudformation:UpdateStack', 'cloudformation:CreateChangeSet', 'cloudformation:CreateStackSet', 'cloudformation:UpdateStackSet',
    'cloudformation:CreateResource', 'cloudformation:UpdateResource',
  ],
  'codebuild': [
    'codebuild:CreateProject', 'codebuild:UpdateProject', 'codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:StartSandbox', 'codebuild:CreateFleet',
    'codebuild:UpdateFleet',
  ],
  'ec2': [
    'ec2:RunInstances', 'ec2:CreateFleet', 'ec2:RequestSpotInstances', 'ec2:RequestSpotFleet', 'ec2:AssociateIamInstanceProfile', 'ec2:ReplaceIamInstanceProfileAssociation',
    'ec2:RunScheduledInstances', 'ec2:CreateLaunchTemplate', 'ec2:CreateLaunchTemplateVersion', 'autoscaling:CreateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration',
    'autoscaling:StartInstanceRefresh', 'autoscaling:UpdateAutoScalingGroup', 'batch:CreateComputeEnvironment', 'batch:UpdateComputeEnvironment',
    'cloud9:CreateEnvironmentEC2', 'datapipeline:PutPipelineDefinition', 'ecs:CreateCapacityProvider', 'ecs:UpdateCapacityProvider', 'eks:CreateCluster',
    'eks:CreateNodegroup', 'eks:UpdateClusterConfig', 'elasticbeanstalk:CreateConfigurationTemplate', 'elasticbeanstalk:CreateEnvironment',
    'elasticbeanstalk:UpdateEnvironment', 'elasticmapreduce:RunJobFlow', 'iam:AddRoleToInstanceProfile',
    'imagebuilder:CreateInfrastructureConfiguration', 'imagebuilder:UpdateInfrastructureConfiguration',
    'opsworks:CreateStack', 'opsworks:UpdateStack', 'pcs:CreateComputeNodeGroup', 'pcs:UpdateComputeNodeGroup',
  ],
  'ecs-tasks': [
    'ecs:RunTask', 'ecs:StartTask', 'ecs:RegisterTaskDefinition', 'ecs:RegisterDaemonTaskDefinition', 'ecs:CreateExpressGatewayService', 'ecs:UpdateExpressGatewayService',
    'batch:RegisterJobDefinition',
  ],
  'lambda': [
    'lambda:CreateFunction', 'lambda:UpdateFunctionConfiguration', 'lambda:CreateMicrovmImage', 'lambda:RunMicrovm', 'lambda:UpdateMicrovmImage', 'synthetics:CreateCanary',
    'synthetics:UpdateCanary',
  ],
  'pods.eks': ['eks:CreatePodIdentityAssociation', 'eks:UpdatePodIdentityAssociation', 'eks:CreateAddon', 'eks:UpdateAddon'],
  'scheduler': ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule'],
  'ssm': [
    'ssm:StartAutomationExecution', 'ssm:StartChangeRequestExecution', 'ssm:CreateActivation', 'ssm:CreateAssociation', 'ssm:CreateAssociationBatch', 'ssm:UpdateAssociation',
    'ssm:RegisterTaskWithMaintenanceWindow', 'ssm:UpdateManagedInstanceRole', 'ssm:UpdateMaintenanceWindowTask', 'config:PutRemediationConfigurations',
  ],
  'states': ['states:CreateStateMachine', 'states:TestState', 'states:UpdateStateMachine'],
};

/**
 * Requests of another service that pass a role to a service.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_SubmitServiceJob.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
 */
const OF_ANOTHER: ReadonlyMap<string, readonly string[]> = new Map([
  ['eks-fargate-pods', ['eks:CreateFargateProfile']],
  ['redshift', ['redshift-serverless:CreateNamespace', 'redshift-serverless:UpdateNamespace']],
  ['sagemaker', ['batch:SubmitServiceJob']],
  ['vpc-flow-logs', ['ec2:CreateFlowLogs']],
]);

/**
 * Services that use a role for their own work only, and on resources that no caller names: Amazon RDS writes its metrics to one log group. Others are not here, even
 * if all that their roles should do is to write records: the caller names where. Roles of clusters, of AWS Batch and of Amazon ECS may pass other roles on, and
 * give them to the instances that a caller describes.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.Enabling.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/create-node-class.html
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEKSComputePolicy.html
 * @see https://docs.aws.amazon.com/batch/latest/userguide/service_IAM_role.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/infrastructure_IAM_role.html
 */
const OWN_WORK = new Set(['monitoring.rds']);

/** A service that a role trusts, and how it acts with the role. */
export interface TrustedService {
  /** As the trust policy has it, or something unknown in its place. */
  readonly name: Text;
  /** Without the Region and the suffix; undefined if it is not known. */
  readonly service?: string;
  /** The requests of which one may be enough; undefined if those of the service have another name. */
  readonly requests?: readonly string[];
  /** Whether it is known to run code of the caller. */
  readonly runsCode: boolean;
}

/** The services that a role trusts, and that may act with it as others ask: all but those that use roles for their own work. */
function trustedServices(trustPolicy: Policy): TrustedService[] {
  const { statements: all, problems } = parsePolicy(trustPolicy, 'trust');
  const statements = all.filter(({ effect }) => effect !== 'Deny');
  const isKnown = problems.length === 0 && statements.every(({ principals }) => principals !== undefined && !principals.negated);
  const names = statements.flatMap(({ principals }) => principals?.principals ?? []).filter(({ kind }) => kind === 'Service').map(({ name }) => name);
  const services = distinct(names).flatMap(serviceOf);
  return isKnown ? services : [...services, { name: Text.unknown(new Unknown('a service', { label: 'a service that its trust policy may name' })), runsCode: false }];
}

/** The roles with which a service, such as `ec2`, may act: those of the templates that may trust it, and those that something of the templates has. */
export const rolesOfService = (service: string, { all, elsewhere }: RoleIndex): Role[] => [
  ...all.filter(({ trustPolicy }) => trustedServices(trustPolicy).some((trusted) => trusted.service === undefined || trusted.service === service)),
  ...elsewhere.filter((one) => one.service === service).map(({ role }) => role),
];

/** The services that act with a role: those that it trusts, or those that use a role outside the templates for something of these. */
export function servicesOf(role: Role, { elsewhere }: RoleIndex): TrustedService[] {
  const uses = elsewhere.some((one) => one.role === role) ? elsewhere.filter((one) => one.role.arn.key === role.arn.key) : [];
  const services = uses.flatMap(({ service }) => service ?? []);
  return services.length > 0 && services.length === uses.length ? services.flatMap((service) => serviceOf(Text.of(`${service}.amazonaws.com`)))
    : trustedServices(role.trustPolicy);
}

function serviceOf(name: Text): TrustedService[] {
  const service = shortName(name);
  if (service === undefined) {
    return [{ name, runsCode: false }];
  }
  if (OWN_WORK.has(service)) {
    return [];
  }
  if (Object.hasOwn(PASSING, service)) {
    return [{ name, service, requests: PASSING[service], runsCode: true }];
  }
  const prefix = prefixOf(service.split('.').at(-1)!); // `split` returns at least one
  const requests = [...(prefix ? changingRequests(prefix) : []), ...OF_ANOTHER.get(service) ?? []];
  return [{ name, service, runsCode: false, ...requests.length > 0 && { requests } }];
}

/** Without the Region and the suffix, of which each may be known only at deployment: `states` of `states.us-west-2.amazonaws.com`. */
function shortName({ parts: [first = ''] }: Text): string | undefined {
  const labels = typeof first === 'string' ? first.toLowerCase().split(/\.amazon(aws)?\.com/)[0].split('.') : [];
  const found = labels.filter((label) => label !== '' && !/^[a-z]{2,3}(-[a-z]+)+-\d$/.test(label));
  return typeof first === 'string' && first.includes('.') && found.length > 0 ? found.join('.') : undefined;
}
