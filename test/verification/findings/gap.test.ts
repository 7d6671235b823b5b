import { Asked, canChange, GapScope } from '../../../lib/verification/private/findings/gap';
import { ClusterId } from '../../../lib/verification/private/values/cluster-id';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const cluster = (name: Text, region = 'eu-west-1') => new ClusterId(name, Text.of('123456789012'), Text.of(region), false);
const text = (value: string) => Text.of(value);
const unknown = Text.unknown(new Unknown('x', { label: 'x' }));

const asked = (about: Partial<Asked> = {}): Asked => ({ cluster: cluster(text('prod')), action: 's3:GetObject', resource: text('arn:aws:s3:::b/key'), dependsOn: ({ part }) => part === 'trust', ...about });

test.each<[string, GapScope, Partial<Asked>, boolean]>([
  ['everything', 'everything', {}, true],
  ['everything, and a trust policy', 'everything', { action: undefined }, true],
  ['the cluster of the pods', { cluster: cluster(text('prod')) }, {}, true],
  ['another cluster', { cluster: cluster(text('test')) }, {}, false],
  ['a cluster of the same name in another Region', { cluster: cluster(text('prod'), 'us-west-2') }, {}, false],
  ['a cluster whose name only the deployment knows', { cluster: cluster(unknown) }, {}, true],
  ['a cluster, and a principal that can be in any', { cluster: cluster(text('test')) }, { cluster: undefined }, true],
  ['the service of the action', { services: ['s3'] }, {}, true],
  ['the service of the action, in capital letters', { services: ['s3'] }, { action: 'S3:GetObject' }, true],
  ['another service', { services: ['sqs'] }, {}, false],
  ['the bucket of the object', { services: ['s3'], resources: [text('arn:aws:s3:::b')] }, {}, true],
  ['buckets that a wildcard names', { services: ['s3'], resources: [text('arn:aws:s3:::*')] }, {}, true],
  ['a bucket whose name only the deployment knows', { services: ['s3'], resources: [unknown] }, {}, true],
  ['another bucket', { services: ['s3'], resources: [text('arn:aws:s3:::c')] }, {}, false],
  ['another bucket, and a question about any', { services: ['s3'], resources: [text('arn:aws:s3:::c')] }, { resource: undefined }, true],
  ['roles on which the decision depends', { roles: [], part: 'trust' }, {}, true],
  ['roles on which it does not depend', { roles: [], part: 'permissions' }, {}, false],
  ['a service, and a trust policy', { services: ['s3'] }, { action: undefined }, false],
])('a gap of %s', (_, scope, about, expected) => {
  expect(canChange(scope, asked(about))).toBe(expected);
});
