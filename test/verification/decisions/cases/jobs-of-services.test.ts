import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const TRUSTS_EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const ownRole = (...actions: string[]) => ({ Own: accountRole('default:app', allow(actions)) });
const podOf = (resources: object) => accessTo(clusterTemplate({
  Reader: accountRole('default:reader', allow('s3:*')), ...resources, Objects: objects(account('app', 'Own'), account('reader', 'Reader')),
})).assume({ noOtherNodes: true }).pod({ cluster: 'prod', serviceAccountName: 'app' });

const BATCH = {
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'jobs', Roles: [{ Ref: 'NodeRole' }] } },
  Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 } } } },
  Jobs: {
    Type: 'AWS::Batch::ComputeEnvironment',
    Properties: {
      EksConfiguration: { EksClusterArn: arnOf('Cluster'), KubernetesNamespace: 'jobs' },
      ComputeResources: { InstanceRole: 'jobs', LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } },
    },
  },
};
const SPARK = { Jobs: { Type: 'AWS::EMRContainers::VirtualCluster', Properties: { Name: 'spark', ContainerProvider: { Type: 'EKS', Id: { Ref: 'Cluster' } } } } };
const inOther = (resources: typeof BATCH | typeof SPARK, properties: object) =>
  ({ ...resources, Jobs: { ...resources.Jobs, Properties: { ...resources.Jobs.Properties, ...properties } } });
const OTHER_NODES = { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'jobs', Roles: [{ Ref: 'OtherNode' }] } };
const IN_OTHER = inOther(BATCH, { EksConfiguration: { EksClusterArn: 'arn:aws:eks:us-west-2:111122223333:cluster/other' } });
const execution = { Reader: accountRole('spark:emr-containers-sa-*-*-111122223333-abc', allow(LIST)) };

test.each<[string, object, string]>([
  ['submits jobs of AWS Batch', { ...BATCH, ...ownRole('batch:SubmitJob') }, UNKNOWN],
  ['registers jobs of AWS Batch', { ...BATCH, ...ownRole('batch:RegisterJobDefinition') }, UNKNOWN],
  ['starts jobs of Amazon EMR on EKS', { ...SPARK, ...execution, ...ownRole('emr-containers:StartJobRun') }, UNKNOWN],
  ['creates endpoints of Amazon EMR on EKS', { ...SPARK, ...ownRole('emr-containers:CreateManagedEndpoint') }, UNKNOWN],
  ['only reads jobs', { ...BATCH, ...ownRole('batch:DescribeJobs', 'emr-containers:DescribeJobRun') }, DENIED],
  ['submits jobs, but not of the cluster', ownRole('batch:SubmitJob'), DENIED],
  ['submits jobs to nodes of another cluster with the same role', { ...IN_OTHER, ...ownRole('batch:SubmitJob') }, UNKNOWN],
  ['submits jobs to another cluster', { ...IN_OTHER, Profile: OTHER_NODES, ...ownRole('batch:SubmitJob'), OtherNode: role(TRUSTS_EC2) }, DENIED],
  ['starts jobs of Amazon EMR on EKS, for which others can have made a virtual cluster', { ...inOther(SPARK, { ContainerProvider: { Type: 'EKS', Id: 'other' } }), ...ownRole('emr-containers:StartJobRun') }, UNKNOWN],
])('a pod whose role %s may do what other pods do, or not', (_, resources, expected) => {
  expect(podOf(resources).decide(LIST).outcome).toBe(expected);
});

test.each<[string, unknown, object, string]>([
  ['the virtual cluster of the templates', arnOf('Jobs'), SPARK, DENIED],
  ['the virtual cluster of the templates, by its ID', { 'Fn::Sub': 'arn:aws:emr-containers:us-west-2:111122223333:/virtualclusters/${Jobs}' }, SPARK, DENIED],
  ['the jobs and endpoints of the virtual cluster of the templates', { 'Fn::Sub': '${Jobs.Arn}/*' }, SPARK, DENIED],
  ['any virtual cluster', '*', SPARK, UNKNOWN],
  ['another virtual cluster', 'arn:aws:emr-containers:us-west-2:111122223333:/virtualclusters/abc', SPARK, UNKNOWN],
  ['virtual clusters whose ID starts alike', { 'Fn::Sub': '${Jobs.Arn}*' }, SPARK, UNKNOWN],
  ['a virtual cluster in a cluster of others', arnOf('Jobs'), inOther(SPARK, { ContainerProvider: { Type: 'EKS', Id: 'other' } }), UNKNOWN],
])('a pod that may start and cancel jobs of %s might do what no pod may, or not', (_, resource, spark, expected) => {
  const jobs = ['StartJobRun', 'CancelJobRun', 'GetManagedEndpointSessionCredentials'].map((name) => `emr-containers:${name}`);
  const pod = podOf({ ...spark, ...execution, Own: accountRole('default:app', allow(jobs, resource)) });
  expect([LIST, 'iam:CreateUser'].map((action) => pod.decide(action).outcome)).toEqual([UNKNOWN, expected]);
});

test('the answer names the service that runs the jobs', () => {
  expect(podOf({ ...BATCH, ...ownRole('batch:SubmitJob') }).decide(LIST).missing).toEqual([
    'whether pods run jobs of AWS Batch in the cluster with role Own, run pods or get tokens of other pods, and with them the credentials of role Reader',
  ]);
});
