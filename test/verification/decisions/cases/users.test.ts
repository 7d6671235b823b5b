import { complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, arnOf } from '../../templates';

const LIST_BUCKETS = 's3:ListAllMyBuckets';
const PATH = { Parameters: { Path: { Type: 'String' } } };
const policy = (...statements: object[]) => [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }];
const user = (properties: object) => ({
  Mailer: { Type: 'AWS::IAM::User', Properties: properties }, Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } },
});
const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::Sub': '{"key":"${Key.SecretAccessKey}"}' } } };
const READS_SECRET = allow('secretsmanager:GetSecretValue', { Ref: 'Secret' });
const FEDERATED = 'arn:aws:sts::111122223333:federated-user/bob';

test.each([
  ['federated users, whose sessions a user can start', FEDERATED, UNKNOWN],
  ['federated users of another account', FEDERATED.replace('111122223333', '444455556666'), DENIED],
  ['another user', 'arn:aws:iam::111122223333:user/bob', DENIED],
])('a bucket gives access to %s', (_, AWS, outcome) => {
  const Bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
  const PolicyDocument = { Version: '2012-10-17', Statement: [{ ...allow('s3:GetObject', 'arn:aws:s3:::data/*'), Principal: { AWS } }] };
  const BucketPolicy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument } };
  const own = user({ UserName: 'mailer', Policies: policy(allow('sts:GetFederationToken')) });
  const resources = { ...reader([READS_SECRET]), ...own, Secret, Bucket, BucketPolicy };
  expect(decide(resources, { action: 's3:GetObject', resource: 'arn:aws:s3:::data/key' }).outcome).toBe(outcome);
});

test.each([
  ['their ARNs', 'sts:GetFederationToken', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:federated-user/*' } }, UNKNOWN],
  ['their type', 'sts:GetFederationToken', { StringEquals: { 'aws:PrincipalType': 'FederatedUser' } }, UNKNOWN],
  ['their ID', 'sts:GetFederationToken', { StringEquals: { 'aws:userid': '111122223333:bob' } }, UNKNOWN],
  ['their tags', 'sts:GetFederationToken', { StringEquals: { 'aws:PrincipalTag/team': 'ops' } }, UNKNOWN],
  ['another account', 'sts:GetFederationToken', { StringEquals: { 'aws:PrincipalAccount': '444455556666' } }, DENIED],
  ['their ARNs, of which the user starts none', 'sts:GetCallerIdentity', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:sts::111122223333:federated-user/*' } }, DENIED],
])('a bucket gives access to everyone under a condition on sessions of federated users: %s', (_, action, Condition, outcome) => {
  const Bucket = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };
  const PolicyDocument = { Version: '2012-10-17', Statement: [{ ...allow('s3:GetObject', 'arn:aws:s3:::data/*'), Principal: { AWS: '*' }, Condition }] };
  const BucketPolicy = { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument } };
  const own = user({ UserName: 'mailer', Tags: [{ Key: 'team', Value: 'mail' }], Policies: policy(allow(action)) });
  const resources = { ...reader([READS_SECRET]), ...own, Secret, Bucket, BucketPolicy };
  expect(decide(resources, { action: 's3:GetObject', resource: 'arn:aws:s3:::data/key' }).outcome).toBe(outcome);
});

test.each(complete([
  ['a path of its own that is a parameter', { Path: { Ref: 'Path' } }, UNKNOWN],
  ['no path', {}, UNKNOWN],
  ['another name, and a path that is a parameter', { Path: { Ref: 'Path' }, UserName: 'other' }, DENIED],
  ['another name', { UserName: 'other' }, DENIED],
]))('conditions about the name of a user hold for a user with %s', (_, more, outcome) => {
  const isMailer = { Condition: { StringEquals: { 'aws:username': 'mailer' } } };
  const own = user({ UserName: 'mailer', Policies: policy(allow(LIST_BUCKETS, '*', isMailer)), ...more });
  expect(decide({ ...reader([READS_SECRET]), ...own, Secret }, { action: LIST_BUCKETS }, PATH).outcome).toBe(outcome);
});

test('what a user may do in the cluster is said of a user', () => {
  const Entry = { Type: 'AWS::EKS::AccessEntry', Properties: { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Mailer') } };
  const { missing } = decide({ ...reader([READS_SECRET]), ...user({}), Secret, Entry }, { action: 'eks-auth:AssumeRoleForPodIdentity' });
  expect(missing).toEqual(['whether pods act in the cluster as user Mailer, who has access to it, run pods or get tokens of other pods, and with them the credentials of role NodeRole']);
});
