import { PodAccess } from '../../../lib/verification/pod-access';
import { writeAssembly } from '../assemblies';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const [OWN, OTHER] = ['111122223333', '444455556666'];
const READER = `arn:aws:iam::${OWN}:role/reader`;
const ORGANIZATION = { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } };

/** A bucket of an account, to which pods of account 111122223333 have access by its policy and by that of their role. */
function decide(owner: string, properties: object, statement: object, context: { [key: string]: string[] } = {}) {
  const reader = accountRole('default:app', allow('s3:GetObject'));
  const app = clusterTemplate({ Reader: { ...reader, Properties: { ...reader.Properties, RoleName: 'reader' } }, Objects: objects(account('app', 'Reader')) }).stack;
  const data = {
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data', ...properties } },
      BucketPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Bucket' },
          PolicyDocument: { Version: '2012-10-17', Statement: [{ ...allow('s3:GetObject', 'arn:aws:s3:::data/*'), Principal: { AWS: READER } }, statement] },
        },
      },
    },
  };
  const assembly = writeAssembly({ App: { environment: `aws://${OWN}/eu-west-1`, template: app }, Data: { environment: `aws://${owner}/eu-west-1`, template: data } });
  return PodAccess.fromAssembly(assembly).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide('s3:GetObject', { resource: 'arn:aws:s3:::data/x', context });
}

const kms = (KMSMasterKeyID?: string, SSEAlgorithm: unknown = 'aws:kms') =>
  ({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        { ServerSideEncryptionByDefault: { SSEAlgorithm, ...KMSMasterKeyID && { KMSMasterKeyID } } },
      ],
    },
  });
const RESTRICTED = { PublicAccessBlockConfiguration: { RestrictPublicBuckets: true } };
const from = (...addresses: unknown[]) => ({ Condition: { IpAddress: { 'aws:SourceIp': addresses } } });
const SAME = { ...allow('s3:ListBucket', 'arn:aws:s3:::data'), Principal: { AWS: READER } };
const PUBLIC = { ...SAME, Principal: '*' };

test.each<[string, string, object, object, string]>([
  ['is not encrypted with AWS KMS', OTHER, {}, SAME, 'ALLOWED'],
  ['is encrypted with an AWS managed key of the other account', OTHER, kms('alias/aws/s3'), SAME, 'UNKNOWN'],
  ['is encrypted with the default key of the other account', OTHER, kms(), SAME, 'UNKNOWN'],
  ['may be encrypted with the default key of the other account', OTHER, kms(undefined, { 'Fn::ImportValue': 'Algorithm' }), SAME, 'UNKNOWN'],
  ['is encrypted with an AWS managed key of the own account', OWN, kms(), SAME, 'ALLOWED'],
  ['has a public policy', OTHER, {}, PUBLIC, 'ALLOWED'],
  ['has a public policy and restricts it', OTHER, RESTRICTED, PUBLIC, 'UNKNOWN'],
  ['has a policy for an organization and restricts public ones', OTHER, RESTRICTED, { ...PUBLIC, ...ORGANIZATION }, 'ALLOWED'],
  ['has a policy for all but an organization, which is public', OTHER, RESTRICTED, { ...PUBLIC, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } } }, 'UNKNOWN'],
  ['has a policy for a range of addresses and restricts public ones', OTHER, RESTRICTED, { ...PUBLIC, ...from('203.0.113.0/24', '10.0.0.0/8', '2001:db8::/32', '198.51.100.7') }, 'ALLOWED'],
  ['has a policy for all addresses, which is public', OTHER, RESTRICTED, { ...PUBLIC, ...from('0.0.0.0/0') }, 'UNKNOWN'],
  ['has a policy for all addresses of IPv6, which is public', OTHER, RESTRICTED, { ...PUBLIC, ...from('203.0.113.0/24', '::/0') }, 'UNKNOWN'],
  ['has a policy for half of all addresses, which is public', OTHER, RESTRICTED, { ...PUBLIC, ...from('128.0.0.0/1') }, 'UNKNOWN'],
  ['has a policy for addresses that only the deployment knows, which may be public', OTHER, RESTRICTED, { ...PUBLIC, ...from({ 'Fn::ImportValue': 'Addresses' }) }, 'UNKNOWN'],
  ['has a policy for a VPC that only the deployment knows and restricts public ones', OTHER, RESTRICTED, { ...PUBLIC, Condition: { StringEquals: { 'aws:SourceVpc': { 'Fn::ImportValue': 'Vpc' } } } }, 'ALLOWED'],
  ['has a policy for a variable, which is public', OTHER, RESTRICTED, { ...PUBLIC, Condition: { StringEquals: { 'aws:SourceVpc': '${aws:PrincipalTag/vpc}' } } }, 'UNKNOWN'],
  ['has no public policy, but would restrict one', OTHER, RESTRICTED, SAME, 'ALLOWED'],
  ['has a public policy and restricts it to the own account', OWN, RESTRICTED, PUBLIC, 'ALLOWED'],
])('an object of a bucket that %s', (_, owner, properties, statement, expected) => {
  expect(decide(owner, properties, statement).outcome).toBe(expected);
});

test.each<[string, object | undefined, string]>([
  ['a key of Amazon DynamoDB', undefined, 'ALLOWED'],
  ['an AWS managed key', { SSEEnabled: true }, 'UNKNOWN'],
  ['what may be an AWS managed key', { SSEEnabled: { 'Fn::ImportValue': 'Enabled' } }, 'UNKNOWN'],
])('items of a table of another account that is encrypted with %s', (_, SSESpecification, expected) => {
  const action = 'dynamodb:GetItem';
  const reader = accountRole('default:app', allow(action));
  const app = clusterTemplate({ Reader: { ...reader, Properties: { ...reader.Properties, RoleName: 'reader' } }, Objects: objects(account('app', 'Reader')) }).stack;
  const PolicyDocument = { Version: '2012-10-17', Statement: [{ ...allow(action), Principal: { AWS: READER } }] };
  const data = { Resources: { Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'data', SSESpecification, ResourcePolicy: { PolicyDocument } } } } };
  const assembly = writeAssembly({ App: { environment: `aws://${OWN}/eu-west-1`, template: app }, Data: { environment: `aws://${OTHER}/eu-west-1`, template: data } });
  const pod = PodAccess.fromAssembly(assembly).pod({ cluster: 'prod', serviceAccountName: 'app' });
  expect(pod.decide(action, { resource: `arn:aws:dynamodb:eu-west-1:${OTHER}:table/data` }).outcome).toBe(expected);
});

test('the answer says what denies it', () => {
  expect(decide(OTHER, kms(), SAME).missing).toEqual(['arn:aws:s3:::data/x is encrypted with aws/s3, an AWS managed key, which role Reader of another account cannot use']);
  expect(decide(OTHER, kms('alias/aws/s3'), SAME).missing).toEqual(decide(OTHER, kms(), SAME).missing);
  expect(decide(OTHER, RESTRICTED, PUBLIC).missing).toEqual(['RestrictPublicBuckets of Bucket denies everything to other accounts if its policy is public']);
});
