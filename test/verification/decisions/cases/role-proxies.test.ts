import { ALLOWED, decide, DENIED, reader, shown, UNKNOWN } from './questions';
import { allow, job, objects } from '../../templates';

const READ = 's3:ListAllMyBuckets';
const NODE = 'sqs:ListQueues';
const pods = (spec: object): any => objects({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agent', namespace: 'kube-system' }, spec: { template: { spec } } });
const daemonSet = (image: string) => pods({ containers: [{ name: 'agent', image }] });
const initContainer = (image: string) => pods({ containers: [{ name: 'agent', image: 'agent' }], initContainers: [{ name: 'init', image }] });
const chart = (properties: object) => ({ Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'agent', Namespace: 'kube-system', ...properties } });
const release = (name: string) =>
  objects({ apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { name: 'agent', namespace: 'kube-system' }, spec: { chart: { spec: { chart: name } } } });
const outcomes = (Agent: object) => [READ, NODE].map((action) => decide({ ...reader([allow(READ)]), Agent }, { action }).outcome);

test.each<[string, object]>([
  ['a DaemonSet of kube2iam', daemonSet('jtblin/kube2iam:0.11.1')],
  ['a DaemonSet of kiam', daemonSet('quay.io/uswitch/kiam@sha256:0')],
  ['a DaemonSet of kiam in a registry of the account', daemonSet('${AWS::AccountId}.dkr.ecr.us-west-2.${AWS::URLSuffix}/kiam:v4')],
  ['a DaemonSet of kiam in a registry with a port', daemonSet('registry.example.com:5000/mirror/kiam')],
  ['a DaemonSet of kiam whose version only the deployment knows', daemonSet('quay.io/uswitch/kiam:${AWS::StackName}')],
  ['an init container of kiam', initContainer('quay.io/uswitch/kiam:v4')],
  ['the chart of kiam in a registry of the account', chart({ Chart: { 'Fn::Sub': 'oci://${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/charts/kiam' } })],
  ['the chart of kube2iam', chart({ Chart: 'kube2iam' })],
  ['the chart of kiam in a registry', chart({ Chart: 'oci://example.com/charts/kiam' })],
  ['the chart of kube2iam by Flux', release('kube2iam')],
])('%s can give pods other roles', (_, agent) => {
  expect(outcomes(agent)).toEqual([UNKNOWN, UNKNOWN]);
});

test.each<[string, object]>([
  ['a DaemonSet with a similar name', daemonSet('example.com/kiamo:1')],
  ['a DaemonSet with another image in a registry of the account', daemonSet('${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/agent:v4')],
  ['another chart', chart({ Chart: 'metrics-server' })],
  ['another chart by Flux', release('metrics-server')],
])('%s gives none', (_, agent) => {
  expect(outcomes(agent)).toEqual([ALLOWED, DENIED]);
});

test('pods with the annotation of kube2iam may have another role, whoever installs that', () => {
  const work = job('work', 'app');
  work.spec.template.metadata = { annotations: { 'iam.amazonaws.com/role': 'other' } };
  const decision = decide({ ...reader([allow('sns:ListTopics')]), Work: objects(work) }, { action: READ, workload: { kind: 'Job', name: 'work' } });
  expect([shown(decision), decision.missing.join()]).toEqual([UNKNOWN, expect.stringContaining('Job default/work has the annotation iam.amazonaws.com/role')]);
});
