import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const deployment = (name: string, namespace: string, serviceAccountName: string, container: object = {}, annotations: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name }, annotations }, spec: { serviceAccountName, containers: [{ name: 'it', image: `app@sha256:${'a'.repeat(64)}`, ...container }] },
    },
  },
});
const service = (selector: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector, ports: [{ port: 80 }] } });
const custom = (apiVersion: string, kind: string, spec: object, namespace = 'ops') => ({ apiVersion, kind, metadata: { name: 'it', namespace }, spec });
const config = (data: object, namespace = 'ops') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace }, data });
const accessTo = (selector: object, resources: object, ...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  Own: accountRole('default:app', allow('sqs:ListQueues')),
  Other: accountRole('ops:worker', allow(LIST)),
  Applied: objects(account('app', 'Own'), account('worker', 'Other', 'ops'), deployment('web', 'default', 'app'), deployment('worker', 'ops', 'worker'), service(selector), ...documents),
  ...resources,
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST);
const outcomeOf = (...what: Parameters<typeof accessTo>) => accessTo(...what).outcome;
const outcomes = (documentFor: (url: string) => object) => [
  outcomeOf({ app: 'web' }, {}, documentFor('http://web.default.svc')),
  outcomeOf({ app: 'web' }, {}, documentFor('http://code.example.org')),
  outcomeOf({ app: 'other' }, {}, documentFor('http://web.default.svc'), deployment('other', 'default', 'default')),
];

const shell = (script: string, ...env: Array<[string, string]>) =>
  deployment('job', 'ops', 'worker', { command: ['sh', '-c', script], env: env.map(([name, value]) => ({ name, value })) });
const annotated = (annotations: object) => deployment('job', 'ops', 'worker', {}, annotations);
const policy = (more: object, url: string) => custom('kyverno.io/v1', 'ClusterPolicy', {
  rules: [{ name: 'it', context: [{ name: 'answer', apiCall: { method: 'POST', service: { url } } }], ...more }],
});
const kubeconfig = (server: string, user: object = { tokenFile: '/var/run/secrets/kubernetes.io/serviceaccount/token' }) =>
  JSON.stringify({ kind: 'Config', clusters: [{ name: 'it', cluster: { server } }], users: [{ name: 'it', user }] }, null, 2);

