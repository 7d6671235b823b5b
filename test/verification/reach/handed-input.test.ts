import { Bucket, decisionOf, glue, SCRIPT, task as ecsTask, trusted } from './code-apps';
import { account, allow, arnOf, association, job, objects, podIdentityTrust, role } from '../templates';

const RUN = 'ecs:runTask.sync';
const state = (Resource: string, more: object = {}) => ({ Type: 'Task', Resource: `arn:aws:states:::${Resource}`, End: true, ...more });
const definition = (task: object) => ({ StartAt: 'Run', States: { Run: task } });
const machine = (properties: object) => ({
  Admin: role(trusted('states'), allow('s3:ListAllMyBuckets')),
  It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Admin'), ...properties } },
});
const running = (task: object) => machine({ DefinitionString: { 'Fn::Sub': JSON.stringify(definition(task)) } });
const command = (value: object) => ({ Parameters: { Cluster: 'c', TaskDefinition: 'job', Overrides: { ContainerOverrides: [{ Name: 'main', ...value }] } } });
const START = allow('states:StartExecution', { Ref: 'It' });
const environment = { Environment: [{ 'Name': 'KEY', 'Value.$': '$.key' }], Command: ['run', 'all'] };

const withJob = (LogOptions: object, run: object) => machine({
  DefinitionString: JSON.stringify({
    StartAt: 'Job',
    States: { Job: state('eks:runJob.sync', { End: undefined, Next: 'Run', Parameters: { LogOptions, Job: { kind: 'Job' } } }), Run: state(RUN, command(run)) },
  }),
});

test.each<[string, object, string]>([
  ['the log of a job is a command', withJob({ RetrieveLogs: true }, { 'Command.$': '$.logs.pods.main.log' }), 'UNKNOWN'],
  ['a machine gets no log of a job', withJob({}, { 'Command.$': '$.command' }), 'DENIED'],
  ['a machine gets the log of a job and has commands of its own', withJob({ RetrieveLogs: true }, { Command: ['run', 'all'] }), 'DENIED'],
])('a pod without a permission is asked about where %s', (_, resources, expected) =>
  expect(decisionOf(resources, allow('sqs:ReceiveMessage')).outcome).toBe(expected));

