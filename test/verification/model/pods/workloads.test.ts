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
    cluster: 'prod', kind, namespace: 'reports', name: 'job', serviceAccountName: 'reader', hostNetwork: 'no', fargate: false, template: { spec: SPEC }, place: expect.anything(),
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

const jobOf = (serviceAccountName: string, metadata?: object, apiVersion = 'batch/v1') => workload('Job', apiVersion, { template: { spec: { serviceAccountName, containers: [] } } }, metadata);

test.each<[string, object[], string[][]]>([
  ['are in several objects', [jobOf('a'), jobOf('b')], [['job (1)', 'a'], ['job (2)', 'b']]],
  ['are generated', ['a', 'b'].map((name) => jobOf(name, { generateName: 'job-' })), [['job-${job- generated} (1)', 'a'], ['job-${job- generated} (2)', 'b']]],
  ['are of several API groups', [jobOf('a'), jobOf('b', undefined, 'batch.volcano.sh/v1alpha1')], [['job (1)', 'a'], ['job (2)', 'b']]],
  ['are in objects with the same pods', [jobOf('a'), jobOf('a')], [['job', 'a']]],
  ['are of several namespaces', [jobOf('a'), jobOf('b', { name: 'job', namespace: 'other' })], [['job', 'a'], ['job', 'b']]],
])('workloads whose names %s are told apart', (_, documents, expected) => {
  expect(workloadsOf(documents).map(({ name, serviceAccountName }: any) => [name, serviceAccountName])).toEqual(expected);
});

test.each<[string, object, string]>([
  ['a Pod', { kind: 'Pod', metadata: { name: 'x', namespace: 'ops' }, spec: SPEC }, 'ops'],
  ['a Deployment', { kind: 'Deployment', metadata: { name: 'x', namespace: 'ops' }, spec: { template: { spec: SPEC } } }, 'ops'],
  ['a Pod that names no namespace', { kind: 'Pod', metadata: { name: 'x' }, spec: SPEC }, 'reports'],
  ['a template, whose namespace does not count', { metadata: { namespace: 'ops' }, spec: SPEC }, 'reports'],
])('an object in another one has its own namespace: %s', (_, inside, expected) => {
  const work = workload('ManifestWork', 'work.open-cluster-management.io/v1', { workload: { manifests: [inside] } });
  expect(workloadsOf([work]).map(({ namespace }: any) => namespace)).toEqual([expected]);
});

test('objects that only share a kind are none', () => {
  expect(workloadsOf([workload('Job', 'example.com/v1', { completions: 1 }), workload('Service', 'v1', SPEC)])).toEqual([]);
});

test('an object of another kind with a template of pods is read like a Deployment, with a finding', () => {
  const model = modelOf({ Cluster: CLUSTER, Objects: manifest(workload('Rollout', 'argoproj.io/v1alpha1', { template: { spec: SPEC } })) });
  expect(shown(model.workloads)).toMatchObject([{ kind: 'Rollout', name: 'job', serviceAccountName: 'reader' }]);
  expect(messages(model, 'unknown-workload-kind')).toEqual(['the kind Rollout of argoproj.io is not known: it is read like a Deployment, because it has a template of pods']);
});

