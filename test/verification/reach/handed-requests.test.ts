import { decisionOf, glue, SCRIPT, task, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const state = (Resource: string, Parameters: object) => ({ StartAt: 'Run', States: { Run: { Type: 'Task', Resource: `arn:aws:states:::${Resource}`, Parameters, End: true } } });
const LIST = allow('s3:ListAllMyBuckets');
const machine = (Resource: string, Parameters: object, more: object = {}) => ({
  Admin: role(trusted('states'), LIST),
  It: resource('AWS::StepFunctions::StateMachine', { RoleArn: arnOf('Admin'), Definition: state(Resource, Parameters) }),
  ...more,
});
const START = allow('states:StartExecution', { Ref: 'It' });

test.each<[string, object]>([
  ['a statement of a session', machine('aws-sdk:glue:runStatement', { 'SessionId': 's', 'Code.$': '$.code' })],
  ['an integration of an API', machine('aws-sdk:apigateway:updateIntegration', { 'RestApiId': 'r', 'PatchOperations.$': '$.changes' })],
  ['an integration of an API by another client', machine('aws-sdk:apigatewayv2:updateIntegration', { 'ApiId': 'r', 'IntegrationUri.$': '$.uri' })],
  ['what an application runs', machine('aws-sdk:kinesisanalyticsv2:updateApplication', { 'ApplicationName': 'a', 'ApplicationConfigurationUpdate.$': '$.update' })],
  ['code for an interpreter', machine('aws-sdk:bedrockagentcore:invokeCodeInterpreter', { 'CodeInterpreterIdentifier': 'i', 'Arguments.$': '$.arguments' })],
  ['a data source of a knowledge base', machine('aws-sdk:bedrockagent:updateDataSource', { 'KnowledgeBaseId': 'k', 'DataSourceConfiguration.$': '$.source' })],
  ['the user of an account', machine('aws-sdk:ssoadmin:createAccountAssignment', { 'InstanceArn': 'i', 'PrincipalId.$': '$.user' })],
  ['a step of a cluster', machine('elasticmapreduce:addStep.sync', { 'ClusterId': 'c', 'Step.$': '$.step' })],
  ['a revision of an application', machine('aws-sdk:codedeploy:createDeployment', { 'ApplicationName': 'a', 'Revision.$': '$.revision' })],
])('a pod that may start a state machine whose input is %s might use its role', (_, resources) => {
  expect(decisionOf(resources, START).outcome).toBe('UNKNOWN');
});

test.each<[string, object]>([
  ['the identifier of a session', machine('aws-sdk:glue:getStatement', { 'SessionId.$': '$.session', 'Id': 1 })],
  ['the identifier of an API', machine('aws-sdk:apigateway:getIntegration', { 'RestApiId.$': '$.api' })],
  ['a question for a model', machine('bedrock:invokeModel', { 'ModelId': 'm', 'Body.$': '$.body' })],
  ['what a function gets', machine('lambda:invoke', { 'FunctionName': 'f', 'Payload.$': '$' })],
])('a pod that may start a state machine whose input is %s decides nothing', (_, resources) => {
  expect(decisionOf(resources, START).outcome).toBe('DENIED');
});

const commanded = (Command: string[]) => ({ Job: resource('AWS::ECS::TaskDefinition', { Family: 'job', ContainerDefinitions: [{ Name: 'main', Image: 'app', Command }] }) });
const FETCH = commanded(['sh', '-c', 'aws s3 cp $SOURCE x.sh && sh x.sh']);
const PLAIN = commanded(['python', 'report.py', '$SOURCE']);
const overrides = (Name: string) => ({ TaskDefinition: 'job', Overrides: { ContainerOverrides: [{ Name: 'main', Environment: [{ Name, 'Value.$': '$.value' }] }] } });
const built = (command: string) => ({
  Build: resource('AWS::CodeBuild::Project', { Source: { BuildSpec: JSON.stringify({ version: '0.2', phases: { build: { commands: [command] } } }) } }),
});
const BUILD = { ProjectName: 'p', EnvironmentVariablesOverride: [{ 'Name': 'CMD', 'Value.$': '$.value' }] };
const rule = (template: string, more: object = {}, target: object = { EcsParameters: { TaskDefinitionArn: 'job' } }) => ({
  Admin: role(trusted('events'), LIST),
  It: resource('AWS::Events::Rule', {
    EventPattern: { source: ['app'] },
    Targets: [{
      Id: 'it', Arn: 'arn:aws:ecs:us-west-2:111122223333:cluster/c', RoleArn: arnOf('Admin'), InputTransformer: { InputPathsMap: { value: '$.detail.value' }, InputTemplate: template }, ...target,
    }],
  }),
  ...more,
});
const environment = (name: string, value = '<value>') => `{"containerOverrides":[{"name":"main","environment":[{"name":"${name}","value":${value}}]}]}`;
const pipe = (Name: string, more: object = {}) => ({
  Admin: role(trusted('pipes'), LIST),
  Queue: resource('AWS::SQS::Queue', { QueueName: 'jobs' }),
  It: resource('AWS::Pipes::Pipe', {
    RoleArn: arnOf('Admin'),
    Source: arnOf('Queue'),
    Target: 'arn:aws:ecs:us-west-2:111122223333:cluster/c',
    TargetParameters: { EcsTaskParameters: { TaskDefinitionArn: 'job', Overrides: { ContainerOverrides: [{ Name: 'main', Environment: [{ Name, Value: '$.body.value' }] }] } } },
  }),
  ...more,
});
const PUT = allow('events:PutEvents', 'arn:aws:events:us-west-2:111122223333:event-bus/default');
const SEND = allow('sqs:SendMessage', arnOf('Queue'));

test.each<[string, object, object, string]>([
  ['its name says so', machine('ecs:runTask', overrides('NODE_OPTIONS')), START, 'UNKNOWN'],
  ['the command of the task gets a script by it', machine('ecs:runTask', overrides('SOURCE'), FETCH), START, 'UNKNOWN'],
  ['the command that goes with it runs it', machine('batch:submitJob', {
    ContainerOverrides: { Command: ['sh', '-c', 'eval "$STEP"'], Environment: [{ 'Name': 'STEP', 'Value.$': '$.step' }] },
  }), START, 'UNKNOWN'],
  ['the commands of the build run it', machine('codebuild:startBuild', BUILD, built('eval "$CMD"')), START, 'UNKNOWN'],
  ['it is one of a map', machine('sagemaker:createTrainingJob', { Environment: { 'LD_PRELOAD.$': '$.library' } }), START, 'UNKNOWN'],
  ['the command of the task has it as data', machine('ecs:runTask', overrides('SOURCE'), PLAIN), START, 'DENIED'],
  ['the commands of the build have it as data', machine('codebuild:startBuild', BUILD, built('echo $CMD')), START, 'DENIED'],
  ['it is data in a map', machine('sagemaker:createTrainingJob', { Environment: { 'EPOCHS.$': '$.epochs' } }), START, 'DENIED'],
  ['its value is one of the template', machine('ecs:runTask', {
    'StartedBy.$': '$.user', 'Overrides': { ContainerOverrides: [{ Environment: [{ Name: 'NODE_OPTIONS', Value: '--enable-source-maps' }] }] },
  }), START, 'DENIED'],
  ['a rule gives it, and its name says so', rule(environment('NODE_OPTIONS')), PUT, 'UNKNOWN'],
  ['a rule gives a part of it', rule(environment('SOURCE', '"s3://<value>/x.sh"'), FETCH), PUT, 'UNKNOWN'],
  ['a rule gives it before its name', rule('{"environmentVariablesOverride":[{"value":<value>,"name":"CMD"}]}', built('eval "$CMD"'), { Arn: 'arn:aws:codebuild:us-west-2:111122223333:project/p' }), PUT, 'UNKNOWN'],
  ['a rule gives it as data', rule(environment('SOURCE'), PLAIN), PUT, 'DENIED'],
  ['a rule gives another one', rule(environment('KEY'), FETCH), PUT, 'DENIED'],
  ['a pipe gives it, and its name says so', pipe('NODE_OPTIONS'), SEND, 'UNKNOWN'],
  ['a pipe gives it, and the command gets a script by it', pipe('SOURCE', FETCH), SEND, 'UNKNOWN'],
  ['a pipe gives it as data', pipe('SOURCE', PLAIN), SEND, 'DENIED'],
])('who gives the value of an environment variable might decide what runs, or not: %s', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const ADMIN_OF_RUNBOOK = { Own: role(trusted('ssm'), allow(['ec2:ModifyInstanceAttribute', 'ecs:RunTask', 's3:PutObject', 'ssm:PutParameter'])) };
const runbook = (action: string, inputs: object, more: object) => ({
  ...more,
  ...ADMIN_OF_RUNBOOK,
  Runbook: resource('AWS::SSM::Document', {
    Name: 'clean', DocumentType: 'Automation', Content: { schemaVersion: '0.3', assumeRole: arnOf('Own'), mainSteps: [{ name: 'first', action, inputs }] },
  }),
});
const request = (Service: string, Api: string, inputs: object, more: object) => runbook('aws:executeAwsApi', { Service, Api, ...inputs }, more);
const AUTOMATION = allow('ssm:StartAutomationExecution', 'arn:aws:ssm:us-west-2:111122223333:automation-definition/clean:*');
const INSTANCE = {
  Admin: role(trusted('ec2'), LIST),
  Profile: resource('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Admin' }] }),
  Instance: resource('AWS::EC2::Instance', { ImageId: 'ami-0123456789abcdef0', IamInstanceProfile: { Ref: 'Profile' } }),
};
const IMAGE = task('{{resolve:ssm:/app/image}}');