describe('a pod that may start a state machine', () => {
  test.each<[string, object, string, object?]>([
    ['that runs a command of its input', running(state(RUN, command({ 'Command.$': '$.command' }))), 'UNKNOWN'],
    ['that runs a command of its input, as a synchronous one', running(state(RUN, command({ 'Command.$': '$.command' }))), 'UNKNOWN', allow('states:StartSyncExecution')],
    ['that runs a command that a function makes of its input', running(state(RUN, command({ 'Command.$': "States.Array('sh', '-c', $.command)" }))), 'UNKNOWN'],
    ['that runs its whole input as a command', running(state(RUN, command({ 'Command.$': 'States.Array(States.JsonToString($))' }))), 'UNKNOWN'],
    ['that runs a command of an item of its input', running(state(RUN, command({ 'Command.$': '$$.Map.Item.Value.command' }))), 'UNKNOWN'],
    ['that runs a command of the input of its execution', running(state(RUN, command({ 'Command.$': '$$.Execution.Input.command' }))), 'UNKNOWN'],
    ['that runs a command of its input in JSONata', running(state(RUN, {
      QueryLanguage: 'JSONata', Arguments: { Overrides: { ContainerOverrides: [{ Command: ['sh', '{% $states.input.command %}'] }] } },
    })), 'UNKNOWN'],
    ['that makes all arguments of its input in JSONata', running(state(RUN, { QueryLanguage: 'JSONata', Arguments: '{% $states.input %}' })), 'UNKNOWN'],
    ['that takes its input as parameters', running(state(RUN)), 'UNKNOWN'],
    ['that takes a part of its input as parameters', running(state(RUN, { 'Parameters.$': '$.task' })), 'UNKNOWN'],
    ['that does so in a map', running({ Type: 'Map', ItemProcessor: definition(state(RUN, command({ 'Command.$': '$.command' }))), End: true }), 'UNKNOWN'],
    ['that submits a command of its input', running(state('batch:submitJob.sync', { Parameters: { JobName: 'x', ContainerOverrides: { 'Command.$': '$.command' } } })), 'UNKNOWN'],
    ['that changes a policy as its input says', running(state('aws-sdk:s3:putBucketPolicy', { Parameters: { 'Bucket': 'data', 'Policy.$': '$.policy' } })), 'UNKNOWN'],
    ['that assumes a role of its input', running(state('aws-sdk:sts:assumeRole', { Parameters: { 'RoleArn.$': '$.role', 'RoleSessionName': 'x' } })), 'UNKNOWN'],
    ['that runs commands of its input on instances', running(state('aws-sdk:ssm:sendCommand', { Parameters: { Parameters: { 'commands.$': '$.commands' } } })), 'UNKNOWN'],
    ['that runs SQL of its input', running(state('aws-sdk:redshiftdata:executeStatement', { Parameters: { 'ClusterIdentifier': 'c', 'Sql.$': '$.sql' } })), 'UNKNOWN'],
    ['that runs SQL of its input in a database', running(state('aws-sdk:rdsdata:executeStatement', { Parameters: { 'ResourceArn': 'c', 'Sql.$': '$.sql' } })), 'UNKNOWN'],
    ['that runs a command of its input in a task', running(state('aws-sdk:ecs:executeCommand', { Parameters: { 'Task': 't', 'Command.$': '$.command' } })), 'UNKNOWN'],
    ['that changes the user data of an instance as its input says', running(state('aws-sdk:ec2:modifyInstanceAttribute', { Parameters: { 'InstanceId': 'i', 'UserData.$': '$.data' } })), 'UNKNOWN'],
    ['that changes a launch template as its input says', running(state('aws-sdk:ec2:createLaunchTemplateVersion', { Parameters: { 'LaunchTemplateId': 'l', 'LaunchTemplateData.$': '$.data' } })), 'UNKNOWN'],
    ['that pushes an SSH key of its input', running(state('aws-sdk:ec2instanceconnect:sendSSHPublicKey', { Parameters: { 'InstanceId': 'i', 'SSHPublicKey.$': '$.key' } })), 'UNKNOWN'],
    ['that runs SQL of its own', running(state('aws-sdk:redshiftdata:executeStatement', { Parameters: { 'Sql': 'SELECT 1', 'WithEvent.$': '$.event' } })), 'DENIED'],
    ['that changes a number of its input', running(state('aws-sdk:autoscaling:setDesiredCapacity', { Parameters: { 'AutoScalingGroupName': 'g', 'DesiredCapacity.$': '$.size' } })), 'DENIED'],
    ['whose definition is an object', machine({ Definition: definition(state(RUN, command({ 'Command.$': '$.command' }))) }), 'UNKNOWN'],
    ['whose definition is not in the templates', machine({ DefinitionS3Location: { Bucket: 'b', Key: 'k' } }), 'UNKNOWN'],
    ['whose definition is a parameter', machine({ DefinitionString: { Ref: 'Script' } }), 'UNKNOWN'],
    ['that passes a role of its input', running(state('sagemaker:createLabelingJob', { Parameters: { 'LabelingJobName': 'x', 'RoleArn.$': '$.role' } })), 'UNKNOWN'],
    ['that changes a function as its input says', running(state('aws-sdk:lambda:updateFunctionCode', { Parameters: { 'FunctionName': 'f', 'S3Key.$': '$.key' } })), 'UNKNOWN'],
    ['that runs a command of its input and of the stack in JSONata', running(state(RUN, {
      QueryLanguage: 'JSONata', Arguments: { Overrides: { ContainerOverrides: [{ Command: ["{% ['${AWS::StackName}', $states.input.command] %}"] }] } },
    })), 'UNKNOWN'],
    ['that runs what its input says as a cluster starts', running(state('elasticmapreduce:createCluster.sync', { Parameters: { 'Name': 'c', 'BootstrapActions.$': '$.actions' } })), 'UNKNOWN'],
    ['that defines a job with an image of its input', running(state('aws-sdk:batch:registerJobDefinition', { Parameters: { ContainerProperties: { 'Image.$': '$.image' } } })), 'UNKNOWN'],
    ['that creates a job with a script of its input', running(state('aws-sdk:glue:createJob', { Parameters: { Command: { 'ScriptLocation.$': '$.script' } } })), 'UNKNOWN'],
    ['that starts a job with modules of its input', running(state('glue:startJobRun', { Parameters: { JobName: 'j', Arguments: { '--additional-python-modules.$': '$.modules' } } })), 'UNKNOWN'],
    ['that starts a job with a date of its input', running(state('glue:startJobRun', { Parameters: { JobName: 'j', Arguments: { '--date.$': '$.date' } } })), 'DENIED'],
    ['that writes a command of its input to a table', running(state('dynamodb:putItem', { Parameters: { TableName: 't', Item: { 'Command.$': '$.command' } } })), 'DENIED'],
    ['that gives a command of its input to another one', running(state('states:startExecution', { Parameters: { StateMachineArn: 'm', Input: { 'Command.$': '$.command' } } })), 'DENIED'],
    ['that submits a job with parameters of its input', running(state('batch:submitJob', { Parameters: { 'JobName': 'x', 'JobDefinition': 'y', 'Parameters.$': '$' } })), 'DENIED'],
    ['that reads the policy of a bucket', running(state('aws-sdk:s3:getBucketPolicy', { Parameters: { 'Bucket.$': '$.bucket' } })), 'DENIED'],
    ['that takes all environment variables of its input', running(state(RUN, command({ 'Environment.$': '$.environment' }))), 'UNKNOWN'],
    ['that takes names of environment variables of its input', running(state(RUN, command({ Environment: [{ 'Name.$': '$.name', 'Value.$': '$.value' }] }))), 'UNKNOWN'],
    ['that submits a job with all environment variables of its input', running(state('batch:submitJob', {
      Parameters: { JobName: 'x', ContainerOverrides: { 'Environment.$': '$.environment' } },
    })), 'UNKNOWN'],
    ['that runs a command of its own', running(state(RUN, command({ Command: ['run', 'all'] }))), 'DENIED'],
    ['that hands its input on in environment variables', running(state(RUN, command(environment))), 'DENIED'],
    ['that writes its input to a table', running(state('dynamodb:putItem', { Parameters: { 'TableName': 't', 'Item.$': '$.item' } })), 'DENIED'],
    ['that hands its input on to a function', running(state('lambda:invoke', { Parameters: { 'FunctionName': 'f', 'Payload.$': '$' } })), 'DENIED'],
    ['that changes a policy of its own', running(state('aws-sdk:s3:putBucketPolicy', { Parameters: { Bucket: 'data', Policy: '{}' } })), 'DENIED'],
    ['that uses the name of its execution', running(state(RUN, command({ 'Command.$': '$$.Execution.Id' }))), 'DENIED'],
    ['other than the one that runs a command of its input', running(state(RUN, command({ 'Command.$': '$.command' }))), 'DENIED', allow('states:StartExecution', 'arn:aws:states:us-west-2:111122223333:stateMachine:other')],
  ])('%s', (_, resources, outcome, statement = START) => {
    expect(decisionOf(resources, statement).outcome).toBe(outcome);
  });
});

