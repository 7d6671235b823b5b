import { CLUSTER, modelOf, role, shown } from '../models';

const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const CLUSTER_ARN = { 'Fn::GetAtt': ['Cluster', 'Arn'] };

const launchTemplate = (MetadataOptions: object) => ({
  Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Name: 'ignored' }, MetadataOptions } },
});
const latest = (id: string) => ({ LaunchTemplateId: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } });
const environment = (computeResources: object, EksClusterArn: unknown = CLUSTER_ARN) => ({
  Type: 'AWS::Batch::ComputeEnvironment',
  Properties: {
    Type: 'MANAGED',
    ComputeEnvironmentName: 'jobs',
    EksConfiguration: { EksClusterArn, KubernetesNamespace: 'jobs' },
    ComputeResources: { Type: 'EC2', InstanceRole: { Ref: 'Profile' }, ...computeResources },
  },
});
const read = (resources: Parameters<typeof modelOf>[0]) => modelOf({
  Cluster: CLUSTER,
  Role: role({ RoleName: 'node' }),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Role' }] } },
  Template: launchTemplate(CLOSED),
  Open: launchTemplate({ HttpTokens: 'optional' }),
  ...resources,
});

test('a compute environment has nodes with its instance profile and its launch template', () => {
  const { nodegroups, clusters } = read({ Environment: environment({ LaunchTemplate: latest('Template') }) });
  expect(shown(nodegroups)).toMatchObject([
    { cluster: 'prod', label: 'Environment', name: 'jobs', roleArn: 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/node', podsReachMetadata: 'no' },
  ]);
  expect(clusters[0].otherNodes).toBeUndefined();
});

test('its launch template can have overrides', () => {
  const { nodegroups } = read({ Environment: environment({ LaunchTemplate: { ...latest('Template'), Overrides: [{ ...latest('Open'), TargetInstanceTypes: ['p5'] }] } }) });
  expect(nodegroups).toMatchObject([{ label: 'Environment', podsReachMetadata: 'no' }, { label: 'Environment with launch template Open', podsReachMetadata: 'yes' }]);
});

test('without a launch template, the account or the AMI decides', () => {
  expect(read({ Environment: environment({}) }).nodegroups)
    .toMatchObject([{
      podsReachMetadata: 'unknown',
      hostNetworkReachesMetadata: 'yes',
      why: 'the template does not show HttpTokens and HttpPutResponseHopLimit in compute environment Environment: the account or the AMI can decide',
    }]);
});

test('its ARN names a cluster that the templates do not create', () => {
  const { clusters } = read({ Environment: environment({}, 'arn:aws:eks:us-west-2:123456789012:cluster/existing') });
  expect(shown(clusters)).toMatchObject([{ id: 'prod' }, { id: 'existing', otherNodes: 'the cluster is not in the templates' }]);
});

test('one without Amazon EKS has no nodes', () => {
  expect(read({ Environment: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { ComputeResources: { InstanceRole: { Ref: 'Profile' } } } } }).nodegroups).toEqual([]);
});
