import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const ROLES = { Own: accountRole('default:app', allow('sqs:ListQueues')), Other: accountRole('ops:worker', allow(LIST)) };
const deployment = (name: string, namespace: string, serviceAccountName: string, container: object = {}, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name, tier: 'x' } }, spec: { serviceAccountName, containers: [{ name: 'it', image: 'busybox', ...container }], ...spec } },
  },
});
const service = (spec: object = {}, name = 'web', more: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default', ...more }, spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec } });
const custom = (apiVersion: string, kind: string, spec: object, namespace = 'ops') => ({ apiVersion, kind, metadata: { name: 'it', namespace }, spec });
const accessTo = (...documents: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...ROLES,
  Applied: objects(account('app', 'Own'), account('worker', 'Other', 'ops'), deployment('web', 'default', 'app'), ...documents),
})).assume({ noOtherNodes: true });
const decide = (...documents: object[]) => accessTo(...documents).pod({ serviceAccountName: 'app' }).decide(LIST);
const worker = (container: object, spec: object = {}) => deployment('worker', 'ops', 'worker', container, spec);
const shell = (script: string) => worker({ command: ['sh', '-c', script] });
const env = (...variables: Array<[string, string]>) => worker({ env: variables.map(([name, value]) => ({ name, value })) });
const git = (url: string) => custom('source.toolkit.fluxcd.io/v1', 'GitRepository', { url });
const application = (source: object) => custom('argoproj.io/v1alpha1', 'Application', { source, destination: { server: 'https://kubernetes.default.svc' } }, 'argocd');

