import { accessTo, APP, clusterRole, LIST, RBAC, rbac, role, rule } from './rbac-apps';

const controller = (image: string, args: string[] = [], namespace = 'ops', more: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'ingress', namespace },
  spec: { template: { spec: { serviceAccountName: 'reader', containers: [{ name: 'it', image, args }], ...more } } },
});
const NGINX = controller('registry.k8s.io/ingress-nginx/controller:v1.13.0');
const settings = (value: string, namespace = 'ops', data: object = { 'allow-snippet-annotations': value }) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ingress-nginx-controller', namespace }, data });
const chart = (Chart: string, values: object, Namespace = 'ops') => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Chart, Namespace, Values: JSON.stringify(values) } },
});
const release = (values: object) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'web', namespace: 'ops' }, spec: { chart: { spec: { chart: 'ingress-nginx' } }, values },
});
const CHANGES = role('default', rule('networking.k8s.io', 'ingresses', 'create'));
const decideWith = (documents: object[], more: object = {}, action = LIST) => accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide(action);

test.each<[string, object[], object, string]>([
  ['ingress-nginx with snippets', [NGINX, settings('true')], {}, 'UNKNOWN'],
  ['ingress-nginx with snippets that only the deployment knows', [NGINX, settings('${AWS::StackName}')], {}, 'UNKNOWN'],
  ['ingress-nginx without snippets', [NGINX, settings('false')], {}, 'DENIED'],
  ['ingress-nginx with other settings', [NGINX, settings('', 'ops', { 'use-gzip': 'true' })], {}, 'DENIED'],
  ['ingress-nginx, and such settings in another namespace', [NGINX, settings('true', 'other')], {}, 'DENIED'],
  ['something else, and such settings', [controller('app:1'), settings('true')], {}, 'DENIED'],
  ['the controller of NGINX with snippets', [controller('nginx/nginx-ingress:5.0.0', ['-enable-snippets'])], {}, 'UNKNOWN'],
  ['the controller of NGINX without snippets', [controller('nginx/nginx-ingress:5.0.0', ['-enable-snippets=false'])], {}, 'DENIED'],
  ['a chart with snippets', [], chart('ingress-nginx', { controller: { allowSnippetAnnotations: true } }), 'UNKNOWN'],
  ['a chart with snippets in its ConfigMap', [], chart('ingress-nginx', { controller: { config: { 'allow-snippet-annotations': 'true' } } }), 'UNKNOWN'],
  ['a chart without snippets', [], chart('ingress-nginx', { controller: { allowSnippetAnnotations: false } }), 'DENIED'],
  ['a chart that says nothing of them', [], chart('ingress-nginx', {}), 'DENIED'],
  ['a chart with snippets in another namespace', [], chart('ingress-nginx', { controller: { allowSnippetAnnotations: true } }, 'other'), 'DENIED'],
  ['another chart with such a value', [], chart('web', { controller: { allowSnippetAnnotations: true } }), 'DENIED'],
  ['a release of Flux with snippets', [release({ controller: { allowSnippetAnnotations: true } })], {}, 'UNKNOWN'],
  ['a release of Flux without', [release({ controller: { allowSnippetAnnotations: false } })], {}, 'DENIED'],
])('who may change Ingresses gets the role of an ingress controller or not: %s', (_, documents, more, outcome) => {
  expect(decideWith([...documents, ...CHANGES], more).outcome).toBe(outcome);
  expect(decideWith([...documents, ...role('default', rule('networking.k8s.io', 'ingresses', 'get', 'list', 'delete'))], more).outcome).toBe('DENIED');
});

test('it gets what the account of the controller may do in the cluster', () => {
  const bound = [
    rbac('ClusterRole', undefined, { rules: [rule('', 'pods', 'create')] }, 'controllers'),
    rbac('ClusterRoleBinding', undefined, { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'controllers' }, subjects: [{ ...APP, name: 'reader', namespace: 'web' }] }, 'controllers'),
  ];
  const documents = [controller('registry.k8s.io/ingress-nginx/controller:v1.13.0', [], 'web'), ...CHANGES, ...bound];
  expect([[settings('true', 'web')], []].map((more) => decideWith([...documents, ...more]).outcome)).toEqual(['UNKNOWN', 'DENIED']);
});

test('it gets the node of a controller with its network', () => {
  const documents = (hostNetwork: boolean) => [
    controller('registry.k8s.io/ingress-nginx/controller:v1.13.0', [], 'web', { hostNetwork }), settings('true', 'web'),
    ...clusterRole(rule('networking.k8s.io', 'ingresses', 'patch')),
  ];
  expect([true, false].map((hostNetwork) => decideWith(documents(hostNetwork), {}, 'eks-auth:AssumeRoleForPodIdentity').outcome)).toEqual(['UNKNOWN', 'DENIED']);
});

test('it gets keys that nothing in the templates has made, in Secrets that the controller reads', () => {
  const bound = [
    rbac('ClusterRole', undefined, { rules: [rule('', 'secrets', 'list')] }, 'controllers'),
    rbac('ClusterRoleBinding', undefined, { roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'controllers' }, subjects: [{ ...APP, name: 'reader', namespace: 'web' }] }, 'controllers'),
  ];
  const key = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'key', namespace: 'infra' }, stringData: { AWS_SECRET_ACCESS_KEY: 'it' } };
  const documents = [controller('registry.k8s.io/ingress-nginx/controller:v1.13.0', [], 'web'), settings('true', 'web'), key, ...CHANGES];
  expect([bound, []].map((more) => decideWith([...documents, ...more]).outcome)).toEqual(['UNKNOWN', 'DENIED']);
  expect(decideWith([...documents, ...bound]).missing.join()).toContain('an access key of a user whom the templates do not show: Secret infra/key');
});

test('the answer names the controller', () => {
  expect(decideWith([NGINX, settings('true'), ...CHANGES]).missing).toEqual([
    'whether pods have Deployment ops/ingress run a snippet of an Ingress by RoleBinding ci, get tokens of other pods, and with them the credentials of role Reader',
  ]);
});
