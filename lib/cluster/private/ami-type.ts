import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../private/errors';
import { NodeAmiFamily } from '../node-ami-family';

type Accelerator = 'NVIDIA' | 'Neuron' | 'none';
interface Hardware { readonly arm: boolean; readonly accelerator: Accelerator }

/** By size-less instance type. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const ARM = /^a1$|^[a-z]+\d+[a-z]*g[a-z]*$|^p6e-gb\d+$/;
/** @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html */
const NVIDIA = /^(p|g|gr)\d/;
const NEURON = /^(inf|trn)\d/;
/** With accelerators that no image of Amazon EKS drives: FPGAs, Gaudi, Qualcomm, Radeon, video. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
const WITHOUT_IMAGE = /^(f\d|dl\d|vt\d|g4ad$)/;

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
  const { arm, accelerator } = hardwareOf(instanceTypes);
  return IMAGES[family][`${arm ? 'arm64' : 'x86_64'} ${accelerator}`];
}

/** Refuses an image that does not run on the instance types, and those that this library cannot boot. */
export function checkAmiType(amiType: NodegroupAmiType, instanceTypes: ec2.InstanceType[]): void {
  if (/^WINDOWS/.test(amiType)) {
    throw refusal('amiType', amiType, 'of Amazon Linux 2023 or Bottlerocket', 'nodes of Windows are not supported yet; define their nodegroup with eks.Nodegroup');
  }
  if (/^AL2_/.test(amiType)) {
    throw refusal('amiType', amiType, 'of Amazon Linux 2023 or Bottlerocket', 'Amazon EKS has no images of Amazon Linux 2 for the versions of Kubernetes that it offers');
  }
  const { arm } = hardwareOf(instanceTypes);
  if (/ARM/.test(amiType) !== arm) {
    throw refusal('amiType', amiType, `for ${arm ? 'arm64' : 'x86_64'}`, `that is what ${instanceTypes.join(', ')} is`);
  }
}

export const familyOf = (amiType: NodegroupAmiType) => (/^BOTTLEROCKET/.test(amiType) ? NodeAmiFamily.BOTTLEROCKET : NodeAmiFamily.AL2023);

/** What all of the instance types have; refuses a mix of architectures or accelerators, and types without an image. */
export function hardwareOf(instanceTypes: ec2.InstanceType[]): Hardware {
  const names = instanceTypes.map(String);
  if (names.length === 0) {
    throw refusal('instanceTypes', names, 'one type or more');
  }
  const unknown = names.filter((name) => Token.isUnresolved(name));
  if (unknown.length > 0) {
    throw new Error('instanceTypes has a token, but must be known when the app is synthesized: the image depends on them');
  }
  const families = names.map((name) => name.split('.')[0]);
  if (families.some((name) => WITHOUT_IMAGE.test(name))) {
    throw refusal('instanceTypes', names, 'without accelerators other than of NVIDIA and AWS Neuron', 'Amazon EKS has no image that drives them');
  }
  const arm = names.filter((_, i) => ARM.test(families[i]));
  if (arm.length > 0 && arm.length < names.length) {
    throw refusal('instanceTypes', names, 'of one architecture', `define a nodegroup of its own for ${arm.join(', ')} (arm64)`);
  }
  const accelerators = families.map(acceleratorOf);
  if (new Set(accelerators).size > 1) {
    throw refusal('instanceTypes', names, 'of one kind', `each needs an image of its own: ${names.map((name, i) => `${name} (${accelerators[i]})`).join(', ')}`);
  }
  return { arm: arm.length > 0, accelerator: accelerators[0] };
}

const acceleratorOf = (family: string): Accelerator => (NVIDIA.test(family) ? 'NVIDIA' : NEURON.test(family) ? 'Neuron' : 'none');