test.each<[string, object[], string]>([
  ['a Git repository of Flux', [git('http://web.default.svc.cluster.local/repo.git')], 'UNKNOWN'],
  ['a Git repository of Flux over SSH', [git('ssh://git@web.default/repo.git')], 'UNKNOWN'],
  ['a repository of Argo CD', [application({ repoURL: 'http://web.default.svc:3000/repo.git' })], 'UNKNOWN'],
  ['a repository of Argo CD over SSH', [application({ repoURL: 'git@web.default.svc.cluster.local:acme/repo.git' })], 'UNKNOWN'],
  ['a repository of Argo CD elsewhere over SSH', [application({ repoURL: 'git@github.com:acme/repo.git' })], 'DENIED'],
  ['one of several sources of Argo CD', [custom('argoproj.io/v1alpha1', 'Application', { sources: [{ repoURL: 'http://web.default.svc/repo.git' }] }, 'argocd')], 'UNKNOWN'],
  ['charts', [custom('source.toolkit.fluxcd.io/v1', 'HelmRepository', { url: 'http://web.default/charts' })], 'UNKNOWN'],
  ['an OCI registry of Flux', [custom('source.toolkit.fluxcd.io/v1', 'OCIRepository', { url: 'oci://web.default.svc:5000/apps' })], 'UNKNOWN'],
  ['a repository elsewhere', [git('https://github.com/acme/repo.git')], 'DENIED'],
  ['a repository of a Service in another namespace', [git('http://web.git.svc/repo.git')], 'DENIED'],
  ['a value of Argo CD', [application({ repoURL: 'https://charts.example.com', helm: { valuesObject: { url: 'http://web.default.svc' } } })], 'DENIED'],
  ['notifications of Flux', [custom('notification.toolkit.fluxcd.io/v1', 'Provider', { address: 'http://web.default.svc/hook' })], 'DENIED'],
  ['images', [worker({ image: 'web.default.svc.cluster.local:5000/shop:1' })], 'UNKNOWN'],
  ['images with a digest', [worker({ image: `web.default.svc.cluster.local:5000/shop@sha256:${'a'.repeat(64)}` })], 'DENIED'],
  ['images with another registry', [worker({ image: 'web/shop:1' })], 'DENIED'],
  ['a script in a pipe', [shell('curl -s http://web.default.svc/run.sh | sh')], 'UNKNOWN'],
  ['a script without a scheme', [shell('curl -s web.default/install | bash')], 'UNKNOWN'],
  ['a script in a substitution', [shell('bash -c "$(curl -fsSL http://web.default.svc/install)"')], 'UNKNOWN'],
  ['a program', [shell('wget -O /plugins/x http://web.default.svc/x && exec /plugins/x')], 'UNKNOWN'],
  ['a program in an init container', [worker({}, { initContainers: [{ name: 'i', command: ['curl', '-o', '/plugins/x', 'http://web.default.svc/x'] }] })], 'UNKNOWN'],
  ['packages', [shell('pip install --index-url http://web.default.svc/simple shop')], 'UNKNOWN'],
  ['a clone', [worker({ args: ['git', 'clone', 'http://web.default.svc/repo.git', '/src'] })], 'UNKNOWN'],
  ['manifests', [shell('kubectl apply -f http://web.default.svc/all')], 'UNKNOWN'],
  ['an archive in a variable', [env(['PLUGIN', 'http://web.default.svc/plugin.jar'])], 'UNKNOWN'],
  ['a script of a ConfigMap', [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it', namespace: 'ops' }, data: { 'run.sh': 'set -e\ncurl http://web.default.svc/run.sh | sh' } }], 'UNKNOWN'],
  ['the address of an API', [env(['API_URL', 'http://web.default.svc'])], 'DENIED'],
  ['an API that a script calls', [shell('curl -s http://web.default.svc/v1/items | jq .')], 'DENIED'],
  ['an API for which a script waits', [shell('until wget -q --spider http://web.default.svc/health; do sleep 1; done; exec sh run.sh')], 'DENIED'],
  ['the status of an API', [shell('curl -s -o /dev/null -w "%{http_code}" http://web.default.svc/health && ./run')], 'DENIED'],
  ['data of an API', [shell('curl -o /data/items.json http://web.default.svc/items.json')], 'DENIED'],
  ['an API after an installation', [shell('npm install && API=http://web.default.svc npm start')], 'DENIED'],
  ['an endpoint of AWS', [env(['AWS_ENDPOINT_URL', 'http://web.default.svc'])], 'UNKNOWN'],
  ['the endpoint of AWS STS', [env(['AWS_ENDPOINT_URL_STS', 'http://web.default:80'])], 'UNKNOWN'],
  ['an endpoint like that of Amazon S3', [env(['AWS_ENDPOINT_URL_S3', 'http://web.default.svc:9000'])], 'DENIED'],
  ['a proxy', [env(['HTTP_PROXY', 'http://web.default.svc:3128'])], 'UNKNOWN'],
  ['a proxy for other hosts', [env(['HTTP_PROXY', 'http://web.default.svc:3128'], ['NO_PROXY', '169.254.0.0/16,.svc'])], 'DENIED'],
  ['a proxy for HTTPS', [env(['HTTPS_PROXY', 'http://web.default.svc:3128'])], 'DENIED'],
  ['hooks of Metacontroller', [custom('metacontroller.k8s.io/v1alpha1', 'CompositeController', { hooks: { sync: { webhook: { url: 'http://web.default.svc/sync' } } } })], 'UNKNOWN'],
  ['hooks of Metacontroller by a Service', [custom('metacontroller.k8s.io/v1alpha1', 'DecoratorController', { hooks: { sync: { webhook: { service: { name: 'web', namespace: 'default' }, path: '/sync' } } } })], 'UNKNOWN'],
])('a pod that serves %s might get the credentials of what runs it, or not', (_, documents, outcome) => {
  expect(decide(service(), ...documents).outcome).toBe(outcome);
  expect(decide(service({ selector: { app: 'other' } }), deployment('other', 'default', 'default'), ...documents).outcome).toBe('DENIED');
  expect(accessTo(service(), ...documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

const SCRIPT = shell('curl -s http://web.default.svc/run.sh | sh');
const FROM_GIT = git('https://git.example.com/repo.git');
const ofGateway = (kind: string, spec: object, namespace = 'default') => custom('gateway.networking.k8s.io/v1', kind, spec, namespace);
const BACKEND = { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] };
const GATEWAY = { ...ofGateway('Gateway', { listeners: [{ name: 'http', hostname: '*.example.com' }] }, 'infra'), metadata: { name: 'public', namespace: 'infra' } };
const istio = (spec: object, namespace = 'default') => custom('networking.istio.io/v1', 'VirtualService', spec, namespace);
const TO_WEB = { http: [{ route: [{ destination: { host: 'web.default.svc.cluster.local', port: { number: 80 } } }] }] };

test.each<[string, object[], string]>([
  ['by its labels', [service({ selector: { app: 'web', tier: 'x' } }), SCRIPT], 'UNKNOWN'],
  ['by a label that only pods outside the templates can have', [service({ selector: { app: 'web', tier: 'y' } }), deployment('y', 'default', 'default', {}), SCRIPT], 'UNKNOWN'],
  ['by a label that a controller sets', [service({ selector: { 'statefulset.kubernetes.io/pod-name': 'web-0' } }), SCRIPT], 'UNKNOWN'],
  ['without a selector', [service({ selector: undefined }), SCRIPT], 'DENIED'],
  ['behind another name', [service(), service({ selector: undefined, externalName: 'web.default.svc.cluster.local' }, 'alias'), shell('curl http://alias.default.svc/run.sh | sh')], 'UNKNOWN'],
  ['behind a name elsewhere', [service(), service({ selector: undefined, externalName: 'example.com' }, 'alias'), shell('curl http://alias.default.svc/run.sh | sh')], 'DENIED'],
  ['as one of several', [service(), shell('curl http://web-0.web.default.svc.cluster.local/run.sh | sh')], 'UNKNOWN'],
  ['by its name, from another namespace', [service(), shell('curl http://web/run.sh | sh')], 'DENIED'],
  ['on a port of nodes', [service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30500 }] }), worker({ image: 'localhost:30500/shop:1' })], 'UNKNOWN'],
  ['on another port of nodes', [service({ type: 'NodePort', ports: [{ port: 80, nodePort: 30501 }] }), worker({ image: 'localhost:30500/shop:1' })], 'DENIED'],
  ['by the host of an Ingress', [
    service(),
    custom('networking.k8s.io/v1', 'Ingress', { rules: [{ host: 'git.example.com', http: { paths: [{ backend: { service: { name: 'web', port: { number: 80 } } } }] } }] }, 'default'),
    git('https://git.example.com/repo.git'),
  ], 'UNKNOWN'],
  ['by the host of external-dns', [service({}, 'web', { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'git.example.com' } }), git('https://git.example.com/repo.git')], 'UNKNOWN'],
  ['by a host with a wildcard of an Ingress', [
    service(),
    custom('networking.k8s.io/v1', 'Ingress', { rules: [{ host: '*.example.com', http: { paths: [{ backend: { service: { name: 'web' } } }] } }] }, 'default'),
    FROM_GIT,
  ], 'UNKNOWN'],
  ['by the host of external-dns of an Ingress', [
    service(),
    {
      ...custom('networking.k8s.io/v1', 'Ingress', { defaultBackend: { service: { name: 'web', port: { number: 80 } } } }, 'default'),
      metadata: { name: 'it', namespace: 'default', annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'git.example.com' } },
    },
    FROM_GIT,
  ], 'UNKNOWN'],
  ['by the host of an HTTPRoute', [service(), ofGateway('HTTPRoute', { hostnames: ['git.example.com'], ...BACKEND }), FROM_GIT], 'UNKNOWN'],
  ['by the host of an HTTPRoute in another namespace', [
    service(), ofGateway('HTTPRoute', { hostnames: ['git.example.com'], rules: [{ backendRefs: [{ name: 'web', namespace: 'default' }] }] }, 'ops'), FROM_GIT,
  ], 'UNKNOWN'],
  ['by the host of the Gateway of an HTTPRoute', [service(), GATEWAY, ofGateway('HTTPRoute', { parentRefs: [{ name: 'public', namespace: 'infra' }], ...BACKEND }), FROM_GIT], 'UNKNOWN'],
  ['by the host of a TLSRoute', [service(), ofGateway('TLSRoute', { hostnames: ['git.example.com'], ...BACKEND }), FROM_GIT], 'UNKNOWN'],
  ['by the host of a VirtualService', [service(), istio({ hosts: ['git.example.com'], gateways: ['infra/public'], ...TO_WEB }, 'istio-system'), FROM_GIT], 'UNKNOWN'],
  ['by the host of a VirtualService for any host of a gateway', [
    service(), { ...istio({ servers: [{ hosts: ['git.example.com'] }] }, 'infra'), kind: 'Gateway', metadata: { name: 'public', namespace: 'infra' } },
    istio({ hosts: ['*'], gateways: ['infra/public'], ...TO_WEB }), FROM_GIT,
  ], 'UNKNOWN'],
  ['by the host of a route of Traefik', [
    service(), custom('traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'Host(`git.example.com`) && PathPrefix(`/`)', services: [{ name: 'web', port: 80 }] }] }, 'default'), FROM_GIT,
  ], 'UNKNOWN'],
  ['by the host of a proxy of Contour', [
    service(), custom('projectcontour.io/v1', 'HTTPProxy', { virtualhost: { fqdn: 'git.example.com' }, routes: [{ services: [{ name: 'web', port: 80 }] }] }, 'default'), FROM_GIT,
  ], 'UNKNOWN'],
  ['by the name of another Service, whose requests a VirtualService sends there,', [
    service(), service({ selector: { app: 'stable' } }, 'stable'), deployment('stable', 'default', 'default'), istio({ hosts: ['stable'], ...TO_WEB }), shell('curl -s http://stable.default.svc/run.sh | sh'),
  ], 'UNKNOWN'],
  ['by the name of another Service, whose requests no VirtualService sends there,', [
    service(), service({ selector: { app: 'stable' } }, 'stable'), deployment('stable', 'default', 'default'), istio({ hosts: ['other'], ...TO_WEB }), shell('curl -s http://stable.default.svc/run.sh | sh'),
  ], 'DENIED'],
  ['by another host of an HTTPRoute', [service(), ofGateway('HTTPRoute', { hostnames: ['www.example.com'], ...BACKEND }), FROM_GIT], 'DENIED'],
  ['by a host with another wildcard', [service(), ofGateway('HTTPRoute', { hostnames: ['*.example.org'], ...BACKEND }), FROM_GIT], 'DENIED'],
  ['by the host of an HTTPRoute to another Service', [service(), ofGateway('HTTPRoute', { hostnames: ['git.example.com'], rules: [{ backendRefs: [{ name: 'git' }] }] }), FROM_GIT], 'DENIED'],
  ['by the host of an HTTPRoute, of which others get data,', [service(), ofGateway('HTTPRoute', { hostnames: ['git.example.com'], ...BACKEND }), env(['API_URL', 'https://git.example.com'])], 'DENIED'],
])('a Service selects the pods %s, or not', (_, documents, outcome) => {
  expect(decide(...documents).outcome).toBe(outcome);
});

