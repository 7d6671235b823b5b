import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { AmiFamily } from './ami-families/ami-family';
import { acceleratorOf, architectureOf, seriesOf } from './instance-hardware';
import { alternatives } from '../../private/alternatives';
import { refusal } from '../../private/errors';
import { NodeAmiFamily } from '../node-ami-family';

/**
 * Instance types for which no family has an image: FPGAs, Gaudi, Qualcomm, Radeon, video, macOS.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
const WITHOUT_ANY_IMAGE = /^(f\d|dl\d|vt\d|g4ad$|mac)/;

/** The families, for messages. */
const ANY_FAMILY = alternatives(NodeAmiFamily._all.map(({ title }) => title));
const NO_WINDOWS = 'Windows nodes are not supported yet; define their nodegroup with eks.Nodegroup';
const NO_AL2 = 'Amazon EKS has no Amazon Linux 2 images for the Kubernetes versions that it offers';

/**
 * The image of a family for the hardware of the instance types. It is always set, because the defaults of EKS and the CDK differ.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export function amiTypeFor(family: AmiFamily, instanceTypes: ec2.InstanceType[]): NodegroupAmiType {
  const names = instanceTypes.map(String);
  if (names.some((name) => Token.isUnresolved(name))) {
    throw refusal('instanceTypes', '<token>', 'known when the app is synthesized', 'the image depends on them; use literals, or set amiType');
  }
  const architecture = architectureOf(instanceTypes)!;
  const accelerators = names.map(acceleratorOf);
  const without = names.filter((name, i) => [WITHOUT_ANY_IMAGE, family.typesWithoutImage].some((series) => series.test(seriesOf(name)))
    || family.images[`${architecture} ${accelerators[i]}`] === undefined);
  if (without.length > 0) {
    throw refusal('instanceTypes', names, `types for which Amazon EKS has an image of ${family.name}`,
      `it documents none for ${without.join(', ')}; if you know of one, set amiType or machineImage`);
  }
  if (new Set(accelerators).size > 1) {
    throw refusal('instanceTypes', names, 'types with the same kind of accelerator',
      `each kind requires a different image: ${names.map((name, i) => `${name} (${accelerators[i]})`).join(', ')}; define a nodegroup for each kind`);
  }
  return family.images[`${architecture} ${accelerators[0]}`]!;
}

/** The family of an image; undefined if the image is known only at deployment. */
export function familyOf(amiType: NodegroupAmiType): AmiFamily | undefined {
  if (Token.isUnresolved(amiType)) {
    return undefined;
  }
  const family = NodeAmiFamily._all.find(({ amiTypes }) => amiTypes.test(amiType));
  if (!family) {
    throw refusal('amiType', amiType, `an image of ${ANY_FAMILY}`, /^AL2_/.test(amiType) ? NO_AL2 : /^WINDOWS/.test(amiType) ? NO_WINDOWS : undefined);
  }
  return family;
}

/** Refuses a launch template with a Windows image. */
export function refuseWindows(property: string, { osType }: ec2.LaunchTemplate): void {
  if (osType === ec2.OperatingSystemType.WINDOWS) {
    throw refusal(property, 'for Windows', `for ${ANY_FAMILY}`, NO_WINDOWS);
  }
}

/** Refuses an image that does not run on the instance types. */
export function checkArchitecture(amiType: NodegroupAmiType, instanceTypes: ec2.InstanceType[]): void {
  const architecture = architectureOf(instanceTypes);
  if (architecture && !Token.isUnresolved(amiType) && (/ARM/.test(amiType) ? 'arm64' : 'x86_64') !== architecture) {
    throw refusal('amiType', amiType, `for ${architecture}, the architecture of ${instanceTypes.join(', ')}`);
  }
}
