import { ALLOW_ALL, messages, modelOf, shown } from '../models';

const of = (resources: Parameters<typeof modelOf>[0], type: string) =>
  shown(modelOf(resources, { Parameters: { Given: { Type: 'String' } } }).resources.filter((resource) => resource.type === type));

test('a resource has its ARN, its tags and its place', () => {
  expect(of({ Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'data', Tags: [{ Key: 'team', Value: 'reports' }] } } }, 'AWS::SNS::Topic')).toEqual([
    {
      type: 'AWS::SNS::Topic',
      arn: 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:data',
      account: '${AWS::AccountId}',
      tags: { team: 'reports' },
      policies: [],
      place: { template: 'stack', logicalId: 'Topic' },
    },
  ]);
});

test.each<[string, object, { team: string }]>([
  ['AWS::EKS::Nodegroup', { ClusterName: 'prod', Tags: { team: 'a' } }, { team: 'a' }],
  ['AWS::AutoScaling::AutoScalingGroup', { Tags: [{ Key: 'team', Value: 'a', PropagateAtLaunch: true }] }, { team: 'a' }],
])('tags of %s', (Type, Properties, tags) => {
  expect(of({ Tagged: { Type, Properties } }, Type)).toMatchObject([{ tags }]);
});

test.each<[string, object, string]>([
  ['AWS::KMS::Key', { KeyPolicy: ALLOW_ALL }, 'Properties.KeyPolicy'],
  ['AWS::ECR::Repository', { RepositoryPolicyText: ALLOW_ALL }, 'Properties.RepositoryPolicyText'],
  ['AWS::DynamoDB::Table', { ResourcePolicy: { PolicyDocument: ALLOW_ALL } }, 'Properties.ResourcePolicy.PolicyDocument'],
])('a policy of %s', (Type, Properties, path) => {
  expect(of({ Own: { Type, Properties } }, Type)).toMatchObject([
    { policies: [{ name: 'policy of Own', place: { logicalId: 'Own', path }, document: ALLOW_ALL }] },
  ]);
});

test.each<[string, string, object]>([
  ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', { Bucket: { Ref: 'Own' }, PolicyDocument: ALLOW_ALL }],
  ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Own' }], PolicyDocument: ALLOW_ALL }],
  ['AWS::SQS::Queue', 'AWS::SQS::QueueInlinePolicy', { Queue: { Ref: 'Own' }, PolicyDocument: ALLOW_ALL }],
  ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Own' }], PolicyDocument: ALLOW_ALL }],
  ['AWS::SNS::Topic', 'AWS::SNS::TopicInlinePolicy', { TopicArn: { Ref: 'Own' }, PolicyDocument: ALLOW_ALL }],
  ['AWS::SecretsManager::Secret', 'AWS::SecretsManager::ResourcePolicy', { SecretId: { Ref: 'Own' }, ResourcePolicy: ALLOW_ALL }],
])('the policy of %s can be a resource of type %s', (Type, policyType, Properties) => {
  const { resources } = modelOf({ Own: { Type }, Other: { Type }, Policy: { Type: policyType, Properties } });
  expect(shown(resources).map(({ place, policies }: any) => [place.logicalId, policies])).toEqual([
    ['Own', [{ name: 'policy Policy', place: { template: 'stack', logicalId: 'Policy', path: expect.stringMatching(/^Properties\.\w+$/) }, document: ALLOW_ALL }]],
    ['Other', []],
  ]);
});

test('a KMS key without a policy delegates to IAM', () => {
  expect(of({ Key: { Type: 'AWS::KMS::Key' } }, 'AWS::KMS::Key')).toMatchObject([{
    policies: [{
      name: 'default policy of Key',
      document: { Statement: { Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal: { AWS: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } } },
    }],
  }]);
});

describe('a permission of a function', () => {
  const functions = (properties: object) => of({
    Function: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'own' } },
    Permission: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'Function' }, Action: 'lambda:InvokeFunction', ...properties } },
  }, 'AWS::Lambda::Function')[0].policies[0];

  test.each<[string, unknown, unknown]>([
    ['a service', 'sns.amazonaws.com', { Service: 'sns.amazonaws.com' }],
    ['a service with the suffix of the region', { 'Fn::Sub': 'events.${AWS::URLSuffix}' }, { Service: expect.stringMatching(/^events\./) }],
    ['an account', '123456789012', { AWS: '123456789012' }],
    ['a role', 'arn:aws:iam::123456789012:role/a', { AWS: 'arn:aws:iam::123456789012:role/a' }],
    ['everyone', '*', '*'],
    ['a parameter', { Ref: 'Given' }, { AWS: '${Given}' }],
  ])('for %s', (_, Principal, principal) => {
    expect(functions({ Principal })).toEqual({
      name: 'permission Permission',
      place: { template: 'stack', logicalId: 'Permission' },
      document: {
        Version: '2012-10-17',
        Statement: {
          Sid: 'Permission',
          Effect: 'Allow',
          Principal: principal,
          Action: 'lambda:InvokeFunction',
          Resource: 'arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:own',
          Condition: {},
        },
      },
    });
  });

  test('adds conditions for its properties', () => {
    expect(functions({ Principal: '*', SourceArn: 'arn:aws:s3:::data', SourceAccount: '123456789012', PrincipalOrgID: 'o-1' }).document.Statement.Condition).toEqual({
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::data' },
      StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:PrincipalOrgID': 'o-1' },
    });
  });

  test('names the function by its name or its ARN', () => {
    for (const FunctionName of ['own', { 'Fn::GetAtt': ['Function', 'Arn'] }]) {
      expect(functions({ FunctionName, Principal: '*' })).toMatchObject({ name: 'permission Permission' });
    }
  });

  test('is unknown without a principal', () => {
    expect(functions({})).toMatchObject({ unknown: 'it has no Action or no Principal' });
  });
});

test('a bucket that is not in the templates can have a policy there', () => {
  expect(of({ Policy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'imported', PolicyDocument: ALLOW_ALL } } }, 'AWS::S3::Bucket')).toMatchObject([
    { arn: 'arn:${AWS::Partition}:s3:::imported', account: '${AWS::AccountId}', policies: [{ document: ALLOW_ALL }], place: { logicalId: 'Policy' } },
  ]);
});

test('the policy of an unknown resource is a finding', () => {
  const model = modelOf({ Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: ['https://sqs.eu-central-1.amazonaws.com/123456789012/a'], PolicyDocument: ALLOW_ALL } } });
  expect(model.resources).toEqual([]);
  expect(messages(model, 'policy-of-unknown-resource')).toEqual(
    ['the resource https://sqs.eu-central-1.amazonaws.com/123456789012/a of Policy is not in the templates: its policy is left out']);
});

test('a broken policy of a resource is unknown', () => {
  expect(of({ Key: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: 'text' } } }, 'AWS::KMS::Key')).toMatchObject([{ policies: [{ unknown: 'it is not JSON at character 1' }] }]);
});
