import { gzipSync } from 'node:zlib';
import { CLUSTER, messages, modelOf, role, shown } from '../models';

type Resources = Parameters<typeof modelOf>[0];

const PARAMETERS = { Parameters: { Given: { Type: 'String' } } };
const CLOSED = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };
const NODE_ROLE = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/node';
const OWNED = { Key: { 'Fn::Sub': 'kubernetes.io/cluster/${Cluster}' }, Value: 'owned', PropagateAtLaunch: true };
const PROFILE_ARN = { 'Fn::GetAtt': ['Profile', 'Arn'] };

const launchTemplate = (data: object = {}, more: object = {}) => ({
  Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: PROFILE_ARN }, MetadataOptions: CLOSED, ...data }, ...more },
});
const latest = (id: string) => ({ LaunchTemplateId: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } });
const group = (properties: object) => ({ Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { Tags: [OWNED], ...properties } });
const configuration = (properties: object) => ({ Type: 'AWS::AutoScaling::LaunchConfiguration', Properties: properties });
const instance = (properties: object) => ({ Type: 'AWS::EC2::Instance', Properties: { Tags: [OWNED], ...properties } });

const read = (resources: Resources) => modelOf({
  Cluster: CLUSTER,
  Role: role({ RoleName: 'node' }),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'nodes', Path: '/team/', Roles: [{ Ref: 'Role' }] } },
  Template: launchTemplate(),
  ...resources,
}, PARAMETERS);
const nodesOf = (resources: Resources) => shown(read(resources).nodegroups);
const otherNodes = (resources: Resources) => read(resources).clusters.find(({ place }) => place)!.otherNodes;

const KNOWN = { cluster: 'prod', label: 'Group', roleArn: NODE_ROLE, podsReachMetadata: 'no', place: { template: 'stack', logicalId: 'Group' } };

test('an Auto Scaling group with a launch template has nodes of the cluster that its tag names', () => {
  const resources = { Group: group({ AutoScalingGroupName: 'workers', LaunchTemplate: latest('Template') }) };
  expect(nodesOf(resources)).toEqual([
    { ...KNOWN, name: 'workers', isSelfManaged: true, hostNetworkReachesMetadata: 'yes', why: 'the hop limit is 1 in launch template Template, and IMDSv2 is required' },
  ]);
  expect(otherNodes(resources)).toBeUndefined();
});

test('without a name, it has one that CloudFormation generates', () => {
  expect(nodesOf({ Group: group({ LaunchTemplate: latest('Template') }) })).toMatchObject([{ name: '${Group}' }]);
});

test.each<[string, object]>([
  ['with a launch template of a mixed instances policy', { MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: latest('Template') } } }],
  ['with a launch configuration', { LaunchConfigurationName: { Ref: 'Configuration' } }],
  ['with the name of a launch configuration', { LaunchConfigurationName: 'closed' }],
])('an Auto Scaling group %s is read', (_, properties) => {
  const resources = {
    Group: group(properties),
    Configuration: configuration({ LaunchConfigurationName: 'closed', IamInstanceProfile: { Ref: 'Profile' }, MetadataOptions: CLOSED }),
  };
  expect(nodesOf(resources)).toMatchObject([KNOWN]);
  expect(otherNodes(resources)).toBeUndefined();
});

test('the launch configuration has the hop limit', () => {
  const resources = (MetadataOptions?: object) =>
    ({ Group: group({ LaunchConfigurationName: { Ref: 'Configuration' } }), Configuration: configuration({ IamInstanceProfile: 'nodes', MetadataOptions }) });
  expect(nodesOf(resources({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 })))
    .toMatchObject([{ podsReachMetadata: 'yes', why: 'the hop limit is 2 in launch configuration Configuration' }]);
  expect(nodesOf(resources())).toMatchObject([{
    podsReachMetadata: 'unknown',
    why: 'the template does not show HttpTokens and HttpPutResponseHopLimit in launch configuration Configuration: the account or the AMI can decide',
  }]);
});

