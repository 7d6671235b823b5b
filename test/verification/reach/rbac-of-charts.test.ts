import { accessTo, KEY, LIST } from './rbac-apps';
import { verification } from '../../../lib';
import { accountRole, allow, clusterTemplate, objects } from '../templates';

const chart = (Chart: string, values: object = {}, Namespace = 'default', Release = 'it') => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release, Chart, Namespace, Values: JSON.stringify(values) } },
});
const valueAt = (path: string, value: unknown): object => path.split('.').reduceRight<unknown>((inner, name) => ({ [name]: inner }), value) as object;
const ask = (more: object, action = LIST) => accessTo([], [], more).pod({ serviceAccountName: 'app' }).decide(action);
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
  ['flink-kubernetes-operator', 'operatorServiceAccount.name'],
  ['flink-kubernetes-operator', 'jobServiceAccount.name'],
  ['secrets-store-csi-driver-provider-aws', 'rbac.serviceAccount.name'],
  ['spark-operator', 'controller.serviceAccount.name'],
  ['spark-operator', 'spark.serviceAccount.name'],
  ['strimzi-kafka-operator', 'serviceAccount'],
  ['teleport-kube-agent', 'serviceAccount.name'],
  ['trivy-operator', 'serviceAccount.name'],
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

test.each<[chart: string, path: string, value: unknown]>([
  ['aws-load-balancer-controller', 'clusterSecretsPermissions.allowAllSecrets', true],
  ['gitlab-runner', 'rbac.create', true],
  ['grafana', 'sidecar.dashboards.enabled', true],
])('the account of the chart %s acts in the cluster only with %s', (name, path, value) => {
  const outcomes = [{}, valueAt(path, false), valueAt(path, value)].map((values) =>
    ask({ ...KEY, ...chart(name, { serviceAccount: { name: 'app' }, ...values }, 'default') }, 'sns:ListTopics').missing.join().includes('by HelmChart it'));
  expect(outcomes).toEqual([false, false, true]);
});

test.each<[chart: string, path: string, values?: object]>([
  ['aws-load-balancer-controller', 'serviceAccount.name', { clusterSecretsPermissions: { allowAllSecrets: true } }],
  ['base', 'serviceAccount.name'],
  ['botkube', 'serviceAccount.name'],
  ['kube-prometheus-stack', 'grafana.serviceAccount.name'],
  ['kube-prometheus-stack', 'kube-state-metrics.serviceAccount.name'],
  ['kube-state-metrics', 'serviceAccount.name'],
  ['oci://public.ecr.aws/aws-controllers-k8s/s3-chart', 'serviceAccount.name'],
  ['prometheus', 'kube-state-metrics.serviceAccount.name'],
  ['prometheus', 'kube-state-metrics.serviceAccount.name', { rbac: { create: false } }],
  ['kube-prometheus-stack', 'grafana.serviceAccount.name', { rbac: { create: false } }],
  ['reflector', 'serviceAccount.name'],
  ['vault-secrets-operator', 'controller.serviceAccount.name'],
])('the account that the chart %s has as %s has the access keys in Secrets', (name, path, values = {}) => {
  const outcomes = ['app', 'other'].map((account) => ask({ ...KEY, ...chart(name, { ...valueAt(path, account), ...values }) }, 'sns:ListTopics').outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
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
  ['it-gha-rs-controller', chart('gha-runner-scale-set-controller', {}, 'tools'), 'UNKNOWN'],
  ['it-gha-rs-kube-mode', chart('gha-runner-scale-set', {}, 'tools'), 'UNKNOWN'],
  ['it-gha-rs-no-permission', chart('gha-runner-scale-set', {}, 'tools'), 'DENIED'],
  ['linkerd-proxy-injector', chart('linkerd-control-plane', {}, 'tools'), 'DENIED'],
  ['it-runner-service-account', chart('robusta', {}, 'tools'), 'UNKNOWN'],
  ['kubevela-vela-core', chart('vela-core', {}, 'tools'), 'UNKNOWN'],
  ['strimzi-cluster-operator', chart('strimzi-kafka-operator', {}, 'tools'), 'UNKNOWN'],
  ['volcano-controllers', chart('volcano', {}, 'tools'), 'UNKNOWN'],
  ['kubernetes-dashboard-api', chart('kubernetes-dashboard', {}, 'tools'), 'DENIED'],
  ['cluster-autoscaler', chart('cluster-autoscaler', {}, 'tools'), 'DENIED'],
  ['velero-server', installed('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'velero' } }, targetNamespace: 'tools' }), 'UNKNOWN'],
  ['velero-server', installed('argoproj.io/v1alpha1', 'Application', { source: { chart: 'velero' }, destination: { namespace: 'tools' } }), 'UNKNOWN'],
])('what the role of %s leads to depends on what its chart lets it do', (account, resources, outcome) => {
  expect(ofChart(resources, account)).toBe(outcome);
});

const addon = (AddonName: string, more: object = {}) => ({ Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName, ...more } } });

test.each<[account: string, namespace: string, resources: object, outcome: string]>([
  ['cert-manager', 'cert-manager', addon('cert-manager'), 'UNKNOWN'],
  ['cert-manager-cainjector', 'cert-manager', addon('cert-manager'), 'UNKNOWN'],
  ['cert-manager', 'tools', addon('cert-manager', { NamespaceConfig: { Namespace: 'tools' } }), 'UNKNOWN'],
  ['cert-manager', 'tools', addon('cert-manager'), 'DENIED'],
  ['cert-manager', 'cert-manager', addon('cert-manager', { ConfigurationValues: '{"global":{"rbac":{"create":false}}}' }), 'DENIED'],
  ['cert-manager', 'cert-manager', addon('metrics-server'), 'DENIED'],
  ['opentelemetry-operator', 'opentelemetry-operator-system', addon('adot'), 'UNKNOWN'],
  ['amazon-cloudwatch-observability-controller-manager', 'amazon-cloudwatch', addon('amazon-cloudwatch-observability'), 'UNKNOWN'],
  ['external-dns', 'external-dns', addon('external-dns'), 'DENIED'],
])('the account %s in the namespace %s may do what the chart of an add-on lets it do', (account, namespace, resources, outcome) => {
  expect(ofChart(resources, account, namespace)).toBe(outcome);
});

test('pods that a chart lets an account run in its namespace have the accounts of this namespace', () => {
  const kept = (name: string) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: { 'pod-security.kubernetes.io/enforce': 'baseline' } } });
  const outcomes = ['tools', 'jobs'].map((namespace) => ofChart({
    ...chart('jenkins', {}, namespace), Kept: objects(kept(namespace)), Third: accountRole('tools:third', allow(LIST)),
  }, 'jenkins', namespace));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});
