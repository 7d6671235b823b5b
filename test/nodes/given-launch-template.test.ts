import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { define, types } from './nodegroups';
import { IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';

type LaunchTemplateData = ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
type Attributes = Partial<ec2.LaunchTemplateAttributes>;

const own = (props: ec2.LaunchTemplateProps = {}, options: IrsaNodegroupOptions = {}) => (stack: Stack): IrsaNodegroupOptions =>
  ({ launchTemplate: new ec2.LaunchTemplate(stack, 'Mine', props), ...options });
const imported = (attributes: Attributes = {}, options: IrsaNodegroupOptions = {}) => (stack: Stack): IrsaNodegroupOptions =>
  ({ launchTemplate: ec2.LaunchTemplate.fromLaunchTemplateAttributes(stack, 'Mine', { ...(attributes.launchTemplateName ? {} : { launchTemplateId: 'lt-1' }), ...attributes }), ...options });
const nodegroup = (options: Parameters<typeof define>[0]) => Object.values<any>(define(options).template.findResources('AWS::EKS::Nodegroup'))[0].Properties;

const image = ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' });
const [arm, p5] = types('m7g.large', 'p5.48xlarge');

const BLOCK = {
  instanceMarketOptions: { marketType: 'capacity-block' },
  capacityReservationSpecification: { capacityReservationTarget: { capacityReservationId: 'cr-1' } },
};
/** A launch template for a capacity block. */
function block(options: IrsaNodegroupOptions = {}, data: LaunchTemplateData = BLOCK, props: ec2.LaunchTemplateProps = { instanceType: p5 }) {
  return (stack: Stack): IrsaNodegroupOptions => {
    const launchTemplate = new ec2.LaunchTemplate(stack, 'Mine', props);
    const resource = launchTemplate.node.defaultChild as ec2.CfnLaunchTemplate;
    resource.launchTemplateData = { ...resource.launchTemplateData, ...data };
    return { launchTemplate, ...options };
  };
}

test('your own launch template is used as it is, with a warning about what it must contain', () => {
  const { stack, template } = define(own());
  template.resourceCountIs('AWS::EC2::LaunchTemplate', 1);
  template.hasResourceProperties('AWS::EKS::Nodegroup', {
    LaunchTemplate: { Id: { Ref: Match.stringLikeRegexp('^Mine') }, Version: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Mine'), 'LatestVersionNumber'] } },
  });
  Annotations.fromStack(stack).hasWarning('/Stack/Cluster/Nodes', 'the launch template determines whether pods can act as their node and whether the volumes are encrypted: '
    + 'require IMDSv2 with a hop limit of 1 in it, and encrypt its volumes [ack: cdk-irsa:launch-template]');
});

test.each<[string, Attributes, object]>([
  ['by its ID and the default version', {}, { Id: 'lt-1' }],
  ['by its ID and the default version, if the version is $Default', { versionNumber: '$Default' }, { Id: 'lt-1' }],
  ['by its ID and a version', { versionNumber: '7' }, { Id: 'lt-1', Version: '7' }],
  ['by its name', { launchTemplateName: 'mine' }, { Name: 'mine' }],
])('an imported launch template is referenced %s', (_, attributes, reference) => {
  expect(nodegroup(imported(attributes)).LaunchTemplate).toEqual(reference);
});

test('the version of an imported launch template can be a token', () => {
  const version = (stack: Stack) => new CfnParameter(stack, 'Version').valueAsString;
  expect(nodegroup((stack) => imported({ versionNumber: version(stack) })(stack)).LaunchTemplate).toEqual({ Id: 'lt-1', Version: { Ref: 'Version' } });
});

test.each<[string, ReturnType<typeof own>, string | undefined, string[] | undefined]>([
  ['nothing', own(), 'AL2023_x86_64_STANDARD', undefined],
  ['an instance type, which decides the architecture of the image', own({ instanceType: arm }), 'AL2023_ARM_64_STANDARD', undefined],
  ['an image', own({ machineImage: image }), undefined, undefined],
  ['an image, in addition to instanceTypes', own({ machineImage: image }, { instanceTypes: [arm] }), undefined, ['m7g.large']],
  ['nothing, in addition to instanceTypes', own({}, { instanceTypes: [arm], amiFamily: NodeAmiFamily.BOTTLEROCKET }), 'BOTTLEROCKET_ARM_64', ['m7g.large']],
  ['something unknown', imported(), undefined, undefined],
  ['something unknown, in addition to amiType', imported({}, { amiType: eks.NodegroupAmiType.AL2023_ARM_64_STANDARD }), 'AL2023_ARM_64_STANDARD', undefined],
  ['something unknown, in addition to amiFamily and instanceTypes', imported({}, { amiFamily: NodeAmiFamily.AL2023, instanceTypes: [arm] }), 'AL2023_ARM_64_STANDARD', ['m7g.large']],
])('a launch template that sets %s is not contradicted', (_, options, amiType, instanceTypes) => {
  const { AmiType, InstanceTypes } = nodegroup(options);
  expect([AmiType, InstanceTypes]).toEqual([amiType, instanceTypes]);
});

const prohibited = (field: string, fix: string) => `launchTemplate is "Stack/Mine", but must be a launch template without ${field}: ${fix}`;

test.each<[string, ReturnType<typeof own>, string]>([
  ['$Latest', imported({ versionNumber: '$Latest' }), 'launchTemplate.versionNumber is "$Latest", but must be a number, or omitted for the default version: Amazon EKS does not accept a name for the latest version'],
  ['instance types twice', own({ instanceType: arm }, { instanceTypes: [arm] }), 'instanceTypes must be omitted if launchTemplate is set: the launch template specifies the instance type'],
  ['an image twice', own({ machineImage: image }, { releaseVersion: '1' }), 'releaseVersion must be omitted if launchTemplate is set: the launch template specifies the image'],
  ['amiFamily for an imported launch template', imported({}, { amiFamily: NodeAmiFamily.AL2023 }), 'amiFamily is "AL2023", but must be omitted with an imported launch template: set amiType, unless the launch template specifies an image'],
  ['a role', (stack) => own({ role: new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }) })(stack), prohibited('iamInstanceProfile', 'use nodeRole instead')],
  ['spot instances', own({ spotOptions: {} }), prohibited('instanceMarketOptions', 'set capacityType instead')],
  ['a capacity block that the nodegroup does not ask for', block(), prohibited('instanceMarketOptions', 'set capacityType instead')],
  ['hibernation', own({ hibernationConfigured: true }), prohibited('hibernationOptions', 'Amazon EKS terminates nodes itself')],
  ['a shutdown behaviour', own({ instanceInitiatedShutdownBehavior: ec2.InstanceInitiatedShutdownBehavior.STOP }), prohibited('instanceInitiatedShutdownBehavior', 'Amazon EKS terminates nodes itself')],
  ['Windows', own({ machineImage: ec2.MachineImage.genericWindows({}) }), 'launchTemplate is "for Windows", but must be for Amazon Linux 2023 or Bottlerocket: '
    + 'Windows nodes are not supported yet; define their nodegroup with eks.Nodegroup'],
])('fails for %s', (_, options, message) => {
  expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
});

