import { ACCOUNT, ALLOWED, complete, decide, DENIED, reader, REGION, shown, UNKNOWN } from './questions';
import { allow, deny } from '../../templates';

const GET = 's3:GetObject';
const SEND = 'sqs:SendMessage';
const QUEUE = { action: SEND, resource: `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs` };
const ROLE = { action: 'iam:GetRole', resource: `arn:aws:iam::${ACCOUNT}:role/x` };
const resources = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } }, Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } };
const when = (operator: string, key: string, value: string) => ({ Condition: { [operator]: { [key]: value } } });
const VIA = when('Bool', 'aws:ViaAWSService', 'true');
const ATHENA = when('ForAnyValue:StringEquals', 'aws:CalledVia', 'athena.amazonaws.com');

test.each(complete([
  ['the account of a bucket of the templates', reader([allow(GET, '*', when('StringEquals', 'aws:ResourceAccount', ACCOUNT))]), ALLOWED],
  ['that a bucket of the templates is not in another account', reader([allow(GET), deny('s3:*', '*', when('StringNotEquals', 'aws:ResourceAccount', ACCOUNT))]), ALLOWED],
  ['not the account of a bucket outside the templates', reader([allow(GET, '*', when('StringEquals', 'aws:ResourceAccount', ACCOUNT))]), UNKNOWN,
    { resource: 'arn:aws:s3:::other/x', resourcesWithoutPolicy: ['arn:aws:s3:::other'] }],
  ['the Region that the ARN has', reader([allow(SEND), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', REGION))]), ALLOWED, QUEUE],
  ['that the ARN has another Region', reader([allow(SEND, '*', when('StringEquals', 'aws:RequestedRegion', 'eu-west-1'))]), DENIED, QUEUE],
  ['the Region of a bucket of the templates', reader([allow(GET), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', REGION))]), ALLOWED],
  ['not that the Region is that of the bucket, because a copy is requested in another', reader([allow(GET), deny('*', '*', when('StringEquals', 'aws:RequestedRegion', REGION))]), UNKNOWN],
  ['not the Region of a bucket that is created', reader([allow('s3:CreateBucket', '*', when('StringEquals', 'aws:RequestedRegion', REGION))]), UNKNOWN,
    { action: 's3:CreateBucket', resource: 'arn:aws:s3:::data' }],
  ['not the Region of a bucket outside the templates', reader([allow(GET), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', REGION))]), UNKNOWN,
    { resource: 'arn:aws:s3:::other/x', resourcesWithoutPolicy: ['arn:aws:s3:::other'] }],
  ['the only Region of IAM', reader([allow('iam:GetRole'), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', 'us-east-1'))]), ALLOWED, ROLE],
  ['the only Region of IAM, and no other', reader([allow('iam:GetRole'), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', REGION))]), DENIED, ROLE],
  ['not the Region of a request that copies from one to another', reader([allow('rds:CopyDBSnapshot'), deny('*', '*', when('StringNotEquals', 'aws:RequestedRegion', REGION))]), UNKNOWN,
    { action: 'rds:CopyDBSnapshot', resource: `arn:aws:rds:${REGION}:${ACCOUNT}:snapshot:x` }],
  ['that no service sends it', reader([allow(GET), deny('s3:*', '*', VIA)]), ALLOWED],
  ['that no service sends it, and an allow that asks for one', reader([allow(GET, '*', ATHENA)]), DENIED],
  ['not whether a service sends it if the question names one', reader([allow(GET), deny('s3:*', '*', VIA)]), UNKNOWN, { context: { 'aws:CalledVia': ['athena.amazonaws.com'] } }],
  ['what the question says', reader([allow(GET, '*', ATHENA)]), ALLOWED, { context: { 'aws:CalledVia': ['athena.amazonaws.com'] } }],
]))('a request shows %s', (_, ofReader, expected, question) => {
  expect(shown(decide({ ...ofReader, ...resources }, { action: GET, resource: 'arn:aws:s3:::data/x', ...question }))).toBe(expected);
});

describe('the ID of a session begins with that of its role', () => {
  const idOf = (role: string, rest = ':*') => ({ 'Fn::Sub': `\${${role}.RoleId}${rest}` });
  const Other = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };
  const onlyFor = (...ids: unknown[]) => ({ Condition: { StringNotLike: { 'aws:userId': [...ids, ACCOUNT] } } });
  const bucketFor = (...ids: unknown[]) => ({
    ...reader([allow(GET)]),
    ...resources,
    Other,
    Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'data', PolicyDocument: { Version: '2012-10-17', Statement: [{ ...deny('s3:*', '*', onlyFor(...ids)), Principal: '*' }] } } },
  });
  test.each<[string, object, string]>([
    ['which a policy excepts', bucketFor(idOf('Other'), idOf('Reader')), ALLOWED],
    ['and a policy excepts another one', bucketFor(idOf('Other')), DENIED],
    ['and a policy excepts a literal ID', bucketFor('AROA1234567890EXAMPLE:*'), UNKNOWN],
    ['and a policy excepts one of its sessions', bucketFor(idOf('Reader', ':admin')), UNKNOWN],
    ['and a policy excepts nobody', bucketFor(), DENIED],
  ])('%s', (_, all, expected) => {
    expect(decide(all, { action: GET, resource: 'arn:aws:s3:::data/x' }).outcome).toBe(expected);
  });
});

test('a service that uses a key on behalf of the caller is one', () => {
  const Key = { Type: 'AWS::KMS::Key', Properties: { KeyId: 'k-1' } };
  const Queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', KmsMasterKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } } };
  const decision = decide({ ...reader([allow([SEND, 'kms:*']), deny('kms:*', '*', VIA)]), Key, Queue }, QUEUE);
  expect(decision.outcome).toBe(UNKNOWN);
});

test('the explanation says what is assumed of services', () => {
  expect(`${decide({ ...reader([allow(GET), deny('s3:*', '*', VIA)]), ...resources }, { action: GET, resource: 'arn:aws:s3:::data/x' })}`)
    .toContain('no service sends requests on behalf of the principal');
});
