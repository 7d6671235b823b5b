import { checkResource } from '../../../lib/verification/private/questions/asked-resource';
import { Text } from '../../../lib/verification/private/values/text';

test.each([
  ['s3:ListBucket', 'arn:aws:s3:::reports/key'],
  ['s3:GetBucketLocation', 'arn:aws:s3:::reports/2026/key'],
  ['s3:GetObject', 'arn:aws:s3:::reports'],
])('%s does not apply to %s', (action, resource) => {
  expect(() => checkResource(action, Text.of(resource))).toThrow(`${action} does not apply to ${resource}: the resource must match `);
});

test.each([
  ['s3:ListBucket', 'arn:aws:s3:::reports'],
  ['s3:GetObject', 'arn:aws:s3:::reports/2026/key'],
  ['sqs:SendMessage', 'arn:aws:sqs:eu-west-1:123456789012:jobs'],
])('%s applies to %s', (action, resource) => {
  expect(() => checkResource(action, Text.of(resource))).not.toThrow();
});
