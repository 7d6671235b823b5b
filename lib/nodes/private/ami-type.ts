import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../private/errors';
import { NodeAmiFamily } from '../node-ami-family';

type Architecture = 'x86_64' | 'arm64';
type Accelerator = 'NVIDIA' | 'Neuron' | 'none';

/** By size-less instance type. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const ARM = /^a1$|^[a-z]+\d+[a-z]*g[a-z]*$|^p6e-gb\d+$/;
/** @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html */
const NVIDIA = /^(p|g|gr)\d/;
const NEURON = /^(inf|trn)\d/;

/**
 * What no image of a family is for: FPGAs, Gaudi, Qualcomm, Radeon, video, macOS; for Amazon Linux 2023 the oldest arm64 processors.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
const WITHOUT_IMAGE: { [family in NodeAmiFamily]: RegExp } = {
  [NodeAmiFamily.AL2023]: /^(f\d|dl\d|vt\d|g4ad$|mac|a1$)/,
  [NodeAmiFamily.BOTTLEROCKET]: /^(f\d|dl\d|vt\d|g4ad$|mac|p6e-gb)/,
};

/** Bottlerocket drives Neuron devices with its ordinary image. */
const IMAGES: { [family in NodeAmiFamily]: { [hardware: string]: NodegroupAmiType } } = {
  [NodeAmiFamily.AL2023]: {
    'x86_64 none': NodegroupAmiType.AL2023_X86_64_STANDARD,
    'arm64 none': NodegroupAmiType.AL2023_ARM_64_STANDARD,
    'x86_64 NVIDIA': NodegroupAmiType.AL2023_X86_64_NVIDIA,
    'arm64 NVIDIA': NodegroupAmiType.AL2023_ARM_64_NVIDIA,
    'x86_64 Neuron': NodegroupAmiType.AL2023_X86_64_NEURON,
  },
  [NodeAmiFamily.BOTTLEROCKET]: {
    'x86_64 none': NodegroupAmiType.BOTTLEROCKET_X86_64,
    'arm64 none': NodegroupAmiType.BOTTLEROCKET_ARM_64,
    'x86_64 NVIDIA': NodegroupAmiType.BOTTLEROCKET_X86_64_NVIDIA,
    'arm64 NVIDIA': NodegroupAmiType.BOTTLEROCKET_ARM_64_NVIDIA,
    'x86_64 Neuron': NodegroupAmiType.BOTTLEROCKET_X86_64,
  },
};

/**
 * The image of a family for the hardware of the instance types. It is always named: left out, EKS and CDK choose another.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export function amiTypeFor(family: NodeAmiFamily, instanceTypes: ec2.InstanceType[]): NodegroupAmiType {
  const names = instanceTypes.map(String);
  if (names.some((name) => Token.isUnresolved(name))) {
    throw refusal('instanceTypes', '<token>', 'known when the app is synthesized', 'the image depends on them; or name it with amiType');
  }
  const architecture = architectureOf(instanceTypes);
  const without = names.filter((name) => WITHOUT_IMAGE[family].test(seriesOf(name)));
  if (without.length > 0) {
    throw refusal('instanceTypes', names, `of types that Amazon EKS has an image of ${family} for`,
      `it names none for ${without.join(', ')}; where you know better, name one with amiType or machineImage`);
  }
  const accelerators = names.map(acceleratorOf);
  if (new Set(accelerators).size > 1) {
    throw refusal('instanceTypes', names, 'of one kind',
      `each needs an image of its own: ${names.map((name, i) => `${name} (${accelerators[i]})`).join(', ')}`);
  }
  return IMAGES[family][`${architecture} ${accelerators[0]}`];
}

export const NO_WINDOWS = 'nodes of Windows are not supported yet; define their nodegroup with eks.Nodegroup';

/** Refuses an image that does not run on the instance types, and those that this library cannot boot. */
export function checkAmiType(amiType: NodegroupAmiType, instanceTypes: ec2.InstanceType[]): void {
  if (/^WINDOWS/.test(amiType)) {
    throw refusal('amiType', amiType, 'of Amazon Linux 2023 or Bottlerocket', NO_WINDOWS);
  }
  if (/^AL2_/.test(amiType)) {
    throw refusal('amiType', amiType, 'of Amazon Linux 2023 or Bottlerocket',
      'Amazon EKS has no images of Amazon Linux 2 for the versions of Kubernetes that it offers');
  }
  const architecture = architectureOf(instanceTypes);
  if (architecture && (/ARM/.test(amiType) ? 'arm64' : 'x86_64') !== architecture) {
    throw refusal('amiType', amiType, `for ${architecture}`, `that is what ${instanceTypes.join(', ')} is`);
  }
}

/** The one of all instance types; undefined where only the deployment knows them. */
export function architectureOf(instanceTypes: ec2.InstanceType[]): Architecture | undefined {
  const names = instanceTypes.map(String).filter((name) => !Token.isUnresolved(name));
  const arm = names.filter((name) => ARM.test(seriesOf(name)));
  if (arm.length > 0 && arm.length < names.length) {
    throw refusal('instanceTypes', names, 'of one architecture', `define a nodegroup of its own for ${arm.join(', ')} (arm64)`);
  }
  return names.length === 0 ? undefined : arm.length > 0 ? 'arm64' : 'x86_64';
}

export const familyOf = (amiType: NodegroupAmiType) => (/^BOTTLEROCKET/.test(amiType) ? NodeAmiFamily.BOTTLEROCKET : NodeAmiFamily.AL2023);

export const haveNeuron = (instanceTypes: ec2.InstanceType[]) => instanceTypes.some((type) => acceleratorOf(`${type}`) === 'Neuron');

const seriesOf = (name: string) => name.split('.')[0];
const acceleratorOf = (name: string): Accelerator => (NVIDIA.test(name) ? 'NVIDIA' : NEURON.test(name) ? 'Neuron' : 'none');
