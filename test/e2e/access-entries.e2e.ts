import { changeStack, StackState } from './change-sets';
import { accessEntry, accessPolicy, eksCluster, Principal } from './eks-clusters';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

let aws: LocalAws;
let cluster: TestCluster;

const POLICIES = ['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy', 'AmazonEKSEditPolicy', 'AmazonEKSViewPolicy'];
const SCOPES = ['cluster', 'namespace'] as const;
const NAMESPACE = { cluster: [], namespace: ['named'] };
const roleFor = (policy: string, scope: string) => `${policy}-${scope}`;

let resources: { [id: string]: object } = { Cluster: eksCluster('test', { AuthenticationMode: 'API', BootstrapClusterCreatorAdminPermissions: false }) };
let changes = 0;

/** Adds or changes resources of the stack, or removes those that are undefined. They stay as they are if that fails. */
async function change(changed: { [id: string]: object | undefined }): Promise<StackState> {
  const wanted = JSON.parse(JSON.stringify({ ...resources, ...changed }));
  const state = await changeStack(aws, 'test', { Resources: wanted }, { type: changes++ ? 'UPDATE' : 'CREATE', name: `change-${changes}` });
  resources = state.status.endsWith('ROLLBACK_COMPLETE') ? resources : wanted;
  return state;
}

beforeAll(async () => {
  aws = await startLocalAws();
  const entries = POLICIES.flatMap((policy) => SCOPES.map((scope) =>
    [`${policy}For${scope}`, accessEntry('test', roleFor(policy, scope), { AccessPolicies: [accessPolicy(policy, ...NAMESPACE[scope])] })]));
  expect(await change(Object.fromEntries(entries))).toEqual({ status: 'CREATE_COMPLETE', failures: [] });
  cluster = await aws.cluster('test');
  // after the entries that name them: EKS does not check whether a namespace exists
  await Promise.all(['named', 'another', 'dev-one'].map((name) => cluster.makeNamespace(name)));
});
afterAll(() => aws?.stop());

/** Principals whose token an earlier test of the tables has used. It is valid for a minute, and the API server remembers for some seconds whose it is. */
const known = new Map<string, Promise<Principal>>();
const principal = (role: string) => known.get(role) ?? known.set(role, Principal.of(cluster, role)).get(role)!;
const fresh = (role: string) => Principal.of(cluster, role);