test('pods behind a Service serve others in their namespace by its name, and nothing new to themselves', () => {
  const own = { ...deployment('worker', 'default', 'worker', { command: ['sh', '-c', 'curl http://web/run.sh | sh'] }) };
  const Other = accountRole('default:worker', allow(LIST));
  const access = (workload: object) => verification.PodAccess.fromTemplates(clusterTemplate({
    ...ROLES, Other, Applied: objects(account('app', 'Own'), account('worker', 'Other'), deployment('web', 'default', 'app'), service(), workload),
  })).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  expect([access(own), access(deployment('web2', 'default', 'app', { command: ['sh', '-c', 'curl http://web/run.sh | sh'] }))]).toEqual(['UNKNOWN', 'DENIED']);
});

test('pods that no workload shows may be behind a Service of their namespace', () => {
  const outcomes = ['default', 'ops'].map((namespace) => verification.PodAccess.fromTemplates(clusterTemplate({
    ...ROLES, Applied: objects(account('app', 'Own'), account('worker', 'Other', 'ops'), { ...service(), metadata: { name: 'web', namespace } }, shell('curl http://web.default.svc/run.sh | sh')),
  })).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

const webhook = (kind: string, apiGroups: string[], resources: string[], client: object = { service: { name: 'web', namespace: 'default' } }) => ({
  apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'it' }, webhooks: [{ clientConfig: client, rules: [{ apiGroups, apiVersions: ['*'], operations: ['CREATE'], resources }] }],
});
const definition = (group: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'it' },
  spec: { group, conversion: { strategy: 'Webhook', webhook: { clientConfig: { service: { name: 'web', namespace: 'default' } } } } },
});