test.each<[string, object, string]>([
  ['the user data of an instance', request('ec2', 'ModifyInstanceAttribute', { InstanceId: 'i', UserData: { Value: '{{ Data }}' } }, INSTANCE), 'UNKNOWN'],
  ['a script', request('s3', 'PutObject', { Bucket: { Ref: 'Bucket' }, Key: 'jobs/script.py', Body: '{{ Body }}' }, glue(SCRIPT)), 'UNKNOWN'],
  ['a script in a bucket with the account in its name', request('s3', 'PutObject', { Bucket: 'scripts-{{global:ACCOUNT_ID}}', Key: 'script.py', Body: '{{ Body }}' }, glue('s3://scripts-111122223333/script.py')), 'UNKNOWN'],
  ['a script in a loop', runbook('aws:loop', { Steps: [{ name: 'inner', action: 'aws:executeAwsApi', inputs: { Service: 's3', Api: 'PutObject', Bucket: { Ref: 'Bucket' }, Key: 'jobs/script.py', Body: '{{ Body }}' } }] }, glue(SCRIPT)), 'UNKNOWN'],
  ['a copy in the place of a script', request('s3', 'CopyObject', { Bucket: { Ref: 'Bucket' }, Key: 'jobs/script.py', CopySource: '{{ Source }}' }, glue(SCRIPT)), 'UNKNOWN'],
  ['the image of the next deployment', request('ssm', 'PutParameter', { Name: '/app/image', Value: '{{ Image }}' }, IMAGE), 'UNKNOWN'],
  ['a parameter that it takes', request('ssm', 'PutParameter', { Name: '{{ Name }}', Value: 'x' }, IMAGE), 'UNKNOWN'],
  ['a variable that decides what a task loads', request('ecs', 'RunTask', {
    taskDefinition: { Ref: 'It' }, overrides: { containerOverrides: [{ name: 'main', environment: [{ name: 'NODE_OPTIONS', value: '{{ Options }}' }] }] },
  }, task('app')), 'UNKNOWN'],
  ['a variable of a task with data', request('ecs', 'RunTask', {
    taskDefinition: { Ref: 'It' }, overrides: { containerOverrides: [{ name: 'main', environment: [{ name: 'DATE', value: '{{ Date }}' }] }] },
  }, task('app')), 'DENIED'],
  ['whether an instance stops', request('ec2', 'ModifyInstanceAttribute', { InstanceId: '{{ Instance }}', DisableApiStop: { Value: false } }, INSTANCE), 'DENIED'],
  ['another bucket', request('s3', 'PutObject', { Bucket: 'data', Key: '{{ Key }}', Body: '{{ Body }}' }, glue(SCRIPT)), 'DENIED'],
  ['another parameter', request('ssm', 'PutParameter', { Name: '/app/date', Value: '{{ Date }}' }, IMAGE), 'DENIED'],
  ['a script of its own', request('s3', 'PutObject', { Bucket: { Ref: 'Bucket' }, Key: 'jobs/script.py', Body: 'print(1)' }, glue(SCRIPT)), 'DENIED'],
  ['what it reads', request('ec2', 'DescribeInstances', { InstanceIds: ['{{ Instance }}'] }, INSTANCE), 'DENIED'],
])('a pod that may start a runbook which writes %s might decide what runs, or not', (_, resources, outcome) => {
  expect(decisionOf(resources, AUTOMATION).outcome).toBe(outcome);
});