const inNamespace = (namespace: string, kind: string, more: object = {}): [string, object] => [
  `/api/v1/namespaces/${namespace}/${kind.toLowerCase()}s`, { apiVersion: 'v1', kind, metadata: { name: 'some' }, ...more },
];
const RBAC = 'rbac.authorization.k8s.io/v1';
const roleWith = (rules: object[]): [string, object] => [`/apis/${RBAC}/namespaces/named/roles`, { apiVersion: RBAC, kind: 'Role', metadata: { name: 'some' }, rules }];
const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'things.example.com' },
  spec: {
    group: 'example.com', scope: 'Namespaced', names: { plural: 'things', kind: 'Thing' }, versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
  },
};
const CREATES: { [what: string]: [string, object][] } = {
  named: ['ConfigMap', 'Secret', 'ServiceAccount'].map((kind) => inNamespace('named', kind)),
  another: ['ConfigMap', 'Secret', 'ServiceAccount'].map((kind) => inNamespace('another', kind)),
  Role: [roleWith([])],
  ResourceQuota: [inNamespace('named', 'ResourceQuota', { spec: { hard: { pods: '1' } } })],
  Namespace: [['/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'new' } }]],
  CRD: [['/apis/apiextensions.k8s.io/v1/customresourcedefinitions', DEFINITION]],
};

/** What a principal may create. Objects in one namespace are all allowed or all forbidden. */
async function allowed(whom: Principal): Promise<string> {
  const found = await Promise.all(Object.entries(CREATES).map(async ([what, objects]) => {
    const answers = new Set(await Promise.all(objects.map(([path, object]) => whom.creates(path, object))));
    return answers.size === 1 ? answers.has(true) && what : `some in ${what}`;
  }));
  return found.filter(Boolean).join(' ');
}

// https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
test.each([
  ['AmazonEKSClusterAdminPolicy', 'cluster', 'named another Role ResourceQuota Namespace CRD'],
  ['AmazonEKSClusterAdminPolicy', 'namespace', 'named Role ResourceQuota'],
  ['AmazonEKSAdminPolicy', 'cluster', 'named another Role'],
  ['AmazonEKSAdminPolicy', 'namespace', 'named Role'],
  ['AmazonEKSEditPolicy', 'cluster', 'named another'],
  ['AmazonEKSEditPolicy', 'namespace', 'named'],
  ['AmazonEKSViewPolicy', 'cluster', ''],
  ['AmazonEKSViewPolicy', 'namespace', ''],
])('%s for a %s can create: %s', async (policy, scope, expected) => {
  expect(await allowed(await principal(roleFor(policy, scope)))).toBe(expected);
});

test.each([
  ['/api/v1/namespaces/named/configmaps', 200, 200],
  ['/api/v1/namespaces/another/configmaps', 200, 403],
  ['/api/v1/configmaps', 200, 403],
  ['/api/v1/namespaces/named', 200, 200],
  ['/api/v1/namespaces', 200, 403],
  ['/api/v1/namespaces/named/secrets', 403, 403],
  ['/metrics', 403, 403],
])('AmazonEKSViewPolicy: the answer to a request for %s is %s for the cluster, and %s for a namespace', async (path, ofCluster, ofNamespace) => {
  const statuses = await Promise.all(SCOPES.map(async (scope) => (await (await principal(roleFor('AmazonEKSViewPolicy', scope))).send('GET', path)).status));
  expect(statuses).toEqual([ofCluster, ofNamespace]);
});

test('AmazonEKSAdminPolicy cannot grant permissions in a Role, because it does not include escalate', async () => {
  const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get'] }];
  const answers = await Promise.all([POLICIES[0], POLICIES[1]].map(async (policy) => {
    const [path, role] = roleWith(rules);
    return (await fresh(roleFor(policy, 'namespace'))).send('POST', `${path}?dryRun=All`, role);
  }));
  expect(answers.map(({ status }) => status)).toEqual([201, 403]);
  expect(answers[1].body.message).toContain('is attempting to grant RBAC permissions not currently held');
});

test('several policies add up, and names of namespaces can have wildcards', async () => {
  await change({ Several: accessEntry('test', 'several', { AccessPolicies: [accessPolicy('AmazonEKSViewPolicy'), accessPolicy('AmazonEKSEditPolicy', 'dev-*', 'another')] }) });
  const several = await fresh('several');
  expect(await allowed(several)).toBe('another');
  expect(await several.creates(...inNamespace('dev-one', 'ConfigMap'))).toBe(true);
  expect((await several.send('GET', '/api/v1/configmaps')).status).toBe(200);
});

test('users and groups are those of the entry, or the documented ones', async () => {
  await change({
    Default: accessEntry('test', 'default'),
    Own: accessEntry('test', 'own', { Username: 'me:{{SessionName}}', KubernetesGroups: ['readers'] }),
  });
  expect(await (await fresh('default')).whoami()).toEqual({ username: 'arn:aws:sts::123456789012:assumed-role/default/test', groups: ['system:authenticated'] });
  expect(await (await fresh('own')).whoami()).toEqual({ username: 'me:test', groups: ['readers', 'system:authenticated'] });
  expect(await (await fresh('nobody')).whoami()).toBe(401);
});

test('an impersonated user does not have the access policies', async () => {
  const admin = await fresh(roleFor(POLICIES[0], 'cluster'));
  const review = { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec: { user: 'arn:aws:sts::123456789012:assumed-role/several/test', resourceAttributes: { verb: 'list', resource: 'configmaps' } } };
  expect((await admin.send('POST', '/apis/authorization.k8s.io/v1/subjectaccessreviews', review)).body.status.allowed).toBe(false);
});

test('an update changes policies and groups at once, and another principal replaces the entry', async () => {
  await change({ Changing: accessEntry('test', 'changing', { AccessPolicies: [accessPolicy('AmazonEKSViewPolicy')] }) });
  expect(await allowed(await fresh('changing'))).toBe('');
  expect(await change({ Changing: accessEntry('test', 'changing', { AccessPolicies: [accessPolicy('AmazonEKSEditPolicy', 'named')], KubernetesGroups: ['new'] }) }))
    .toEqual({ status: 'UPDATE_COMPLETE', failures: [] });
  const changed = await fresh('changing');
  expect([await allowed(changed), await changed.whoami()]).toEqual(['named', expect.objectContaining({ groups: ['new', 'system:authenticated'] })]);
  await change({ Changing: accessEntry('test', 'next', { AccessPolicies: [accessPolicy('AmazonEKSEditPolicy')] }) });
  expect([await (await fresh('changing')).whoami(), await allowed(await fresh('next'))]).toEqual([401, 'named another']);
  await change({ Changing: undefined });
  expect(await (await fresh('next')).whoami()).toBe(401);
});

describe('a stack fails with', () => {
  test.each<[string, object, string | RegExp]>([
    ['a second entry for a principal', {}, 'ResourceInUseException: The specified access entry resource is already in use on this cluster.'],
    ['a group of Kubernetes', { KubernetesGroups: ['system:masters'] }, 'InvalidParameterException: The kubernetes group name system:masters is invalid, it cannot start with system:'],
    ['a reserved username', { Username: 'eks:me' }, /^InvalidParameterException: The username eks:me is invalid, it cannot start with system:/],
    ['a namespace scope without namespaces', { AccessPolicies: [{ ...accessPolicy('AmazonEKSViewPolicy'), AccessScope: { Type: 'namespace' } }] }, /^InvalidParameterException: an access scope must have namespaces/],
    ['a policy that the local AWS does not know', { AccessPolicies: [accessPolicy('AmazonEKSAutoNodePolicy')] }, /^the local AWS knows the access policies .*, and not arn:aws:eks::aws:cluster-access-policy\/AmazonEKSAutoNodePolicy$/],
    ['a type that the local AWS does not know', { Type: 'EC2_LINUX' }, 'the local AWS knows access entries of type STANDARD, and not EC2_LINUX'],
  ])('%s', async (_, properties, reason) => {
    const { status, failures } = await change({ Second: accessEntry('test', roleFor(POLICIES[0], 'cluster'), properties) });
    expect(status).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(failures.at(-1)!.replace('CREATE_FAILED Second: ', '')).toEqual(typeof reason === 'string' ? reason : expect.stringMatching(reason));
  });

  test('an update to a principal that already has an entry, and all entries are as they were', async () => {
    expect(await change({ Default: accessEntry('test', 'own') })).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE' });
    const [byDefault, admin] = await Promise.all(['default', roleFor(POLICIES[0], 'cluster')].map(fresh));
    expect(await byDefault.whoami()).toMatchObject({ username: expect.stringContaining('/default/') });
    expect((await admin.send('GET', '/metrics')).status).toBe(200);
  });
});
