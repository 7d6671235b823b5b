import { accessTo, clusterRole, decide, RBAC, role, rule, ruleFor } from './rbac-apps';
import { account, accountRole, allow } from '../templates';

const CHANGES = ['create', 'patch', 'update'];
const all = (group: string, resource: string, verbs: string[]): Array<[string, string, string]> => verbs.map((verb) => [group, resource, verb]);

/** What gives credentials of others: API group, resource and verb. */
const GIVING: Array<[string, string, string]> = [
  ...['pods', 'replicationcontrollers', 'persistentvolumes'].flatMap((resource) => all('', resource, CHANGES)),
  ...['daemonsets', 'deployments', 'replicasets', 'statefulsets', 'controllerrevisions'].flatMap((resource) => all('apps', resource, CHANGES)),
  ...['cronjobs', 'jobs'].flatMap((resource) => all('batch', resource, CHANGES)),
  ...['pods/exec', 'pods/attach', 'pods/portforward'].flatMap((resource) => all('', resource, ['create', 'get'])),
  ...all('', 'pods/ephemeralcontainers', ['patch', 'update']),
  ...all('', '*/ephemeralcontainers', ['patch']),
  ...all('', '*/exec', ['create']),
  ...all('', '*/token', ['create']),
  ...all('', 'serviceaccounts/token', ['create', '*']),
  ...all('', 'nodes/proxy', ['get', 'create', 'update', 'patch']),
  ...['groups', 'serviceaccounts', 'users'].flatMap((resource) => all('', resource, ['impersonate'])),
  ...all('authentication.k8s.io', 'users', ['impersonate:user-info']),
  ...all('authentication.k8s.io', 'serviceaccounts', ['impersonate:serviceaccount']),
  ...['roles', 'clusterroles'].flatMap((resource) => all(RBAC, resource, ['bind', 'escalate'])),
  ...all('certificates.k8s.io', 'certificatesigningrequests/approval', ['patch', 'update']),
  ...['mutatingwebhookconfigurations', 'mutatingadmissionpolicies', 'mutatingadmissionpolicybindings'].flatMap((one) => all('admissionregistration.k8s.io', one, CHANGES)),
  ...all('apiextensions.k8s.io', 'customresourcedefinitions', ['patch', 'update']),
  ...all('apiregistration.k8s.io', 'apiservices', CHANGES),
  ...all('storage.k8s.io', 'csidrivers', CHANGES),
];

test('who may create and patch Secrets might get the credentials of others, because a patch returns what a controller has put in', () => {
  expect(decide(clusterRole(rule('', 'secrets', 'create', 'patch'))).outcome).toBe('UNKNOWN');
});

test.each(GIVING)('who may use %s %s with the verb %s might get the credentials of others', (...what) => {
  expect(decide(clusterRole(rule(...what))).outcome).toBe('UNKNOWN');
});

test.each<[string, string, string[]]>([
  ['', 'secrets', ['get', 'list', 'watch', 'delete']],
  ['', 'secrets', ['create', 'update']],
  ['', 'serviceaccounts', CHANGES],
  ['', 'namespaces', CHANGES],
  ['', 'nodes', CHANGES],
  ['', 'nodes/status', CHANGES],
  ['', 'nodes/metrics', ['get']],
  ['', 'podtemplates', CHANGES],
  ['', 'pods/eviction', ['create']],
  ['', 'pods/log', ['get']],
  ['', 'pods/resize', CHANGES],
  ['', 'persistentvolumeclaims', CHANGES],
  ['apps', 'deployments/scale', CHANGES],
  ['*', '*/scale', ['get', 'update']],
  ['admissionregistration.k8s.io', 'validatingwebhookconfigurations', CHANGES],
  ['admissionregistration.k8s.io', 'validatingadmissionpolicies', CHANGES],
  ['apiextensions.k8s.io', 'customresourcedefinitions', ['create', 'get']],
  ['authentication.k8s.io', 'tokenreviews', ['create']],
  ['authorization.k8s.io', 'subjectaccessreviews', ['create']],
  ['certificates.k8s.io', 'certificatesigningrequests', CHANGES],
  ['flowcontrol.apiserver.k8s.io', 'flowschemas', CHANGES],
  ['resource.k8s.io', 'resourceclaims', CHANGES],
  [RBAC, 'clusterrolebindings', CHANGES],
  [RBAC, 'clusterroles', CHANGES],
])('who may use %s %s with the verbs %s gets nothing of others', (...what) => {
  const [group, resource, verbs] = what;
  expect(decide(clusterRole(rule(group, resource, ...verbs))).outcome).toBe('DENIED');
});

