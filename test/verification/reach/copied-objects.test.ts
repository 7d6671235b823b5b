import { accessTo, LIST, role, rule, ruleFor } from './rbac-apps';

const workload = (volume: object) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'ops' },
  spec: {
    template: {
      spec: {
        serviceAccountName: 'reader',
        containers: [{ name: 'it', image: 'app@sha256:1', volumeMounts: [{ name: 'files', mountPath: '/scripts' }] }],
        volumes: [{ name: 'files', ...volume }],
      },
    },
  },
});
const MAP = workload({ configMap: { name: 'it' } });
const SECRET = workload({ secret: { secretName: 'it' } });
const object = (apiVersion: string, kind: string, name: string, namespace: string | undefined, more: object, annotations?: object) =>
  ({ apiVersion, kind, metadata: { name, ...namespace && { namespace }, ...annotations && { annotations } }, ...more });
const source = (annotation: string, value = 'true', name = 'it', kind = 'ConfigMap') => object('v1', kind, name, 'tools', { data: { 'run.sh': 'echo' } }, { [annotation]: value });
const copy = (annotation: string, value: string) => object('v1', 'ConfigMap', 'it', 'ops', { data: {} }, { [annotation]: value });
const kyverno = (generate: object) => object('kyverno.io/v1', 'ClusterPolicy', 'copy', undefined, { spec: { rules: [{ name: 'copy', generate }] } });
const store = (provider: object) => object('external-secrets.io/v1', 'ClusterSecretStore', 'cluster', undefined, { spec: { provider } });
const external = (spec: object, namespace = 'ops') =>
  object('external-secrets.io/v1', 'ExternalSecret', 'filled', namespace, { spec: { secretStoreRef: { name: 'cluster', kind: 'ClusterSecretStore' }, target: { name: 'it' }, ...spec } });
const OF_TOOLS = { kubernetes: { remoteNamespace: 'tools' } };
const data = (key: string) => ({ data: [{ secretKey: 'run.sh', remoteRef: { key } }] });

const CHANGED = role('tools', rule('', 'configmaps', 'get', 'patch'), rule('', 'secrets', 'update'));
const outcomeWith = (documents: object[], bound: object[] = CHANGED) => accessTo([...documents, ...bound]).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each<[string, object[], string]>([
  ['that Reflector copies to all namespaces', [MAP, source('reflector.v1.k8s.emberstack.com/reflection-auto-enabled')], 'UNKNOWN'],
  ['that is a Secret', [SECRET, source('reflector.v1.k8s.emberstack.com/reflection-allowed', 'true', 'it', 'Secret')], 'UNKNOWN'],
  ['that Kubernetes Replicator copies', [MAP, source('replicator.v1.mittwald.de/replicate-to', 'ops')], 'UNKNOWN'],
  ['that Config Syncer copies', [MAP, source('kubed.appscode.com/sync', '')], 'UNKNOWN'],
  ['that the copy of Reflector names', [MAP, copy('reflector.v1.k8s.emberstack.com/reflects', 'tools/scripts')], 'UNKNOWN'],
  ['that the copy of Kubernetes Replicator names', [MAP, copy('replicator.v1.mittwald.de/replicate-from', 'tools/scripts')], 'UNKNOWN'],
  ['that is copied in two steps', [MAP, copy('replicator.v1.mittwald.de/replicate-from', 'web/scripts'), kyverno({ kind: 'ConfigMap', name: 'scripts', clone: { namespace: 'tools', name: 'all' } })], 'UNKNOWN'],
  ['that Kyverno clones', [MAP, kyverno({ apiVersion: 'v1', kind: 'ConfigMap', name: 'it', namespace: '{{request.object.metadata.name}}', clone: { namespace: 'tools', name: 'scripts' } })], 'UNKNOWN'],
  ['that Kyverno clones, under a name of an expression', [MAP, kyverno({ kind: 'ConfigMap', name: '{{request.object.metadata.name}}', clone: { namespace: 'tools', name: 'scripts' } })], 'UNKNOWN'],
  ['that Kyverno clones with others', [MAP, kyverno({ namespace: '{{request.object.metadata.name}}', cloneList: { namespace: 'tools', kinds: ['v1/Secret', 'v1/ConfigMap'] } })], 'UNKNOWN'],
  ['that External Secrets copies', [SECRET, store(OF_TOOLS), external(data('scripts'))], 'UNKNOWN'],
  ['that External Secrets finds', [SECRET, store(OF_TOOLS), external({ dataFrom: [{ find: { name: { regexp: '.*' } } }] })], 'UNKNOWN'],
  ['that is imported', [SECRET, object('secretgen.carvel.dev/v1alpha1', 'SecretImport', 'it', 'ops', { spec: { fromNamespace: 'tools' } })], 'UNKNOWN'],
  ['that nothing copies', [MAP], 'DENIED'],
  ['of another name that Reflector copies', [MAP, source('reflector.v1.k8s.emberstack.com/reflection-auto-enabled', 'true', 'other')], 'DENIED'],
  ['of another kind that Reflector copies', [MAP, source('reflector.v1.k8s.emberstack.com/reflection-auto-enabled', 'true', 'it', 'Secret')], 'DENIED'],
  ['with another annotation', [MAP, source('example.com/owner')], 'DENIED'],
  ['of another namespace than the copy names', [MAP, copy('reflector.v1.k8s.emberstack.com/reflects', 'web/scripts')], 'DENIED'],
  ['of another namespace than Kyverno clones', [MAP, kyverno({ kind: 'ConfigMap', name: 'it', clone: { namespace: 'web', name: 'scripts' } })], 'DENIED'],
  ['of another kind than Kyverno clones', [MAP, kyverno({ kind: 'Role', name: 'it', clone: { namespace: 'tools', name: 'scripts' } })], 'DENIED'],
  ['that Kyverno clones under another name', [MAP, kyverno({ kind: 'ConfigMap', name: 'other', clone: { namespace: 'tools', name: 'scripts' } })], 'DENIED'],
  ['of another namespace than External Secrets copies', [SECRET, store({ kubernetes: {} }), external(data('scripts'))], 'DENIED'],
  ['while External Secrets takes it from AWS', [SECRET, store({ aws: { service: 'SecretsManager' } }), external(data('scripts'))], 'DENIED'],
  ['that External Secrets copies to another namespace', [SECRET, store(OF_TOOLS), external(data('scripts'), 'web')], 'DENIED'],
])('who changes an object %s changes what a workload runs of the copy, or not', (_, documents, expected) => {
  expect(outcomeWith(documents)).toBe(expected);
  expect(outcomeWith(documents, role('tools', rule('', 'configmaps', 'get'), rule('', 'secrets', 'get')))).toBe('DENIED');
});

test.each([['scripts', 'UNKNOWN'], ['other', 'DENIED']])('who may only change %s, of which the workload has a copy, or not: %s', (name, expected) => {
  expect(outcomeWith([MAP, copy('reflector.v1.k8s.emberstack.com/reflects', 'tools/scripts')], role('tools', ruleFor([name], '', 'configmaps', 'patch')))).toBe(expected);
});

test('who may create what is copied, and is not there', () => {
  const documents = [MAP, copy('reflector.v1.k8s.emberstack.com/reflects', 'tools/scripts')];
  const creating = role('tools', rule('', 'configmaps', 'create'));
  expect(outcomeWith(documents, creating)).toBe('UNKNOWN');
  expect(outcomeWith([...documents, source('example.com/owner', 'a', 'scripts')], creating)).toBe('DENIED');
});
