import { Case, complete, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { actionNames } from '../../../../lib/verification/private/aws-data/actions';
import { CHANGES } from '../../../../lib/verification/private/deployment/policy-changes';
import { RECREATIONS } from '../../../../lib/verification/private/deployment/recreations';
import { DECLARED } from '../../../../lib/verification/private/resource-types/declarations';
import { account, accountRole, allow, arnOf, deny, objects, role } from '../../templates';

const resource = (Type: string, Properties: object = {}) => ({ It: { Type, Properties } });
const own = (request: string, ...more: object[]) => reader([allow(request, arnOf('It')), ...more]);
const root = { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: 'arn:aws:iam::111122223333:root' } };
const keyPolicy = (...statements: object[]) => resource('AWS::KMS::Key', { KeyPolicy: { Version: '2012-10-17', Statement: [root, ...statements] } });
const KEY = keyPolicy();
const BUCKET = resource('AWS::S3::Bucket', { BucketName: 'data' });
const bucketPolicy = (...statements: object[]) => ({ Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'It' }, PolicyDocument: { Version: '2012-10-17', Statement: statements } } } });
const QUEUE = resource('AWS::SQS::Queue', { QueueName: 'jobs' });
/** With a statement of each effect. */
const queuePolicy = (...effects: string[]) => ({
  Policy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'It' }],
      PolicyDocument: { Version: '2012-10-17', Statement: effects.map((Effect) => ({ Effect, Principal: { AWS: arnOf('Reader') }, Action: 'sqs:ReceiveMessage', Resource: '*' })) },
    },
  },
});
const TOPIC = resource('AWS::SNS::Topic', { TopicName: 'news' });
const FUNCTION = resource('AWS::Lambda::Function', { FunctionName: 'f' });
const SECRET = resource('AWS::SecretsManager::Secret', { Name: 's' });
const TABLE = resource('AWS::DynamoDB::Table', { TableName: 't' });
const forServices = { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } };
const OBJECT = { action: 's3:GetObject', resource: 'arn:aws:s3:::data/x' };
const DECRYPT = { action: 'kms:Decrypt' };