test.each<[string, object, boolean]>([
  ['pods', webhook('MutatingWebhookConfiguration', [''], ['pods']), true],
  ['pods, by a URL', webhook('MutatingWebhookConfiguration', [''], ['pods'], { url: 'https://web.default.svc/mutate' }), true],
  ['workloads', webhook('MutatingWebhookConfiguration', ['apps'], ['deployments']), true],
  ['bindings', webhook('MutatingWebhookConfiguration', ['rbac.authorization.k8s.io'], ['rolebindings']), true],
  ['applications', webhook('MutatingWebhookConfiguration', ['argoproj.io'], ['applications']), true],
  ['objects of its own', webhook('MutatingWebhookConfiguration', ['example.com'], ['databases']), false],
  ['pods, which it only validates', webhook('ValidatingWebhookConfiguration', [''], ['pods']), false],
  ['conversions of workflows', definition('argoproj.io'), true],
  ['conversions of its own objects', definition('example.com'), false],
])('the server of a webhook for %s might act in the cluster, or not', (_, document, expected) => {
  expect(decide(service(), document).missing.some((what) => what.includes('decide what runs in the cluster by'))).toBe(expected);
});

test('the server of a webhook for Secrets might get keys in them', () => {
  const access = (resources: string[]) => {
    const User = { Type: 'AWS::IAM::User', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [allow(LIST)] } }] } };
    const Key = { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } };
    const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key', SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } };
    const filled = custom('external-secrets.io/v1', 'ExternalSecret', { data: [{ secretKey: 'key', remoteRef: { key: 'key' } }] });
    return verification.PodAccess.fromTemplates(clusterTemplate({
      Own: ROLES.Own,
      User,
      Key,
      Secret,
      Applied: objects(account('app', 'Own'), deployment('web', 'default', 'app'), service(), filled, webhook('ValidatingWebhookConfiguration', [''], resources)),
    })).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  };
  expect([access(['secrets']), access(['services'])]).toEqual(['UNKNOWN', 'DENIED']);
});

