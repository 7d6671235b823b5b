import { accessTo, APP, clusterRole, decide, everywhere, KEY, LIST, RBAC, rbac, role, rule, within } from './rbac-apps';
import { allow } from '../templates';

const OF_NODES = 'eks-auth:AssumeRoleForPodIdentity';

const clusterWith = (AuthenticationMode: unknown) => ({ Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', AccessConfig: { AuthenticationMode } } });

test.each<[string, object[], string]>([
  ['an administrator', [everywhere('cluster-admin')], 'UNKNOWN'],
  ['an administrator of the namespace', [within('ops', 'admin')], 'UNKNOWN'],
  ['an editor of the namespace', [within('ops', 'edit')], 'UNKNOWN'],
  ['an administrator as one of all accounts', [everywhere('cluster-admin', { kind: 'Group', name: 'system:serviceaccounts' })], 'UNKNOWN'],
  ['an administrator as one of its namespace', [everywhere('cluster-admin', { kind: 'Group', name: 'system:serviceaccounts:default' })], 'UNKNOWN'],
  ['an administrator by its user name', [everywhere('cluster-admin', { kind: 'User', name: 'system:serviceaccount:default:app' })], 'UNKNOWN'],
  ['an administrator as one of everyone', [everywhere('cluster-admin', { kind: 'Group', name: 'system:unauthenticated' })], 'UNKNOWN'],
  ['an administrator by its user name, of which the deployment knows a part', [everywhere('cluster-admin', { kind: 'User', name: 'system:serviceaccount:${AWS::StackName}:app' })], 'UNKNOWN'],
  ['bound to a role that only the deployment knows', [everywhere('${AWS::StackName}')], 'UNKNOWN'],
  ['allowed to change applications of Argo CD', role('ops', rule('argoproj.io', 'applications', 'get', 'patch')), 'UNKNOWN'],
  ['allowed to create Secrets and to read them', clusterRole(rule('', 'secrets', 'get', 'create')), 'UNKNOWN'],
  ['allowed to create pods', role('ops', rule('', 'pods', 'create')), 'UNKNOWN'],
  ['allowed to change workloads', role('ops', rule('apps', 'deployments', 'get', 'patch')), 'UNKNOWN'],
  ['allowed to do everything with jobs', role('ops', rule('batch', '*', '*')), 'UNKNOWN'],
  ['allowed to run commands in pods', role('ops', rule('', 'pods/exec', 'create')), 'UNKNOWN'],
  ['allowed to create tokens', role('ops', rule('', 'serviceaccounts/token', 'create')), 'UNKNOWN'],
  ['allowed everything', clusterRole(rule('*', '*', '*')), 'UNKNOWN'],
  ['allowed to bind any role', clusterRole(rule(RBAC, 'clusterroles', 'bind')), 'UNKNOWN'],
  ['allowed to act as others', clusterRole(rule('', 'users', 'impersonate')), 'UNKNOWN'],
  ['allowed to ask the kubelet', clusterRole(rule('', 'nodes/proxy', 'get')), 'UNKNOWN'],
  ['allowed to change webhooks', clusterRole(rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'patch')), 'UNKNOWN'],
  ['allowed to create applications of Argo CD', role('ops', rule('argoproj.io', 'applications', 'create')), 'UNKNOWN'],
  ['allowed to change ConfigMaps', clusterRole(rule('', 'configmaps', 'update')), 'UNKNOWN'],
  ['allowed to change those of the system', role('kube-system', rule('', 'configmaps', 'patch')), 'UNKNOWN'],
  ['allowed to change aws-auth', role('kube-system', { ...rule('', 'configmaps', 'patch'), resourceNames: ['aws-auth'] }), 'UNKNOWN'],
  ['allowed to change another ConfigMap of the system', role('kube-system', { ...rule('', 'configmaps', 'patch'), resourceNames: ['status'] }), 'DENIED'],
  ['allowed to create PersistentVolumes', clusterRole(rule('', 'persistentvolumes', 'create')), 'UNKNOWN'],
  ['bound to a role with rules of others', [rbac('ClusterRole', undefined, { aggregationRule: { clusterRoleSelectors: [] }, rules: [] }), everywhere('ci')], 'UNKNOWN'],
  ['an editor of another namespace, whose pods can act as their node', [within('other', 'edit')], 'UNKNOWN'],
  ['allowed to run commands in pods of another namespace', role('other', rule('', 'pods/exec', 'create')), 'DENIED'],
  ['allowed to create tokens of another namespace', role('other', rule('', 'serviceaccounts/token', 'create')), 'DENIED'],
  ['allowed to view', [everywhere('view')], 'DENIED'],
  ['bound to a role that the templates do not show', [everywhere('unheard-of')], 'DENIED'],
  ['not bound, but another account is', [everywhere('cluster-admin', { ...APP, name: 'other' })], 'DENIED'],
  ['not bound, but an account of another namespace is', [everywhere('cluster-admin', { ...APP, namespace: 'other' })], 'DENIED'],
  ['not bound, but accounts of another namespace are', [everywhere('cluster-admin', { kind: 'Group', name: 'system:serviceaccounts:other' })], 'DENIED'],
  ['allowed to watch pods', clusterRole(rule('', 'pods', 'get', 'list', 'watch'), rule('', 'pods/log', 'get')), 'DENIED'],
  ['allowed to change the status of pods and to evict them', clusterRole(rule('', 'pods/status', 'patch'), rule('', 'pods/eviction', 'create')), 'DENIED'],
  ['allowed to elect a leader', role('ops', rule('coordination.k8s.io', 'leases', '*'), rule('', 'configmaps', '*'), rule('', 'events', 'create')), 'DENIED'],
  ['allowed everything in a namespace where controllers may look for objects', role('other', rule('*', '*', '*')), 'UNKNOWN'],
  ['allowed to create applications, of whatever group,', role('other', rule('*', 'applications', 'create')), 'UNKNOWN'],
  ['allowed to create events, of whatever group,', role('other', rule('*', 'events', 'create', 'patch')), 'DENIED'],
  ['allowed to watch everything in a namespace', role('other', rule('*', '*', 'watch')), 'DENIED'],
  ['allowed to change the status of applications of Argo CD', role('ops', rule('argoproj.io', 'applications/status', 'get', 'patch')), 'DENIED'],
  ['allowed to create Secrets', clusterRole(rule('', 'secrets', 'create')), 'DENIED'],
  ['allowed everything with objects of which it does not write the status', clusterRole(rule('example.com', '*', '*')), 'UNKNOWN'],
  ['allowed everything with its own objects', clusterRole({ apiGroups: ['example.com'], resources: ['widgets', 'widgets/status'], verbs: ['*'] }), 'DENIED'],
  ['allowed to read Secrets', clusterRole(rule('', 'secrets', 'get', 'list')), 'DENIED'],
  ['allowed to change webhooks in a namespace, which have none', role('ops', rule('admissionregistration.k8s.io', 'mutatingwebhookconfigurations', 'patch')), 'DENIED'],
])('a pod whose account is %s may do what other pods do, or not', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
  expect(decide(documents, 'sns:ListTopics').outcome).toBe('DENIED');
  expect(accessTo(documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

test.each<[string, object, string]>([
  ['access entries only', { Cluster: clusterWith('API') }, 'DENIED'],
  ['access entries and the ConfigMap', { Cluster: clusterWith('API_AND_CONFIG_MAP') }, 'UNKNOWN'],
  ['what a parameter says', { Cluster: clusterWith({ Ref: 'AWS::StackName' }) }, 'UNKNOWN'],
])('a pod may change aws-auth of a cluster that reads %s', (_, more, expected) => {
  expect(accessTo(clusterRole(rule('', 'configmaps', 'get', 'create', 'update')), [], more).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
  expect(accessTo(clusterRole(rule('', 'pods', 'create')), [], more).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('UNKNOWN');
});

test('who creates pods gets the role of nodes', () => {
  const outcomes = [clusterRole(rule('', 'pods', 'create')), role('ops', rule('', 'pods', 'create')), clusterRole(rule('', 'pods', 'get'))].map((documents) => decide(documents, OF_NODES).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED']);
});

test('the answer names the binding', () => {
  expect(decide([everywhere('cluster-admin')]).missing).toEqual([
    'whether pods act in the cluster by ClusterRoleBinding ci, run pods or get tokens of other pods, and with them the credentials of role Reader',
  ]);
});

test('who runs commands in a pod with the network of its node gets the role of the node', () => {
  const pod = (hostNetwork: boolean) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'it', namespace: 'ops' }, spec: { hostNetwork, serviceAccountName: 'reader', containers: [{ name: 'it' }] } });
  const outcomes = [true, false].map((hostNetwork) => decide([pod(hostNetwork), ...role('ops', rule('', 'pods/exec', 'create'))], OF_NODES).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test('who reads Secrets has the access keys in them', () => {
  const outcomes = [rule('', 'secrets', 'get'), rule('', 'pods', 'get')]
    .map((one) => accessTo(clusterRole(one), [], KEY).pod({ serviceAccountName: 'app' }).decide('sns:ListTopics').outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

test('who views objects has the access keys in those that are no Secrets', () => {
  const inConfigMap = JSON.parse(JSON.stringify(KEY).replace('\\"Secret\\"', '\\"ConfigMap\\"').replaceAll('stringData', 'data'));
  const outcomes = [[everywhere('view')], [within('ops', 'view')], [everywhere('system:discovery')]]
    .map((bound) => accessTo(bound, [], inConfigMap).pod({ serviceAccountName: 'app' }).decide('sns:ListTopics').outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'UNKNOWN', 'DENIED']);
});

test('who reads Secrets has the token in one', () => {
  const token = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'admin', namespace: 'ops', annotations: { 'kubernetes.io/service-account.name': 'admin' } }, type: 'kubernetes.io/service-account-token' };
  expect(decide([token, ...clusterRole(rule('', 'secrets', 'get'))]).outcome).toBe('UNKNOWN');
});

const copied = ({ metadata, ...secret }: any) => ({ ...secret, metadata: { ...metadata, annotations: { ...metadata.annotations, 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' } } });
const TOKENS = 'kubernetes.io/service-account-token';
const tokenOf = (name: string, namespace: string, type = TOKENS) =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token', namespace, annotations: { 'kubernetes.io/service-account.name': name } }, type });
const deployer = (namespace: string) => everywhere('cluster-admin', { kind: 'ServiceAccount', name: 'deployer', namespace });

test.each<[string, object[], string]>([
  ['an administrator', [tokenOf('deployer', 'default'), deployer('default')], 'UNKNOWN'],
  ['an account that only the deployment knows', [tokenOf('${AWS::StackName}', 'default'), deployer('default')], 'UNKNOWN'],
  ['an administrator, copied to all namespaces', [copied(tokenOf('deployer', 'ops')), deployer('ops')], 'UNKNOWN'],
  ['one who views', [tokenOf('deployer', 'default'), everywhere('view', { ...APP, name: 'deployer' })], 'DENIED'],
  ['an account without a binding', [tokenOf('other', 'default'), deployer('default')], 'DENIED'],
  ['an administrator of another namespace', [tokenOf('deployer', 'ops'), deployer('ops')], 'DENIED'],
  ['an account of the same name elsewhere', [tokenOf('deployer', 'default'), deployer('ops')], 'DENIED'],
  ['nobody, but a password', [tokenOf('deployer', 'default', 'Opaque'), deployer('default')], 'DENIED'],
])('a pod that can mount a Secret with the token of %s may do what that account may, or not', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
  expect(accessTo(documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

test('the answer names the Secret with the token', () => {
  expect(decide([tokenOf('deployer', 'default'), deployer('default')]).missing).toEqual([
    'whether pods act in the cluster by ClusterRoleBinding ci with the token in Secret default/token, run pods or get tokens of other pods, and with them the credentials of role Reader',
  ]);
});

test('whoever can run code in such a pod acts in the cluster, too', () => {
  const runner = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'runner', namespace: 'ci' }, spec: { serviceAccountName: 'runner', containers: [{ name: 'it', args: ['sh', '-c', 'aws s3 cp s3://jobs/run - | sh'] }] } };
  const put = allow('s3:PutObject', 'arn:aws:s3:::jobs/*');
  const outcomes = ['runner', 'other'].map((name) => accessTo([runner, everywhere('cluster-admin', { kind: 'ServiceAccount', name, namespace: 'ci' })], [put])
    .pod({ serviceAccountName: 'app' }).decide(LIST).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});