const cases = complete([
  ['s3:PutBucketPolicy', { ...BUCKET, ...own('s3:PutBucketPolicy') }, UNKNOWN, OBJECT],
  ['s3:PutBucketPolicy, and any bucket', { ...BUCKET, ...own('s3:PutBucketPolicy') }, UNKNOWN, { action: 's3:GetObject' }],
  ['s3:PutBucketPolicy, and an action about no bucket', { ...BUCKET, ...own('s3:PutBucketPolicy') }, DENIED, { action: 's3:ListAllMyBuckets' }],
  ['s3:PutBucketPolicy of another bucket', { ...BUCKET, ...reader([allow('s3:PutBucketPolicy', 'arn:aws:s3:::other')]) }, DENIED, OBJECT],
  ['s3:PutBucketPolicy, but the role is denied the action', { ...BUCKET, ...own('s3:PutBucketPolicy', deny('s3:GetObject')) }, DENIED, OBJECT],
  ['s3:DeleteBucketPolicy, which denies the action', {
    ...BUCKET, ...own('s3:DeleteBucketPolicy', allow('s3:GetObject')), ...bucketPolicy({ ...deny('s3:GetObject', 'arn:aws:s3:::data/*'), Principal: '*' }),
  }, UNKNOWN, OBJECT],
  ['s3:DeleteBucketPolicy, which allows nothing', { ...BUCKET, ...own('s3:DeleteBucketPolicy') }, DENIED, OBJECT],
  ['s3:PutBucketAcl', { ...BUCKET, ...own('s3:PutBucketAcl') }, UNKNOWN, { action: 's3:ListBucket', resource: 'arn:aws:s3:::data' }],
  ['s3:PutBucketAcl, which is not about reading objects', { ...BUCKET, ...own('s3:PutBucketAcl') }, DENIED, OBJECT],
  ['kms:PutKeyPolicy', { ...KEY, ...own('kms:PutKeyPolicy') }, UNKNOWN, DECRYPT],
  ['kms:ReplicateKey, with another policy for the replica', { ...KEY, ...own('kms:ReplicateKey') }, UNKNOWN, DECRYPT],
  ['kms:PutKeyPolicy, by the key policy', { ...keyPolicy({ ...allow('kms:PutKeyPolicy'), Principal: { AWS: arnOf('Reader') } }), ...reader() }, UNKNOWN, DECRYPT],
  ['kms:PutKeyPolicy, which denies the action', { ...keyPolicy({ ...deny('kms:Decrypt'), Principal: '*' }), ...own('kms:PutKeyPolicy') }, UNKNOWN, DECRYPT],
  ['kms:CreateGrant', { ...KEY, ...own('kms:CreateGrant') }, UNKNOWN, DECRYPT],
  ['kms:CreateGrant, but the key policy denies the action', { ...keyPolicy({ ...deny('kms:Decrypt'), Principal: '*' }), ...own('kms:CreateGrant') }, DENIED, DECRYPT],
  ['kms:CreateGrant, which is not about administration', { ...KEY, ...own('kms:CreateGrant') }, DENIED, { action: 'kms:ScheduleKeyDeletion' }],
  ['kms:CreateGrant for services of AWS only', { ...KEY, ...reader([allow('kms:CreateGrant', '*', forServices)]) }, DENIED, DECRYPT],
  ['sqs:SetQueueAttributes', { ...QUEUE, ...own('sqs:SetQueueAttributes') }, UNKNOWN, { action: 'sqs:ReceiveMessage' }],
  ['sqs:AddPermission', { ...QUEUE, ...own('sqs:AddPermission') }, UNKNOWN, { action: 'sqs:ReceiveMessage', resource: 'arn:aws:sqs:us-west-2:111122223333:jobs' }],
  ['sqs:RemovePermission, which denies the action', { ...QUEUE, ...own('sqs:RemovePermission'), ...queuePolicy('Deny', 'Allow') }, UNKNOWN, { action: 'sqs:ReceiveMessage' }],
  ['kinesis:PutResourcePolicy', { ...resource('AWS::Kinesis::Stream', { Name: 's' }), ...own('kinesis:PutResourcePolicy') }, UNKNOWN, { action: 'kinesis:GetRecords' }],
  ['aps:PutResourcePolicy', { ...resource('AWS::APS::Workspace'), ...own('aps:PutResourcePolicy') }, UNKNOWN, { action: 'aps:QueryMetrics' }],
  ['ssm:PutResourcePolicy', { ...resource('AWS::SSM::Parameter', { Name: 'p' }), ...reader([allow('ssm:PutResourcePolicy')]) }, UNKNOWN, { action: 'ssm:GetParameter' }],
  ['events:PutPermission of any event bus', { ...resource('AWS::Events::EventBus', { Name: 'bus' }), ...reader([allow('events:PutPermission')]) }, UNKNOWN, { action: 'events:PutEvents' }],
  ['events:PutPermission of a bus that is assumed to have no policy', reader([allow('events:PutPermission')]), UNKNOWN,
    { action: 'events:PutEvents', resource: 'arn:aws:events:us-west-2:111122223333:event-bus/bus', resourcesWithoutPolicy: ['arn:aws:events:us-west-2:111122223333:event-bus/bus'] }],
  ['events:PutPermission, and an action about no bus', reader([allow('events:PutPermission')]), DENIED, { action: 'events:ListEventBuses' }],
  ['events:PutPermission, but the role is denied the action', reader([allow('events:PutPermission'), deny('events:PutEvents')]), DENIED, { action: 'events:PutEvents' }],
  ['events:PutRule, which is no permission', reader([allow('events:PutRule')]), DENIED, { action: 'events:PutEvents' }],
  ['glue:PutResourcePolicy', reader([allow('glue:PutResourcePolicy')]), UNKNOWN, { action: 'glue:GetTable' }],
  ['sns:SetTopicAttributes', { ...TOPIC, ...own('sns:SetTopicAttributes') }, UNKNOWN, { action: 'sns:Publish' }],
  ['lambda:AddPermission', { ...FUNCTION, ...own('lambda:AddPermission') }, UNKNOWN, { action: 'lambda:InvokeFunction' }],
  ['secretsmanager:PutResourcePolicy', { ...SECRET, ...reader([allow('secretsmanager:PutResourcePolicy', { Ref: 'It' })]) }, UNKNOWN, { action: 'secretsmanager:GetSecretValue' }],
  ['dynamodb:PutResourcePolicy', { ...TABLE, ...own('dynamodb:PutResourcePolicy') }, UNKNOWN, { action: 'dynamodb:GetItem' }],
  ['ecr:SetRepositoryPolicy', { ...resource('AWS::ECR::Repository'), ...own('ecr:SetRepositoryPolicy') }, UNKNOWN, { action: 'ecr:BatchGetImage' }],
  ['sqs:DeleteQueue and sqs:CreateQueue with a policy', { ...QUEUE, ...own('sqs:DeleteQueue', allow('sqs:CreateQueue')) }, UNKNOWN, { action: 'sqs:ReceiveMessage' }],
  ['sqs:DeleteQueue alone', { ...QUEUE, ...own('sqs:DeleteQueue') }, DENIED, { action: 'sqs:ReceiveMessage' }],
  ['sqs:DeleteQueue, and sqs:CreateQueue for another name', { ...QUEUE, ...own('sqs:DeleteQueue', allow('sqs:CreateQueue', 'arn:aws:sqs:*:*:others')) }, DENIED, { action: 'sqs:ReceiveMessage' }],
  ['sqs:DeleteQueue and sqs:CreateQueue, but the role is denied the action', { ...QUEUE, ...own('sqs:DeleteQueue', allow('sqs:CreateQueue'), deny('sqs:ReceiveMessage')) }, DENIED, { action: 'sqs:ReceiveMessage' }],
  ['sns:DeleteTopic and sns:CreateTopic with a policy', { ...TOPIC, ...own('sns:DeleteTopic', allow('sns:CreateTopic')) }, UNKNOWN, { action: 'sns:Publish' }],
  ['dynamodb:DeleteTable and dynamodb:CreateTable with a policy', { ...TABLE, ...own('dynamodb:DeleteTable', allow('dynamodb:CreateTable')) }, UNKNOWN, { action: 'dynamodb:GetItem' }],
  ['s3:DeleteBucket and s3:CreateBucket without the policy that denies the action', {
    ...BUCKET, ...own('s3:DeleteBucket', allow(['s3:CreateBucket', 's3:GetObject'])), ...bucketPolicy({ ...deny('s3:GetObject', 'arn:aws:s3:::data/*'), Principal: '*' }),
  }, UNKNOWN, OBJECT],
  ['s3:DeleteBucket and s3:CreateBucket, which set no policy', { ...BUCKET, ...own('s3:DeleteBucket', allow('s3:CreateBucket')) }, DENIED, OBJECT],
  ['elasticfilesystem:PutFileSystemPolicy', { ...resource('AWS::EFS::FileSystem'), ...own('elasticfilesystem:PutFileSystemPolicy') }, UNKNOWN, { action: 'elasticfilesystem:DeleteFileSystem' }],
] satisfies Case[]);