test('a ConfigMap can have a long line of data', () => {
  const data = { rows: `/${'1,'.repeat(200_000)}` };
  expect(decide(service(), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'data', namespace: 'ops' }, data }).outcome).toBe('DENIED');
});

test('the answer names what is served', () => {
  expect(decide(service(), SCRIPT).missing).toEqual(['whether pods serve what Deployment ops/worker runs, get tokens of other pods, and with them the credentials of role Other']);
  expect(decide(service(), git('http://web.default.svc/repo.git')).missing.join())
    .toContain('serve the objects of GitRepository it, which a controller applies to the cluster');
});

const RBAC = 'rbac.authorization.k8s.io';
const bound = (namespace: string, apiGroup: string, resource: string, verbs: string[], resourceNames?: string[]) => [
  { apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: 'it', namespace }, rules: [{ apiGroups: [apiGroup], resources: [resource], verbs, resourceNames }] },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'it', namespace },
    roleRef: { apiGroup: RBAC, kind: 'Role', name: 'it' },
    subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
  },
];

test.each<[string, object[], string]>([
  ['change the Service', bound('git', '', 'services', ['patch']), 'UNKNOWN'],
  ['change its endpoints, which the selector decides', bound('git', '', 'endpoints', ['update'], ['git']), 'DENIED'],
  ['add endpoints to it', bound('git', 'discovery.k8s.io', 'endpointslices', ['create']), 'UNKNOWN'],
  ['change another Service', bound('git', '', 'services', ['patch'], ['other']), 'DENIED'],
  ['change Services of another namespace', bound('default', '', 'services', ['create', 'patch', 'update']), 'DENIED'],
  ['watch Services', bound('git', '', 'services', ['get', 'list', 'watch']), 'DENIED'],
  ['change its status, which has addresses of load balancers', bound('git', '', 'services/status', ['patch']), 'UNKNOWN'],
  ['change the status of another Service', bound('git', '', 'services/status', ['patch'], ['other']), 'DENIED'],
  ['change the status of its pods, which has their addresses', bound('git', '', 'pods/status', ['patch']), 'UNKNOWN'],
  ['change the status of pods of another namespace', bound('default', '', 'pods/status', ['patch']), 'DENIED'],
  ['evict its pods', bound('git', '', 'pods/eviction', ['create']), 'DENIED'],
])('who may %s from which something gets code serves that in place of its pods, or not', (_, documents, outcome) => {
  const serving = [service({ selector: { app: 'git' } }, 'git', { namespace: 'git' }), deployment('git', 'git', 'git')];
  expect(decide(...serving, shell('curl http://git.git.svc/run | sh'), ...documents).outcome).toBe(outcome);
  expect(decide(...serving, shell('curl http://git.git.svc/items | jq .'), ...documents).outcome).toBe('DENIED');
});
