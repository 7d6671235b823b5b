import { accessTo, LIST } from './rbac-apps';
import { verification } from '../../../lib';
import { accountRole, allow, clusterTemplate, objects } from '../templates';

const chart = (Chart: string, values: object = {}, Namespace = 'default', Release = 'it') => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release, Chart, Namespace, Values: JSON.stringify(values) } },
});
const valueAt = (path: string, value: unknown): object => path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
const ask = (more: object) => accessTo([], [], more).pod({ serviceAccountName: 'app' }).decide(LIST);
const outcomeWith = (more: object) => ask(more).outcome;

test.each<[chart: string, named: string]>([
  ['velero', 'serviceAccount.server.name'],
  ['oci://registry.example.com/charts/velero', 'serviceAccount.server.name'],
  ['https://example.com/velero-10.1.2.tgz', 'serviceAccount.server.name'],
  ['argo-cd', 'controller.serviceAccount.name'],
  ['argo-cd', 'server.serviceAccount.name'],
  ['argo-cd', 'applicationSet.serviceAccount.name'],
  ['external-secrets', 'serviceAccount.name'],
  ['cert-manager', 'serviceAccount.name'],
  ['keda', 'serviceAccount.operator.name'],
])('the account that the chart %s has as %s acts in the cluster', (name, path) => {
  expect(ask(chart(name, valueAt(path, 'app'))).missing.join()).toContain('by HelmChart it');
  expect(outcomeWith(chart(name, valueAt(path, 'other')))).toBe('DENIED');
  expect(outcomeWith(chart(name, valueAt(path, 'app'), 'tools'))).toBe('DENIED');
  expect(outcomeWith(chart('metrics-server', valueAt(path, 'app')))).toBe('DENIED');
});

test.each<[chart: string, path: string, value: unknown]>([
  ['velero', 'rbac.create', false],
  ['velero', 'rbac.clusterAdministrator', false],
  ['argo-cd', 'createClusterRoles', false],
  ['external-secrets', 'scopedRBAC', true],
  ['cert-manager', 'global.rbac.create', false],
])('the values of the chart %s take that away by %s', (name, path, value) => {
  const named = { serviceAccount: { name: 'app', server: { name: 'app' } }, controller: { serviceAccount: { name: 'app' } } };
  expect([{}, valueAt(path, !value), valueAt(path, value)].map((values) => outcomeWith(chart(name, { ...named, ...values })))).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED']);
});

/** Asks about an account that a chart creates. */
const ofChart = (resources: object, serviceAccountName: string, namespace = 'tools') => verification.PodAccess.fromTemplates(clusterTemplate({
  Own: accountRole(`${namespace}:${serviceAccountName}`), Other: accountRole('default:other', allow(LIST)), ...resources,
})).assume({ noOtherNodes: true }).pod({ namespace, serviceAccountName, definedElsewhere: true }).decide(LIST).outcome;
const installed = (apiVersion: string, kind: string, spec: object) => ({ Installed: objects({ apiVersion, kind, metadata: { name: 'release', namespace: 'flux' }, spec }) });

test.each<[account: string, resources: object, outcome: string]>([
  ['velero-server', chart('velero', {}, 'tools', 'velero'), 'UNKNOWN'],
  ['backup-velero-server', chart('velero', {}, 'tools', 'backup'), 'UNKNOWN'],
  ['argocd-application-controller', chart('argo-cd', {}, 'tools'), 'UNKNOWN'],
  ['argocd-repo-server', chart('argo-cd', {}, 'tools'), 'DENIED'],
  ['kustomize-controller', chart('flux2', {}, 'tools'), 'UNKNOWN'],
  ['source-controller', chart('flux2', {}, 'tools'), 'UNKNOWN'],
  ['external-secrets', chart('external-secrets', {}, 'tools'), 'UNKNOWN'],
  ['external-dns', chart('external-dns', {}, 'tools'), 'DENIED'],
  ['cluster-autoscaler', chart('cluster-autoscaler', {}, 'tools'), 'DENIED'],
  ['velero-server', installed('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'velero' } }, targetNamespace: 'tools' }), 'UNKNOWN'],
  ['velero-server', installed('argoproj.io/v1alpha1', 'Application', { source: { chart: 'velero' }, destination: { namespace: 'tools' } }), 'UNKNOWN'],
])('what the role of %s leads to depends on what its chart lets it do', (account, resources, outcome) => {
  expect(ofChart(resources, account)).toBe(outcome);
});

test('pods that a chart lets an account run in its namespace have the accounts of this namespace', () => {
  const kept = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
  const outcomes = ['tools', 'jobs'].map((namespace) => ofChart({
    ...chart('jenkins', {}, namespace), Kept: objects(kept(namespace)), Third: accountRole('tools:third', allow(LIST)),
  }, 'jenkins', namespace));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});
