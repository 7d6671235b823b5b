import { decisionOf, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const task = (Resource: unknown, more: object = {}) => ({ Type: 'Task', Resource, ...more });
const service = (name: string, Parameters?: object) => task(`arn:aws:states:::${name}`, { Parameters });
const RUN = service('ecs:runTask.sync', { TaskDefinition: 'job', Overrides: { ContainerOverrides: [{ 'Name': 'main', 'Command.$': '$.command' }] } });
const OF_DATA = service('ecs:runTask.sync', { TaskDefinition: 'job', Overrides: { ContainerOverrides: [{ Name: 'main', Environment: [{ 'Name': 'KEY', 'Value.$': '$.key' }] }] } });
const definition = (first: object, last: object) => ({ StartAt: 'First', States: { First: { ...first, Next: 'Last' }, Last: last } });
/** As aws-cdk writes it: a text of JSON. */
const written = (first: object, last: object) => ({
  'Fn::Sub': JSON.stringify(definition(first, last)).replaceAll('${', '${!').replace(/\{"Ref":("\w+)"\}/g, (_, name: string) => `"$\{${name.slice(1)}}"`),
});
const machine = (first: object, more: object = {}, last: object = RUN) => ({
  Admin: role(trusted('states'), allow('s3:ListAllMyBuckets')),
  It: resource('AWS::StepFunctions::StateMachine', { RoleArn: arnOf('Admin'), DefinitionString: written(first, last), ...more }),
  Activity: resource('AWS::StepFunctions::Activity', { Name: 'people' }),
  Queue: resource('AWS::SQS::Queue'),
  Other: resource('AWS::SQS::Queue'),
  Topic: resource('AWS::SNS::Topic'),
  Subscription: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Topic' }, Endpoint: arnOf('Queue'), Protocol: 'sqs' }),
  Table: resource('AWS::DynamoDB::Table'),
  Bucket: resource('AWS::S3::Bucket'),
  Secret: resource('AWS::SecretsManager::Secret'),
});
const CALLBACK = service('sqs:sendMessage.waitForTaskToken', { 'QueueUrl': { Ref: 'Queue' }, 'MessageBody.$': '$' });
const DONE = allow('states:SendTaskSuccess');
const read = (name: string, parameters: object) => machine(service(`aws-sdk:${name}`, parameters));
const ITEMS = { Type: 'Map', ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Parameters: { Bucket: { Ref: 'Bucket' }, Key: 'jobs.json' } }, ItemProcessor: {} };
const SEND = allow('sqs:SendMessage', arnOf('Queue'));
const inBucket = (key: string) => allow('s3:PutObject', { 'Fn::Sub': `arn:aws:s3:::\${Bucket}/${key}` });
const OBJECT = read('s3:getObject', { Bucket: { Ref: 'Bucket' }, Key: 'jobs.json' });
const SUBSTITUTED = machine(service('aws-sdk:ssm:getParameter', { Name: '${Name}' }), { DefinitionSubstitutions: { Name: '/jobs/command' } });
const PARAMETER = allow('ssm:PutParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/jobs/command');

describe('a pod, if a state machine runs a command', () => {
  test.each<[string, object, object, string]>([
    ['that a callback gives it', machine(CALLBACK), DONE, 'UNKNOWN'],
    ['that an activity gives it', machine(task({ Ref: 'Activity' })), DONE, 'UNKNOWN'],
    ['that what may be an activity gives it', machine({}, { DefinitionString: undefined, Definition: definition(task({ 'Fn::ImportValue': 'Activity' }), RUN) }), DONE, 'UNKNOWN'],
    ['that may be of a callback, because its definition is not shown', machine({}, { DefinitionString: undefined, DefinitionS3Location: { Bucket: 'b', Key: 'k' } }), DONE, 'UNKNOWN'],
    ['of its input, and waits for nothing', machine({ Type: 'Pass' }), DONE, 'DENIED'],
    ['that it has read from an object', OBJECT, inBucket('jobs.json'), 'UNKNOWN'],
    ['that it has read from another object', OBJECT, inBucket('others.json'), 'DENIED'],
    ['that it has read from a key of its input', read('s3:getObject', { 'Bucket': { Ref: 'Bucket' }, 'Key.$': '$.key' }), inBucket('others.json'), 'UNKNOWN'],
    ['of an item that it has read', machine(ITEMS), inBucket('jobs.json'), 'UNKNOWN'],
    ['that it has read from a bucket of its input', read('s3:getObject', { 'Bucket.$': '$.bucket', 'Key': 'jobs.json' }), inBucket('jobs.json'), 'DENIED'],
    ['that it has read from a parameter', read('ssm:getParameter', { Name: '/jobs/command' }), PARAMETER, 'UNKNOWN'],
    ['that it has read from a parameter of a substitution', SUBSTITUTED, PARAMETER, 'UNKNOWN'],
    ['that it has read from parameters with a path', read('ssm:getParametersByPath', { Path: '/jobs' }), PARAMETER, 'UNKNOWN'],
    ['that it has read from another parameter', read('ssm:getParameter', { Name: '/others' }), PARAMETER, 'DENIED'],
    ['that it has read from a secret', read('secretsmanager:getSecretValue', { SecretId: { Ref: 'Secret' } }), allow('secretsmanager:PutSecretValue', { Ref: 'Secret' }), 'UNKNOWN'],
    ['that it has read from a queue', read('sqs:receiveMessage', { QueueUrl: { Ref: 'Queue' } }), SEND, 'UNKNOWN'],
    ['that it has read from a queue of a topic', read('sqs:receiveMessage', { QueueUrl: { Ref: 'Queue' } }), allow('sns:Publish', { Ref: 'Topic' }), 'UNKNOWN'],
    ['that it has read from another queue', read('sqs:receiveMessage', { QueueUrl: { Ref: 'Other' } }), SEND, 'DENIED'],
    ['that it has read from a table', machine(service('dynamodb:getItem', { TableName: { Ref: 'Table' }, Key: {} })), allow('dynamodb:PutItem', arnOf('Table')), 'UNKNOWN'],
    ['of its input, and writes to a table', machine(service('dynamodb:putItem', { TableName: { Ref: 'Table' } })), allow('dynamodb:PutItem', arnOf('Table')), 'DENIED'],
  ])('%s', (_, resources, statement, outcome) => {
    expect(decisionOf(resources, statement).outcome).toBe(outcome);
  });

  test.each<[string, object, object]>([
    ['a callback', CALLBACK, DONE],
    ['a queue', service('aws-sdk:sqs:receiveMessage', { QueueUrl: { Ref: 'Queue' } }), SEND],
    ['an object', service('aws-sdk:s3:getObject', { Bucket: { Ref: 'Bucket' }, Key: 'jobs.json' }), inBucket('jobs.json')],
  ])('of its own, and only has data of %s', (_, first, statement) => {
    expect(decisionOf(machine(first, {}, OF_DATA), statement).outcome).toBe('DENIED');
  });
});
