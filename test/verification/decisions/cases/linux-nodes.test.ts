import { ALLOWED, decide, shown, UNKNOWN } from './questions';
import { allow, association, job, objects, podIdentityTrust, role } from '../../templates';

const ASSOCIATED = { Association: association('app', 'Reader'), Reader: role(podIdentityTrust(), allow('s3:GetObject')) };
const profile = (Namespace: unknown, Labels: object[] = []) => ({
  Profile: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/fargate', Selectors: [{ Namespace, Labels }] } },
});
const nodes = (amiType: string, id = 'Nodes') => ({
  [id]: { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodegroupName: id, NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] }, AmiType: amiType } },
});
/** In place of a resource of the template. */
const NOTHING = { Type: 'AWS::CloudFormation::WaitConditionHandle' };
const WINDOWS = '/aws/service/ami-windows-latest/Windows_Server-2022-English-Core-EKS_Optimized-1.33';
const LATEST = { LaunchTemplateId: { Ref: 'Launch' }, Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] } };
const launch = (data: object) => ({ Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Instances', 'Arn'] } }, ...data } } } });
const selfManaged = (data: object) => ({
  ...launch(data),
  Instances: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'NodeRole' }] } },
  Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: LATEST, Tags: [{ Key: 'kubernetes.io/cluster/prod', Value: 'owned' }] } },
});
const customImage = (data: object) => {
  const { Nodes: { Type, Properties } } = nodes('CUSTOM');
  const LaunchTemplate = { Id: LATEST.LaunchTemplateId, Version: LATEST.Version };
  return { ...launch({ ...data, IamInstanceProfile: undefined }), Nodes: { Type, Properties: { ...Properties, LaunchTemplate } } };
};
/** Karpenter itself runs on Fargate. */
const karpenter = (spec: object) => ({
  ...profile('karpenter'),
  Karpenter: objects(
    { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'win' }, spec: { role: 'nodes', ...spec } },
    { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'win' }, spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'win' } } } } },
  ),
});
const affinity = (...terms: object[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: terms.map((expression) => ({ matchExpressions: [expression] })),
      },
    },
  },
});
const OS = 'kubernetes.io/os';
const work = (spec: object) => ({ Work: objects(job('work', 'app', spec)) });
const LIST = { action: 's3:GetObject', resource: 'arn:aws:s3:::data/x', resourcesWithoutPolicy: ['arn:aws:s3:::data'] };

test.each<[string, object, string]>([
  ['if a Fargate profile selects all pods of their namespace', profile('default'), UNKNOWN],
  ['if a Fargate profile selects all pods', profile('*'), UNKNOWN],
  ['if all nodegroups run Windows', nodes('WINDOWS_CORE_2022_x86_64'), UNKNOWN],
  ['if all self-managed nodes have an image with Windows', { Nodes: NOTHING, ...selfManaged({ ImageId: `resolve:ssm:${WINDOWS}/image_id` }) }, UNKNOWN],
  ['if all self-managed nodes run a script of PowerShell', { Nodes: NOTHING, ...selfManaged({ UserData: { 'Fn::Base64': '<powershell>& $EKSBootstrapScriptFile -EKSClusterName prod</powershell>' } }) }, UNKNOWN],
  ['if the image of a managed nodegroup has Windows', customImage({ ImageId: `{{resolve:ssm:${WINDOWS}/image_id}}` }), UNKNOWN],
  ['if all nodes of Karpenter have images with Windows', { Nodes: NOTHING, ...karpenter({ amiFamily: 'Windows2022' }) }, UNKNOWN],
  ['if Karpenter selects images with Windows for all of its nodes', { Nodes: NOTHING, ...karpenter({ amiSelectorTerms: [{ alias: 'windows2022@latest' }] }) }, UNKNOWN],
  ['if the cluster has no nodes of Amazon EC2', { Nodes: NOTHING, ...profile('batch', [{ Key: 'compute', Value: 'fargate' }]) }, UNKNOWN],
])('whether pods get the credentials of EKS Pod Identity is unknown %s', (_, resources, expected) => {
  const decision = decide({ ...ASSOCIATED, ...resources }, LIST);
  expect(shown(decision)).toBe(expected);
  expect(decision.missing.join()).toContain('whether the pods run on Linux nodes, because EKS Pod Identity works on no others');
});

const daemonSet = { ...job('work', 'app'), apiVersion: 'apps/v1', kind: 'DaemonSet' };
const DAEMON_SET = { workload: { kind: 'DaemonSet', name: 'work' } };
const POD = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'work', namespace: 'default' }, spec: { serviceAccountName: 'app' } };
const JOB = { workload: { kind: 'Job', name: 'work' } };

