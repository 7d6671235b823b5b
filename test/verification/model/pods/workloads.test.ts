import { CLUSTER, manifest, messages, modelOf, shown } from '../models';

const SPEC = { serviceAccountName: 'reader', containers: [] };
const workload = (kind: string, apiVersion: string, spec: object, metadata: object = { name: 'job', namespace: 'reports' }) => ({ apiVersion, kind, metadata, spec });

const workloadsOf = (objects: object[], resources: Parameters<typeof modelOf>[0] = {}) =>
  shown(modelOf({ Cluster: CLUSTER, Objects: manifest(...objects), ...resources }).workloads);

test.each<[string, string, object]>([
  ['Pod', 'v1', SPEC],
  ['Job', 'batch/v1', { template: { spec: SPEC } }],
  ['CronJob', 'batch/v1', { jobTemplate: { spec: { template: { spec: SPEC } } } }],
  ['Deployment', 'apps/v1', { template: { spec: SPEC } }],
  ['DaemonSet', 'apps/v1', { template: { spec: SPEC } }],
  ['StatefulSet', 'apps/v1', { template: { spec: SPEC } }],
  ['ReplicaSet', 'apps/v1', { template: { spec: SPEC } }],
  ['ReplicationController', 'v1', { template: { spec: SPEC } }],
])('a %s has a service account', (kind, apiVersion, spec) => {
  expect(workloadsOf([workload(kind, apiVersion, spec)])).toEqual([{
    cluster: 'prod', kind, namespace: 'reports', name: 'job', serviceAccountName: 'reader', hostNetwork: 'no', fargate: false, place: expect.anything(),
  }]);
});

test('without names, the namespace and the service account are default', () => {
  expect(workloadsOf([workload('Pod', 'v1', {}, { name: 'job' })])).toMatchObject([{ namespace: 'default', serviceAccountName: 'default' }]);
});

test('the service account can have its deprecated name', () => {
  expect(workloadsOf([workload('Pod', 'v1', { serviceAccount: 'old' })])).toMatchObject([{ serviceAccountName: 'old' }]);
});

test('a name can be generated', () => {
  expect(workloadsOf([workload('Job', 'batch/v1', { template: { spec: {} } }, { generateName: 'job-' })])).toMatchObject([{ name: 'job-${job- generated}' }]);
});

test('objects that only share a kind are none', () => {
  expect(workloadsOf([workload('Job', 'example.com/v1', SPEC), workload('Service', 'v1', SPEC)])).toEqual([]);
});

test('an object of another kind with a template of pods is read like a Deployment, with a finding', () => {
  const model = modelOf({ Cluster: CLUSTER, Objects: manifest(workload('Rollout', 'argoproj.io/v1alpha1', { template: { spec: SPEC } })) });
  expect(shown(model.workloads)).toMatchObject([{ kind: 'Rollout', name: 'job', serviceAccountName: 'reader' }]);
  expect(messages(model, 'unknown-workload-kind')).toEqual(['the kind Rollout of argoproj.io is not known: it is read like a Deployment, because it has a template of pods']);
});

test('a workload without pods is left out, with a finding', () => {
  const model = modelOf({ Cluster: CLUSTER, Objects: manifest(workload('Job', 'batch/v1', {})) });
  expect(model.workloads).toEqual([]);
  expect(messages(model, 'unreadable-workload')).toEqual(['a Job in namespace reports has no name or no spec of its pods: it is left out']);
});

test('pods can share the network of their node', () => {
  expect(workloadsOf([workload('Pod', 'v1', { hostNetwork: true })])).toMatchObject([{ hostNetwork: 'yes' }]);
});

test('whether pods share the network of their node can be unknown', () => {
  const Value = { Ref: 'Given' };
  const model = modelOf({
    Cluster: CLUSTER,
    Objects: {
      Type: 'Custom::KubernetesObjects',
      Properties: {
        Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
        Objects: [{ Json: JSON.stringify(workload('Pod', 'v1', { hostNetwork: null })), Values: [{ Path: '/spec/hostNetwork', Value }] }],
      },
    },
  }, { Parameters: { Given: { Type: 'String' } } });
  expect(model.workloads).toMatchObject([{ hostNetwork: 'unknown' }]);
});

describe('on Fargate', () => {
  const labelled = (labels: object = {}, annotations: object = {}) => workload('Deployment', 'apps/v1', { template: { metadata: { labels, annotations }, spec: SPEC } });
  const profile = (...Selectors: object[]) => ({ Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::1:role/a', Selectors } } });
  const custom = (...selectors: object[]) => ({ Profile: { Type: 'Custom::AWSCDK-EKS-FargateProfile', Properties: { Config: { clusterName: { Ref: 'Cluster' }, selectors } } } });

  test.each<[string, object, Parameters<typeof modelOf>[0], boolean]>([
    ['by namespace', labelled(), profile({ Namespace: 'reports' }), true],
    ['by a wildcard', labelled(), profile({ Namespace: 'rep*' }), true],
    ['by namespace and label', labelled({ a: 'b' }), profile({ Namespace: 'other' }, { Namespace: 'reports', Labels: [{ Key: 'a', Value: 'b' }] }), true],
    ['of aws-cdk', labelled({ a: 'b' }), custom({ namespace: 'reports', labels: { a: 'b' } }), true],
    ['not in another namespace', labelled(), profile({ Namespace: 'other' }), false],
    ['not with another label', labelled({ a: 'c' }), profile({ Namespace: 'reports', Labels: [{ Key: 'a', Value: 'b' }] }), false],
    ['not without the label', labelled(), custom({ namespace: 'reports', labels: { a: 'b' } }), false],
    ['not with an annotation for EC2', labelled({}, { 'eks.amazonaws.com/compute-type': 'ec2' }), profile({ Namespace: 'reports' }), false],
  ])('%s', (_, object, profiles, fargate) => {
    expect(workloadsOf([object], profiles)).toMatchObject([{ fargate }]);
  });

  test('is not known of a cluster that the templates only name', () => {
    const [workloadElsewhere] = modelOf({ Objects: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: 'other', Manifest: JSON.stringify([labelled()]) } } }).workloads;
    expect(workloadElsewhere.fargate).toBeUndefined();
  });
});
