import { accessAfter, Change } from './app';
import { AccessDiff } from '../../../lib/verification/access-diff';

const applied = (document: object): Change => (resources) => resources.Server = {
  Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: JSON.stringify([document]) },
};
const running = (...command: string[]) => applied({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'it', namespace: 'ops' },
  spec: { template: { spec: { serviceAccountName: 'server', containers: [{ name: 'it', image: 'app:1', command }] } } },
});
const trigger = (value: string) => applied({
  apiVersion: 'triggers.tekton.dev/v1beta1',
  kind: 'TriggerTemplate',
  metadata: { name: 'it', namespace: 'ops' },
  spec: { resourcetemplates: [{ kind: 'TaskRun', spec: { serviceAccountName: 'server', params: [{ name: 'a', value }] } }] },
});

test.each<[string, Change, Change, string]>([
  ['a server that runs code', running('app'), running('dask-scheduler'),
    'they can run code in Deployment ops/it, which takes it from whoever calls it, and so get tokens of service account ops/server'],
  ['a server that signs requests', running('app'), running('aws-sigv4-proxy'),
    'they can send requests through Deployment ops/it, which signs them, and so use the role of service account ops/server'],
  ['a server that acts in the cluster', running('app'), running('kubectl', 'proxy', '--address=0.0.0.0'),
    'they can act in the cluster through Deployment ops/it, which does what its callers ask, and so run pods'],
  ['an object that hands events on', trigger('b'), trigger('$(tt.params.a)'),
    'they can decide by events what TriggerTemplate ops/it runs, and so get tokens of service account ops/server'],
])('%s is broader, and less is not', (_, less, more, what) => {
  const between = (before: Change, after: Change) => AccessDiff.between(accessAfter(before), accessAfter(after));
  expect(between(less, more).broadens).toBe(true);
  expect(between(less, more).changes.map((change) => change.what)).toContainEqual(expect.stringContaining(what));
  expect(between(more, more).changes).toEqual([]);
  expect(between(more, less).broadens).toBe(false);
});
