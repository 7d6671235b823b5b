import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const decisionOf = (resources: object) => verification.PodAccess.fromTemplates(clusterTemplate({ Objects: objects(account('app', 'Role')), ...resources }))
  .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets');
const pod = (...statements: object[]) => ({ Role: accountRole('default:app', ...statements) });
const AGENT = allow(['ssmmessages:CreateControlChannel', 'ssmmessages:OpenDataChannel']);
const admin = (service: string, ...more: object[]) => role(trusted(`${service}.amazonaws.com`), allow('s3:*'), ...more);
const Admin = admin('lambda');

const FUNCTION = { Admin, It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin') } } };
const OTHER = { Other: role(trusted('lambda.amazonaws.com')), OtherFunction: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Other') } } };
const PROJECT = { Admin: admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin') } } };
const MACHINE = { Admin: admin('states'), It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Admin') } } };
const JOB = { Admin: admin('ecs-tasks'), It: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', ContainerProperties: { JobRoleArn: arnOf('Admin') } } } };
const JOBS = { Admin: admin('ecs-tasks'), It: { Type: 'AWS::Batch::JobDefinition', Properties: { EcsProperties: { TaskProperties: [{ TaskRoleArn: arnOf('Admin') }] } } } };
const OTHER_JOB = { OtherJob: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', ContainerProperties: {} } } };
const TASK = { Admin: admin('ecs-tasks', AGENT), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin') } } };
const GLUE = { Admin: admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin') } } };
const NOTEBOOK = { Admin: admin('sagemaker'), It: { Type: 'AWS::SageMaker::NotebookInstance', Properties: { RoleArn: arnOf('Admin') } } };
const ANYWHERE = { Admin: admin('rolesanywhere'), It: { Type: 'AWS::RolesAnywhere::Profile', Properties: { RoleArns: [arnOf('Admin')] } } };
const INSTANCE = { Admin: admin('ec2', AGENT) };
const STACK = { Admin: admin('cloudformation') };

test.each<[string, object, string[], unknown?]>([
  ['a function', FUNCTION, ['lambda:UpdateFunctionCode'], arnOf('It')],
  ['the layers of functions', FUNCTION, ['lambda:UpdateFunctionConfiguration']],
  ['a build', PROJECT, ['codebuild:StartBuild'], arnOf('It')],
  ['a state machine', MACHINE, ['states:UpdateStateMachine'], { Ref: 'It' }],
  ['a job of AWS Batch', JOB, ['batch:SubmitJob']],
  ['a job of AWS Batch for Amazon ECS', JOBS, ['batch:SubmitJob']],
  ['a job of AWS Glue', GLUE, ['glue:StartJobRun']],
  ['a running job of AWS Batch', { ...JOB, Admin: admin('ecs-tasks', AGENT) }, ['ecs:ExecuteCommand']],
  ['the function of a canary', { Admin, It: { Type: 'AWS::Synthetics::Canary', Properties: { ExecutionRoleArn: arnOf('Admin') } } }, ['lambda:UpdateFunctionCode']],
  ['a new task of Amazon ECS', TASK, ['ecs:RunTask']],
  ['a running task of Amazon ECS', TASK, ['ecs:ExecuteCommand']],
  ['the destinations of a function', FUNCTION, ['lambda:PutFunctionEventInvokeConfig'], arnOf('It')],
  ['the sources of a function', FUNCTION, ['lambda:CreateEventSourceMapping']],
  ['the libraries of a job of AWS Glue', GLUE, ['glue:UpdateConnection']],
  ['the libraries of a job of AWS Glue, by another connection', GLUE, ['glue:DeleteConnection', 'glue:CreateConnection']],
  ['the start of a notebook', NOTEBOOK, ['sagemaker:DeleteNotebookInstanceLifecycleConfig', 'sagemaker:CreateNotebookInstanceLifecycleConfig']],
  ['the container instance of a task', TASK, ['ecs:Poll']],
  ['a notebook', NOTEBOOK, ['sagemaker:CreatePresignedNotebookInstanceUrl']],
  ['certificates of a profile of IAM Roles Anywhere', ANYWHERE, ['rolesanywhere:CreateTrustAnchor']],
  ['an instance, by a command', INSTANCE, ['ssm:SendCommand']],
  ['an instance, by a session', INSTANCE, ['ssm:StartSession'], 'arn:aws:ec2:*:*:instance/*'],
  ['an instance whose role has no permissions for the agent', { Admin: admin('ec2') }, ['ssm:SendCommand']],
  ['a session on such an instance', { Admin: admin('ec2') }, ['ssm:StartSession']],
  ['an instance, by an association of State Manager', INSTANCE, ['ssm:CreateAssociation']],
  ['an instance, by another document of an association', INSTANCE, ['ssm:UpdateAssociation']],
  ['an instance, by the document of an association', INSTANCE, ['ssm:UpdateDocument']],
  ['an instance, by another document with the name of an association', INSTANCE, ['ssm:DeleteDocument', 'ssm:CreateDocument']],
  ['an instance, by a maintenance window', INSTANCE, ['ssm:RegisterTaskWithMaintenanceWindow']],
  ['an instance, over SSH', INSTANCE, ['ec2-instance-connect:SendSSHPublicKey'], 'arn:aws:ec2:*:*:instance/*'],
  ['an instance, by its serial console', INSTANCE, ['ec2-instance-connect:SendSerialConsoleSSHPublicKey']],
  ['an instance, by its user data', INSTANCE, ['ec2:ModifyInstanceAttribute']],
  ['an instance, by another root volume', INSTANCE, ['ec2:CreateReplaceRootVolumeTask']],
  ['an instance, by another root volume while it is stopped', INSTANCE, ['ec2:AttachVolume', 'ec2:DetachVolume', 'ec2:StopInstances']],
  ['an instance, by its launch template', INSTANCE, ['ec2:CreateLaunchTemplateVersion']],
  ...['imagebuilder:CreateComponent', 'imagebuilder:UpdateImagePipeline'].map((action): [string, object, string[]] => ['an instance, by its image', INSTANCE, [action]]),
  ['what the agent of a task does for it', { Admin: admin('ecs-tasks') }, ['ecs:Poll']],
  ['an instance, by AWS CodeDeploy', INSTANCE, ['codedeploy:CreateDeployment']],
  ['an instance, by AWS Elastic Beanstalk', INSTANCE, ['elasticbeanstalk:UpdateEnvironment']],
  ['an instance, by a group of environments', INSTANCE, ['elasticbeanstalk:ComposeEnvironments']],
  ['an instance, by the repositories of its patches', INSTANCE, ['ssm:UpdatePatchBaseline']],
  ['an instance, by another patch baseline', INSTANCE, ['ssm:RegisterPatchBaselineForPatchGroup']],
  ['an instance, by the default patch baseline', INSTANCE, ['ssm:RegisterDefaultPatchBaseline']],
  ['an instance, by a task of Amazon ECS without a role', INSTANCE, ['ecs:RegisterTaskDefinition']],
  ['a session of AWS Glue', { Admin: admin('glue') }, ['glue:RunStatement']],
  ['an environment of Amazon DataZone', { Admin: admin('datazone') }, ['datazone:GetEnvironmentCredentials']],
  ['a domain of Amazon DataZone', { Admin: admin('datazone') }, ['datazone:GetDomainExecutionRoleCredentials']],
  ['an access profile of Amazon CloudWatch', { Admin: admin('cloudwatch') }, ['cloudwatch:AssumeAccessProfile']],
  ['a session of Amazon CloudWatch', { Admin: admin('cloudwatch') }, ['cloudwatch:CreateOneTimeDeepLinkCode']],
  ['an integration of Amazon CloudWatch', { Admin: admin('cloudwatch') }, ['cloudwatch:InvokeIntegration']],
  ['a session of EMR Serverless', { Admin: admin('emr-serverless') }, ['emr-serverless:GetSessionEndpoint']],
  ['a notebook of AWS Glue', { Admin: admin('glue') }, ['glue:GlueNotebookRefreshCredentials']],
  ['a MicroVM of AWS Lambda', { Admin }, ['lambda:CreateMicrovmShellAuthToken']],
  ['an application of MLflow', { Admin: admin('sagemaker') }, ['sagemaker:CreatePresignedMlflowAppUrl']],
  ['an application of MLflow, by its API', { Admin: admin('sagemaker') }, ['sagemaker:CallMlflowAppApi']],
  ['a training job', { Admin: admin('sagemaker') }, ['sagemaker:UpdateTrainingJob']],
  ['an agent of Amazon Bedrock AgentCore', { Admin: admin('bedrock-agentcore') }, ['bedrock-agentcore:UpdateHarness']],
  ['a session of such an agent', { Admin: admin('bedrock-agentcore') }, ['bedrock-agentcore:InvokeHarness']],
  ['what users of a directory reach over SFTP', { Admin: admin('transfer') }, ['transfer:UpdateAccess']],
  ['a stream of AWS IoT', { Admin: admin('iot') }, ['iot:UpdateStream']],
  ['an agent of AWS Security Agent', { Admin: admin('securityagent') }, ['securityagent:CreateOneTimeLoginSession']],
  ['an agent of AWS FinOps Agent', { Admin: admin('finops-agent') }, ['finops-agent:CreateOneTimeLoginSession']],
  ['the runbook of a remediation', { Admin: admin('ssm') }, ['config:PutRemediationConfigurations']],
  ['a runbook', { Admin: admin('ssm') }, ['ssm:UpdateDocument']],
  ['a hybrid node', { Admin: admin('ssm') }, ['ssm:RequestManagedInstanceRoleToken']],
  ['the key of a hybrid node', { Admin: admin('ssm') }, ['ssm:UpdateManagedInstancePublicKey']],
  ['a hybrid node, by a command', { Admin: admin('ssm') }, ['ssm:SendCommand']],
  ['a hybrid node, by a session', { Admin: admin('ssm') }, ['ssm:StartSession'], 'arn:aws:ssm:*:*:managed-instance/*'],
  ['a session of somebody else on an instance', INSTANCE, ['ssm:ResumeSession']],
  ['an instance, by just-in-time access', INSTANCE, ['ssm:GetAccessToken']],
  ['an instance of AWS Cloud9', INSTANCE, ['cloud9:CreateEnvironmentMembership']],
])('a pod that can take over %s might get what its role may do', (_, resources, actions, resource = '*') => {
  const { outcome, outcomeByDefault, missing } = decisionOf({ ...resources, ...pod(allow(actions, resource)) });
  expect([outcome, outcomeByDefault]).toEqual(['UNKNOWN', 'DENIED']);
  expect(missing).not.toHaveLength(0);
  expect(missing).toEqual(missing.map(() => expect.stringMatching(new RegExp(`^role Role may request ${actions[0]}.*( role Admin|what the service does on its behalf)`))));
});

test.each<[string, object, string[], unknown?]>([
  ['another function', { ...FUNCTION, ...OTHER }, ['lambda:UpdateFunctionCode'], arnOf('OtherFunction')],
  ['a function of another name', { Admin, It: { ...FUNCTION.It, Properties: { ...FUNCTION.It.Properties, FunctionName: 'it' } } }, ['lambda:UpdateFunctionCode'], 'arn:aws:lambda:*:*:function:other'],
  ['another job', { ...JOB, ...OTHER_JOB }, ['batch:SubmitJob'], { Ref: 'OtherJob' }],
  ['a function that it can only run', FUNCTION, ['lambda:InvokeFunction']],
  ['versions of a function', FUNCTION, ['lambda:PublishVersion', 'lambda:UpdateAlias']],
  ['a state machine that it can only start', { ...MACHINE, It: { ...MACHINE.It, Properties: { ...MACHINE.It.Properties, Definition: { States: {} } } } }, ['states:StartExecution']],
  ['a task without the permissions of the agent', { ...TASK, Admin: admin('ecs-tasks') }, ['ecs:ExecuteCommand']],
  ['documents only', INSTANCE, ['ssm:SendCommand'], 'arn:aws:ssm:*:*:document/Update'],
  ['documents of its own', INSTANCE, ['ssm:CreateDocument']],
  ['documents that it deletes', INSTANCE, ['ssm:DeleteDocument']],
  ['a stack that it can only read', STACK, ['cloudformation:DescribeStacks']],
  ['volumes of instances, as drivers can,', INSTANCE, ['ec2:AttachVolume', 'ec2:DetachVolume']],
  ['instances only, while a role is for hybrid nodes,', { Admin: admin('ssm') }, ['ssm:SendCommand'], 'arn:aws:ec2:*:*:instance/*'],
  ['hybrid nodes only', INSTANCE, ['ssm:StartSession'], 'arn:aws:ssm:*:*:managed-instance/*'],
  ['volumes only', INSTANCE, ['ec2:ModifyInstanceAttribute'], 'arn:aws:ec2:*:*:volume/*'],
])('a pod that can take over %s does not get what the role may do', (_, resources, actions, resource = '*') => {
  expect(decisionOf({ ...resources, ...pod(allow(actions, resource)) }).outcome).toBe('DENIED');
});

test('a pod that can change a stack with a role might get what the role may do', () => {
  const { outcome, missing } = decisionOf({ ...STACK, ...pod(allow('cloudformation:UpdateStack', 'arn:aws:cloudformation:*:*:stack/app/*')) });
  expect(outcome).toBe('UNKNOWN');
  expect(missing).toContain('role Role may request cloudformation:UpdateStack, and so might change a stack that has role Admin');
});

test('a job that has its role by name', () => {
  const It = { Type: 'AWS::Glue::Job', Properties: { Role: { Ref: 'Admin' } } };
  expect(decisionOf({ ...GLUE, It, ...pod(allow('glue:StartJobRun')) }).missing).toEqual(['role Role may request glue:StartJobRun, and so might decide what It does with role Admin']);
});

test('a role that a pod assumes can take over a function, too', () => {
  const Second = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Role') } }, allow('lambda:UpdateFunctionCode'));
  expect(decisionOf({ ...FUNCTION, ...pod(allow('sts:AssumeRole', arnOf('Second'))), Second }).outcome).toBe('UNKNOWN');
});

test('a pod that can give the role of a task what a shell in it needs might get what the role may do', () => {
  const resources = { ...TASK, Admin: admin('ecs-tasks') };
  const outcomeWith = (...statements: object[]) => decisionOf({ ...resources, ...pod(allow('ecs:ExecuteCommand'), ...statements) }).outcome;
  expect([outcomeWith(), outcomeWith(allow('iam:PutRolePolicy', arnOf('Admin')))]).toEqual(['DENIED', 'UNKNOWN']);
});