test.each<[string, object[], string]>([
  ['URLs that are not of resources', clusterRole({ nonResourceURLs: ['*'], verbs: ['*'] }), 'DENIED'],
  ['one pod, in which it may run commands', role('ops', ruleFor(['one'], '', 'pods/exec', 'create')), 'UNKNOWN'],
  ['the name of pods, which no request to create one has', role('ops', ruleFor(['one'], '', 'pods', 'create')), 'DENIED'],
  ['the name of pods, which a request to apply one has', role('ops', ruleFor(['one'], '', 'pods', 'create', 'patch')), 'UNKNOWN'],
  ['the definition of its own objects', clusterRole(ruleFor(['widgets.example.com'], 'apiextensions.k8s.io', 'customresourcedefinitions', 'patch'), rule('example.com', 'widgets', '*'), rule('example.com', 'widgets/status', '*')), 'DENIED'],
  ['the definition of objects of others', clusterRole(ruleFor(['applications.argoproj.io'], 'apiextensions.k8s.io', 'customresourcedefinitions', 'patch')), 'UNKNOWN'],
  ['definitions in a namespace, which has none', role('ops', rule('apiextensions.k8s.io', 'customresourcedefinitions', 'patch')), 'DENIED'],
  ['what a token of the other account takes', role('ops', ruleFor(['reader'], '', 'serviceaccounts/token', 'create')), 'UNKNOWN'],
  ['what a token of the other account takes, everywhere', clusterRole(ruleFor(['reader'], '', 'serviceaccounts/token', 'create')), 'UNKNOWN'],
  ['what a token of an account without a role takes', role('ops', ruleFor(['issuer'], '', 'serviceaccounts/token', 'create')), 'DENIED'],
  ['what a token of an account without a role takes, everywhere', clusterRole(ruleFor(['issuer'], '', 'serviceaccounts/token', 'create')), 'DENIED'],
])('a rule for %s', (_, documents, outcome) => {
  expect(decide(documents).outcome).toBe(outcome);
});

const TOKEN = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'admin', namespace: 'ops', annotations: { 'kubernetes.io/service-account.name': 'admin' } }, type: 'kubernetes.io/service-account-token' };

test.each<[string, object[], string]>([
  ['the Secret', role('ops', ruleFor(['admin'], '', 'secrets', 'get')), 'UNKNOWN'],
  ['another Secret', role('ops', ruleFor(['database'], '', 'secrets', 'get')), 'DENIED'],
  ['Secrets of another namespace', role('other', rule('', 'secrets', 'get')), 'DENIED'],
])('who may get %s has its token, or not', (_, documents, outcome) => {
  expect(decide([TOKEN, ...documents]).outcome).toBe(outcome);
});

const ENTRIES_ONLY = { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', AccessConfig: { AuthenticationMode: 'API' } } } };
const BOTH = { Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', AccessConfig: { AuthenticationMode: 'API_AND_CONFIG_MAP' } } } };
const AWS_AUTH = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws-auth', namespace: 'kube-system' }, data: { mapRoles: '[]' } };
const outcomeOf = (documents: object[], more: object) => accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome;
const ofSystem = (...verbs: string[]) => role('kube-system', rule('', 'configmaps', ...verbs));

test.each<[string, object[], object, string]>([
  ['change ConfigMaps where aws-auth is not read', ofSystem('update', 'patch'), ENTRIES_ONLY, 'DENIED'],
  ['create ConfigMaps where aws-auth is not read', ofSystem('create'), ENTRIES_ONLY, 'DENIED'],
  ['create ConfigMaps where aws-auth need not exist', ofSystem('create'), BOTH, 'UNKNOWN'],
  ['create ConfigMaps where the templates have aws-auth', [AWS_AUTH, ...ofSystem('create')], BOTH, 'DENIED'],
  ['create and delete ConfigMaps where the templates have aws-auth', [AWS_AUTH, ...ofSystem('create', 'delete')], BOTH, 'UNKNOWN'],
  ['create ConfigMaps where nodes need aws-auth', ofSystem('create'), {}, 'DENIED'],
  ['change ConfigMaps where aws-auth is read', ofSystem('update'), BOTH, 'UNKNOWN'],
])('who may %s in the namespace of the system might act in the cluster, or not', (_, documents, more, outcome) => {
  expect(outcomeOf(documents, more)).toBe(outcome);
});

test('who may get tokens of one account gets nothing of another one of the namespace', () => {
  const documents = [...role('ops', ruleFor(['issuer'], '', 'serviceaccounts/token', 'create')), account('issuer', 'Issuer', 'ops')];
  const access = accessTo(documents, [], { Issuer: accountRole('ops:issuer', allow('sns:ListTopics')) });
  expect(['sns:ListTopics', 's3:ListAllMyBuckets'].map((action) => access.pod({ serviceAccountName: 'app' }).decide(action).outcome)).toEqual(['UNKNOWN', 'DENIED']);
});