test.each<[string, object, object]>([
  ['of a DaemonSet that a Fargate profile selects', { ...profile('default'), Work: objects(daemonSet) }, DAEMON_SET],
  ['of a Job that a Fargate profile may select', { ...profile({ 'Fn::ImportValue': 'namespace' }), Work: objects(job('work', 'app')) }, JOB],
  ['of a Job that a Fargate profile may select by the label that Kubernetes adds', { ...profile('default', [{ Key: 'job-name', Value: '*' }]), Work: objects(job('work', 'app')) }, JOB],
  ['of a DaemonSet that a Fargate profile may select by a label that Kubernetes adds', { ...profile('default', [{ Key: 'controller-revision-hash', Value: '*' }]), Work: objects(daemonSet) }, DAEMON_SET],
  ['that select nodes with Windows', { Work: objects(job('work', 'app', { nodeSelector: { 'kubernetes.io/os': 'windows' } })) }, JOB],
  ['whose affinity asks for Windows', work(affinity({ key: OS, operator: 'In', values: ['windows'] })), JOB],
  ['whose affinity excludes Linux', work(affinity({ key: OS, operator: 'NotIn', values: ['linux'] })), JOB],
  ['whose affinity asks for no label of Linux', work(affinity({ key: OS, operator: 'DoesNotExist' })), JOB],
  ['that select a nodegroup with Windows', { ...nodes('WINDOWS_CORE_2022_x86_64', 'Win'), ...work({ nodeSelector: { 'eks.amazonaws.com/nodegroup': 'Win' } }) }, JOB],
  ['that select a nodegroup which the cluster does not have', work({ nodeSelector: { 'eks.amazonaws.com/nodegroup': 'missing' } }), JOB],
  ['whose operating system is Windows', { Work: objects(job('work', 'app', { os: { name: 'windows' } })) }, JOB],
])('it is unknown for pods %s', (_, resources, question) => {
  const decision = decide({ ...ASSOCIATED, ...resources }, { ...LIST, ...question });
  expect(shown(decision)).toBe(UNKNOWN);
  expect(decision.missing.join()).toContain('whether the pods run on Linux nodes');
});

test.each<[string, object, object]>([
  ['a DaemonSet in a namespace of no Fargate profile', { ...profile('other'), Work: objects(daemonSet) }, DAEMON_SET],
  ['a Job that selects nodes with Linux', { Work: objects(job('work', 'app', { nodeSelector: { 'kubernetes.io/os': 'linux' } })) }, JOB],
  ['a Job whose affinity allows Linux', work(affinity({ key: OS, operator: 'In', values: ['windows'] }, { key: OS, operator: 'In', values: ['linux'] })), JOB],
  ['a Job that selects nodes by a label which they may have', work({ nodeSelector: { disk: 'ssd' } }), JOB],
  ['a Job whose affinity is not read', work({ affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: 'x' } } }), JOB],
  ['a Fargate profile of another namespace', profile('other'), {}],
  ['a Fargate profile for some pods of the namespace', profile('default', [{ Key: 'a', Value: 'b' }]), {}],
  ['nodegroups of Windows and of Linux', nodes('WINDOWS_CORE_2022_x86_64', 'Others'), {}],
  ['a Pod, which has the labels of its template only', { ...profile('default', [{ Key: 'job-name', Value: '*' }]), Work: objects(POD) }, { workload: { kind: 'Pod', name: 'work' } }],
  ['a workload that is kept off Fargate', {
    ...profile('default'),
    Work: objects({ ...job('work', 'app'), spec: { template: { metadata: { annotations: { 'eks.amazonaws.com/compute-type': 'ec2' } }, spec: { serviceAccountName: 'app' } } } }),
  }, { workload: { kind: 'Job', name: 'work' } }],
])('pods get the credentials of EKS Pod Identity with %s', (_, resources, question) => {
  expect(shown(decide({ ...ASSOCIATED, ...resources }, { ...LIST, ...question }))).toBe(ALLOWED);
});

const cluster = (properties: object) => ({ Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'prod', ...properties } } });
const Writer = role(podIdentityTrust(), allow('s3:PutObject'));

test.each<[string, object, string]>([
  ['the cluster is a local one on AWS Outposts', cluster({ OutpostConfig: { OutpostArns: ['arn:aws:outposts:us-west-2:111122223333:outpost/op-1'] } }),
    'whether cluster prod has EKS Pod Identity: it is not available in local clusters on AWS Outposts'],
  ['its version of Kubernetes is older', cluster({ Version: '1.23' }), 'whether cluster prod has EKS Pod Identity: it needs Kubernetes 1.24'],
  ['another association is for the same account', { Second: association('app', 'Writer'), Writer },
    'which association the service account has: Amazon EKS keeps one, and the templates have Association and Second'],
])('whether pods get the credentials of EKS Pod Identity is unknown if %s', (_, resources, missing) => {
  const decision = decide({ ...ASSOCIATED, ...resources }, LIST);
  expect([shown(decision), decision.missing]).toEqual([UNKNOWN, [missing]]);
});

test.each<[string, object]>([
  ['a version of Kubernetes that has it', cluster({ Version: '1.24' })],
  ['a version of Kubernetes that only the deployment knows', cluster({ Version: { Ref: 'Version' } })],
  ['two associations that are the same', { Second: association('app', 'Reader') }],
  ['an association of another account', { Second: association('other', 'Writer'), Writer }],
])('pods get the credentials of EKS Pod Identity with %s', (_, resources) => {
  expect(shown(decide({ ...ASSOCIATED, ...resources }, LIST))).toBe(ALLOWED);
});