test.each<[string, (url: string) => object]>([
  ['Vault for its agent', (url) => annotated({ 'vault.hashicorp.com/agent-inject': 'true', 'vault.hashicorp.com/service': url })],
  ['Vault for a store of External Secrets', (url) => custom('external-secrets.io/v1', 'SecretStore', { provider: { vault: { server: url, path: 'secret' } } })],
  ['Vault for the stores of all namespaces', (url) => custom('external-secrets.io/v1', 'ClusterSecretStore', { provider: { vault: { server: url } } }, 'tools')],
  ['Secrets of a webhook', (url) => custom('external-secrets.io/v1', 'SecretStore', { provider: { webhook: { url: `${url}/secret` } } })],
  ['Secrets of a generator', (url) => custom('generators.external-secrets.io/v1alpha1', 'Webhook', { url: `${url}/secret` })],
  ['Vault for its operator', (url) => custom('secrets.hashicorp.com/v1beta1', 'VaultConnection', { address: url })],
  ['what a policy of Kyverno fills in', (url) => policy({ mutate: { patchStrategicMerge: {} } }, url)],
  ['what Gatekeeper fills in', (url) => custom('externaldata.gatekeeper.sh/v1beta1', 'Provider', { url, timeout: 1 })],
  ['packages of Crossplane', (url) => custom('pkg.crossplane.io/v1', 'Function', { package: `${url.replace('http://', '')}/function:1` })],
  ['the generator of an ApplicationSet', (url) => config({ token: '$plugin:token', baseUrl: url }, 'argocd')],
  ['a disk of a virtual machine', (url) => custom('cdi.kubevirt.io/v1beta1', 'DataVolume', { source: { http: { url: `${url}/disk.img` } } })],
  ['a model', (url) => custom('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: { storageUri: `${url}/model` } } })],
  ['the API server of a pod', (url) => shell('exec app', ['KUBERNETES_SERVICE_HOST', url.replace('http://', '')])],
  ['the API server of a kubeconfig', (url) => config({ kubeconfig: kubeconfig(url) })],
  ['an index of Python in a file', (url) => config({ 'pip.conf': `[global]\nindex-url = ${url}/simple\n` })],
  ['a registry of npm in a file', (url) => config({ '.npmrc': `@acme:registry=${url}\n` })],
  ['mirrors of images in a file', (url) => config({ 'daemon.json': JSON.stringify({ 'registry-mirrors': ['https://mirror.gcr.io', url] }, null, 2) })],
  ['mirrors of images in a file that a script writes', (url) => shell(`cat > /etc/docker/daemon.json <<EOF\n{"registry-mirrors": ["${url}"]}\nEOF`)],
  ['images to containerd', (url) => config({ 'hosts.toml': `server = "https://registry-1.docker.io"\n[host."${url}"]\n  capabilities = ["pull"]\n` })],
  ['images to containerd, as its only server', (url) => shell(`cat > /etc/containerd/certs.d/docker.io/hosts.toml <<EOF\nserver = "${url}"\nEOF`)],
  ['a registry of Yarn in a file', (url) => config({ '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: "${url}"\n` })],
  ['packages of a system in a file', (url) => shell(`cat > /etc/apt/sources.list.d/it.sources <<EOF\nTypes: deb\nURIs: ${url}\nSuites: stable\nEOF`)],
  ['a list of mirrors', (url) => config({ 'it.repo': `[it]\nname=it\nmirrorlist=${url}/mirrors\n` })],
  ['a channel of Conda', (url) => shell(`cat > ~/.condarc <<EOF\nchannels:\n  - ${url}\n  - defaults\nEOF`)],
  ['a mirror of Maven', (url) => config({ 'settings.xml': `<settings><mirrors><mirror>\n<url>${url}/maven2</url>\n</mirror></mirrors></settings>` })],
  ['packages of NuGet', (url) => config({ 'NuGet.Config': `<configuration><packageSources>\n<add key="it" value="${url}/index.json" />\n</packageSources></configuration>` })],
  ['an index of Poetry', (url) => config({ 'pyproject.toml': `[[tool.poetry.source]]\nname = "it"\nurl = "${url}/simple"\n` })],
  ['a proxy for packages of a system', (url) => shell(`echo 'Acquire::http::Proxy "${url}";' > /etc/apt/apt.conf.d/proxy`)],
  ['a proxy for packages of a system, in a file', (url) => config({ proxy: `Acquire {\n  http { Proxy "${url}"; }\n}\n` })],
  ['gems', (url) => shell('gem install it && it', ['RUBYGEMS_HOST', url])],
  ['the settings of a framework', (url) => shell('exec app', ['SPRING_CONFIG_IMPORT', `configserver:${url}`])],
  ['a script by a variable', (url) => shell('curl "$BASE_URL/run.sh" | sh', ['BASE_URL', url])],
  ['a script by a host', (url) => shell('curl http://$(SCRIPTS)/run.sh | sh', ['SCRIPTS', url.replace('http://', '')])],
  ['a repository of git-sync', (url) => deployment('job', 'ops', 'worker', { args: [`--repo=${url}/it.git`, '--exechook-command=/it/run.sh'] })],
  ['a script of a Secret', (url) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it', namespace: 'ops' }, stringData: { 'run.sh': `curl ${url}/run.sh | sh` } })],
  ['a script of a Secret in Base64', (url) => ({
    apiVersion: 'v1', kind: 'Secret', metadata: { name: 'it', namespace: 'ops' }, data: { 'run.sh': Buffer.from(`curl ${url}/run.sh | sh`).toString('base64') },
  })],
])('a pod that serves %s might get the credentials of what gets it', (_, documentFor) => {
  expect(outcomes(documentFor)).toEqual(['UNKNOWN', 'DENIED', 'DENIED']);
});

test.each<[string, (url: string) => object]>([
  ['an API by a variable', (url) => shell('curl "$BASE_URL/items" | jq .', ['BASE_URL', url])],
  ['an API of an app', (url) => shell('exec app', ['BASE_URL', url])],
  ['what a policy of Kyverno checks', (url) => policy({ validate: { message: 'no' } }, url)],
  ['metrics of a trigger of KEDA', (url) => custom('keda.sh/v1alpha1', 'ScaledObject', { triggers: [{ type: 'metrics-api', metadata: { url } }] })],
  ['the address of an app in its settings', (url) => config({ 'settings.yaml': `server: ${url}\nregistryName: it\n` })],
  ['addresses of an app in its settings', (url) => config({ 'app.xml': `<app>\n<url>${url}</url><add value="${url}"/>\n</app>`, 'app.yaml': `channels:\n  - ${url}\nProxy "${url}"` })],
  ['an address in an annotation', (url) => annotated({ 'example.com/dashboard': url })],
  ['an address of an app for its users', (url) => config({ baseUrl: url })],
])('a pod that serves %s decides nothing', (_, documentFor) => {
  expect(outcomes(documentFor)).toEqual(['DENIED', 'DENIED', 'DENIED']);
});

const chart = (values: object) =>
  ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart: 'it', Namespace: 'ops', Values: JSON.stringify(values) } } });

test('a pod might get the credentials of a chart with a command that runs what it gets from there, and not of one that gets data', () => {
  const missing = (script: string) => accessTo({ app: 'web' }, chart({ extraInitContainers: [{ name: 'it', image: 'busybox', command: ['sh', '-c', script] }] })).missing;
  expect(missing('curl http://web.default.svc/run.sh | sh')).toContainEqual(expect.stringContaining('whether pods serve what HelmChart ops/it runs'));
  expect(missing('curl http://web.default.svc/items | jq .').filter((what) => what.includes('serve'))).toEqual([]);
});

test.each<[string, object, string]>([
  ['with the labels that it selects', deployment('web', 'default', 'app'), 'UNKNOWN'],
  ['with other labels, to which a controller may add some', deployment('api', 'default', 'app'), 'UNKNOWN'],
  ['of another account with the labels that it selects', deployment('web', 'default', 'other'), 'DENIED'],
  ['of another account', deployment('api', 'default', 'other'), 'UNKNOWN'],
  ['in another namespace', deployment('api', 'ops', 'app'), 'UNKNOWN'],
])('pods of an account are behind a Service if the templates show those %s, or not', (_, document, expected) => {
  const access = verification.PodAccess.fromTemplates(clusterTemplate({
    Own: accountRole('default:app', allow('sqs:ListQueues')),
    Other: accountRole('ops:worker', allow(LIST)),
    Applied: objects(account('app', 'Own'), account('worker', 'Other', 'ops'), service({ app: 'web' }), shell('curl http://web.default.svc/run.sh | sh'), document),
  }));
  expect(access.assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
});
