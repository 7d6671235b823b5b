import { CfnParameter, Tags } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { define, launchTemplateData, types } from './nodegroups';
import { newCluster, newStack } from '../stacks';

test('by default, nodes run Amazon Linux 2023 in private subnets', () => {
  const { template } = define();
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    AmiType: 'AL2023_x86_64_STANDARD',
    CapacityType: Match.absent(),
    InstanceTypes: ['t3.medium'],
    ScalingConfig: { DesiredSize: 2, MinSize: 1, MaxSize: 2 },
    Subnets: [{ Ref: Match.stringLikeRegexp('PrivateSubnet') }, { Ref: Match.stringLikeRegexp('PrivateSubnet') }],
  });
});

test('options are passed to the nodegroup', () => {
  const { template } = define({
    nodegroupName: 'blue',
    minSize: 3,
    maxSize: 5,
    desiredSize: 4,
    instanceTypes: types('m7i.large', 'm7a.large'),
    capacityType: eks.CapacityType.SPOT,
    releaseVersion: '1.36.0-20261015',
    maxUnavailablePercentage: 33,
    nodeAutoRepair: true,
    labels: { team: 'data' },
    taints: [{ key: 'dedicated', value: 'data', effect: eks.TaintEffect.NO_SCHEDULE }],
    subnets: { subnetType: ec2.SubnetType.PUBLIC },
  });
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    NodegroupName: 'blue',
    ScalingConfig: { DesiredSize: 4, MinSize: 3, MaxSize: 5 },
    InstanceTypes: ['m7i.large', 'm7a.large'],
    CapacityType: 'SPOT',
    ReleaseVersion: '1.36.0-20261015',
    UpdateConfig: { MaxUnavailablePercentage: 33 },
    NodeRepairConfig: { Enabled: true },
    Labels: { team: 'data' },
    Taints: [{ Key: 'dedicated', Value: 'data', Effect: 'NO_SCHEDULE' }],
    Subnets: [{ Ref: Match.stringLikeRegexp('PublicSubnet') }, { Ref: Match.stringLikeRegexp('PublicSubnet') }],
  });
});

test('nodes are in the selected Availability Zones', () => {
  const stack = newStack('Stack', { env: { account: '123456789012', region: 'us-west-2' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: ['us-west-2a', 'us-west-2b'] });
  newCluster(stack, { vpc, nodegroups: [{ subnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, availabilityZones: ['us-west-2b'] } }] });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Nodegroup', { Subnets: [{ Ref: Match.stringLikeRegexp('PrivateSubnet2') }] });
});

test.each([
  [{ maxSize: 1 }, { DesiredSize: 1, MinSize: 1, MaxSize: 1 }],
  [{ minSize: 0 }, { DesiredSize: 0, MinSize: 0, MaxSize: 1 }],
  [{ desiredSize: 0 }, { DesiredSize: 0, MinSize: 0, MaxSize: 1 }],
  [{ minSize: 0, maxSize: 5 }, { DesiredSize: 0, MinSize: 0, MaxSize: 5 }],
  [{ desiredSize: 3 }, { DesiredSize: 3, MinSize: 1, MaxSize: 3 }],
])('the other sizes are derived from %j', (sizes, scaling) => {
  define(sizes).template.hasResourceProperties('AWS::EKS::Nodegroup', { ScalingConfig: scaling });
});

test('an update waits for PodDisruptionBudgets', () => {
  define().template.hasResourceProperties('AWS::EKS::Nodegroup', { ForceUpdateEnabled: false });
});

describe('pods', () => {
  test('cannot reach the credentials of their node', () => {
    expect(launchTemplateData().MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  });

  test('can reach them with allowPodImdsAccess, and IMDSv2 is still required', () => {
    expect(launchTemplateData({ allowPodImdsAccess: true }).MetadataOptions).toEqual({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  });
});

test('a change to the launch template is rolled out', () => {
  const { stack, nodegroup, template } = define();
  const id = stack.getLogicalId(nodegroup.launchTemplate.node.defaultChild as ec2.CfnLaunchTemplate);
  template.hasResourceProperties('AWS::EKS::Nodegroup', { LaunchTemplate: { Id: { Ref: id }, Version: { 'Fn::GetAtt': [id, 'LatestVersionNumber'] } } });
});

test('the launch template contains nothing that Amazon EKS sets itself', () => {
  expect(Object.keys(launchTemplateData()).sort()).toEqual(['BlockDeviceMappings', 'MetadataOptions', 'TagSpecifications']);
});

test('tags, including those of the stack, are added to the nodegroup, the instances and their volumes', () => {
  const { template } = define((stack) => {
    Tags.of(stack).add('stage', 'test');
    return { tags: { team: 'data' } };
  });
  template.hasResourceProperties('AWS::EKS::Nodegroup', { Tags: { team: 'data', stage: 'test' } });
  const both = Match.arrayWith([{ Key: 'stage', Value: 'test' }, { Key: 'team', Value: 'data' }]);
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
    LaunchTemplateData: { TagSpecifications: [{ ResourceType: 'instance', Tags: both }, { ResourceType: 'volume', Tags: both }] },
  });
});

describe('remote access', () => {
  const remoteAccess = (stack: Parameters<typeof ec2.KeyPair.fromKeyPairName>[0]) => ({
    keyPair: ec2.KeyPair.fromKeyPairName(stack, 'Key', 'mine'), sourceSecurityGroups: [ec2.SecurityGroup.fromSecurityGroupId(stack, 'Bastion', 'sg-0123456789abcdef0')],
  });

  test('opens port 22 for the given security groups, and keeps the security group of the cluster', () => {
    const { stack, template } = define((scope) => ({ remoteAccess: remoteAccess(scope) }));
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { KeyName: 'mine', SecurityGroupIds: [{ 'Fn::GetAtt': [Match.anyValue(), 'ClusterSecurityGroupId'] }, { 'Fn::GetAtt': [Match.anyValue(), 'GroupId'] }] },
    });
    template.hasResourceProperties('AWS::EC2::SecurityGroupIngress', { FromPort: 22, ToPort: 22, IpProtocol: 'tcp', SourceSecurityGroupId: 'sg-0123456789abcdef0' });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 1);
    Annotations.fromStack(stack).hasWarning('/Stack/Cluster/Nodes', 'SSH access to the nodes is enabled: use Session Manager instead, which needs no keys or open ports and is enabled unless ssm is false [ack: cdk-irsa:remote-access]');
  });

  test('is off by default', () => {
    const { stack, template } = define();
    expect(launchTemplateData()).not.toHaveProperty('KeyName');
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
    Annotations.fromStack(stack).hasNoWarning('/Stack/Cluster/Nodes', Match.anyValue());
  });
});

test('tokens are accepted', () => {
  const { template } = define((stack) => {
    const text = new CfnParameter(stack, 'Text').valueAsString;
    const size = new CfnParameter(stack, 'Size', { type: 'Number' }).valueAsNumber;
    return {
      nodegroupName: text,
      minSize: size,
      maxSize: size,
      desiredSize: size,
      maxUnavailable: size,
      labels: { team: text },
      taints: [{ key: text, value: text, effect: eks.TaintEffect.NO_EXECUTE }],
      additionalVolumes: [{ deviceName: text, iops: size, throughput: size }],
    };
  });
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    NodegroupName: { Ref: 'Text' }, ScalingConfig: { MinSize: { Ref: 'Size' }, MaxSize: { Ref: 'Size' }, DesiredSize: { Ref: 'Size' } }, Labels: { team: { Ref: 'Text' } },
  });
});
