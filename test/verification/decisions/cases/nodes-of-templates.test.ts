import { accessTo, ALLOWED, DENIED, UNKNOWN } from './questions';
import { verification } from '../../../../lib';
import { account, allow, clusterTemplate, objects, role } from '../../templates';

const { PodAccess } = verification;

const LIST = 's3:ListAllMyBuckets';
const EC2 = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const OPEN = { HttpTokens: 'required', HttpPutResponseHopLimit: 2 };
const OWNED = { Key: { 'Fn::Sub': 'kubernetes.io/cluster/${Cluster}' }, Value: 'owned', PropagateAtLaunch: true };

const ROLE = {
  Role: role(EC2, allow(LIST)), Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'profile', Roles: [{ Ref: 'Role' }] } },
};
const latest = { LaunchTemplateId: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } };
const template = (MetadataOptions: object, IamInstanceProfile: object = { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } }) =>
  ({ Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile, MetadataOptions } } } });
const group = (MetadataOptions: object, properties: object = {}) => ({
  ...ROLE,
  ...template(MetadataOptions),
  Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { AutoScalingGroupName: 'workers', LaunchTemplate: latest, Tags: [OWNED], ...properties } },
});
const batch = (MetadataOptions: object) => ({
  ...ROLE,
  ...template(MetadataOptions),
  Environment: {
    Type: 'AWS::Batch::ComputeEnvironment',
    Properties: { EksConfiguration: { EksClusterArn: { 'Fn::GetAtt': ['Cluster', 'Arn'] } }, ComputeResources: { InstanceRole: 'profile', LaunchTemplate: latest } },
  },
});
const FLEET_TAGS = { TagSpecifications: [{ ResourceType: 'instance', Tags: [OWNED] }] };
const fleet = (MetadataOptions: object, properties: object = FLEET_TAGS) => ({
  ...ROLE,
  ...template(MetadataOptions),
  Fleet: { Type: 'AWS::EC2::EC2Fleet', Properties: { LaunchTemplateConfigs: [{ LaunchTemplateSpecification: latest }], ...properties } },
});
const spotFleet = (data: object) => ({
  ...ROLE,
  ...template(OPEN),
  Fleet: { Type: 'AWS::EC2::SpotFleet', Properties: { SpotFleetRequestConfigData: { IamFleetRole: 'x', TargetCapacity: 1, ...data } } },
});
const karpenter = (metadataOptions: object | undefined) => ({
  ...ROLE,
  Karpenter: objects(
    { apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'default' }, spec: { role: '${Role}', metadataOptions } },
    { apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'pool' }, spec: { template: { spec: { nodeClassRef: { group: 'karpenter.k8s.aws', kind: 'EC2NodeClass', name: 'default' } } } } },
  ),
});

const read = (resources: object, sections: object = {}) => accessTo(clusterTemplate({ ...resources, Objects: objects(account('app')) }, sections));
const outcomes = (access: verification.PodAccess) => [access, access.assume({ noOtherNodes: true })]
  .map((one) => one.pod({ serviceAccountName: 'app' }).decide(LIST).outcome);

test.each<[string, object, string]>([
  ['of an Auto Scaling group reach its role with a hop limit of 2', group(OPEN), ALLOWED],
  ['of an Auto Scaling group do not with one of 1', group(CLOSED), DENIED],
  ['of an Auto Scaling group with a launch template that is not in the templates may reach its role', group(CLOSED, { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } }), UNKNOWN],
  ['of an Auto Scaling group whose role is not in the templates may reach it', { ...group(OPEN), ...template(OPEN, { Name: 'existing' }) }, UNKNOWN],
  ['do not reach a role that is not in the templates with a hop limit of 1', { ...group(CLOSED), ...template(CLOSED, { Name: 'existing' }) }, DENIED],
  ['of an Auto Scaling group whose tag may be shared may reach its role', group(OPEN, { Tags: [{ ...OWNED, Value: 'shared' }] }), UNKNOWN],
  ['of an EC2 Fleet reach its role with a hop limit of 2', fleet(OPEN), ALLOWED],
  ['of an EC2 Fleet do not with one of 1', fleet(CLOSED), DENIED],
  ['of a Spot Fleet with a launch specification may reach its role', spotFleet({ LaunchSpecifications: [{ IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['Profile', 'Arn'] } } }] }), UNKNOWN],
  ['of AWS Batch may reach their role with a hop limit of 2', batch(OPEN), UNKNOWN],
  ['of AWS Batch may reach it as jobs with one of 1', batch(CLOSED), UNKNOWN],
  ['of Karpenter reach their role with a hop limit of 2', karpenter({ httpPutResponseHopLimit: 2 }), ALLOWED],
  ['of Karpenter do not by default', karpenter(undefined), DENIED],
])('pods on nodes %s, also if there are no nodes that the templates do not show', (_, resources, expected) => {
  expect(outcomes(read(resources))).toEqual([expected, expected]);
});

