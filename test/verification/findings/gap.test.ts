import { Asked, canChange, GapScope } from '../../../lib/verification/private/findings/gap';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const text = (value: string) => Text.of(value);
const unknown = Text.unknown(new Unknown('x', { label: 'x' }));
const ROLE = 'arn:aws:iam::123456789012:role/reader';
const BUCKET = { resource: text('arn:aws:s3:::data'), service: 's3' };

const asked = (about: Partial<Asked> = {}): Asked => ({ cluster: text('prod'), roles: [text(ROLE)], action: 's3:GetObject', resource: text('arn:aws:s3:::data/a'), ...about });

test.each<[string, GapScope, Partial<Asked>, boolean]>([
  ['everything', 'everything', {}, true],
  ['everything, and a trust policy', 'everything', { action: undefined }, true],
  ['the cluster of the pods', { cluster: text('prod') }, {}, true],
  ['another cluster', { cluster: text('test') }, {}, false],
  ['a cluster whose name only the deployment knows', { cluster: unknown }, {}, true],
  ['a role that the principal gets', { role: text(ROLE) }, {}, true],
  ['another role', { role: text('arn:aws:iam::123456789012:role/writer') }, {}, false],
  ['the service of the action', { service: 's3' }, {}, true],
  ['the service of the action, in capital letters', { service: 's3' }, { action: 'S3:GetObject' }, true],
  ['another service', { service: 'sqs' }, {}, false],
  ['a service, and a trust policy', { service: 's3' }, { action: undefined }, false],
  ['the bucket of an object', BUCKET, {}, true],
  ['the bucket itself', BUCKET, { resource: text('arn:aws:s3:::data') }, true],
  ['another bucket', BUCKET, { resource: text('arn:aws:s3:::data2/a') }, false],
  ['a bucket, and any resource', BUCKET, { resource: undefined }, true],
  ['a bucket, and an action of another service', BUCKET, { action: 'sqs:SendMessage', resource: undefined }, false],
  ['a bucket, and a resource that only the deployment knows', BUCKET, { resource: unknown }, true],
])('a gap of %s', (_, scope, about, expected) => {
  expect(canChange(scope, asked(about))).toBe(expected);
});