const ARN = (place: string) => ({ Arn: `arn:aws:${place}`, EcsParameters: undefined });
const script = { ...ADMIN_OF_RUNBOOK, Admin: role(trusted('ssm'), LIST), ...runbook('aws:executeScript', { Script: '{{ Script }}' }, {}), Own: role(trusted('ssm'), LIST) };
const toRunbook = (template: string, more: object = script) => rule(template, more, ARN('ssm:us-west-2:111122223333:automation-definition/clean:$DEFAULT'));
const steps = (ImageUri: unknown) => ({
  Admin: role(trusted('sagemaker'), LIST),
  Model: resource('AWS::SageMaker::Pipeline', {
    PipelineName: 'model',
    RoleArn: arnOf('Admin'),
    PipelineDefinition: { PipelineDefinitionBody: JSON.stringify({ Steps: [{ Type: 'Processing', Arguments: { AppSpecification: { ImageUri } } }] }) },
  }),
});
const OF_INPUT = steps({ Get: 'Parameters.Image' });
const MODEL = 'sagemaker:us-west-2:111122223333:pipeline/model';
const parameter = (Value: string) => ({ SageMakerPipelineParameters: { PipelineParameterList: [{ Name: 'Image', Value }] } });
const toSteps = (Value: string, more: object = OF_INPUT) => rule('{}', more, { ...ARN(MODEL), InputTransformer: undefined, ...parameter(Value) });
const releases = (command: string) => ({
  Admin: role(trusted('codepipeline'), LIST),
  Release: resource('AWS::CodePipeline::Pipeline', {
    Name: 'release', RoleArn: arnOf('Admin'), Stages: [{ Actions: [{ ActionTypeId: { Category: 'Build', Owner: 'AWS', Provider: 'Commands' }, Commands: [command] }] }],
  }),
});
const toRelease = (template: string, command = 'echo #{variables.name}') => rule(template, releases(command), ARN('codepipeline:us-west-2:111122223333:release'));
const pipeToSteps = (Value: string) => ({
  Queue: resource('AWS::SQS::Queue', { QueueName: 'jobs' }),
  Pipe: resource('AWS::Pipes::Pipe', { RoleArn: arnOf('Own'), Source: arnOf('Queue'), Target: `arn:aws:${MODEL}`, TargetParameters: parameter(Value) }),
  Own: role(trusted('pipes')),
  ...OF_INPUT,
});

