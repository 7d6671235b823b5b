import { BUILDS_OF_IMAGES } from './programs';

/**
 * Requests that change what a stack creates. A stack keeps the role that it was created with, and who changes the stack does not pass it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export const OF_STACKS = ['cloudformation:UpdateStack', 'cloudformation:ExecuteChangeSet'];

/** Requests that deploy a template, or change its parameters, with the role of a stack set, or as an administrator of the accounts of an organization. */
export const OF_STACK_SETS = ['cloudformation:UpdateStackSet', 'cloudformation:CreateStackInstances', 'cloudformation:UpdateStackInstances'];

/** What others might do with a role of a service, and with which requests, none of which tells what has the role. */
interface ServiceTakeover {
  readonly service: string;
  readonly requests: readonly string[];
  /** What follows `and so might`, before the role. */
  readonly might: string;
}

/**
 * Instances get a role also by a launch template, and run what a document, a revision of an application, the definition of a task or their image says. They install
 * patches of the repositories in a patch baseline. The agent of a container instance gets the credentials of tasks, and of what starts them. AWS Config starts a runbook
 * with a role that its caller does not pass. A server of AWS Transfer Family asks a function of whoever makes it for the role of its users.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows.html
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 * @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-distribution-settings.html
 * @see https://docs.aws.amazon.com/glue/latest/webapi/API_RunStatement.html
 * @see https://docs.aws.amazon.com/datazone/latest/APIReference/API_GetEnvironmentCredentials.html
 * @see https://docs.aws.amazon.com/cloudwatch-omni/latest/APIReference/API_CreateOneTimeDeepLinkCode.html
 * @see https://docs.aws.amazon.com/config/latest/developerguide/setup-autoremediation.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-iam.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PatchSource.html
 * @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_UpdateHarness.html
 * @see https://docs.aws.amazon.com/iot/latest/apireference/API_UpdateStream.html
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateTrainingJob.html
 * @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_UpdateAccess.html
 * @see https://docs.aws.amazon.com/transfer/latest/userguide/custom-lambda-idp.html
 */
export const TAKEOVERS_OF_SERVICES: readonly ServiceTakeover[] = [
  { service: 'cloudformation', requests: [...OF_STACKS, ...OF_STACK_SETS], might: 'change a stack that has' },
  {
    service: 'ec2',
    requests: [
      'ssm:RegisterTaskWithMaintenanceWindow', 'ssm:UpdateDocument', 'ssm:UpdateMaintenanceWindowTask', 'ssm:ResumeSession', 'ssm:GetAccessToken',
      'cloud9:CreateEnvironmentMembership', 'cloud9:CreateEnvironmentToken', 'codedeploy:CreateDeployment', 'ec2:CreateLaunchTemplateVersion', 'ec2:ModifyLaunchTemplate',
      'ecs:RegisterTaskDefinition', 'elasticbeanstalk:ComposeEnvironments', 'elasticbeanstalk:UpdateEnvironment', 'opsworks:CreateDeployment',
      'ssm:RegisterDefaultPatchBaseline', 'ssm:RegisterPatchBaselineForPatchGroup', 'ssm:UpdatePatchBaseline', ...BUILDS_OF_IMAGES,
    ],
    might: 'run commands on instances with',
  },
  { service: 'ecs-tasks', requests: ['ecs:Poll'], might: 'get credentials from Amazon ECS, as the agent of a container instance, of' },
  {
    service: 'datazone',
    requests: ['datazone:GetDomainExecutionRoleCredentials', 'datazone:GetEnvironmentCredentials', 'datazone:GetIamPortalLoginUrl', 'datazone:CreateEnvironment'],
    might: 'get credentials of',
  },
  {
    service: 'cloudwatch',
    requests: [
      'cloudwatch:AssumeAccessProfile', 'cloudwatch:CreateOneTimeDeepLinkCode', 'cloudwatch:GetSpaceCredentials', 'cloudwatch:GetSpaceCredentialsForOrganization',
      'cloudwatch:InvokeIntegration',
    ],
    might: 'get credentials of',
  },
  { service: 'emr-serverless', requests: ['emr-serverless:GetSessionEndpoint'], might: 'run its own code with' },
  {
    service: 'glue',
    requests: ['glue:GetSessionEndpoint', 'glue:GlueNotebookRefreshCredentials', 'glue:RunDataPreviewStatement', 'glue:RunStatement', 'glue:StartNotebook'],
    might: 'run its own code with',
  },
  {
    service: 'lambda',
    requests: ['lambda:CreateMicrovmAuthToken', 'lambda:CreateMicrovmShellAuthToken', 'lambda:UpdateMicrovmImage'],
    might: 'run its own code in a MicroVM with',
  },
  { service: 'finops-agent', requests: ['finops-agent:CreateOneTimeLoginSession'], might: 'ask an agent with' },
  { service: 'bedrock-agentcore', requests: ['bedrock-agentcore:InvokeHarness', 'bedrock-agentcore:UpdateHarness'], might: 'decide what an agent does with' },
  { service: 'iot', requests: ['iot:UpdateStream'], might: 'let devices read with' },
  { service: 'sagemaker', requests: ['sagemaker:CallMlflowAppApi', 'sagemaker:CreatePresignedMlflowAppUrl'], might: 'sign in to an application with' },
  { service: 'sagemaker', requests: ['sagemaker:UpdateTrainingJob'], might: 'open a shell in a training job with' },
  { service: 'securityagent', requests: ['securityagent:CreateOneTimeLoginSession'], might: 'ask an agent with' },
  { service: 'transfer', requests: ['transfer:UpdateAccess'], might: 'let users of a directory read and write with' },
  { service: 'transfer', requests: ['transfer:CreateServer', 'transfer:UpdateServer'], might: 'let users of its own read and write with' },
  {
    service: 'ssm',
    requests: [
      'config:PutRemediationConfigurations', 'ssm:RequestManagedInstanceRoleToken', 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion',
      'ssm:UpdateManagedInstancePublicKey',
    ],
    might: 'run its own runbook with',
  },
];