test.each<[string, object]>([
  ['its ARN', { Arn: PROFILE_ARN }],
  ['a literal ARN', { Arn: 'arn:aws:iam::123456789012:instance-profile/team/nodes' }],
  ['Ref', { Name: { Ref: 'Profile' } }],
  ['its name', { Name: 'nodes' }],
])('an instance profile is found by %s', (_, IamInstanceProfile) => {
  expect(nodesOf({ Group: group({ LaunchTemplate: latest('Template') }), Template: launchTemplate({ IamInstanceProfile }) })).toMatchObject([{ roleArn: NODE_ROLE }]);
});

test('the role of an instance profile is found by its name', () => {
  const Profile = { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: ['node'] } };
  expect(nodesOf({ Profile, Group: group({ LaunchTemplate: latest('Template') }) })).toMatchObject([{ roleArn: NODE_ROLE }]);
});

test('launch templates of overrides have nodes of their own', () => {
  const override = (LaunchTemplateSpecification?: object) => ({ InstanceType: 'm7g.large', LaunchTemplateSpecification });
  const withOverrides = (...Overrides: object[]) => nodesOf({
    Group: group({ MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: latest('Template'), Overrides } } }),
    Other: launchTemplate({ MetadataOptions: { HttpTokens: 'optional' } }),
  });
  const other = { label: 'Group with launch template Other', name: 'Group with launch template Other', podsReachMetadata: 'yes' };
  expect(withOverrides(override(), override(latest('Other')), override(latest('Other')))).toMatchObject([KNOWN, other]);
  expect(withOverrides(override(latest('Other')))).toMatchObject([{ label: 'Group', podsReachMetadata: 'yes' }]);
  expect(withOverrides(override(), override({ ...latest('Template'), Version: '$Default' }), override(latest('Template'))))
    .toMatchObject([KNOWN, { label: 'Group with launch template Template', podsReachMetadata: 'unknown' }]);
  expect(withOverrides({ Ref: 'Given' })).toMatchObject([{ label: 'Group', podsReachMetadata: 'unknown' }]);
});

test.each<[string, object, string, string]>([
  ['a launch template that is not in the templates', { LaunchTemplate: { LaunchTemplateId: 'lt-1', Version: '1' } },
    'launch template lt-1 is not in the templates', '${lt-1 role of the launch template}'],
  ['another version of a launch template, which can have another role', { LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '$Latest' } },
    'the nodegroup might not use the latest version of launch template Template, so its nodes can differ from the template', '${Template role of the version of the launch template}'],
  ['a launch configuration that is not in the templates', { LaunchConfigurationName: { Ref: 'Given' } },
    'launch configuration ${Given} is not in the templates', '${Given role of the launch configuration}'],
  ['neither', {}, 'launch template of Group is not in the templates', '${Group role of the launch template}'],
])('of an Auto Scaling group with %s, role and metadata are unknown', (_, properties, why, roleArn) => {
  expect(nodesOf({ Group: group(properties) })).toMatchObject([{ podsReachMetadata: 'unknown', hostNetworkReachesMetadata: 'unknown', why, roleArn }]);
});

test.each<[string, Resources, string]>([
  ['without an instance profile', { Template: launchTemplate({ IamInstanceProfile: undefined }) }, '${Template role without an instance profile}'],
  ['whose instance profile is not in the templates', { Template: launchTemplate({ IamInstanceProfile: { Name: 'others' } }) }, '${others role of the instance profile}'],
  ['whose role is not in the templates', { Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { InstanceProfileName: 'nodes', Roles: ['elsewhere'] } } },
    '${elsewhere role of nodes}'],
])('the role of a launch template %s is unknown', (_, resources, roleArn) => {
  expect(nodesOf({ Group: group({ LaunchTemplate: latest('Template') }), ...resources })).toMatchObject([{ roleArn, podsReachMetadata: 'no' }]);
});

test('user data can name the cluster, but a tag is certain', () => {
  const resources = { Group: group({ Tags: [], LaunchTemplate: latest('Template') }), Template: launchTemplate({ UserData: { 'Fn::Base64': { 'Fn::Sub': '/etc/eks/bootstrap.sh ${Cluster}' } } }) };
  expect(nodesOf(resources)).toMatchObject([{ ...KNOWN, mayBeMissing: true }]);
  expect(otherNodes(resources)).toBe('the templates have no nodes for it, and its pods must run somewhere');
});

