import { ACCOUNT, ALLOWED, complete, decide, DENIED, Question, READER_ARN, reader, REGION, shown, UNKNOWN } from './questions';
import { allow, arnOf, association, deny, podIdentityTrust, role } from '../../templates';

const BUCKET = 'arn:aws:s3:::data';
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const OTHER = '444455556666';
const GET = 's3:GetObject';
const document = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const to = (principal: unknown, action: string | string[], more: object = {}, resource: unknown = '*') => allow(action, resource, { Principal: principal === '*' ? '*' : { AWS: principal }, ...more });
const except = (principal: unknown, action: string, more: object = {}, resource: unknown = '*') => ({ ...to(principal, action, more, resource), Effect: 'Deny' });

/** A bucket, with statements of its policy. */
const bucket = (...statements: object[]) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } },
  ...statements.length > 0 && { BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: document(...statements) } } },
});
/** A bucket with an ACL, and more properties. */
const withAcl = (AccessControl: string, more: object = {}) => ({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', AccessControl, ...more } } });
const limit = (action: string) => ({ Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow(action)) } } });
const BOUNDARY = { PermissionsBoundary: { Ref: 'Limit' } };
const IS_READER = { Condition: { ArnEquals: { 'aws:PrincipalArn': READER_ARN } } };
const SSL = except('*', 's3:*', { Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, [BUCKET, `${BUCKET}/*`]);
const TLS = except('*', 's3:*', { Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }, [BUCKET, `${BUCKET}/*`]);

describe('the policy of a bucket', () => {
  test.each(complete([
    ['grants to the role', { ...reader(), ...bucket(to(READER_ARN, GET)) }, ALLOWED],
    ['grants nothing that it does not name', { ...reader(), ...bucket(to(READER_ARN, 's3:PutObject')) }, DENIED],
    ['leaves it to the policies of the role if it names the account', { ...reader(), ...bucket(to(ROOT, GET)) }, DENIED],
    ['leaves it to the policies of the role if it has the number of the account', { ...reader(), ...bucket(to(ACCOUNT, GET)) }, DENIED],
    ['denies the role if it denies the account', { ...reader([allow(GET)]), ...bucket(except(ROOT, GET)) }, DENIED],
    ['denies the role if it denies the number of the account', { ...reader([allow(GET)]), ...bucket(except(ACCOUNT, GET)) }, DENIED],
    ['does not deny the role if it denies another account', { ...reader([allow(GET)]), ...bucket(except(OTHER, GET)) }, ALLOWED],
    ['grants to everyone', { ...reader(), ...bucket(to('*', GET)) }, ALLOWED],
    ['grants to everyone in the other form', { ...reader(), ...bucket({ ...allow(GET), Principal: { AWS: '*' } }) }, ALLOWED],
    ['grants past a boundary to everyone whose ARN is that of the role', { ...limit('sqs:*'), ...reader([], BOUNDARY), ...bucket(to('*', GET, IS_READER)) }, ALLOWED],
    ['grants nothing past a boundary to the role', { ...limit('sqs:*'), ...reader([], BOUNDARY), ...bucket(to(READER_ARN, GET)) }, DENIED],
    ['grants to the role within a boundary', { ...limit('s3:*'), ...reader([], BOUNDARY), ...bucket(to(READER_ARN, GET)) }, ALLOWED],
    ['may grant past a boundary to a session', { ...limit('sqs:*'), ...reader([], BOUNDARY), ...bucket(to(`arn:aws:sts::${ACCOUNT}:assumed-role/reader/x`, GET)) }, UNKNOWN],
    ['that denies all but a role is unknown, because nobody knows the name of the session', { ...reader([allow(GET)]), ...bucket({ ...deny(GET), NotPrincipal: { AWS: READER_ARN } }) }, UNKNOWN],
    ['that denies all but another role denies', { ...reader([allow(GET)]), ...bucket({ ...deny(GET), NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` } }) }, DENIED],
    ['that denies all but a role always denies a role with a boundary', { ...limit('s3:*'), ...reader([allow(GET)], BOUNDARY), ...bucket({ ...deny(GET), NotPrincipal: { AWS: [READER_ARN, ROOT] } }) }, DENIED],
    ['that denies other prefixes does not deny an object', { ...reader([allow(GET)]), ...bucket(except('*', 's3:*', {}, { 'Fn::Sub': '${Bucket.Arn}/private/*' })) }, ALLOWED],
    ['that denies a prefix denies its objects', { ...reader([allow(GET)]), ...bucket(except('*', 's3:*', {}, { 'Fn::Sub': '${Bucket.Arn}/private/*' })) }, DENIED, { resource: `${BUCKET}/private/x` }],
    ['is in the templates if it is that of a bucket elsewhere', {
      ...reader([allow(GET)]), BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'data', PolicyDocument: document(except('*', GET)) } },
    }, DENIED],
    ['can name its bucket, which is in the templates, by its name', {
      ...reader([allow(GET)]), Bucket: bucket().Bucket, BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'data', PolicyDocument: document(except('*', GET)) } },
    }, DENIED],
    ['of a bucket that may be this one is unknown', {
      ...reader([allow(GET)]), Bucket: bucket().Bucket, BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Name' }, PolicyDocument: document(except('*', GET)) } },
    }, UNKNOWN],
    ['that asks for TLS does not deny SDKs', { ...reader([allow(GET)]), ...bucket(SSL) }, ALLOWED],
    ['that asks for a version of TLS does not deny SDKs', { ...reader([allow(GET)]), ...bucket(TLS) }, ALLOWED],
    ['that cannot be read is unknown', { ...reader([allow(GET)]), Bucket: bucket().Bucket, BucketPolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Ref: 'Document' } } } }, UNKNOWN],
    ['is none if the templates have none for their bucket', { ...reader([allow(GET)]), ...bucket() }, ALLOWED],
    ['is unknown with a public ACL', { ...reader(), ...withAcl('PublicRead', { OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } }) }, UNKNOWN],
    ['is unknown with a public ACL, which can only allow what the role allows, too', { ...reader([allow(GET)]), ...withAcl('PublicRead') }, ALLOWED],
    ['is unknown with an ACL for every AWS account', { ...reader(), ...withAcl('AuthenticatedRead') }, UNKNOWN],
    ['is none with a private ACL', { ...reader(), ...withAcl('LogDeliveryWrite') }, DENIED],
    ['is none if the bucket ignores public ACLs', { ...reader(), ...withAcl('PublicRead', { PublicAccessBlockConfiguration: { IgnorePublicAcls: true } }) }, DENIED],
    ['is none if ACLs are disabled', { ...reader(), ...withAcl('PublicRead', { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }) }, DENIED],
    ['is none, so that only the role can be allowed', { ...reader(), ...bucket() }, DENIED],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: GET, resource: `${BUCKET}/reports/1`, ...question }))).toBe(expected);
  });

  test('decides about an action that creates buckets, because the bucket exists', () => {
    const create = { action: 's3:CreateBucket', resource: BUCKET };
    expect(shown(decide({ ...reader([allow('s3:*')]), ...bucket(except('*', 's3:*')) }, create))).toBe(DENIED);
  });

  test('that asks for TLS makes explanations say what is assumed', () => {
    const decision = decide({ ...reader([allow(GET)]), ...bucket(SSL) }, { action: GET, resource: `${BUCKET}/x` });
    expect(`${decision}`).toContain('requests use TLS');
  });
});

test('the policy of a queue cannot allow an action that creates queues', () => {
  const arn = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
  const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } };
  const policy = { Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(to(READER_ARN, 'sqs:*')) } } };
  expect(shown(decide({ ...reader(), ...queue, ...policy }, { action: 'sqs:SendMessage', resource: arn }))).toBe(ALLOWED);
  expect(shown(decide({ ...reader(), ...queue, ...policy }, { action: 'sqs:CreateQueue', resource: arn }))).toBe(DENIED);
});

describe('policies of CloudWatch Logs apply to services only', () => {
  const PUT = { action: 'logs:PutLogEvents', resource: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:app:log-stream:x` };
  const group = { Group: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'app', ResourcePolicyDocument: document(to(READER_ARN, 'logs:*')) } } };
  const account = { Policy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'x', PolicyDocument: JSON.stringify(document(except('*', 'logs:*'))) } } };

  test.each(complete([
    ['that of a log group does not allow a role', { ...reader(), ...group }, DENIED],
    ['that of an account does not deny a role', { ...reader([allow('logs:*')]), ...account }, ALLOWED],
    ['a log group outside the templates has none for a role', reader(), DENIED],
  ]))('%s', (_, resources, expected) => {
    expect(shown(decide(resources, PUT))).toBe(expected);
  });
});

describe('any resource, with a permissions boundary', () => {
  const limitOf = (resource: unknown) => ({ Limit: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document(allow(GET, resource)) } } });
  const OF_BUCKET = { 'Fn::Sub': '${Bucket.Arn}/*' };
  test.each(complete([
    ['that allows it on a bucket of the templates', { ...limitOf(OF_BUCKET), ...reader([allow(GET)], BOUNDARY), ...bucket() }, ALLOWED],
    ['that allows it on a bucket of the templates, which denies it', { ...limitOf(OF_BUCKET), ...reader([allow(GET)], BOUNDARY), ...bucket(except('*', 's3:*')) }, UNKNOWN],
    ['that allows it on a bucket elsewhere on which the role may do nothing', { ...limitOf('arn:aws:s3:::other/*'), ...reader([allow('s3:PutObject')], BOUNDARY), ...bucket() }, DENIED],
  ]))('%s', (_, resources, expected) => {
    expect(shown(decide(resources, { action: GET }))).toBe(expected);
  });
});

describe('a resource outside the templates', () => {
  const SUBNET = `arn:aws:ec2:${REGION}:${OTHER}:subnet/subnet-1`;
  const [SOME, OTHERS] = ['arn:aws:s3:::dat*', 'arn:aws:s3:::log*'].map((pattern) => ({ resource: `${pattern}/x`, resourcesWithoutPolicy: [pattern] }));
  /** A question about resources of another cluster, in a stack without an account and a Region. */
  const ANYWHERE = { parameters: { 'AWS::AccountId': undefined, 'AWS::Region': undefined }, context: { 'aws:ResourceTag/cluster': ['another'] } };
  const ofCluster = (action: string) => allow(action, { 'Fn::Sub': 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/*' }, { Condition: { StringEquals: { 'aws:ResourceTag/cluster': 'prod' } } });

  test.each(complete([
    ['can have a policy', reader([allow(GET)]), UNKNOWN],
    ['can have a policy that grants', reader(), UNKNOWN],
    ['is assumed to have none', reader([allow(GET)]), ALLOWED, { resourcesWithoutPolicy: [`${BUCKET}/*`] }],
    ['is assumed to have none, and with it what it contains', reader([allow(GET)]), ALLOWED, { resourcesWithoutPolicy: [BUCKET] }],
    ['is assumed to have none, by a pattern', reader(), DENIED, { resourcesWithoutPolicy: ['arn:aws:s3:::d*'] }],
    ['is assumed to have none, while one of the templates matches and denies', { ...reader([allow(GET)]), ...bucket(except('*', GET)) }, UNKNOWN, SOME],
    ['is assumed to have none, while one of the templates matches and grants', { ...reader(), ...bucket(to(READER_ARN, GET)) }, UNKNOWN, SOME],
    ['is assumed to have none, while one of the templates matches and has none, either', { ...reader([allow(GET)]), ...bucket() }, ALLOWED, SOME],
    ['is assumed to have none, while one of the templates does not match and denies', { ...reader([allow(GET)]), ...bucket(except('*', GET)) }, ALLOWED, OTHERS],
    ['is assumed to have none, while a role of the templates matches and does not trust the role', {
      ...reader([allow('sts:AssumeRole')]), Admin: { ...role({ ...allow('sts:AssumeRole'), Resource: undefined, Principal: { AWS: OTHER } }) },
    }, UNKNOWN, { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/*`, resourcesWithoutPolicy: [`arn:aws:iam::${ACCOUNT}:role/*`] }],
    ['is not another that is assumed to have none', reader([allow(GET)]), UNKNOWN, { resourcesWithoutPolicy: ['arn:aws:s3:::dat'] }],
    ['is not another whose name it starts with', reader([allow(GET)]), UNKNOWN, { resourcesWithoutPolicy: [`${BUCKET}-2`] }],
    ['makes no difference if the question names none', reader(), DENIED, { action: 's3:PutObject', resource: undefined }],
    ['has no policy if its service has no such policies', reader([allow('ec2:StopInstances')]), ALLOWED, { action: 'ec2:StopInstances', resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/i-1` }],
    ['has no policy if it is a volume whose account and Region are not known', reader([ofCluster('ec2:DeleteVolume')]), DENIED, { action: 'ec2:DeleteVolume', resource: undefined, ...ANYWHERE }],
    ['has no policy if it is a volume, and the action is also about others that can have one', reader([ofCluster('ec2:CreateTags')]), DENIED, { action: 'ec2:CreateTags', resource: undefined, ...ANYWHERE }],
    ['has no policy, but another account may share it', reader([allow('ec2:RunInstances')]), UNKNOWN, { action: 'ec2:RunInstances', resource: SUBNET }],
    ['has no policy, and is assumed not to be shared by another account', reader([allow('ec2:RunInstances')]), DENIED, { action: 'ec2:RunInstances', resource: SUBNET, resourcesWithoutPolicy: [SUBNET] }],
    ['makes no difference if another account shares it, and the role is not allowed', reader(), DENIED, { action: 'ec2:RunInstances', resource: SUBNET }],
    ['has no policy, and cannot be shared, if it is a role of another account', reader([allow('iam:PassRole')]), DENIED, { action: 'iam:PassRole', resource: 'arn:aws:iam::999999999999:role/x' }],
    ['has no policy if it is a role that is not assumed', reader([allow('iam:PassRole')]), ALLOWED, { action: 'iam:PassRole', resource: `arn:aws:iam::${ACCOUNT}:role/x` }],
    ['has no policy if the action creates it', reader([allow('s3:CreateBucket')]), ALLOWED, { action: 's3:CreateBucket', resource: BUCKET }],
    ['has no policy if the action creates it, so that only the role can be allowed', reader(), DENIED, { action: 's3:CreateBucket', resource: BUCKET }],
    ['has no policy if the action creates it, and the statement has a pattern', reader([allow('s3:CreateBucket', `${BUCKET}-*`)]), ALLOWED, { action: 's3:CreateBucket', resource: undefined }],
    ['is not created in another account', reader([allow('sqs:CreateQueue')]), DENIED, { action: 'sqs:CreateQueue', resource: `arn:aws:sqs:${REGION}:${OTHER}:q` }],
    ['is in a registry that can have a policy', reader([allow('ecr:CreateRepository')]), UNKNOWN, { action: 'ecr:CreateRepository', resource: `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/r` }],
    ['can have a policy if the service is not known to have none', reader([allow('new-service:Get')]), UNKNOWN, { action: 'new-service:Get', undocumentedAction: true, resource: `arn:aws:new-service:${REGION}:${ACCOUNT}:x` }],
    ['can have a policy if it is a file system', reader([allow('fsx:DeleteVolume')]), UNKNOWN, { action: 'fsx:DeleteVolume', resource: `arn:aws:fsx:${REGION}:${ACCOUNT}:volume/fs-1/fsvol-1` }],
    ['can have a policy if it is an API of AppSync', reader([allow('appsync:GraphQL')]), UNKNOWN, { action: 'appsync:GraphQL', resource: `arn:aws:appsync:${REGION}:${ACCOUNT}:apis/x` }],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, { action: GET, resource: `${BUCKET}/reports/1`, ...question }))).toBe(expected);
  });
});

describe('the policy of another resource', () => {
  const sqs = `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`;
  const sns = `arn:aws:sns:${REGION}:${ACCOUNT}:news`;
  const lambda = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:work`;
  const table = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/items`;
  const secret = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:login`;
  const repository = `arn:aws:ecr:${REGION}:${ACCOUNT}:repository/app`;
  const files = `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:file-system/fs-1`;
  const queue = { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } };
  const url = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/jobs`;
  const work = { Work: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'work' } } };
  const permission = (FunctionName: unknown, Principal = READER_ARN) => ({ Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName, Action: 'lambda:InvokeFunction', Principal } } });
  const invoke = { action: 'lambda:InvokeFunction', resource: lambda };
  const login = (name: string, ...statements: object[]) => ({
    Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: name } },
    Policy: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId: { Ref: 'Secret' }, ResourcePolicy: document(...statements) } },
  });
  test.each(complete([
    ['of a queue grants', { ...reader(), ...queue, Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Queue' }], PolicyDocument: document(to(READER_ARN, 'sqs:SendMessage')) } } }, ALLOWED, { action: 'sqs:SendMessage', resource: sqs }],
    ['of a queue by its URL', { ...reader(), ...queue, Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [url], PolicyDocument: document(to(READER_ARN, 'sqs:SendMessage')) } } }, ALLOWED, { action: 'sqs:SendMessage', resource: sqs }],
    ['of a topic grants', { ...reader(), Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'news' } }, Policy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [{ Ref: 'Topic' }], PolicyDocument: document(to(READER_ARN, 'sns:Publish')) } } }, ALLOWED, { action: 'sns:Publish', resource: sns }],
    ['of a function grants', { ...reader(), ...work, ...permission({ Ref: 'Work' }) }, ALLOWED, invoke],
    ['of a function by its name', { ...reader(), ...work, ...permission('work') }, ALLOWED, invoke],
    ['of a function by its ARN', { ...reader(), ...work, ...permission(arnOf('Work')) }, ALLOWED, invoke],
    ['of a function does not grant its alias', { ...reader(), ...work, ...permission('work') }, DENIED, { ...invoke, resource: `${lambda}:live` }],
    ['of the alias of a function grants it', { ...reader(), ...work, ...permission(`${lambda}:live`) }, ALLOWED, { ...invoke, resource: `${lambda}:live` }],
    ['of the alias of a function by its name', { ...reader(), ...work, ...permission('work:live') }, ALLOWED, { ...invoke, resource: `${lambda}:live` }],
    ['of an alias does not grant the function', { ...reader(), ...work, ...permission(`${lambda}:live`) }, DENIED, invoke],
    ['of a function does not grant to a service', { ...reader(), ...work, ...permission('work', 's3.amazonaws.com') }, DENIED, invoke],
    ['of a table grants its indexes', { ...reader(), Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'items', ResourcePolicy: { PolicyDocument: document(to(READER_ARN, 'dynamodb:Query', {}, [table, `${table}/index/*`])) } } } }, ALLOWED, { action: 'dynamodb:Query', resource: `${table}/index/by-date` }],
    ['of a table that a global table has is read', {
      ...reader([allow('dynamodb:Query')]),
      Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'items', Replicas: [{ Region: REGION, ResourcePolicy: { PolicyDocument: document(except('*', 'dynamodb:*')) } }] } },
    }, DENIED, { action: 'dynamodb:Query', resource: table }],
    ['of another replica makes no difference', {
      ...reader([allow('dynamodb:Query')]),
      Table: { Type: 'AWS::DynamoDB::GlobalTable', Properties: { TableName: 'items', Replicas: [{ Region: REGION }, { Region: 'eu-west-1', ResourcePolicy: { PolicyDocument: document(except('*', 'dynamodb:*')) } }] } },
    }, ALLOWED, { action: 'dynamodb:Query', resource: table }],
    ['of a secret grants, whatever the suffix is', { ...reader(), ...login('login', to(READER_ARN, 'secretsmanager:GetSecretValue')) }, ALLOWED, { action: 'secretsmanager:GetSecretValue', resource: `${secret}-AbCdEf` }],
    ['of a secret is not that of another', { ...reader(), ...login('log', to(READER_ARN, 'secretsmanager:GetSecretValue')) }, UNKNOWN, { action: 'secretsmanager:GetSecretValue', resource: `${secret}-AbCdEf` }],
    ['of a repository grants', { ...reader(), Repository: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'app', RepositoryPolicyText: document(to(READER_ARN, 'ecr:BatchGetImage')) } } }, ALLOWED, { action: 'ecr:BatchGetImage', resource: repository }],
    ['of a file system denies', { ...reader([allow('elasticfilesystem:Client*')]), Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemId: 'fs-1', FileSystemPolicy: document(except('*', 'elasticfilesystem:ClientMount')) } } }, DENIED, { action: 'elasticfilesystem:ClientMount', resource: files }],
    ['of a file system is one for every client if there is none', { ...reader(), Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemId: 'fs-1' } } }, ALLOWED, { action: 'elasticfilesystem:ClientMount', resource: files }],
    ['of a file system without a policy grants nothing else', { ...reader(), Files: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemId: 'fs-1' } } }, DENIED, { action: 'elasticfilesystem:DeleteFileSystem', resource: files }],
  ]))('%s', (_, resources, expected, question) => {
    expect(shown(decide(resources, question as Question))).toBe(expected);
  });
});

test.each([
  ['the role', `arn:aws:sts::${ACCOUNT}:assumed-role/reader/mine`, UNKNOWN],
  ['another role', `arn:aws:sts::${ACCOUNT}:assumed-role/other/mine`, DENIED],
])('a session of %s has no path in its ARN, whatever the path of the role is', (_, session, expected) => {
  const { Type, Properties } = role(podIdentityTrust());
  const Reader = { Type, Properties: { RoleName: 'reader', Path: { Ref: 'Path' }, ...Properties } };
  const resources = { Reader, Association: association('app', 'Reader'), ...bucket(to(session, GET)) };
  expect(decide(resources, { action: GET, resource: `${BUCKET}/key` }, { Parameters: { Path: { Type: 'String' } } }).outcome).toBe(expected);
});