const writer = (action: string, task: object, more: object) => ({
  Bucket,
  Writer: role(trusted('states'), allow(action)),
  Machine: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Writer'), DefinitionString: { 'Fn::Sub': JSON.stringify(definition(task)) } } },
  ...more,
});
const putting = (Parameters?: object, action = 's3:PutObject', more: object = glue(SCRIPT)) => writer(action, state('aws-sdk:s3:putObject', { Parameters }), more);
const toKey = { 'Bucket': '${Bucket}', 'Key.$': '$.key', 'Body.$': '$.body' };
const PARAMETER = '{{resolve:ssm:/app/image}}';
const parameter = (Name: string, more: object) => writer('ssm:PutParameter', state('aws-sdk:ssm:putParameter', { Parameters: { Name, 'Value.$': '$.image', 'Overwrite': true } }), more);
const pods = {
  Admin: role(podIdentityTrust(), allow('s3:ListAllMyBuckets')),
  Association: association('victim', 'Admin'),
  Victims: objects(account('victim'), job('victim', 'victim', { containers: [{ name: 'main', image: 'aws-cli', args: ['aws s3 cp s3://${Bucket}/run.sh . && sh run.sh'] }] })),
};

describe('a pod that may start a state machine which writes', () => {
  test.each<[string, object, string]>([
    ['a script of its input', putting({ 'Bucket': '${Bucket}', 'Key': 'jobs/script.py', 'Body.$': '$.body' }), 'UNKNOWN'],
    ['to a key of its input in the bucket of a script', putting(toKey), 'UNKNOWN'],
    ['to a bucket of its input', putting({ ...toKey, 'Bucket': undefined, 'Bucket.$': '$.bucket' }), 'UNKNOWN'],
    ['an object that its input describes', putting(), 'UNKNOWN'],
    ['a copy of what its input names to a script', writer('s3:PutObject', state('aws-sdk:s3:copyObject', {
      Parameters: { 'Bucket': '${Bucket}', 'Key': 'jobs/script.py', 'CopySource.$': '$.source' },
    }), glue(SCRIPT)), 'UNKNOWN'],
    ['the image of a task to a parameter', parameter('/app/image', ecsTask(PARAMETER)), 'UNKNOWN'],
    ['a script of other pods', putting(toKey, 's3:PutObject', pods), 'UNKNOWN'],
    ['another parameter', parameter('/app/date', ecsTask(PARAMETER)), 'DENIED'],
    ['to another bucket than the one with a script of other pods', putting({ ...toKey, Bucket: 'data' }, 's3:PutObject', pods), 'DENIED'],
    ['to another key in the bucket of a script', putting({ ...toKey, 'Key.$': undefined, 'Key': 'data/last.json' }), 'DENIED'],
    ['to another bucket', putting({ ...toKey, Bucket: '${Other}' }), 'DENIED'],
    ['a script of its own', putting({ Bucket: '${Bucket}', Key: 'jobs/script.py', Body: 'print(1)' }), 'DENIED'],
    ['to the bucket of a script, with a role that may not', putting(toKey, 's3:GetObject'), 'DENIED'],
  ])('%s', (_, resources, outcome) => {
    expect(decisionOf(resources, allow('states:StartExecution', { Ref: 'Machine' })).outcome).toBe(outcome);
  });
});

