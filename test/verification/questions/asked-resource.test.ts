import { checkResource } from '../../../lib/verification/private/questions/asked-resource';
import { Text } from '../../../lib/verification/private/values/text';

test.each([
  ['s3:ListBucket', 'arn:aws:s3:::reports/key'],
  ['s3:GetBucketLocation', 'arn:aws:s3:::reports/2026/key'],
  ['s3:GetObject', 'arn:aws:s3:::reports'],
  ['elasticloadbalancing:AddTags', 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:other/a'],
])('%s does not apply to %s', (action, resource) => {
  expect(() => checkResource(action, Text.of(resource))).toThrow(`${action} does not apply to ${resource}: the resource must match `);
});

test('the message says how to ask about the objects of a bucket', () => {
  expect(() => checkResource('s3:GetObject', Text.of('arn:aws:s3:::reports'))).toThrow('. To ask about all that it contains, add /*');
  expect(() => checkResource('s3:GetObject', Text.of('arn:aws:sqs:eu-west-1:123456789012:jobs'))).toThrow(/\$\{ObjectName\}$/);
});

test('the message says how to ask about a bucket', () => {
  expect(() => checkResource('s3:DeleteBucket', Text.of('arn:aws:s3:::reports/*'))).toThrow('. To ask about what contains it, omit /*');
  expect(() => checkResource('s3:DeleteBucket', Text.of('arn:aws:s3:::reports/2026/*'))).toThrow(/\$\{BucketName\}$/);
  expect(() => checkResource('s3:DeleteBucket', Text.of('reports'))).toThrow(/\$\{BucketName\}\. This is no ARN, as bucket\.bucketArn is$/);
});

test.each([
  ['s3:ListBucket', 'arn:aws:s3:::reports'],
  ['s3:GetObject', 'arn:aws:s3:::reports/2026/key'],
  ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:123456789012:jobs'],
  ...['listener/app/a/1/2', 'listener-rule/net/a/1/2/3', 'loadbalancer/gwy/a/1', 'loadbalancer/classic', 'targetgroup/a/1', 'truststore/a/1']
    .flatMap((each) => ['AddTags', 'RemoveTags'].map((action) => [`elasticloadbalancing:${action}`, `arn:aws:elasticloadbalancing:eu-west-1:123456789012:${each}`])),
  ['elasticloadbalancing:DeleteLoadBalancer', 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1'],
  ['greengrass:TagResource', 'arn:aws:greengrass:eu-west-1:123456789012:components:a:versions:1'],
  ['ses:TagResource', 'arn:aws:ses:eu-west-1:123456789012:mailmanager-rule-set/a'],
  ['sms-voice:DeleteConfigurationSet', 'arn:aws:sms-voice:eu-west-1:123456789012:configuration-set/a'],
])('%s applies to %s', (action, resource) => {
  expect(() => checkResource(action, Text.of(resource))).not.toThrow();
});