test.each(cases)('a pod that may request %s', (_, resources, outcome, question) => {
  expect(shown(decide(resources, { action: 's3:GetObject', ...question }))).toBe(outcome);
});

describe('a resource that is not in the templates, and has no policy', () => {
  const SHARED = { action: 's3:GetObject', resource: 'arn:aws:s3:::shared/x', resourcesWithoutPolicy: ['arn:aws:s3:::shared'] };
  const EXISTING = 'arn:aws:sqs:us-west-2:111122223333:existing';

  test.each(complete([
    ['may get one from a pod that may set policies of buckets', reader([allow('s3:PutBucketPolicy')]), UNKNOWN, SHARED],
    ['may get one from a pod that may set its policy', reader([allow('s3:PutBucketPolicy', 'arn:aws:s3:::shared')]), UNKNOWN, SHARED],
    ['gets none from a pod that may set that of another', reader([allow('s3:PutBucketPolicy', 'arn:aws:s3:::other')]), DENIED, SHARED],
    ['gets none from a pod that may only delete policies', reader([allow('s3:DeleteBucketPolicy')]), DENIED, SHARED],
    ['does not allow what the role is denied', reader([allow('s3:PutBucketPolicy'), deny('s3:GetObject')]), DENIED, SHARED],
    ['is not changed by other requests', reader([allow('s3:PutObject')]), DENIED, SHARED],
    ['may be a queue', reader([allow('sqs:SetQueueAttributes', EXISTING)]), UNKNOWN, { action: 'sqs:SendMessage', resource: EXISTING, resourcesWithoutPolicy: [EXISTING] }],
  ]))('%s', (_, resources, outcome, question) => {
    expect(shown(decide(resources, { action: 's3:GetObject', ...question }))).toBe(outcome);
  });

  test('is named in the answer', () => {
    const { missing } = decide(reader([allow('s3:PutBucketPolicy')]), SHARED);
    expect(missing).toEqual(['the principal might give itself access to arn:aws:s3:::shared: role Reader may request s3:PutBucketPolicy']);
  });
});

