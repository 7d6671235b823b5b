import { accessTo, decide, DENIED, reader, UNKNOWN } from './questions';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
/** What the role of the nodes allows. */
const NODE = 'sqs:ListQueues';
const OUTSIDE = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111122223333:role/outside' };
const FROM_SECRET = { valueFrom: { secretKeyRef: { name: 'k', key: 'k' } } };

const deployment = (name: string, container: object, spec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: { template: { metadata: { labels: { app: name } }, spec: { serviceAccountName: name, containers: [{ name: 'main', image: 'nginx', ...container }], ...spec } } },
});
const external = (secretKey: string) => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 's', namespace: 'other' }, spec: { data: [{ secretKey, remoteRef: { key: 'q' } }] },
});
const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'app' } } };
const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: 'default' },
  spec: { rules: [{ host: 'get.example.com', http: { paths: [{ backend: { service: { name: 'web' } } }] } }] },
};

const object = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'outer', namespace: 'default' }, spec });
const chart = (values: object) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace: 'default', Chart: 'web', Values: JSON.stringify(values) } },
});

const text = (document: object) => JSON.stringify(document);

/** Where other objects have objects that something may create. */
const PLACES: { readonly [place: string]: (...inner: object[]) => object } = {
  'the values of a chart': (...inner) => chart({ extraObjects: inner }),
  'texts in the values of a chart': (...inner) => chart({ extraDeploy: inner.map(text) }),
  'a definition of kro': (...inner) => ({ Outer: objects(object('kro.run/v1alpha1', 'ResourceGraphDefinition', { resources: inner.map((template) => ({ template })) })) }),
  'an object of Crossplane': (...inner) => ({ Outer: objects(...inner.map((manifest) => object('kubernetes.crossplane.io/v1alpha2', 'Object', { forProvider: { manifest } }))) }),
  'a composition': (...inner) => ({ Outer: objects(object('apiextensions.crossplane.io/v1', 'Composition', { resources: inner.map((base) => ({ base })) })) }),
  'a step of a workflow': (...inner) =>
    ({ Outer: objects(object('argoproj.io/v1alpha1', 'WorkflowTemplate', { templates: inner.map((one) => ({ resource: { manifest: text(one) } })) })) }),
  'a ConfigMap': (...inner) => ({
    Outer: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'outer', namespace: 'default' }, data: { 'all.yaml': inner.map(text).join('\n---\n') } }),
  }),
};
const NAMES = Object.keys(PLACES);

