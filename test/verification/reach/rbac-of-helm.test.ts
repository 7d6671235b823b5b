import { accessTo, clusterRole, LIST, role, rule, ruleFor } from './rbac-apps';

const chart = (Namespace: string) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Chart: 'nginx', Namespace, Values: '{}' } },
});
const release = (more: object = {}) => ({
  apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'web', namespace: 'apps' }, spec: { chartRef: { kind: 'OCIRepository', name: 'web' }, ...more },
});
const ARGO = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'web', namespace: 'argocd' },
  spec: { source: { repoURL: 'https://example.com', chart: 'web' }, destination: { server: 'https://kubernetes.default.svc', namespace: 'apps' } },
};
const decideWith = (documents: object[], more: object = {}) => accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide(LIST);
const secrets = (...verbs: string[]) => rule('', 'secrets', ...verbs);

test.each<[string, object[], string]>([
  ['update Secrets', role('apps', secrets('update')), 'UNKNOWN'],
  ['patch Secrets', role('apps', secrets('get', 'patch')), 'UNKNOWN'],
  ['create Secrets, of which one can be a later revision', role('apps', secrets('create')), 'UNKNOWN'],
  ['update Secrets of the cluster', clusterRole(secrets('update')), 'UNKNOWN'],
  ['update the Secret of a revision', role('apps', ruleFor(['sh.helm.release.v1.web.v3'], '', 'secrets', 'update')), 'UNKNOWN'],
  ['update another Secret', role('apps', ruleFor(['database'], '', 'secrets', 'update')), 'DENIED'],
  ['update Secrets of another namespace', role('other', secrets('update')), 'DENIED'],
  ['read Secrets', role('apps', secrets('get', 'list', 'watch')), 'DENIED'],
  ['delete Secrets', role('apps', secrets('delete', 'deletecollection')), 'DENIED'],
  ['update ConfigMaps', role('apps', rule('', 'configmaps', 'update')), 'DENIED'],
])('who may %s changes what Helm applies of a chart there, or not', (_, documents, outcome) => {
  expect(decideWith(documents, chart('apps')).outcome).toBe(outcome);
  expect(decideWith([release(), ...documents]).outcome).toBe(outcome);
  expect(decideWith(documents).outcome).toBe('DENIED');
});

test.each<[string, object, string]>([
  ['a release of Flux that keeps revisions in another namespace', release({ storageNamespace: 'flux-system' }), 'DENIED'],
  ['a release of Flux with pods in another namespace', release({ targetNamespace: 'web' }), 'UNKNOWN'],
  ['an application of Argo CD, which keeps none', ARGO, 'DENIED'],
])('%s', (_, document, outcome) => {
  expect(decideWith([document, ...role('apps', secrets('update'))]).outcome).toBe(outcome);
});

test('who may also create pods that are kept from nodes does so, too', () => {
  const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'apps', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } };
  const outcomes = [[secrets('update')], []].map((rules) => decideWith([namespace, ...role('apps', rule('', 'pods', 'create'), ...rules)], chart('apps')).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test('the answer says why', () => {
  expect(decideWith(role('apps', secrets('update')), chart('apps')).missing).toEqual([
    'whether pods change a revision of HelmChart web, which Helm may apply with the permissions of who deploys it, by RoleBinding ci, '
    + 'run pods or get tokens of other pods, and with them the credentials of role Reader',
  ]);
});