describe('kinds that are not known', () => {
  const POD = { serviceAccountName: 'reader', hostNetwork: true, containers: [{ name: 'main' }] };
  const OTHER = { ...POD, serviceAccountName: 'other' };
  const inModel = (apiVersion: string, kind: string, spec: object) =>
    modelOf({ Cluster: CLUSTER, Objects: manifest(workload(kind, apiVersion, spec)) });

  test.each<[string, string, object, string]>([
    ['ScaledJob', 'keda.sh/v1alpha1', { jobTargetRef: { template: { spec: POD } } }, 'it has a template of pods at spec.jobTargetRef.template'],
    ['JobSet', 'jobset.x-k8s.io/v1alpha2', { replicatedJobs: [{ name: 'a', template: { spec: { template: { spec: POD } } } }] },
      'it has a template of pods at spec.replicatedJobs[0].template.spec.template'],
    ['RayCluster', 'ray.io/v1', { headGroupSpec: { template: { spec: POD } } }, 'it has a template of pods at spec.headGroupSpec.template'],
    ['Prometheus', 'monitoring.coreos.com/v1', POD, 'it has a template of pods'],
    ['Workflow', 'argoproj.io/v1alpha1', { serviceAccountName: 'reader', hostNetwork: true, templates: [{ container: { image: 'i' } }] },
      'what it says is read as the settings of its pods'],
    ['OpenTelemetryCollector', 'opentelemetry.io/v1beta1', { serviceAccount: 'reader', hostNetwork: true },
      'what it says is read as the settings of its pods'],
    ['SparkApplication', 'sparkoperator.k8s.io/v1', { driver: { serviceAccount: 'reader', hostNetwork: true } },
      'what it says is read as the settings of its pods'],
  ])('may have pods with the network of their node: %s', (kind, apiVersion, spec, how) => {
    const model = inModel(apiVersion, kind, spec);
    expect(shown(model.workloads)).toMatchObject([{ kind, name: 'job', namespace: 'reports', serviceAccountName: 'reader', hostNetwork: 'unknown' }]);
    expect(messages(model, 'unknown-workload-kind')).toEqual([`the kind ${kind} of ${apiVersion.split('/')[0]} is not known: ${how}`]);
  });

  test('a kind of Kubernetes without pods has none, such as one with the schema of others', () => {
    const schema = { properties: { hostNetwork: { type: 'boolean' }, env: { type: 'array' }, spec: { containers: { type: 'array' } } } };
    const { workloads } = inModel('apiextensions.k8s.io/v1', 'CustomResourceDefinition', { versions: [{ schema: { openAPIV3Schema: schema } }] });
    expect(workloads).toEqual([]);
  });

  test('a service of Knative is read like a Deployment', () => {
    expect(shown(inModel('serving.knative.dev/v1', 'Service', { template: { spec: POD } }).workloads)).toMatchObject([{ serviceAccountName: 'reader', hostNetwork: 'yes' }]);
  });

  test('each template of an object is a workload', () => {
    const model = inModel('ray.io/v1', 'RayCluster', { headGroupSpec: { template: { spec: POD } }, workerGroupSpecs: [{ template: { spec: OTHER } }] });
    expect(shown(model.workloads)).toMatchObject([{ name: 'job', serviceAccountName: 'reader' }, { name: 'job (spec.workerGroupSpecs[0].template)', serviceAccountName: 'other' }]);
  });

  test.each<[string, object, object]>([
    ['the processes of the node', { hostPID: true }, { takesOverNode: 'hostPID' }],
    ['a privileged container', { templates: [{ script: { securityContext: { privileged: true } } }] }, { takesOverNode: 'a privileged container' }],
    ['a patch', { podSpecPatch: '{"hostNetwork":true}' }, { hostNetwork: 'unknown', takesOverNode: 'hostPID' }],
    ['files of the node', { volumes: [{ name: 'v', hostPath: { path: '/proc' } }], templates: [{ container: { volumeMounts: [{ name: 'v', mountPath: '/v' }] } }] },
      { credentialsOfOthers: 'mounts the path /proc of their node' }],
    ['credentials', { templates: [{ container: { env: [{ name: 'AWS_ACCESS_KEY_ID', value: 'a' }] } }] }, { otherCredentials: 'sets the environment variable AWS_ACCESS_KEY_ID' }],
  ])('can have %s without a template', (_, settings, expected) => {
    expect(shown(inModel('argoproj.io/v1alpha1', 'Workflow', { serviceAccountName: 'reader', ...settings }).workloads)).toMatchObject([{ serviceAccountName: 'reader', ...expected }]);
  });

  test('may have any service account if they name none', () => {
    expect(shown(inModel('opentelemetry.io/v1beta1', 'OpenTelemetryCollector', { hostNetwork: true }).workloads)).toMatchObject([{ serviceAccountName: '${job service account}' }]);
  });

  test.each<[string, string, object]>([
    ['Workflow', 'argoproj.io/v1alpha1', { serviceAccountName: 'reader', templates: [{ container: { image: 'i' } }] }],
    ['Workflow', 'argoproj.io/v1alpha1', { serviceAccountName: 'reader', hostNetwork: false }],
    ['Kustomization', 'kustomize.toolkit.fluxcd.io/v1', { serviceAccountName: 'reader', patches: [{ patch: 'replicas: 2' }] }],
    ['ClusterPolicy', 'kyverno.io/v1', { rules: [{ validate: { pattern: { spec: POD } } }] }],
    ['K8sPSPHostNetworkingPorts', 'constraints.gatekeeper.sh/v1beta1', { parameters: { hostNetwork: true } }],
    ['PodSecurityPolicy', 'policy/v1beta1', { hostNetwork: true, privileged: true }],
  ])('have no pods that matter: %s %s', (kind, apiVersion, spec) => {
    const model = inModel(apiVersion, kind, spec);
    expect(model.workloads).toEqual([]);
    expect(messages(model, 'unknown-workload-kind')).toEqual([]);
  });
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
    const Objects = { ...manifest(object), DependsOn: 'Profile' };
    expect(workloadsOf([], { ...profiles, Objects })).toMatchObject([{ fargate }]);
  });

  test('not certainly if they may start before the profile exists', () => {
    expect(workloadsOf([labelled()], profile({ Namespace: 'reports' }))).toMatchObject([
      { maybeNotOnLinux: 'Objects does not depend on Fargate profile Profile, so that they may start on nodes before it exists' },
    ]);
  });

  test.each<[string, object, object]>([
    ['selectors', labelled(), { Selectors: { Ref: 'Given' } }],
    ['one selector', labelled(), { Selectors: [{ Namespace: 'other' }, { Ref: 'Given' }] }],
    ['the namespace of a selector', labelled({ a: 'b' }), { Selectors: [{ Labels: [{ Key: 'a', Value: 'b' }] }] }],
    ['the labels of a selector', labelled(), { Selectors: [{ Namespace: 'reports', Labels: { Ref: 'Given' } }] }],
    ['a label of a selector', labelled({ a: 'b' }), { Selectors: [{ Namespace: 'reports', Labels: [{ Key: 'a', Value: 'b' }, { Ref: 'Given' }] }] }],
    ['the labels of the pods', workload('Deployment', 'apps/v1', { template: { metadata: { labels: { Ref: 'Given' } }, spec: SPEC } }),
      { Selectors: [{ Namespace: 'reports', Labels: [{ Key: 'a', Value: 'b' }] }] }],
  ])('is not known if only the deployment knows %s', (_, object, properties) => {
    const model = modelOf({
      Cluster: CLUSTER,
      Objects: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest: [object] } },
      Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::1:role/a', ...properties } },
    }, { Parameters: { Given: { Type: 'String' } } });
    expect(shown(model.workloads)).toMatchObject([{ maybeNotOnLinux: 'a Fargate profile may select them' }]);
    expect(model.workloads[0].fargate).toBeUndefined();
  });

  test('is not known of a cluster that the templates only name', () => {
    const [workloadElsewhere] = modelOf({ Objects: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: 'other', Manifest: JSON.stringify([labelled()]) } } }).workloads;
    expect(workloadElsewhere.fargate).toBeUndefined();
  });
});