const GITHUB = {
  GitHub: role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    Condition: { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/*' } },
  }, allow(LIST)),
};
const READS = reader([allow('secretsmanager:GetSecretValue')]);
const VICTIM = { Victim: accountRole('ops:victim', allow(LIST)) };
const victim = (script: string) => objects(account('victim', 'Victim', 'ops'), {
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'v', namespace: 'ops' }, spec: { serviceAccountName: 'victim', containers: [{ name: 'v', command: ['sh', '-c', script] }] },
});

const template = (kind: string, more: string) => chart({ extraDeploy: [`apiVersion: v1\nkind: ${kind}\nmetadata:\n  name: {{ include "web.fullname" . }}\n  labels:\n    {{- toYaml .x | nindent 4 }}\n${more}`] });

test.each<[string, object, string]>([
  ['a service account with a role', template('ServiceAccount', '  annotations:\n    eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/outside\n'), UNKNOWN],
  ['a service account without a role', template('ServiceAccount', '  annotations:\n    owner: "{{ .Values.owner }}"\n'), DENIED],
  ['a pod', template('Pod', 'spec:\n  serviceAccountName: "{{ .Values.account }}"\n  containers:\n    - env: [{ name: AWS_SECRET_ACCESS_KEY, value: "{{ .Values.key }}" }]\n'), UNKNOWN],
  ['a pod of another account', template('Pod', 'spec:\n  serviceAccountName: other\n  containers:\n    - env: [{ name: AWS_SECRET_ACCESS_KEY, value: "{{ .Values.key }}" }]\n'), DENIED],
])('a template of Helm in the values of a chart may have %s', (_, resources, expected) => {
  expect(decide({ ...reader(), ...resources }, { action: LIST }).outcome).toBe(expected);
});

describe.each(NAMES)('what something may create because of %s', (place) => {
  const within = PLACES[place];
  const outcomeOf = (resources: object, action = LIST) => decide({ ...reader(), ...resources }, { action }).outcome;

  test.each<[string, object]>([
    ['a workload with an access key', within(deployment('app', { env: [{ name: 'AWS_SECRET_ACCESS_KEY', ...FROM_SECRET }] }))],
    ['a workload with a token', { ...GITHUB, ...within(deployment('app', { env: [{ name: 'GITHUB_TOKEN', ...FROM_SECRET }] })) }],
    ['a workload with the network of its node', { ...within(deployment('app', {}, { hostNetwork: true })) }],
    ['a service account with a role outside the templates', within({ ...account('app'), metadata: { name: 'app', namespace: 'default', annotations: OUTSIDE } })],
    ['a Secret with a token', { ...GITHUB, ...within({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace: 'default' }, stringData: { GITHUB_TOKEN: 'x' } }) }],
    ['a Secret with an access key, whose store the pod reads', { ...READS, ...within(external('AWS_SECRET_ACCESS_KEY')) }],
    ['a Secret with a token, whose store the pod reads', { ...GITHUB, ...READS, ...within(external('GITHUB_TOKEN')) }],
    ['a Service', { ...VICTIM, Runs: victim('curl http://web.default.svc/x.sh | sh'), ...within(SERVICE) }],
    ['a host', { ...VICTIM, Runs: victim('curl https://get.example.com/x.sh | sh'), ...within(SERVICE, INGRESS) }],
  ])('matters: %s', (title, resources) => {
    expect(outcomeOf(resources, title.includes('its node') ? NODE : LIST)).toBe(UNKNOWN);
  });

  test.each<[string, object]>([
    ['a workload with other variables', within(deployment('app', { env: [{ name: 'LEVEL', value: 'info' }, { name: 'DB_PASSWORD', ...FROM_SECRET }] }))],
    ['a workload of another account with an access key', within(deployment('other', { env: [{ name: 'AWS_SECRET_ACCESS_KEY', ...FROM_SECRET }] }))],
    ['another service account with a role outside the templates', within({ ...account('other'), metadata: { name: 'other', namespace: 'default', annotations: OUTSIDE } })],
    ['a Secret with something else', { ...GITHUB, ...READS, ...within(external('DB_PASSWORD')) }],
    ['another host', { ...VICTIM, Runs: victim('curl https://other.example.com/x.sh | sh'), ...within(SERVICE, INGRESS) }],
  ])('does not matter: %s', (_, resources) => {
    expect(outcomeOf(resources)).toBe(DENIED);
  });

  test('is not certain', () => {
    const access = accessTo(clusterTemplate({ Plain: objects(account('app')), ...within(deployment('app', {}, { hostNetwork: true })) }));
    expect(access.pod({ serviceAccountName: 'app' }).decide(NODE)).toMatchObject({ outcome: UNKNOWN, outcomeByDefault: UNKNOWN });
  });
});

test('a text that two clusters share defines workloads in both', () => {
  const manifest = (cluster: string) => ({
    Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: cluster }, Manifest: { 'Fn::FindInMap': ['Manifests', 'web', 'text'] } },
  });
  const documents = text([account('app'), deployment('app', { env: [{ name: 'AWS_SECRET_ACCESS_KEY', ...FROM_SECRET }] })] as object);
  const access = accessTo(clusterTemplate(
    { Second: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'second' } }, Own: manifest('Cluster'), Others: manifest('Second') },
    { Mappings: { Manifests: { web: { text: documents } } } },
  )).assume({ noOtherNodes: true });
  const outcomes = ['prod', 'second'].map((cluster) => access.pod({ serviceAccountName: 'app', cluster }).decide(LIST).outcome);
  expect(outcomes).toEqual([UNKNOWN, UNKNOWN]);
});

test('a node pool that may not exist takes no taints away', () => {
  const pool = (name: string, taints: object[]) => ({
    apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name }, spec: { template: { spec: { taints, nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'it' } } } },
  });
  const nodeClass = {
    apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'it' }, spec: { role: 'karpenter', metadataOptions: { httpPutResponseHopLimit: 2, httpTokens: 'optional' } },
  };
  const tainted = pool('a', [{ key: 'team', value: 'ops', effect: 'NoSchedule' }]);
  const karpenter = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }, { Effect: 'Allow', Action: LIST, Resource: '*' }) as any;
  const outcomeWith = (untainted: object) => accessTo(clusterTemplate({
    Karpenter: { ...karpenter, Properties: { ...karpenter.Properties, RoleName: 'karpenter' } }, App: objects(account('app'), deployment('app', {}), nodeClass, tainted), ...untainted,
  })).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;
  expect([outcomeWith({ Pool: objects(pool('b', [])) }), outcomeWith(chart({ extraObjects: [pool('b', [])] }))]).toEqual(['ALLOWED', UNKNOWN]);
});