test.each<[string, object, object, string]>([
  ['a rule hands it on to a runbook that runs it', toRunbook('{"Script":[<value>]}'), PUT, 'UNKNOWN'],
  ['a rule hands it on to the image of a step', toSteps('$.detail.image'), PUT, 'UNKNOWN'],
  ['a rule hands it on to a command of a pipeline', toRelease('{"variables":[{"name":"name","value":<value>}]}'), PUT, 'UNKNOWN'],
  ['a pipe hands it on to the image of a step', pipeToSteps('$.body.image'), SEND, 'UNKNOWN'],
  ['a rule starts a runbook with a script of its own', toRunbook('{"Script":["print(1)"]}'), PUT, 'DENIED'],
  ['a rule hands it on to a runbook with data', toRunbook('{"Name":[<value>]}', { ...script, ...runbook('aws:sleep', { Duration: '{{ Name }}' }, {}) }), PUT, 'DENIED'],
  ['a rule gives an image of its own', toSteps('app'), PUT, 'DENIED'],
  ['a rule gives it to steps with an image of their own', toSteps('$.detail.image', steps('app')), PUT, 'DENIED'],
  ['a rule starts a pipeline with a name of its own', toRelease('{"variables":[{"name":"name","value":"all"}]}'), PUT, 'DENIED'],
  ['a rule gives it to a pipeline without variables', toRelease('{"variables":[{"name":"name","value":<value>}]}', 'make'), PUT, 'DENIED'],
  ['a pipe gives an image of its own', pipeToSteps('app'), SEND, 'DENIED'],
])('who sends a parameter might decide what runs, or not: %s', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});
