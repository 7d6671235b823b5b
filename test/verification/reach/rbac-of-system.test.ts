import { accessTo, clusterRole, LIST, role, rule, ruleFor, within } from './rbac-apps';
import { account } from '../templates';

const OF_NODES = 'eks-auth:AssumeRoleForPodIdentity';
const addon = (AddonName: string) => ({ Addon: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Cluster' }, AddonName } } });
const chart = (Chart: string, Namespace: string) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'it', Chart, Namespace, Values: '{}' } },
});
const outcomeOf = (documents: object[], action: string, more: object = {}) => accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide(action).outcome;
const EXEC = rule('', 'pods/exec', 'create');

test.each<[string, object]>([
  ['run commands in pods', EXEC],
  ['attach to pods', rule('', 'pods/attach', 'create')],
  ['forward their ports', rule('', 'pods/portforward', 'create')],
  ['request tokens', rule('', 'serviceaccounts/token', 'create')],
  ['act as accounts', rule('', 'serviceaccounts', 'impersonate')],
  ['have tokens made', rule('', 'secrets', 'get', 'create')],
])('who may %s in the namespace of the system gets its nodes, and with them other pods', (_, one) => {
  expect([LIST, OF_NODES].map((action) => outcomeOf(role('kube-system', one), action))).toEqual(['UNKNOWN', 'UNKNOWN']);
  expect([LIST, OF_NODES].map((action) => outcomeOf(role('other', one), action))).toEqual(['DENIED', 'DENIED']);
});

test.each<[string, object[]]>([
  ['read Secrets', role('kube-system', rule('', 'secrets', 'get', 'list'))],
  ['view', [within('kube-system', 'view')]],
  ['read pods and their logs', role('kube-system', rule('', 'pods', 'get', 'list'), rule('', 'pods/log', 'get'))],
  ['elect a leader', role('kube-system', rule('coordination.k8s.io', 'leases', '*'))],
  ['request a token of another account', role('kube-system', ruleFor(['aws-load-balancer-controller'], '', 'serviceaccounts/token', 'create'))],
])('who may %s there does not', (_, documents) => {
  expect(outcomeOf(documents, LIST)).toBe('DENIED');
});

test.each<[string, string, object]>([
  ['an add-on', 'amazon-cloudwatch', addon('amazon-cloudwatch-observability')],
  ['a chart', 'falco', chart('falco', 'falco')],
  ['a chart with others in it', 'monitoring', chart('kube-prometheus-stack', 'monitoring')],
])('who may run commands in the pods of %s on nodes gets these nodes', (_, namespace, more) => {
  expect([LIST, OF_NODES].map((action) => outcomeOf(role(namespace, EXEC), action, more))).toEqual(['UNKNOWN', 'UNKNOWN']);
  expect([LIST, OF_NODES].map((action) => outcomeOf(role('other', EXEC), action, more))).toEqual(['DENIED', 'DENIED']);
  expect(outcomeOf(role(namespace, EXEC), LIST)).toBe('DENIED');
});

test('pods of a chart that has none on nodes do not lead to them', () => {
  expect(outcomeOf(role('web', EXEC), LIST, chart('nginx', 'web'))).toBe('DENIED');
});

test.each<[string, object[], string]>([
  ['of a controller of Kubernetes', role('kube-system', ruleFor(['clusterrole-aggregation-controller'], '', 'serviceaccounts/token', 'create')), 'UNKNOWN'],
  ['of one by a role for the whole cluster', clusterRole(ruleFor(['daemon-set-controller'], '', 'serviceaccounts/token', 'create')), 'UNKNOWN'],
  ['with this name in another namespace', role('other', ruleFor(['daemon-set-controller'], '', 'serviceaccounts/token', 'create')), 'DENIED'],
  ['of itself', role('default', ruleFor(['app'], '', 'serviceaccounts/token', 'create')), 'DENIED'],
])('who may request a token %s acts in the cluster, or not', (_, documents, outcome) => {
  expect(outcomeOf(documents, LIST)).toBe(outcome);
});

test('a pod with the account of such a controller acts in the cluster', () => {
  const access = accessTo([account('job-controller', undefined, 'kube-system'), account('jobs', undefined, 'kube-system')]);
  const outcomes = ['job-controller', 'jobs'].map((serviceAccountName) => access.pod({ namespace: 'kube-system', serviceAccountName }).decide(LIST).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});