describe('a capacity block', () => {
  const capacityType = eks.CapacityType.CAPACITY_BLOCK;

  test('is set in the launch template, and the image is the one for its instance type', () => {
    const { template } = define(block({ capacityType }));
    template.hasResourceProperties('AWS::EKS::Nodegroup', { CapacityType: 'CAPACITY_BLOCK', AmiType: 'AL2023_x86_64_NVIDIA', InstanceTypes: Match.absent() });
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        InstanceMarketOptions: { MarketType: 'capacity-block' },
        CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-1' } },
        InstanceType: 'p5.48xlarge',
      },
    });
  });

  test('can be set in an imported launch template', () => {
    expect(nodegroup(imported({}, { capacityType })).CapacityType).toBe('CAPACITY_BLOCK');
  });

  test.each<[string, Parameters<typeof define>[0], string]>([
    ['your own launch template', { capacityType }, 'capacityType is "CAPACITY_BLOCK", but must be combined with launchTemplate: Amazon EKS reads the Capacity Block from your launch template'],
    ['a market type', block({ capacityType }, {}), 'launchTemplate is "Stack/Mine", but must be a launch template with the market type "capacity-block" in instanceMarketOptions: capacityType is CAPACITY_BLOCK; set it in launchTemplateData of the CfnLaunchTemplate, not as an override'],
    ['its market type', block({ capacityType }, { instanceMarketOptions: { marketType: 'spot' } }), 'launchTemplate is "Stack/Mine", but must be a launch template with the market type "capacity-block" in instanceMarketOptions: capacityType is CAPACITY_BLOCK; set it in launchTemplateData of the CfnLaunchTemplate, not as an override'],
    ['its reservation', block({ capacityType }, { ...BLOCK, capacityReservationSpecification: undefined }), 'launchTemplate is "Stack/Mine", but must be a launch template with a capacityReservationSpecification: it specifies the Capacity Block; set it in launchTemplateData of the CfnLaunchTemplate, not as an override'],
    ['an instance type', block({ capacityType }, BLOCK, {}), 'launchTemplate is "Stack/Mine", but must be a launch template with an instanceType: Amazon EKS reads the instance type of the Capacity Block from it'],
  ])('fails without %s', (_, options, message) => {
    expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
  });
});
