import { accessIn, LIST, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const ADMIN = (...services: string[]) => ({ Admin: role(services.map(trusted), allow(LIST)) });
const runbook = (Content: unknown) => ({
  Own: role(trusted('ssm'), allow(['lambda:InvokeFunction', 'states:StartExecution', 'sqs:SendMessage'])),
  Runbook: resource('AWS::SSM::Document', { Name: 'clean', DocumentType: 'Automation', Content }),
});
const step = (action: string, inputs: object, assumeRole: unknown = arnOf('Own')) => runbook({ schemaVersion: '0.3', assumeRole, mainSteps: [{ name: 'first', action, inputs }] });
const invoke = (FunctionName: unknown, Payload = '{{ Payload }}') => step('aws:invokeLambdaFunction', { FunctionName, Payload });

const inYaml = (payload: string) => [
  "schemaVersion: '0.3'", 'assumeRole: ${Own.Arn}', 'mainSteps:', '- name: first', '  action: aws:invokeLambdaFunction', '  inputs:', '    FunctionName: ${It.Arn}', `    Payload: ${payload}`,
].join('\n');

/** The function of a custom resource, which does what its event says, and another one. */
const CUSTOM = {
  ...ADMIN('lambda'),
  It: resource('AWS::Lambda::Function', { FunctionName: 'custom', Role: arnOf('Admin') }),
  Custom: resource('Custom::It', { ServiceToken: arnOf('It') }),
  Other: resource('AWS::Lambda::Function', { FunctionName: 'other', Role: arnOf('Harmless') }),
  Harmless: role(trusted('lambda')),
};
const task = (Parameters: object) => ({ StartAt: 'Run', States: { Run: { Type: 'Task', Resource: 'arn:aws:states:::ecs:runTask.sync', Parameters, End: true } } });
const machine = (command: object, TaskDefinition: unknown = { Ref: 'Job' }) => ({
  ...ADMIN('states'),
  It: resource('AWS::StepFunctions::StateMachine', { RoleArn: arnOf('Admin'), Definition: task({ TaskDefinition, Overrides: { ContainerOverrides: [command] } }) }),
  Job: resource('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Name: 'main', Image: 'public.ecr.aws/docker/library/busybox' }] }),
});
const MACHINE = machine({ 'Command.$': '$.command' });
const QUEUE = {
  ...MACHINE,
  Queue: resource('AWS::SQS::Queue', { QueueName: 'jobs' }),
  Pipe: resource('AWS::Pipes::Pipe', { RoleArn: arnOf('Starter'), Source: arnOf('Queue'), Target: { Ref: 'It' } }),
  Starter: role(trusted('pipes'), allow('states:StartExecution', { Ref: 'It' })),
};
const send = (inputs: object) => step('aws:executeAwsApi', { Service: 'sqs', Api: 'SendMessage', ...inputs });

const START = allow('ssm:StartAutomationExecution', 'arn:aws:ssm:us-west-2:111122223333:automation-definition/clean:*');
const decide = (resources: object, statement: object = START) => accessIn({}, resources, statement)
  .assume({ noOtherNodes: true, unreadPartsChangeNothing: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object]>([
  ['the function of a custom resource', { ...CUSTOM, ...invoke(arnOf('It')) }],
  ['it by its name', { ...CUSTOM, ...invoke('custom') }],
  ['it in YAML', { ...CUSTOM, ...runbook({ 'Fn::Sub': inYaml("'{{ Payload }}'") }) }],
  ['a state machine', { ...MACHINE, ...step('aws:executeStateMachine', { stateMachineArn: { Ref: 'It' }, input: '{{ Input }}' }) }],
  ['a state machine by a request', { ...MACHINE, ...step('aws:executeAwsApi', { Service: 'stepfunctions', Api: 'StartExecution', stateMachineArn: { Ref: 'It' }, input: '{{ Input }}' }) }],
  ['a queue from which it gets to a state machine', { ...QUEUE, ...send({ QueueUrl: { Ref: 'Queue' }, MessageBody: '{{ Message }}' }) }],
])('a pod that may start a runbook decides by it what %s gets', (_, resources) => {
  const { outcome, missing } = decide(resources);
  expect([outcome, missing]).toEqual(['UNKNOWN', ['role Role may request ssm:StartAutomationExecution, and so might decide what It does with role Admin']]);
});

test.each<[string, object, string[]]>([
  ['its command', { 'Command.$': '$.command' }, ['Admin', '${job role of what it starts}']],
  ['its data', { Environment: [{ 'Name': 'KEY', 'Value.$': '$.key' }] }, []],
])('what a pod that may start a runbook decides of a task outside is its role, too, if it decides %s', (_, command, roles) => {
  const start = step('aws:executeStateMachine', { stateMachineArn: { Ref: 'It' }, input: '{{ Input }}' });
  const { missing } = decide({ ...machine(command, 'job'), ...start });
  expect(missing.filter((what) => what.includes('so might decide')))
    .toEqual(roles.map((name) => `role Role may request ssm:StartAutomationExecution, and so might decide what It does with role ${name}`));
});

test.each<[string, object, object]>([
  ['another function', { ...CUSTOM, ...invoke(arnOf('Other')) }, START],
  ['the function of a custom resource, with an event of its own,', { ...CUSTOM, ...invoke(arnOf('It'), '{"RequestType":"Delete","region":"{{ global:REGION }}"}') }, START],
  ['the function of a custom resource with another runbook', { ...CUSTOM, ...invoke(arnOf('It')) }, allow('ssm:StartAutomationExecution', 'arn:aws:ssm:us-west-2:111122223333:automation-definition/other:*')],
  ['a state machine with an input of its own', { ...MACHINE, ...step('aws:executeStateMachine', { stateMachineArn: { Ref: 'It' }, input: '{}' }) }, START],
  ['a state machine that hands on only data', {
    ...machine({ Environment: [{ 'Name': 'KEY', 'Value.$': '$.key' }] }), ...step('aws:executeStateMachine', { stateMachineArn: { Ref: 'It' }, input: '{{ Input }}' }),
  }, START],
  ['a queue with a message of its own', { ...QUEUE, ...send({ QueueUrl: { Ref: 'Queue' }, MessageBody: 'start' }) }, START],
  ['what reads the length of a queue', { ...QUEUE, ...step('aws:executeAwsApi', { Service: 'sqs', Api: 'GetQueueAttributes', QueueUrl: { Ref: 'Queue' }, AttributeNames: ['{{ Name }}'] }) }, START],
])('a pod that may start a runbook does not decide by it about %s', (_, resources, statement) => {
  const { outcome, missing } = decide(resources, statement);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});

test.each<[string, object, string]>([
  ['any function', step('aws:invokeLambdaFunction', { FunctionName: '{{ Name }}' }, arnOf('Admin')), 'UNKNOWN'],
  ['any state machine', step('aws:executeStateMachine', { stateMachineArn: '{{ Name }}' }, arnOf('Admin')), 'UNKNOWN'],
  ['one function', step('aws:invokeLambdaFunction', { FunctionName: 'it', Payload: '{{ Payload }}' }, arnOf('Admin')), 'DENIED'],
  ['what it says, with a role by default', runbook({
    schemaVersion: '0.3',
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: { AutomationAssumeRole: { type: 'String', default: arnOf('Admin') }, Script: { type: 'String' } },
    mainSteps: [{ name: 'first', action: 'aws:executeScript', inputs: { Script: '{{ Script }}' } }],
  }), 'UNKNOWN'],
  ['what it says, with a role that whoever starts it passes', runbook({
    schemaVersion: '0.3',
    assumeRole: '{{ AutomationAssumeRole }}',
    parameters: { AutomationAssumeRole: { type: 'String' }, Script: { type: 'String' } },
    mainSteps: [{ name: 'first', action: 'aws:executeScript', inputs: { Script: '{{ Script }}' } }],
  }), 'DENIED'],
])('a pod that may start a runbook which runs %s might use its role, or not', (_, resources, outcome) => {
  expect(decide({ ...ADMIN('ssm'), ...resources }).outcome).toBe(outcome);
});

const starter = (Parameters: object) => ({
  ...CUSTOM,
  Machine: resource('AWS::StepFunctions::StateMachine', {
    StateMachineName: 'starter', RoleArn: arnOf('Harmless'), Definition: { StartAt: 'Run', States: { Run: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Parameters, End: true } } },
  }),
});

test.each<[string, object, string]>([
  ['its input', starter({ 'FunctionName': arnOf('It'), 'Payload.$': '$' }), 'UNKNOWN'],
  ['an event of its own', starter({ FunctionName: arnOf('It'), Payload: {} }), 'DENIED'],
  ['its input, and not to another function', starter({ 'FunctionName': arnOf('Other'), 'Payload.$': '$' }), 'DENIED'],
])('a pod that may start a state machine which sends %s to the function of a custom resource might use its role, or not', (_, resources, outcome) => {
  expect(decide(resources, allow('states:StartExecution', { Ref: 'Machine' })).outcome).toBe(outcome);
});

test.each<[string, string, string]>([
  ['a change request for it', 'ssm:StartChangeRequestExecution', 'UNKNOWN'],
  ['the approval of one', 'ssm:SendAutomationSignal', 'DENIED'],
])('a pod that may send %s might decide by it what the function of a custom resource gets, or not', (_, action, outcome) => {
  expect(decide({ ...CUSTOM, ...invoke(arnOf('It')) }, allow(action, 'arn:aws:ssm:us-west-2:111122223333:document/template')).outcome).toBe(outcome);
});
