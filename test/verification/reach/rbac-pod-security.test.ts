import { accessTo, APP, clusterRole, LIST, RBAC, rbac, role, rule, within } from './rbac-apps';
import { arnOf } from '../templates';

const OF_NODES = 'eks-auth:AssumeRoleForPodIdentity';
const namespace = (name: string, labels?: object) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, ...labels && { labels } } });
const enforcing = (level: string, name = 'jobs') => namespace(name, { 'pod-security.kubernetes.io/enforce': level });
const CREATES = rule('', 'pods', 'create');
const decideWith = (documents: object[], action: string, more: object = {}) => accessTo(documents, [], more).pod({ serviceAccountName: 'app' }).decide(action).outcome;

test.each<[string, object[], string]>([
  ['the standard is restricted', [enforcing('restricted'), ...role('jobs', CREATES)], 'DENIED'],
  ['the standard is the baseline', [enforcing('baseline'), ...role('jobs', CREATES)], 'DENIED'],
  ['the standard allows everything', [enforcing('privileged'), ...role('jobs', CREATES)], 'UNKNOWN'],
  ['only the deployment knows the standard', [enforcing('${AWS::StackName}'), ...role('jobs', CREATES)], 'UNKNOWN'],
  ['it only warns', [namespace('jobs', { 'pod-security.kubernetes.io/warn': 'restricted' }), ...role('jobs', CREATES)], 'UNKNOWN'],
  ['there is no standard', [namespace('jobs'), ...role('jobs', CREATES)], 'UNKNOWN'],
  ['the standard is for another namespace', [enforcing('restricted', 'other'), ...role('jobs', CREATES)], 'UNKNOWN'],
  ['the role is for the cluster', [enforcing('restricted'), ...clusterRole(CREATES)], 'UNKNOWN'],
  ['the role may change the standard', [enforcing('restricted'), ...role('jobs', CREATES, rule('', 'namespaces', 'patch'))], 'UNKNOWN'],
  ['the role may give itself more', [enforcing('restricted'), ...role('jobs', CREATES, rule(RBAC, 'roles', 'escalate'))], 'UNKNOWN'],
  ['the role may act as others', [enforcing('restricted'), ...role('jobs', CREATES, rule('', 'serviceaccounts', 'impersonate'))], 'UNKNOWN'],
  ['the account has another binding, with which it may change the standard', [enforcing('restricted'), ...role('jobs', CREATES), ...clusterRole(rule('', 'namespaces', 'patch'))], 'UNKNOWN'],
  ['the namespace is twice there, once without the standard', [enforcing('restricted'), enforcing('privileged'), ...role('jobs', CREATES)], 'UNKNOWN'],
  ['the role is not known', [enforcing('restricted'), within('jobs', 'cluster-admin')], 'UNKNOWN'],
])('who creates pods in a namespace gets the role of nodes, or not: %s', (_, documents, outcome) => {
  expect(decideWith(documents, OF_NODES)).toBe(outcome);
});

test('pods that reach the instance metadata need no network of their node', () => {
  const LaunchTemplate = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } } } };
  const Nodes = {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      NodegroupName: 'nodes',
      NodeRole: arnOf('NodeRole'),
      LaunchTemplate: { Id: { Ref: 'LaunchTemplate' }, Version: { 'Fn::GetAtt': ['LaunchTemplate', 'LatestVersionNumber'] } },
    },
  };
  const Profile = {
    Type: 'AWS::EKS::FargateProfile',
    Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: arnOf('NodeRole'), Selectors: [{ Namespace: 'default' }] },
  };
  expect(decideWith([enforcing('restricted'), ...role('jobs', CREATES)], OF_NODES, { LaunchTemplate, Nodes, Profile })).toBe('UNKNOWN');
});

const boundInCluster = (roleName: string, namespaceOfAccount: string) => rbac('ClusterRoleBinding', undefined, {
  roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: roleName }, subjects: [{ ...APP, name: 'other', namespace: namespaceOfAccount }],
}, 'other');

test.each<[string, object[], string]>([
  ['acts in the cluster', [boundInCluster('cluster-admin', 'jobs')], 'UNKNOWN'],
  ['acts in the cluster, but is in another namespace', [boundInCluster('cluster-admin', 'ci')], 'DENIED'],
  ['only views', [boundInCluster('system:discovery', 'jobs')], 'DENIED'],
])('who creates pods in a namespace also uses an account of it that %s', (_, documents, outcome) => {
  expect(decideWith([enforcing('restricted'), ...role('jobs', CREATES), ...documents], OF_NODES)).toBe(outcome);
});

test('the pods of its namespace can be run with any account of it', () => {
  const outcomes = ['ops', 'jobs'].map((name) => decideWith([enforcing('restricted', name), ...role(name, CREATES)], LIST));
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});
