import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';
import { trusted } from './code-apps';

const READS = ['s3:GetObject', 'dynamodb:PutItem', 's3:ListBucket', 'sqs:SendMessage'];
const resource = (Type: string, Properties: object) => ({ Type, Properties });
const machine = (request: string, Parameters: object, actions = READS) => ({
  Own: role(trusted('states'), allow(actions)),
  It: resource('AWS::StepFunctions::StateMachine', {
    RoleArn: arnOf('Own'),
    DefinitionString: JSON.stringify({ StartAt: 'Run', States: { Run: { Type: 'Task', Resource: `arn:aws:states:::${request}`, Parameters, End: true } } }),
  }),
});
const runbook = (inputs: object, actions = READS) => ({
  Own: role(trusted('ssm'), allow(actions)),
  It: resource('AWS::SSM::Document', {
    DocumentType: 'Automation',
    Name: 'read',
    Content: { schemaVersion: '0.3', assumeRole: { 'Fn::GetAtt': ['Own', 'Arn'] }, parameters: { key: { type: 'String' } }, mainSteps: [{ name: 'it', action: 'aws:executeAwsApi', inputs }] },
  }),
});
const START = allow('states:StartExecution', { Ref: 'It' });
const AUTOMATION = allow('ssm:StartAutomationExecution');

const outcomeOf = (action: string, resources: object, ...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Role: accountRole('default:app', ...statements), Applied: objects(account('app', 'Role')), ...resources,
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(action).outcome;

const OBJECT = { 'Bucket': 'data', 'Key.$': '$.key' };
const STOP = ['ec2:StopInstances'];
const INSTANCES = { 'InstanceIds.$': '$.ids' };
const METHOD = {
  Starter: role(trusted('apigateway'), START),
  Api: resource('AWS::ApiGateway::RestApi', {}),
  Method: resource('AWS::ApiGateway::Method', {
    RestApiId: { Ref: 'Api' },
    AuthorizationType: 'NONE',
    Integration: { Type: 'AWS', Uri: 'arn:aws:apigateway:us-west-2:states:action/StartExecution', Credentials: arnOf('Starter') },
  }),
};
const RULE = {
  Starter: role(trusted('events'), START),
  Rule: resource('AWS::Events::Rule', { EventPattern: { source: ['app'] }, Targets: [{ Id: 'it', Arn: { Ref: 'It' }, RoleArn: arnOf('Starter') }] }),
};
const TASK = machine('ecs:runTask', { TaskDefinition: 'job', Overrides: { ContainerOverrides: [{ Environment: [{ 'Name': 'KEY', 'Value.$': '$.key' }] }] } }, ['ecs:RunTask']);
const OF_TASK = {
  ...TASK,
  Job: resource('AWS::ECS::TaskDefinition', { Family: 'job', TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Name: 'it', Image: 'nginx@sha256:0' }] }),
  Admin: role(trusted('ecs-tasks'), allow('s3:ListAllMyBuckets')),
};
const API = { Service: 's3', Api: 'GetObject', Bucket: 'data', Key: '{{ key }}' };

test.each<[action: string, how: string, resources: object, statement: object, outcome: string]>([
  ['s3:GetObject', 'a key', machine('aws-sdk:s3:getObject', OBJECT), START, 'UNKNOWN'],
  ['s3:PutObject', 'a key for another request', machine('aws-sdk:s3:getObject', OBJECT, [...READS, 's3:PutObject']), START, 'DENIED'],
  ['s3:GetObject', 'a key that it does not hand on', machine('aws-sdk:s3:getObject', { Bucket: 'data', Key: 'report' }), START, 'DENIED'],
  ['s3:GetObject', 'a key that its role may not read', machine('aws-sdk:s3:getObject', OBJECT, ['s3:PutObject']), START, 'DENIED'],
  ['s3:ListBucket', 'a bucket for a request with another name', machine('aws-sdk:s3:listObjectsV2', { 'Bucket.$': '$.bucket' }), START, 'UNKNOWN'],
  ['dynamodb:PutItem', 'an item', machine('dynamodb:putItem', { 'TableName': 'orders', 'Item.$': '$.item' }), START, 'UNKNOWN'],
  ['s3:GetObject', 'what it copies', machine('aws-sdk:s3:copyObject', { 'Bucket': 'out', 'Key.$': '$.key', 'CopySource.$': '$.source' }), START, 'UNKNOWN'],
  ['s3:GetObject', 'a key, but does not start it', machine('aws-sdk:s3:getObject', OBJECT), allow('states:DescribeExecution'), 'DENIED'],
  ['s3:GetObject', 'a key to a runbook', runbook(API), AUTOMATION, 'UNKNOWN'],
  ['s3:GetObject', 'a key to a runbook that does not hand it on', runbook({ ...API, Key: 'report' }), AUTOMATION, 'DENIED'],
  ['s3:PutObject', 'a key to a runbook for another request', runbook(API, [...READS, 's3:PutObject']), AUTOMATION, 'DENIED'],
  ['ec2:StopInstances', 'the IDs of instances', machine('aws-sdk:ec2:stopInstances', INSTANCES, STOP), START, 'UNKNOWN'],
  ['ec2:StopInstances', 'nothing of a request that the definition shows', machine('aws-sdk:ec2:stopInstances', { InstanceIds: ['i-1'] }, STOP), START, 'DENIED'],
  ['ec2:StopInstances', 'the IDs of instances for another request', machine('aws-sdk:ec2:rebootInstances', INSTANCES, STOP), START, 'DENIED'],
  ['ec2:StopInstances', 'the IDs of instances by an event', { ...machine('aws-sdk:ec2:stopInstances', INSTANCES, STOP), ...RULE }, allow('events:PutEvents'), 'UNKNOWN'],
  ['ec2:StopInstances', 'the IDs of instances by an API', { ...machine('aws-sdk:ec2:stopInstances', INSTANCES, STOP), ...METHOD }, allow('sqs:ListQueues'), 'UNKNOWN'],
  ['ec2:StopInstances', 'the IDs of instances to a runbook', runbook({ Service: 'ec2', Api: 'StopInstances', InstanceIds: ['{{ key }}'] }, STOP), AUTOMATION, 'UNKNOWN'],
  ['ses:SendEmail', 'a mail', machine('aws-sdk:sesv2:sendEmail', { 'Content.$': '$' }, ['ses:SendEmail']), START, 'UNKNOWN'],
  ['bedrock:InvokeModel', 'a prompt', machine('bedrock:invokeModel', { 'ModelId': 'm', 'Body.$': '$' }, ['bedrock:InvokeModel']), START, 'UNKNOWN'],
  ['lambda:InvokeFunction', 'the payload of a function', machine('lambda:invoke', { 'FunctionName': 'f', 'Payload.$': '$' }, ['lambda:InvokeFunction']), START, 'UNKNOWN'],
  ['ecs:RunTask', 'the value of a variable of a task', OF_TASK, START, 'UNKNOWN'],
  ['s3:ListAllMyBuckets', 'the value of a variable of a task, which decides nothing about its role', OF_TASK, START, 'DENIED'],
])('%s of what a pod sends to a state machine or a runbook: %s', (action, _, resources, statement, outcome) => {
  expect(outcomeOf(action, resources, statement)).toBe(outcome);
});