const INPUT = definition(state(RUN, command({ 'Command.$': '$.command' })));
const Machine = { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Other'), Definition: INPUT } };
const ofInput = { Machine, Other: role(trusted('states'), allow('s3:ListAllMyBuckets')), Admin: role(trusted('events'), allow('states:StartExecution', arnOf('Machine'))) };
const PATTERN = { source: ['app'] };
const ruleTo = (target: object, EventPattern: object | undefined = PATTERN, more: object = {}) => ({
  Admin: role(trusted('events'), allow('s3:ListAllMyBuckets')),
  It: { Type: 'AWS::Events::Rule', Properties: { EventPattern, Targets: [{ Id: 'it', Arn: 'arn:aws:ecs:us-west-2:111122223333:cluster/c', RoleArn: arnOf('Admin'), ...target }], ...more } },
});
const transformed = (template: string) => ({ EcsParameters: { TaskDefinitionArn: 'job' }, InputTransformer: { InputPathsMap: { cmd: '$.detail.cmd' }, InputTemplate: template } });
const COMMAND = transformed('{"containerOverrides":[{"name":"main","command":["sh","-c",<cmd>]}]}');
const PUT = allow('events:PutEvents', 'arn:aws:events:us-west-2:111122223333:event-bus/default');

describe('a pod that may put events', () => {
  test.each<[string, object, string, object?]>([
    ['which a rule makes a command', ruleTo(COMMAND), 'UNKNOWN'],
    ['which a rule makes what only the deployment knows', ruleTo({ ...COMMAND, InputTransformer: { InputTemplate: { 'Fn::ImportValue': 'Template' } } }), 'UNKNOWN'],
    ['which a rule makes all overrides', ruleTo(transformed('{"containerOverrides":<cmd>}')), 'UNKNOWN'],
    ['which a rule makes all environment variables', ruleTo(transformed('{"containerOverrides":[{"name":"main","environment":<variables>}]}')), 'UNKNOWN'],
    ['which a rule makes the whole input of a task', ruleTo({ EcsParameters: {}, InputPath: '$.detail' }), 'UNKNOWN'],
    ['which a rule makes commands of instances', ruleTo({ RunCommandParameters: {}, InputTransformer: { InputPathsMap: {}, InputTemplate: '{"commands":[<cmd>]}' } }), 'UNKNOWN'],
    ['with which a rule starts a state machine that hands them on', { ...ruleTo({ Arn: arnOf('Machine') }), ...ofInput }, 'UNKNOWN'],
    ['with which a rule starts such a state machine with its own input', { ...ruleTo({ Arn: arnOf('Machine'), Input: '{}' }), ...ofInput }, 'DENIED'],
    ['which a rule makes values of environment variables', ruleTo(transformed('{"containerOverrides":[{"name":"main","environment":[{"name":"KEY","value":<cmd>}]}]}')), 'DENIED'],
    ['with which a rule starts a task', ruleTo({ EcsParameters: { TaskDefinitionArn: 'job' } }), 'DENIED'],
    ['of AWS only, which a rule makes a command', ruleTo(COMMAND, { source: ['aws.s3'] }), 'DENIED'],
    ['while a rule with a schedule makes a command', ruleTo(COMMAND, undefined, { EventPattern: undefined, ScheduleExpression: 'rate(1 hour)' }), 'DENIED'],
    ['on another bus', ruleTo(COMMAND, PATTERN, { EventBusName: 'other' }), 'DENIED'],
    ['on the bus of the rule', ruleTo(COMMAND, PATTERN, { EventBusName: 'other' }), 'UNKNOWN', allow('events:PutEvents')],
  ])('%s', (_, resources, outcome, statement = PUT) => {
    expect(decisionOf(resources, statement).outcome).toBe(outcome);
  });
});

const pipe = (TargetParameters: object | undefined, Source: unknown = arnOf('Queue'), Target: unknown = 'arn:aws:ecs:us-west-2:111122223333:cluster/c') => ({
  Admin: role(trusted('pipes'), allow('s3:ListAllMyBuckets')),
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } },
  Stream: { Type: 'AWS::Kinesis::Stream', Properties: { Name: 'jobs' } },
  It: { Type: 'AWS::Pipes::Pipe', Properties: { RoleArn: arnOf('Admin'), Source, Target, TargetParameters } },
});
const overrides = (override: object) => ({ EcsTaskParameters: { TaskDefinitionArn: 'job', Overrides: { ContainerOverrides: [{ Name: 'main', ...override }] } } });
const SEND = allow('sqs:SendMessage', arnOf('Queue'));