test('user data that only installs what CloudFormation needs is not that of nodes', () => {
  const UserData = { 'Fn::Base64': 'yum install -y aws-cfn-bootstrap && aws eks update-kubeconfig --name prod' };
  expect(nodesOf({ Bastion: instance({ Tags: [], IamInstanceProfile: 'nodes', UserData }) })).toEqual([]);
});

describe('without a tag, with the role of nodes of the cluster', () => {
  const NODES = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: { 'Fn::GetAtt': ['Role', 'Arn'] } } };
  const withLaunchTemplate = { Group: group({ Tags: [], LaunchTemplate: latest('Template') }) };

  test.each<[string, Resources]>([
    ['of a managed nodegroup', { ...withLaunchTemplate, Nodes: NODES }],
    ['of an Auto Scaling group with a tag', { ...withLaunchTemplate, Tagged: group({ LaunchTemplate: latest('Template') }) }],
    ['and compressed user data', { ...withLaunchTemplate, Nodes: NODES, Template: launchTemplate({ UserData: gzipSync('/etc/eks/bootstrap.sh prod').toString('base64') }) }],
  ])('%s, instances may be nodes', (_, resources) => {
    const model = read(resources);
    expect(shown(model.nodegroups)).toContainEqual(expect.objectContaining({ ...KNOWN, mayBeMissing: true }));
    expect(model.otherInstances).toEqual([]);
  });

  test('nodes of other clusters do not count', () => {
    const model = read({ ...withLaunchTemplate, Nodes: { ...NODES, Properties: { ...NODES.Properties, ClusterName: 'other' } } });
    expect(model.nodegroups).toHaveLength(1);
    expect(shown(model.otherInstances)).toEqual([NODE_ROLE]);
  });
});

test('a stack of eksctl is read', () => {
  const cluster = 'prod';
  const { nodegroups } = modelOf({
    NodeInstanceRole: role(),
    NodeInstanceProfile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Path: '/', Roles: [{ Ref: 'NodeInstanceRole' }] } },
    NodeGroupLaunchTemplate: launchTemplate({
      IamInstanceProfile: { Arn: { 'Fn::GetAtt': ['NodeInstanceProfile', 'Arn'] } }, MetadataOptions: { HttpPutResponseHopLimit: 2, HttpTokens: 'required' }, UserData: gzipSync('#cloud-config\nruncmd: [/var/lib/cloud/scripts/eksctl/bootstrap.al2.sh]').toString('base64'),
    }, { LaunchTemplateName: { 'Fn::Sub': '${AWS::StackName}' } }),
    NodeGroup: group({
      LaunchTemplate: { LaunchTemplateName: { 'Fn::Sub': '${AWS::StackName}' }, Version: { 'Fn::GetAtt': ['NodeGroupLaunchTemplate', 'LatestVersionNumber'] } },
      Tags: [
        { Key: 'Name', Value: `${cluster}-workers-Node`, PropagateAtLaunch: 'true' },
        { Key: `kubernetes.io/cluster/${cluster}`, Value: 'owned', PropagateAtLaunch: 'true' },
        { Key: `k8s.io/cluster-autoscaler/${cluster}`, Value: 'owned', PropagateAtLaunch: 'true' },
      ],
    }),
  });
  expect(shown(nodegroups)).toMatchObject([{
    cluster, label: 'NodeGroup', roleArn: expect.stringMatching(/:role\/\$\{NodeInstanceRole\}$/), podsReachMetadata: 'yes', why: 'the hop limit is 2 in launch template NodeGroupLaunchTemplate',
  }]);
});

