import { accessTo, complete, DENIED, shown, UNKNOWN } from './questions';
import { accountRole, allow, clusterTemplate, objects } from '../../templates';

/** What only the role of the nodes of `clusterTemplate` allows. */
const OF_NODE = 'sqs:ListQueues';
const OF_OTHERS = 's3:ListAllMyBuckets';

const chart = (Chart: string, Release: string, values: object = {}) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release, Namespace: 'tools', Chart, Values: JSON.stringify(values) } },
});
const object = (apiVersion: string, kind: string, spec: object) => ({ Installed: objects({ apiVersion, kind, metadata: { name: 'release', namespace: 'flux' }, spec }) });

function ask(resources: object, serviceAccountName: string, namespace: string, action: string) {
  const access = accessTo(clusterTemplate({ Other: accountRole('default:other', allow(OF_OTHERS)), ...resources }));
  return access.pod({ namespace, serviceAccountName, definedElsewhere: true }).decide(action);
}

test.each(complete([
  ['a chart', chart('falco', 'falco'), UNKNOWN, { account: 'falco' }],
  ['a chart in an OCI registry', chart('oci://registry.example.com/charts/aws-node-termination-handler', 'nth'), UNKNOWN, { account: 'nth-aws-node-termination-handler' }],
  ['a chart at a URL', chart('https://example.com/charts/falco-4.21.3.tgz', 'falco'), UNKNOWN, { account: 'falco' }],
  ['a chart of several others', chart('kube-prometheus-stack', 'mon'), UNKNOWN, { account: 'mon-prometheus-node-exporter' }],
  ['a chart with an account of the templates', chart('falco', 'falco', { serviceAccount: { name: 'security' } }), UNKNOWN, { account: 'security' }],
  ['a driver', chart('aws-ebs-csi-driver', 'ebs'), UNKNOWN, { account: 'ebs-csi-node-sa' }],
  ['a HelmRelease of Flux', object('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'falco' } }, targetNamespace: 'tools' }), UNKNOWN, { account: 'falco' }],
  ['an Application of Argo CD', object('argoproj.io/v1alpha1', 'Application', { source: { chart: 'falco' }, destination: { namespace: 'tools' } }), UNKNOWN, { account: 'falco' }],
  ['no other pods of such a chart', chart('kube-prometheus-stack', 'mon'), DENIED, { account: 'mon-prometheus' }],
  ['no controller of a driver', chart('aws-ebs-csi-driver', 'ebs'), DENIED, { account: 'ebs-csi-controller-sa' }],
  ['no pods of other charts', chart('external-dns', 'dns'), DENIED, { account: 'external-dns' }],
]))('pods on each node may get the credentials of their node: those of %s', (_, resources, expected, { account }) => {
  expect([OF_NODE, OF_OTHERS].map((action) => shown(ask(resources, account!, 'tools', action)).split(',')[0])).toEqual([expected, expected]);
});

test('pods of another namespace do not', () => {
  expect(ask(chart('falco', 'falco'), 'falco', 'default', OF_NODE).outcome).toBe(DENIED);
});
