import { accessTo, clusterRole, LIST, role, rule, ruleFor } from './rbac-apps';

const CHANGED = role('ops', rule('', 'configmaps', 'update'), rule('', 'secrets', 'patch'));
const workload = (containers: object[], volumes: object[] = []) => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'ops' }, spec: { template: { spec: { serviceAccountName: 'reader', containers, volumes } } },
});
const running = (script: string, more: object = {}) => workload([{ name: 'it', image: 'app@sha256:1', command: ['sh', '-c', script], ...more }]);
const outcomeWith = (documents: object[], bound: object[]) => accessTo([...documents, ...bound]).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
const API = 'https://kubernetes.default.svc/api/v1/namespaces';

test.each<[string, string]>([
  ['to its shell', String.raw`kubectl get configmap run -o jsonpath='{.data.run\.sh}' | sh`],
  ['by the short name of its kind', 'kubectl get cm/run -o jsonpath={.data.run} | bash -s'],
  ['with options before its name', 'kubectl -n ops get -o jsonpath=\'{.data.run}\' configmap "run" | sh'],
  ['and evaluates it', 'set -e; eval "$(kubectl get cm run -o jsonpath={.data.run})"'],
  ['into a variable', 'TASK=$(kubectl get cm run -o jsonpath={.data.run}); sh -c "$TASK"'],
  ['into a file', 'kubectl get cm run -o jsonpath={.data.run} 2>/dev/null > /tmp/run && sh /tmp/run'],
  ['into a file that is applied', 'kubectl get cm run -o jsonpath={.data.run} > /tmp/all.yaml; kubectl apply -f /tmp/all.yaml'],
  ['as objects', 'kubectl get cm run -o jsonpath=\'{.data.all\\.yaml}\' | kubectl apply -f -'],
  ['of a Secret', 'kubectl get secret run -o go-template=\'{{.data.run}}\' | base64 -d | python3'],
  ['by the path of the API server', `curl -sk -H "Authorization: Bearer $T" ${API}/ops/configmaps/run | jq -r .data.run | sh`],
  ['in its own namespace', `curl -sk ${API}/$(cat /var/run/secrets/kubernetes.io/serviceaccount/namespace)/secrets/run | jq -r .data.run | base64 -d | sh`],
  ['by a label', 'kubectl get cm -l app=web -o jsonpath=\'{.items[*].data.run}\' | sh'],
  ['whose name a variable has', 'kubectl get cm "$NAME" -o jsonpath={.data.run} | sh'],
])('who changes an object that a script hands %s runs code in its pods', (_, script) => {
  expect(outcomeWith([running(script)], CHANGED)).toBe('UNKNOWN');
  expect(outcomeWith([running(script)], role('other', rule('', 'configmaps', 'update'), rule('', 'secrets', 'patch')))).toBe('DENIED');
  expect(outcomeWith([running(script)], role('ops', rule('', 'configmaps', 'get', 'list'), rule('', 'secrets', 'get')))).toBe('DENIED');
});

test.each<[string, string]>([
  ['prints', 'kubectl get configmap run -o yaml; sleep 60'],
  ['hands to something as data', 'kubectl get secret run -o jsonpath={.data.password} | base64 -d | psql -h db'],
  ['has in a variable as data', 'PASSWORD=$(kubectl get secret run -o jsonpath={.data.password}); app --password "$PASSWORD"'],
  ['writes to a file of data', 'kubectl get cm run -o jsonpath={.data.settings} > /tmp/settings.yaml; app --config /tmp/settings.yaml'],
  ['copies as a whole', 'kubectl get secret run -o yaml | sed \'s/namespace: .*/namespace: web/\' | kubectl apply -f -'],
  ['makes another of', 'kubectl create secret generic copy --from-literal=a=$(kubectl get secret run -o jsonpath={.data.a})'],
  ['does not read, but lists', `curl -sk ${API}/ops/pods | jq .data; kubectl get pods -o name | xargs echo`],
])('who changes an object that a script %s runs nothing', (_, script) => {
  expect(outcomeWith([running(script)], CHANGED)).toBe('DENIED');
});

const OF_OTHER = running('kubectl -n shared get cm run -o jsonpath={.data.run} | sh');

