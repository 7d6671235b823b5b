import { Asked, canChange, GapScope } from '../../../lib/verification/private/findings/gap';
import { ClusterId } from '../../../lib/verification/private/values/cluster-id';
import { Text } from '../../../lib/verification/private/values/text';
import { Unknown } from '../../../lib/verification/private/values/unknown';

const cluster = (name: Text, region = 'eu-west-1') => new ClusterId(name, Text.of('123456789012'), Text.of(region), false);
const text = (name: string) => cluster(Text.of(name));
const unknown = cluster(Text.unknown(new Unknown('x', { label: 'x' })));

const asked = (about: Partial<Asked> = {}): Asked => ({ cluster: text('prod'), action: 's3:GetObject', ...about });

test.each<[string, GapScope, Partial<Asked>, boolean]>([
  ['everything', 'everything', {}, true],
  ['everything, and a trust policy', 'everything', { action: undefined }, true],
  ['the cluster of the pods', { cluster: text('prod') }, {}, true],
  ['another cluster', { cluster: text('test') }, {}, false],
  ['a cluster of the same name in another Region', { cluster: cluster(Text.of('prod'), 'us-west-2') }, {}, false],
  ['a cluster whose name only the deployment knows', { cluster: unknown }, {}, true],
  ['a cluster, and a principal that can be in any', { cluster: text('test') }, { cluster: undefined }, true],
  ['the service of the action', { service: 's3' }, {}, true],
  ['the service of the action, in capital letters', { service: 's3' }, { action: 'S3:GetObject' }, true],
  ['another service', { service: 'sqs' }, {}, false],
  ['a service, and a trust policy', { service: 's3' }, { action: undefined }, false],
])('a gap of %s', (_, scope, about, expected) => {
  expect(canChange(scope, asked(about))).toBe(expected);
});