test.each<[string, object[], boolean]>([
  ['of eksctl', [{ Key: 'alpha.eksctl.io/cluster-name', Value: 'prod', PropagateAtLaunch: 'true' }], true],
  ['of eksctl, and of Kubernetes', [{ Key: 'eksctl.cluster.k8s.io/v1alpha1/cluster-name', Value: { Ref: 'Cluster' } }, OWNED], true],
  ['with another value', [{ ...OWNED, Value: 'shared' }], false],
  ['whose name only the deployment knows', [{ ...OWNED, Key: { Ref: 'Given' } }], false],
])('a tag %s names the cluster', (_, Tags, isCertain) => {
  const nodes = nodesOf({ Group: group({ Tags, LaunchTemplate: latest('Template') }) });
  expect(nodes).toMatchObject([{ cluster: 'prod' }]);
  expect(nodes[0].mayBeMissing).toBe(isCertain ? undefined : true);
});

test('the launch template can have the tag of the instances', () => {
  const TagSpecifications = [{ ResourceType: 'volume', Tags: [{ ...OWNED, Key: 'kubernetes.io/cluster/other' }] }, { ResourceType: 'instance', Tags: [OWNED] }];
  expect(nodesOf({ Group: group({ Tags: [], LaunchTemplate: latest('Template') }), Template: launchTemplate({ TagSpecifications }) })).toEqual([expect.objectContaining({ cluster: 'prod' })]);
});

test('tags of two clusters leave open of which the nodes are', () => {
  const nodes = nodesOf({ Group: group({ Tags: [OWNED, { ...OWNED, Key: 'kubernetes.io/cluster/other' }], LaunchTemplate: latest('Template') }) });
  expect(nodes).toMatchObject([{ cluster: 'prod', mayBeMissing: true }, { cluster: 'other', mayBeMissing: true }]);
});

test('a tag names a cluster that the templates do not create', () => {
  const model = modelOf({ Template: launchTemplate(), Group: group({ Tags: [{ ...OWNED, Key: 'kubernetes.io/cluster/existing' }], LaunchTemplate: latest('Template') }) });
  expect(shown(model.clusters)).toMatchObject([{ id: 'existing', otherNodes: 'the cluster is not in the templates' }]);
  expect(messages(model, 'cluster-not-in-templates')).toHaveLength(1);
});

test.each<[string, object]>([
  ['other tags', { Tags: [{ Key: 'Name', Value: 'web' }] }],
  ['a tag whose name only ends in what the deployment knows', { Tags: [{ Key: { 'Fn::Sub': 'team/${Given}' }, Value: 'owned' }] }],
])('an Auto Scaling group with %s has no nodes', (_, properties) => {
  expect(nodesOf({ Group: group({ LaunchTemplate: latest('Template'), ...properties }) })).toEqual([]);
});

describe('an instance', () => {
  test.each<[string, object]>([
    ['with properties of its own', { IamInstanceProfile: { Ref: 'Profile' }, MetadataOptions: CLOSED }],
    ['with a launch template', { LaunchTemplate: latest('Template') }],
    ['whose properties beat those of its launch template', { LaunchTemplate: latest('Open'), IamInstanceProfile: 'nodes', MetadataOptions: CLOSED }],
  ])('%s is a node', (_, properties) => {
    const Open = launchTemplate({ IamInstanceProfile: { Name: 'others' }, MetadataOptions: { HttpTokens: 'optional' } });
    const resources = { Node: instance(properties), Open };
    expect(nodesOf(resources)).toMatchObject([{ cluster: 'prod', label: 'Node', roleArn: NODE_ROLE, podsReachMetadata: 'no' }]);
    expect(otherNodes(resources)).toBeUndefined();
  });

  test('without metadata options is as the account or the AMI decides', () => {
    expect(nodesOf({ Node: instance({ IamInstanceProfile: 'nodes' }) })).toMatchObject([{
      podsReachMetadata: 'unknown', why: 'the template does not show HttpTokens and HttpPutResponseHopLimit in instance Node: the account or the AMI can decide',
    }]);
  });
});

// Where time grows with the square of the size, this takes minutes, on any machine.
test.each(['\n', ' \n', '#include', 'content-transfer-encoding: '])('user data that repeats %j is read at once', (part) => {
  expect(nodesOf({ Node: instance({ IamInstanceProfile: 'nodes', UserData: { 'Fn::Base64': `#!/bin/sh\n${part.repeat(200_000)}` } }) })).toHaveLength(1);
});