test('nodes of a cluster whose name is a parameter may be of any', () => {
  const sections = { Parameters: { Name: { Type: 'String' } } };
  const access = read(group(OPEN, { Tags: [{ ...OWNED, Key: { 'Fn::Sub': 'kubernetes.io/cluster/${Name}' } }] }), sections);
  const decide = (Name?: string) => (Name === undefined ? access : access.assume({ parameters: { Name } })).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST);
  expect(decide()).toMatchObject({ outcome: UNKNOWN, missing: ['whether nodegroup Group belongs to cluster prod'] });
  expect(decide('prod').outcome).toBe(ALLOWED);
  expect(decide('other').outcome).toBe(DENIED);
});

test('an explanation says what is not known about nodes', () => {
  const missing = (resources: object) => read(resources).pod({ serviceAccountName: 'app' }).decide(LIST).missing;
  expect(missing(group({}))).toEqual(['whether pods reach the instance metadata of nodegroup Group']);
  expect(missing(group(OPEN, { Tags: [{ ...OWNED, Value: 'shared' }] }))).toEqual(['whether cluster prod has nodes of nodegroup Group']);
  expect(missing({ ...group(OPEN), ...template(OPEN, { Name: 'existing' }) })).toEqual(expect.arrayContaining([expect.stringContaining('${existing role of the instance profile}')]));
});

test.each<[string, object, string[], string]>([
  ['an Auto Scaling group', group(OPEN), ['workers', 'Group'], 'workers'],
  ['a compute environment', batch(OPEN), ['Environment'], 'Environment'],
  ['a node class of Karpenter', karpenter({ httpPutResponseHopLimit: 2 }), ['default', 'EC2NodeClass default'], 'default'],
])('the nodes of %s can be asked about, and have a row', (_, resources, names, shown) => {
  const access = read(resources);
  for (const name of names) {
    access.nodegroup({ nodegroupName: name }).assertAllowed(LIST);
    access.nodegroup({ nodegroupName: name }).assertDenied('s3:CreateBucket');
  }
  const rows = access.principals.map(({ row }) => row);
  expect(rows).toContainEqual(expect.objectContaining({ kind: 'Nodegroup', cluster: 'prod', name: shown, roles: [expect.objectContaining({ role: 'Role', by: 'node role' })] }));
  expect(rows.find(({ name }) => name === 'app')!.findings).toContainEqual(expect.objectContaining({ id: 'node-role-reachable', message: expect.stringContaining('the hop limit is 2 in') }));
});

test('the nodes of an Auto Scaling group can be in another template than the cluster, as those of eksctl', () => {
  const { Group, ...others } = group(OPEN, { Tags: [{ ...OWNED, Key: 'kubernetes.io/cluster/prod' }] });
  const access = PodAccess.fromTemplates({ ...clusterTemplate({ Objects: objects(account('app')) }), nodes: { Resources: { Group, ...others } } });
  access.nodegroup({ nodegroupName: 'workers' }).assertAllowed(LIST);
  expect(outcomes(access)).toEqual([ALLOWED, ALLOWED]);
});

test.each<[string, string, object, string]>([
  ['an Auto Scaling group', 'Group', group(OPEN), ALLOWED],
  ['a compute environment', 'Environment', batch(OPEN), UNKNOWN],
])('a condition decides whether there is %s', (_, logicalId, resources: { [id: string]: any }, expected) => {
  const sections = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };
  const access = read({ ...resources, [logicalId]: { ...resources[logicalId], Condition: 'IsProd' } }, sections);
  expect(outcomes(access)).toEqual([UNKNOWN, UNKNOWN]);
  expect(outcomes(access.assume({ parameters: { Stage: 'prod' } }))).toEqual([expected, expected]);
  expect(outcomes(access.assume({ parameters: { Stage: 'dev' } }))).toEqual([DENIED, DENIED]);
});
