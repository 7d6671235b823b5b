import { Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { define, types } from './nodegroups';
import { IrsaNodegroupOptions, NodeAmiFamily } from '../../lib';

/** @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html */
test.each<[string, string | undefined, string | undefined]>([
  ['m7i.large, c5n.large, u7i-12tb.224xlarge', 'AL2023_x86_64_STANDARD', 'BOTTLEROCKET_x86_64'],
  ['m7g.large, c7gn.large, im4gn.large, is4gen.large, x2gd.large, t4g.small, r8gd.large, hpc7g.4xlarge', 'AL2023_ARM_64_STANDARD', 'BOTTLEROCKET_ARM_64'],
  ['p6-b300.48xlarge, p6-b200.48xlarge, p5.48xlarge, p5e.48xlarge, p5en.48xlarge, p4d.24xlarge, p4de.24xlarge, p3.2xlarge, p3dn.24xlarge', 'AL2023_x86_64_NVIDIA', 'BOTTLEROCKET_x86_64_NVIDIA'],
  ['g7e.2xlarge, gr6.4xlarge, g6.xlarge, g6e.xlarge, g6f.large, gr6f.4xlarge, g5.xlarge, g4dn.xlarge', 'AL2023_x86_64_NVIDIA', 'BOTTLEROCKET_x86_64_NVIDIA'],
  ['p6e-gb200.36xlarge, p6e-gb300.36xlarge', 'AL2023_ARM_64_NVIDIA', undefined],
  ['g5g.xlarge', 'AL2023_ARM_64_NVIDIA', 'BOTTLEROCKET_ARM_64_NVIDIA'],
  ['a1.large', undefined, 'BOTTLEROCKET_ARM_64'],
  ['inf1.xlarge, inf2.xlarge, trn1.2xlarge, trn1n.32xlarge, trn2.48xlarge', 'AL2023_x86_64_NEURON', 'BOTTLEROCKET_x86_64'],
])('%s run the image for their hardware', (list, al2023, bottlerocket) => {
  for (const [amiFamily, image] of [[undefined, al2023], [NodeAmiFamily.AL2023, al2023], [NodeAmiFamily.BOTTLEROCKET, bottlerocket]] as const) {
    const instanceTypes = types(...list.split(', '));
    if (image) {
      define({ instanceTypes, amiFamily }).template.hasResourceProperties('AWS::EKS::Nodegroup', { AmiType: image, InstanceTypes: list.split(', ') });
    } else {
      expect(() => define({ instanceTypes, amiFamily })).toThrow(`an image of ${amiFamily ?? 'AL2023'}: it documents none for ${list}; if`);
    }
  }
});

test('amiType sets the image, and thereby the family', () => {
  define({ amiType: eks.NodegroupAmiType.BOTTLEROCKET_X86_64_FIPS, bottlerocketSettings: { motd: 'hello' } }).template
    .hasResourceProperties('AWS::EKS::Nodegroup', { AmiType: 'BOTTLEROCKET_x86_64_FIPS' });
});

test.each([[undefined, 'SCRIPT'], [NodeAmiFamily.BOTTLEROCKET, 'TOML']])('an image that is known only at deployment is accepted, with the family %s', (amiFamily, written) => {
  const amiType = Token.asString({ Ref: 'Image' }) as eks.NodegroupAmiType;
  const boot = { SCRIPT: { preBootstrapCommands: ['date'] }, TOML: { bottlerocketSettings: { motd: 'hello' } } }[written];
  define({ amiFamily, amiType, instanceTypes: types('m7g.large'), ...boot }).template.hasResourceProperties('AWS::EKS::Nodegroup', { AmiType: { Ref: 'Image' } });
});

test.each<[IrsaNodegroupOptions]>([
  [{ amiType: eks.NodegroupAmiType.AL2023_X86_64_STANDARD }],
  [{ machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' }) }],
])('if the image is set, instance types can be tokens, or have accelerators for which Amazon EKS has no image: %j', (named) => {
  const token = Token.asString({ Ref: 'Type' });
  define({ ...named, instanceTypes: types('dl1.24xlarge', 'm7i.large', token) }, { serviceIpv4Cidr: '10.100.0.0/16' }).template
    .hasResourceProperties('AWS::EKS::Nodegroup', { InstanceTypes: ['dl1.24xlarge', 'm7i.large', { Ref: 'Type' }] });
});

test('your own image is in the launch template, and the nodegroup has no amiType', () => {
  const { template } = define({ machineImage: ec2.MachineImage.genericLinux({ 'us-west-2': 'ami-1' }) }, { serviceIpv4Cidr: '10.100.0.0/16' });
  template.hasResourceProperties('AWS::EKS::Nodegroup', { AmiType: Match.absent(), InstanceTypes: ['t3.medium'] });
  template.hasResourceProperties('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { ImageId: Match.anyValue() } });
});

const T = eks.NodegroupAmiType;
test.each<[IrsaNodegroupOptions, string]>([
  [{ instanceTypes: [] }, 'instanceTypes is [], but must be 1 to 20 instance types'],
  [{ instanceTypes: types(...Array(21).fill('m7i.large')) }, `instanceTypes is ${JSON.stringify(Array(21).fill('m7i.large'))}, but must be 1 to 20 instance types`],
  [{ instanceTypes: types(Token.asString({ Ref: 'Type' })) }, 'instanceTypes is "<token>", but must be known when the app is synthesized: the image depends on them; use literals, or set amiType'],
  [{ instanceTypes: types('m7i.large', 'm7g.large') }, 'instanceTypes is ["m7i.large","m7g.large"], but must be types with the same architecture: define a separate nodegroup for m7g.large (arm64)'],
  [{ instanceTypes: types('m7i.large', 'g5.xlarge') }, 'instanceTypes is ["m7i.large","g5.xlarge"], but must be types with the same kind of accelerator: each kind requires a different image: m7i.large (none), g5.xlarge (NVIDIA); define a nodegroup for each kind'],
  ...['f2.6xlarge', 'dl1.24xlarge', 'vt1.3xlarge', 'g4ad.xlarge', 'mac2.metal', 'a1.large'].map((name): [IrsaNodegroupOptions, string] => [
    { instanceTypes: types(name) }, `instanceTypes is ["${name}"], but must be types for which Amazon EKS has an image of AL2023: `
      + `it documents none for ${name}; if you know of one, set amiType or machineImage`,
  ]),
  [{ machineImage: ec2.MachineImage.genericLinux({}), instanceTypes: types('m7i.large', 'm7g.large') }, 'instanceTypes is ["m7i.large","m7g.large"], but must be types with the same architecture: define a separate nodegroup for m7g.large (arm64)'],
  [{ machineImage: ec2.MachineImage.genericWindows({}), amiFamily: NodeAmiFamily.BOTTLEROCKET }, 'machineImage is "for Windows", but must be for Amazon Linux 2023 or Bottlerocket: Windows nodes are not supported yet; define their nodegroup with eks.Nodegroup'],
  [{ amiType: T.WINDOWS_CORE_2022_X86_64 }, 'amiType is "WINDOWS_CORE_2022_x86_64", but must be an image of Amazon Linux 2023 or Bottlerocket: Windows nodes are not supported yet; define their nodegroup with eks.Nodegroup'],
  [{ amiType: T.AL2_X86_64 }, 'amiType is "AL2_x86_64", but must be an image of Amazon Linux 2023 or Bottlerocket: Amazon EKS has no Amazon Linux 2 images for the Kubernetes versions that it offers'],
  [{ amiType: 'CUSTOM' as eks.NodegroupAmiType }, `amiType is "CUSTOM", but must be one of ${Object.keys(T).map((name) => `NodegroupAmiType.${name}`).join(', ')}`],
  [{ amiType: T.AL2023_ARM_64_STANDARD }, 'amiType is "AL2023_ARM_64_STANDARD", but must be for x86_64, the architecture of t3.medium'],
  [{ amiType: T.BOTTLEROCKET_X86_64, amiFamily: NodeAmiFamily.AL2023 }, 'amiType is "BOTTLEROCKET_x86_64", but must be an image of AL2023, which amiFamily specifies: omit amiFamily, or set another amiType'],
])('fails for %j', (options, message) => {
  expect(() => define(options)).toThrow(new Error(`Stack/Cluster/Nodes: ${message}`));
});
