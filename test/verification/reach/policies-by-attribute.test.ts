import { ACCOUNT, decide, DENIED, reader, UNKNOWN } from '../decisions/cases/questions';
import { allow, arnOf, role } from '../templates';

const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } });
const Domain = { Type: 'AWS::OpenSearchService::Domain', Properties: {} };
const Other = role(trusted('lambda.amazonaws.com'), allow('sqs:ListQueues'));
const named = (RoleName: string) => ({ ...Other, Properties: { ...Other.Properties, RoleName } });

test.each<[string, object, string]>([
  ['the access policies of a domain, as one attribute of several', { Domain, ...reader([allow('es:UpdateDomainConfig')]) }, 'es:ESHttpGet'],
  ['the resource policy of a REST API', reader([allow(['apigateway:PATCH', 'apigateway:POST'])]), 'execute-api:Invoke'],
  ['the auth policy of a service of VPC Lattice', reader([allow('vpc-lattice:PutAuthPolicy')]), 'vpc-lattice-svcs:Invoke'],
  ['the policy of a cluster of Amazon MSK', reader([allow('kafka:PutClusterPolicy')]), 'kafka-cluster:ReadData'],
  ['the policy of an access point for S3 Object Lambda', reader([allow('s3:PutAccessPointPolicyForObjectLambda')]), 's3-object-lambda:GetObject'],
  ['the block of public access of a bucket', { Bucket: { Type: 'AWS::S3::Bucket', Properties: {} }, ...reader([allow('s3:PutBucketPublicAccessBlock')]) }, 's3:ListBucket'],
  ['the trust policy of a role', { Other, ...reader([allow('iam:UpdateAssumeRolePolicy', arnOf('Other'))]) }, 'sts:AssumeRole'],
])('who can change %s might give itself access', (_, resources, action) => expect(decide(resources, { action }).outcome).toBe(UNKNOWN));

const outcomeFor = (action: string, name: string) => decide(
  { Other: named('other'), Another: named('another'), ...reader([allow('iam:UpdateAssumeRolePolicy', arnOf('Other'))]) },
  { action, resource: `arn:aws:iam::${ACCOUNT}:role/${name}` },
).outcome;

test.each(['sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:TagSession'])('who can change the trust policy of a role might request %s for it', (action) =>
  expect(outcomeFor(action, 'other')).toBe(UNKNOWN));

test('who can change the trust policy of a role assumes no other', () => expect(outcomeFor('sts:AssumeRole', 'another')).toBe(DENIED));

test.each<[string, object, string]>([
  ['only read the configuration of a domain', { Domain, ...reader([allow('es:DescribeDomain')]) }, 'es:ESHttpGet'],
  ['only delete a policy', reader([allow('kafka:DeleteClusterPolicy')]), 'kafka-cluster:ReadData'],
  ['only change the permissions of a role', { Other, ...reader([allow('iam:TagRole', arnOf('Other'))]) }, 'sts:AssumeRole'],
])('who can %s gives itself none', (_, resources, action) => expect(decide(resources, { action }).outcome).toBe(DENIED));

describe('who can set the ACL of objects', () => {
  const bucket = (ObjectOwnership?: unknown) => ({
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports', ...ObjectOwnership !== undefined && { OwnershipControls: { Rules: [{ ObjectOwnership }] } } } },
  });
  const outcomeOf = (action: string, resources: object, allowed = 's3:PutObjectAcl') =>
    decide({ ...resources, ...reader([allow(allowed, 'arn:aws:s3:::reports/*')]) }, { action, resource: 'arn:aws:s3:::reports/2025.csv' }).outcome;

  test.each(['ObjectWriter', 'BucketOwnerPreferred', { Ref: 'Ownership' }])('might give itself access to them with the ownership %j', (ownership) => {
    expect(['s3:GetObject', 's3:GetObjectVersion', 's3:DeleteObject'].map((action) => outcomeOf(action, bucket(ownership)))).toEqual([UNKNOWN, UNKNOWN, DENIED]);
  });

  test('might give itself access with other ownership controls, if it can set these, too', () => {
    const enforced = { ...bucket('BucketOwnerEnforced'), ...reader([allow('s3:PutObjectAcl', 'arn:aws:s3:::reports/*'), allow('s3:PutBucketOwnershipControls', 'arn:aws:s3:::reports')]) };
    expect(decide(enforced, { action: 's3:GetObject', resource: 'arn:aws:s3:::reports/2025.csv' }).outcome).toBe(UNKNOWN);
  });

  test.each([undefined, 'BucketOwnerEnforced'])('gives itself nothing with the ownership %s, with which they have none', (ownership) =>
    expect(outcomeOf('s3:GetObject', bucket(ownership))).toBe(DENIED));
});
