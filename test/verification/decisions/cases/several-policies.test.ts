import { ACCOUNT, accessTo, decide, READER_ARN, reader, REGION } from './questions';
import { allow, clusterTemplate } from '../../templates';

const document = (Principal: object, Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }] });
const policy = (Type: string, target: object, PolicyDocument: object) =>
  ({ Type, Properties: { ...target, [Type === 'AWS::SecretsManager::ResourcePolicy' ? 'ResourcePolicy' : 'PolicyDocument']: PolicyDocument } });
const TO_READER = { AWS: READER_ARN };
const TO_SERVICE = { Service: 's3.amazonaws.com' };
const URL = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/jobs`;
const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } };
const ofQueue = { Queues: [{ Ref: 'Queue' }] };
const SEND = 'sqs:SendMessage';

test.each<[string, object, [type: string, target: object], [type: string, target: object], string]>([
  ['queue', queue, ['AWS::SQS::QueuePolicy', ofQueue], ['AWS::SQS::QueuePolicy', ofQueue], SEND],
  ['queue, in other words', queue, ['AWS::SQS::QueuePolicy', ofQueue], ['AWS::SQS::QueueInlinePolicy', { Queue: URL }], SEND],
  ['topic', { Topic: { Type: 'AWS::SNS::Topic', Properties: {} } }, ['AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Topic' }] }], ['AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Topic' }] }], 'sns:Publish'],
  ['secret', { Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} } }, ['AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'Secret' } }], ['AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'Secret' } }], 'secretsmanager:GetSecretValue'],
  ['bucket outside the templates', {}, ['AWS::S3::BucketPolicy', { Bucket: 'data' }], ['AWS::S3::BucketPolicy', { Bucket: 'data' }], 's3:ListBucket'],
])('several policies of one %s replace each other, so that the answer is UNKNOWN', (_, resources, [type, target], [otherType, otherTarget], action) => {
  const other = { Other: policy(otherType, otherTarget, document(TO_SERVICE, action)) };
  expect(decide({ ...reader(), ...resources, Policy: policy(type, target, document(TO_READER, action)) }, { action }).outcome).toBe('ALLOWED');
  expect(decide({ ...reader(), ...resources, Policy: policy(type, target, document(TO_READER, action)), ...other }, { action }).outcome).toBe('UNKNOWN');
});

test('a policy that can be replaced denies nothing for certain', () => {
  const deny = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*' }] };
  const resources = { ...queue, Policy: policy('AWS::SQS::QueuePolicy', ofQueue, deny), Other: policy('AWS::SQS::QueuePolicy', ofQueue, document(TO_SERVICE, SEND)) };
  expect(decide({ ...reader([allow(SEND)]), ...resources }, { action: SEND, resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs` }).outcome).toBe('UNKNOWN');
});

test('several policies of one resource are a finding', () => {
  const one = policy('AWS::SQS::QueuePolicy', ofQueue, document(TO_SERVICE, SEND));
  const found = (resources: object) => accessTo(clusterTemplate({ ...queue, ...resources })).findings.filter(({ id }) => id === 'several-resource-policies').map(({ message }) => message);
  expect(found({ One: one, Other: one })).toEqual([`One and Other are policies of one resource, arn:aws:sqs:${REGION}:${ACCOUNT}:jobs, of which AWS keeps only one: merge them`]);
  expect(found({ One: policy('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Queue' }, URL] }, document(TO_SERVICE, SEND)) })).toEqual([]);
});
