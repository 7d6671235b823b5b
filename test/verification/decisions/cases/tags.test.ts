// Tags that CloudFormation adds to resources, and tags in other properties than Tags.
import { ACCOUNT, ALLOWED, DENIED, reader, REGION, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { write } from '../../../files';
import { allow, arnOf, clusterTemplate, deny } from '../../templates';

/** What a condition on a tag of a resource decides, in a cloud assembly, which shows the tags of stacks. */
function outcomeOf(resources: object, action: string, resource?: string, nested: object = {}): string {
  const properties = { templateFile: 'stack.json', tags: { stage: 'prod' } };
  const directory = write({
    'manifest.json': { version: '36.0.0', artifacts: { stack: { type: 'aws:cloudformation:stack', environment: `aws://${ACCOUNT}/${REGION}`, properties } } },
    'stack.json': clusterTemplate(resources as any).stack,
    'nested.json': { Resources: nested },
  });
  return verification.PodAccess.fromAssembly(directory).pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(action, { resource }).outcome;
}

const tagged = (key: string, value: string) => ({ Condition: { StringEquals: { [`aws:ResourceTag/${key}`]: value } } });

describe('tags that CloudFormation may add', () => {
  const READ = 'sqs:SendMessage';
  const ifTagged = (key: string, value: string) =>
    outcomeOf({ ...reader([allow(READ, '*', tagged(`aws:cloudformation:${key}`, value))]), Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } },
      READ, `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`);

  test.each([
    ['stack-name', 'stack', UNKNOWN],
    ['logical-id', 'Queue', UNKNOWN],
    ['stack-id', 'arn:aws:cloudformation:us-west-2:111122223333:stack/stack/1', UNKNOWN],
    ['stack-name', 'other', DENIED],
    ['logical-id', 'Other', DENIED],
  ])('%s is %s: %s', (key, value, expected) => {
    expect(ifTagged(key, value)).toBe(expected);
  });

  test('may deny', () => {
    const statements = [allow(READ), deny(READ, '*', tagged('aws:cloudformation:stack-name', 'stack'))];
    expect(outcomeOf({ ...reader(statements), Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } } }, READ, `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`)).toBe(UNKNOWN);
  });
});

test.each([['s3:PutBucketAbac', UNKNOWN], ['s3:PutBucketCORS', DENIED]])('tags of a bucket count for who may request %s: %s', (action, expected) => {
  const bucket = { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports', Tags: [{ Key: 'team', Value: 'red' }], OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } } } };
  const statements = [allow('s3:ListBucket', '*', tagged('team', 'red')), allow(action)];
  expect(outcomeOf({ ...reader(statements), ...bucket }, 's3:ListBucket', 'arn:aws:s3:::reports')).toBe(expected);
});

describe('the property with the tags depends on the type', () => {
  const TAGS = [{ Key: 'team', Value: 'red' }];
  const fileSystem = { Fs: { Type: 'AWS::EFS::FileSystem', Properties: { FileSystemTags: TAGS, FileSystemPolicy: { Version: '2012-10-17', Statement: [deny('elasticfilesystem:Backup', undefined, { Principal: '*', Resource: '*' })] } } } };
  const accessPoint = { Ap: { Type: 'AWS::EFS::AccessPoint', Properties: { AccessPointTags: TAGS } } };
  const zone = { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name: 'example.com', HostedZoneTags: TAGS } } };
  const cluster = { Old: { Type: 'Custom::AWSCDK-EKS-Cluster', Properties: { Config: { name: 'old', tags: { team: 'red' } } } } };
  const pool = { Pool: { Type: 'AWS::Cognito::UserPool', Properties: { FutureTags: { team: 'red' } } } };
  const passable = { Passable: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'passable', Tags: TAGS, AssumeRolePolicyDocument: { Statement: [] } } } };
  const red = tagged('team', 'red');
  const blue = tagged('team', 'blue');

  test.each<[string, object, string, object[], string, string | undefined]>([
    ['of a file system', fileSystem, 'elasticfilesystem:ClientMount', [allow('elasticfilesystem:ClientMount', arnOf('Fs'), red)], ALLOWED, undefined],
    ['of a file system, which has another', fileSystem, 'elasticfilesystem:ClientMount', [allow('elasticfilesystem:ClientMount', arnOf('Fs'), blue)], DENIED, undefined],
    ['of a file system, in a denial', fileSystem, 'elasticfilesystem:DeleteFileSystem',
      [allow('elasticfilesystem:DeleteFileSystem', arnOf('Fs')), deny('elasticfilesystem:DeleteFileSystem', '*', red)], DENIED, undefined],
    ['of an access point', accessPoint, 'elasticfilesystem:DeleteAccessPoint', [allow('elasticfilesystem:DeleteAccessPoint', arnOf('Ap'), red)], ALLOWED, undefined],
    ['of a hosted zone, whose tags are no condition keys that AWS documents', zone, 'route53:GetHostedZone',
      [allow('route53:GetHostedZone', { 'Fn::Sub': 'arn:aws:route53:::hostedzone/${Zone}' }, red)], UNKNOWN, undefined],
    ['of a role, which is read', passable, 'iam:GetRole', [allow('iam:GetRole', arnOf('Passable'), red)], ALLOWED, undefined],
    ['of a role that is passed, which is not reliable', passable, 'iam:PassRole', [allow('iam:PassRole', arnOf('Passable'), red)], UNKNOWN, undefined],
    ['of a role that is passed, in a denial', passable, 'iam:PassRole', [allow('iam:PassRole', arnOf('Passable')), deny('iam:PassRole', '*', red)], UNKNOWN, undefined],
    ['of a cluster of aws-eks', cluster, 'eks:DescribeCluster', [allow('eks:DescribeCluster', '*', red)], ALLOWED, `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/old`],
    ['in a property that is not known', pool, 'cognito-idp:DescribeUserPool', [allow('cognito-idp:DescribeUserPool', arnOf('Pool'), red)], UNKNOWN, undefined],
  ])('%s', (_, resources, action, statements, expected, resource) => {
    expect(outcomeOf({ ...resources, ...reader(statements) }, action, resource)).toBe(expected);
  });
});

test.each([
  ['team', 'red', ALLOWED],
  ['team', 'blue', DENIED],
  ['stage', 'prod', UNKNOWN],
  ['owner', 'ops', ALLOWED],
])('resources of a nested stack have its tags, their own, and those that the deployment gives its parent: %s=%s', (key, value, expected) => {
  const Nested = {
    Type: 'AWS::CloudFormation::Stack',
    Properties: { TemplateURL: 'https://s3/nested.json', Tags: [{ Key: 'team', Value: 'red' }, { Key: 'owner', Value: 'dev' }] },
    Metadata: { 'aws:asset:path': 'nested.json', 'aws:asset:property': 'TemplateURL' },
  };
  const jobs = { Jobs: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs', Tags: [{ Key: 'owner', Value: 'ops' }] } } };
  const resources = { Nested, ...reader([allow('sqs:SendMessage', '*', tagged(key, value))]) };
  expect(outcomeOf(resources, 'sqs:SendMessage', `arn:aws:sqs:${REGION}:${ACCOUNT}:jobs`, jobs)).toBe(expected);
});