test.each<[string, object[], string]>([
  ['its own namespace', CHANGED, 'DENIED'],
  ['the namespace of the object', role('shared', rule('', 'configmaps', 'update')), 'UNKNOWN'],
  ['the cluster', clusterRole(ruleFor(['run'], '', 'configmaps', 'update')), 'UNKNOWN'],
  ['the namespace, for another object', role('shared', ruleFor(['leader'], '', 'configmaps', 'update')), 'DENIED'],
  ['the namespace, where it may only create', role('shared', rule('', 'configmaps', 'create')), 'UNKNOWN'],
])('a script names the namespace of what it reads: a role for %s', (_, bound, outcome) => {
  expect(outcomeWith([OF_OTHER], bound)).toBe(outcome);
});

test('who only creates decides nothing of an object that the templates have', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'run', namespace: 'shared' }, data: { run: 'true' } };
  expect(outcomeWith([OF_OTHER, object], role('shared', rule('', 'configmaps', 'create')))).toBe('DENIED');
});

test('a script in a ConfigMap counts where pods mount it', () => {
  const script = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'files', namespace: 'ops' }, data: { start: 'kubectl get cm run -o jsonpath={.data.run} | sh' } };
  const pods = workload([{ name: 'it', image: 'app@sha256:1', volumeMounts: [{ name: 'files', mountPath: '/srv' }] }], [{ name: 'files', configMap: { name: 'files' } }]);
  const bound = role('ops', ruleFor(['run'], '', 'configmaps', 'update'));
  expect([[script, pods], [script]].map((documents) => outcomeWith(documents, bound))).toEqual(['UNKNOWN', 'DENIED']);
});

const syncing = (env: object, mount: object = {}) => ({
  name: 'sync',
  image: 'quay.io/kiwigrid/k8s-sidecar@sha256:1',
  env: Object.entries({ LABEL: 'app', FOLDER: '/data', ...env }).map(([name, value]) => ({ name, value })),
  volumeMounts: [{ name: 'files', mountPath: '/data', ...mount }],
});
const synced = (mountPath: string, sidecar: object = syncing({}), more: object = {}) =>
  workload([sidecar, { name: 'it', image: 'app@sha256:1', volumeMounts: [{ name: 'files', mountPath }], ...more }], [{ name: 'files', emptyDir: {} }]);
const CREATED = role('ops', rule('', 'configmaps', 'create'));

test.each<[string, object, object[], string]>([
  ['ConfigMaps to a folder of scripts', synced('/scripts'), CREATED, 'UNKNOWN'],
  ['ConfigMaps that may be updated', synced('/scripts'), CHANGED, 'UNKNOWN'],
  ['ConfigMaps to a folder with what a command runs', synced('/data', undefined, { command: ['sh', '-c', 'for one in /data/*; do sh "$one"; done'] }), CREATED, 'UNKNOWN'],
  ['ConfigMaps beside a script of its own', synced('/etc/data', syncing({ SCRIPT: '/data/reload' })), CREATED, 'UNKNOWN'],
  ['ConfigMaps of all namespaces', synced('/scripts', syncing({ NAMESPACE: 'ALL' })), role('other', rule('', 'configmaps', 'create')), 'UNKNOWN'],
  ['ConfigMaps of its namespace', synced('/scripts'), role('other', rule('', 'configmaps', 'create')), 'DENIED'],
  ['Secrets', synced('/scripts', syncing({ RESOURCE: 'secret' })), CREATED, 'DENIED'],
  ['both', synced('/scripts', syncing({ RESOURCE: 'both' })), CREATED, 'UNKNOWN'],
  ['dashboards', synced('/tmp/dashboards'), CREATED, 'DENIED'],
  ['nothing to a folder of scripts that it only reads', synced('/scripts', syncing({}, { readOnly: true })), CREATED, 'DENIED'],
  ['nothing, as another container', synced('/scripts', { ...syncing({}), image: 'busybox@sha256:1' }), CREATED, 'DENIED'],
])('a container writes %s', (_, document, bound, outcome) => {
  expect(outcomeWith([document], bound)).toBe(outcome);
});
