import { actionNames, arnFormats } from '../../../lib/verification/private/aws-data/actions';
import { canHavePolicy, WITHOUT_RESOURCE_POLICIES } from '../../../lib/verification/private/evaluation/resource-policies';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

/** Names of actions that set the policy of a resource, or add a statement to it. */
const SETS_POLICY = /:(Put\w*(Resource|Access|Sharing|Bucket|Key|Cluster|FileSystem)\w*Policy|Set\w*(Access|Repository|Resource)\w*Policy|Update\w*AccessPolicies|Put(Policy|Permission)|AddPermission)$/;
/** It names the resources that can have one. */
const NAMES_RESOURCES = /:PutResourcePolicy$/;

test('no service that has no resource policies has an action that sets one', () => {
  const setting = actionNames().filter((name) => SETS_POLICY.test(name));
  expect(setting).toEqual(expect.arrayContaining(['s3:PutBucketPolicy', 'kms:PutKeyPolicy', 'lambda:AddPermission', 'glue:PutResourcePolicy', 'cloudsearch:UpdateServiceAccessPolicies']));
  expect(setting.filter((name) => !NAMES_RESOURCES.test(name) && WITHOUT_RESOURCE_POLICIES.has(name.split(':')[0]))).toEqual([]);
});

test('each service whose PutResourcePolicy names the resources returns the policies of the same resources', () => {
  const setting = actionNames().filter((name) => NAMES_RESOURCES.test(name) && WITHOUT_RESOURCE_POLICIES.has(name.split(':')[0]));
  expect(setting).toEqual(['bedrock:PutResourcePolicy', 'cloudfront:PutResourcePolicy', 'ec2:PutResourcePolicy']);
  expect(setting.map((name) => arnFormats(name.replace(':Put', ':Get')))).toEqual(setting.map(arnFormats));
});

test('each service that has no resource policies is one of AWS', () => {
  const services = new Set(actionNames().map((name) => name.split(':')[0]));
  expect([...WITHOUT_RESOURCE_POLICIES].filter((service) => !services.has(service))).toEqual([]);
});

test.each([
  ['s3:GetObject', 'arn:aws:s3:::b/k', true],
  ['appsync:GraphQL', 'arn:aws:appsync:us-west-2:111122223333:apis/x', true],
  ['of-the-future:Get', 'arn:aws:of-the-future:us-west-2:111122223333:x', true],
  ['ec2:StopInstances', 'arn:aws:ec2:us-west-2:111122223333:instance/i-1', false],
  ['ec2:AllocateIpamPoolCidr', 'arn:aws:ec2::111122223333:ipam-pool/ipam-pool-1', true],
  ['ec2:DeleteVolume', 'arn:aws:ec2:us-west-2:111122223333:volume/vol-1', false],
  ['ec2:CreateTags', 'arn:aws:ec2:us-west-2:111122223333:volume/vol-1', false],
  ['ec2:CreateTags', 'arn:aws:ec2:us-west-2:111122223333:placement-group/p', true],
  ['ec2:OfTheFuture', 'arn:aws:ec2:us-west-2:111122223333:placement-group/p', true],
  ['elasticloadbalancing:ModifyTrustStore', 'arn:aws:elasticloadbalancing:us-west-2:111122223333:truststore/t/1', true],
  ['bedrock:InvokeModel', 'arn:aws:bedrock:us-west-2::foundation-model/m', false],
  ['bedrock:InvokeModel', 'arn:aws:bedrock:us-west-2:111122223333:inference-profile/p', false],
  ['bedrock:ApplyGuardrail', 'arn:aws:bedrock:us-west-2:111122223333:guardrail/g', true],
  ['bedrock:InvokeGuardrailOfTheFuture', 'arn:aws:bedrock:us-west-2:111122223333:guardrail/g', true],
  ['bedrock:Retrieve', 'arn:aws:bedrock:us-west-2:111122223333:knowledge-base/k', true],
  ['cloudsearch:search', 'arn:aws:cloudsearch:us-west-2:111122223333:domain/d', true],
  ['EC2:StopInstances', 'arn:aws:ec2:us-west-2:111122223333:instance/i-1', false],
  ['s3:ListAllMyBuckets', '*', false],
  ['s3:CreateBucket', 'arn:aws:s3:::b', false],
  ['SQS:CreateQueue', 'arn:aws:sqs:us-west-2:111122223333:q', false],
  ['s3:DeleteBucket', 'arn:aws:s3:::b', true],
  ['ecr:CreateRepository', 'arn:aws:ecr:us-west-2:111122223333:repository/r', true],
  ['logs:PutLogEvents', 'arn:aws:logs:us-west-2:111122223333:log-group:/a:log-stream:s', false],
  ['logs:PutSubscriptionFilter', 'arn:aws:logs:us-west-2:111122223333:destination:d', true],
  ['logs:CreateDelivery', 'arn:aws:logs:us-west-2:111122223333:delivery-destination:d', true],
])('a policy of the resource of %s on %s', (action, resource, expected) => {
  expect(canHavePolicy(action, Text.of(resource))).toBe(expected);
});

describe('a policy of a resource in an account and a Region that only the deployment knows', () => {
  const unknown = (label: string, excludes = '') => Text.unknown(new Unknown(label, { label, excludes }));
  const arn = (type: string, excludes?: string) =>
    Text.join(['arn:aws:ec2:', unknown('region', excludes), ':', unknown('account', excludes), `:${type}/`, unknown('id')].map((part) => (typeof part === 'string' ? Text.of(part) : part)));

  test.each([
    ['a volume has none', 'ec2:CreateTags', arn('volume', ':'), false],
    ['a placement group can have one', 'ec2:CreateTags', arn('placement-group', ':'), true],
    ['a text that can be the ARN of anything can have one', 'ec2:CreateTags', arn('volume'), true],
    ['an action that is only about volumes asks none', 'ec2:DeleteVolume', arn('volume'), false],
  ])('%s', (_what, action, resource, expected) => {
    expect(canHavePolicy(action, resource)).toBe(expected);
  });
});