describe('a pod that may send to the source of a pipe', () => {
  test.each<[string, object, string, object?]>([
    ['that makes a command of it', pipe(overrides({ Command: ['sh', '-c', '$.body.command'] })), 'UNKNOWN'],
    ['that makes a command of it, from a stream', pipe(overrides({ Command: ['$.data.command'] }), arnOf('Stream')), 'UNKNOWN', allow('kinesis:PutRecord')],
    ['that makes the definition of a job of it', pipe({ BatchJobParameters: { JobDefinition: '$.body.job', JobName: 'x' } }), 'UNKNOWN'],
    ['that starts a state machine that hands it on', { ...pipe(undefined, arnOf('Queue'), arnOf('Machine')), ...ofInput }, 'UNKNOWN'],
    ['that makes a statement of it', pipe({ RedshiftDataParameters: { Database: 'd', Sqls: ['$.body.sql'] } }), 'UNKNOWN'],
    ['that is not known, and of which it makes a command', pipe(overrides({ Command: ['$.body.command'] }), { 'Fn::ImportValue': 'Source' }), 'UNKNOWN'],
    ['that runs its own command', pipe(overrides({ Command: ['run'] })), 'DENIED'],
    ['that makes values of environment variables of it', pipe(overrides({ Environment: [{ Name: 'KEY', Value: '$.body.key' }] })), 'DENIED'],
    ['that makes a command of it, but to another source', pipe(overrides({ Command: ['$.body.command'] })), 'DENIED', allow('sqs:SendMessage', 'arn:aws:sqs:us-west-2:111122223333:other')],
  ])('%s', (_, resources, outcome, statement = SEND) => {
    expect(decisionOf(resources, statement).outcome).toBe(outcome);
  });
});