test('every service whose resources can have a policy has requests that change it', () => {
  const types = new Map(DECLARED);
  const others = DECLARED.flatMap(([, { separatePolicy, unread }]) => [separatePolicy?.of ?? [], unread?.of ?? []].flat());
  const withPolicy = DECLARED.filter(([type, { ownPolicy }]) => ownPolicy || others.includes(type)).map(([type]) => /^arn:[^}]+\}:([\w-]+):/.exec(types.get(type)!.format?.arn ?? '')?.[1] ?? []);
  const services = [...new Set(withPolicy.flat())].sort();
  expect(services).toEqual(expect.arrayContaining(['kinesis', 'kms', 's3', 'sqs']));
  expect(services.filter((service) => !Object.hasOwn(CHANGES, service))).toEqual([]);
});

test('the requests that create a resource anew exist', () => {
  const known = new Set(actionNames());
  expect(RECREATIONS.length).toBeGreaterThan(20);
  expect(RECREATIONS.flatMap(({ deletes, creates }) => [deletes, creates]).filter((name) => !known.has(name))).toEqual([]);
});

test('the answer names the request', () => {
  expect(decide({ ...BUCKET, ...own('s3:PutBucketPolicy') }, OBJECT).missing).toEqual(['the principal might give itself access to It: role Reader may request s3:PutBucketPolicy']);
});

test('a role that the pod assumes may change the policy of the resource', () => {
  const Second = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Reader') } }, allow('kms:PutKeyPolicy'));
  const Reader = accountRole('default:app', allow('sts:AssumeRole', arnOf('Second')));
  expect(decide({ ...KEY, Second, Reader, Objects: objects(account('app', 'Reader')) }, DECRYPT).outcome).toBe(UNKNOWN);
});

describe('a pod that may change the options of the instance metadata', () => {
  const asked = (...statements: object[]) => decide(reader(statements), { action: 'sqs:ListQueues' });

  test('might get the role of its node', () => {
    const { outcome, outcomeByDefault, missing } = asked(allow('ec2:ModifyInstanceMetadataOptions'));
    expect([outcome, outcomeByDefault]).toEqual([UNKNOWN, DENIED]);
    expect(missing).toEqual(['whether pods reach the instance metadata of nodegroup Nodes: role Reader may request ec2:ModifyInstanceMetadataOptions']);
  });

  test('or only read them', () => {
    expect(asked(allow('ec2:DescribeInstances')).outcome).toBe(DENIED);
  });
});
