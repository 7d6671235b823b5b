import { ALLOWED, decide, shown, UNKNOWN } from './questions';
import { allow, association, job, objects, podIdentityTrust, role } from '../../templates';

const ASSOCIATED = { Association: association('app', 'Reader'), Reader: role(podIdentityTrust(), allow('s3:GetObject')) };
const profile = (Namespace: unknown, Labels: object[] = []) => ({
  Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/fargate', Selectors: [{ Namespace, Labels }] } },
});
const nodes = (amiType: string, id = 'Nodes') => ({
  [id]: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: id, NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, AmiType: amiType } },
});
const LIST = { action: 's3:GetObject', resource: 'arn:aws:s3:::data/x', resourcesWithoutPolicy: ['arn:aws:s3:::data'] };

test.each<[string, object, string]>([
  ['if a Fargate profile selects all pods of their namespace', profile('default'), UNKNOWN],
  ['if a Fargate profile selects all pods', profile('*'), UNKNOWN],
  ['if all nodegroups run Windows', nodes('WINDOWS_CORE_2022_x86_64'), UNKNOWN],
])('whether pods get the credentials of EKS Pod Identity is unknown %s', (_, resources, expected) => {
  const decision = decide({ ...ASSOCIATED, ...resources }, LIST);
  expect(shown(decision)).toBe(expected);
  expect(decision.missing.join()).toContain('whether the pods run on Linux nodes, because EKS Pod Identity works on no others');
});

const daemonSet = { ...job('work', 'app'), apiVersion: 'apps/v1', kind: 'DaemonSet' };
const DAEMON_SET = { workload: { kind: 'DaemonSet', name: 'work' } };
const JOB = { workload: { kind: 'Job', name: 'work' } };

test.each<[string, object, object]>([
  ['of a DaemonSet that a Fargate profile selects', { ...profile('default'), Work: objects(daemonSet) }, DAEMON_SET],
  ['of a Job that a Fargate profile may select', { ...profile({ 'Fn::ImportValue': 'namespace' }), Work: objects(job('work', 'app')) }, JOB],
  ['that select nodes with Windows', { Work: objects(job('work', 'app', { nodeSelector: { 'kubernetes.io/os': 'windows' } })) }, JOB],
  ['whose operating system is Windows', { Work: objects(job('work', 'app', { os: { name: 'windows' } })) }, JOB],
])('it is unknown for pods %s', (_, resources, question) => {
  const decision = decide({ ...ASSOCIATED, ...resources }, { ...LIST, ...question });
  expect(shown(decision)).toBe(UNKNOWN);
  expect(decision.missing.join()).toContain('whether the pods run on Linux nodes');
});

test.each<[string, object, object]>([
  ['a DaemonSet in a namespace of no Fargate profile', { ...profile('other'), Work: objects(daemonSet) }, DAEMON_SET],
  ['a Job that selects nodes with Linux', { Work: objects(job('work', 'app', { nodeSelector: { 'kubernetes.io/os': 'linux' } })) }, JOB],
  ['a Fargate profile of another namespace', profile('other'), {}],
  ['a Fargate profile for some pods of the namespace', profile('default', [{ Key: 'a', Value: 'b' }]), {}],
  ['nodegroups of Windows and of Linux', nodes('WINDOWS_CORE_2022_x86_64', 'Others'), {}],
  ['a workload that is kept off Fargate', {
    ...profile('default'),
    Work: objects({ ...job('work', 'app'), spec: { template: { metadata: { annotations: { 'eks.amazonaws.com/compute-type': 'ec2' } }, spec: { serviceAccountName: 'app' } } } }),
  }, { workload: { kind: 'Job', name: 'work' } }],
])('pods get the credentials of EKS Pod Identity with %s', (_, resources, question) => {
  expect(shown(decide({ ...ASSOCIATED, ...resources }, { ...LIST, ...question }))).toBe(ALLOWED);
});
