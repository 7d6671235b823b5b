import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { AmiFamily } from './ami-families/ami-family';
import { acceleratorOf, architectureOf, seriesOf } from './instance-hardware';
import { refusal } from '../../private/errors';
import { NodeAmiFamily } from '../node-ami-family';

/**
 * What no family has an image for: FPGAs, Gaudi, Qualcomm, Radeon, video, macOS.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html
 */
const WITHOUT_ANY_IMAGE = /^(f\d|dl\d|vt\d|g4ad$|mac)/;

/** The families, in a sentence. */
const ANY_FAMILY = NodeAmiFamily._all.map(({ title }) => title).join(' or ');
const NO_WINDOWS = 'nodes of Windows are not supported yet; define their nodegroup with eks.Nodegroup';
const NO_AL2 = 'Amazon EKS has no images of Amazon Linux 2 for the versions of Kubernetes that it offers';

/**
 * The image of a family for the hardware of the instance types. It is always named: left out, EKS and CDK choose another.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export function amiTypeFor(family: AmiFamily, instanceTypes: ec2.InstanceType[]): NodegroupAmiType {
  const names = instanceTypes.map(String);
  if (names.some((name) => Token.isUnresolved(name))) {
    throw refusal('instanceTypes', '<token>', 'known when the app is synthesized', 'the image depends on them; or name it with amiType');
  }
  const architecture = architectureOf(instanceTypes)!;
  const accelerators = names.map(acceleratorOf);
  const without = names.filter((name, i) => [WITHOUT_ANY_IMAGE, family.typesWithoutImage].some((series) => series.test(seriesOf(name)))
    || family.images[`${architecture} ${accelerators[i]}`] === undefined);
  if (without.length > 0) {
    throw refusal('instanceTypes', names, `of types that Amazon EKS has an image of ${family.name} for`,
      `it names none for ${without.join(', ')}; where you know better, name one with amiType or machineImage`);
  }
  if (new Set(accelerators).size > 1) {
    throw refusal('instanceTypes', names, 'of one kind',
      `each needs an image of its own: ${names.map((name, i) => `${name} (${accelerators[i]})`).join(', ')}`);
  }
  return family.images[`${architecture} ${accelerators[0]}`]!;
}

/** The family of an image; undefined where only the deployment knows the image. */
export function familyOf(amiType: NodegroupAmiType): AmiFamily | undefined {
  if (Token.isUnresolved(amiType)) {
    return undefined;
  }
  const family = NodeAmiFamily._all.find(({ amiTypes }) => amiTypes.test(amiType));
  if (!family) {
    throw refusal('amiType', amiType, `of ${ANY_FAMILY}`, /^AL2_/.test(amiType) ? NO_AL2 : /^WINDOWS/.test(amiType) ? NO_WINDOWS : undefined);
  }
  return family;
}

/** Refuses a launch template whose image is one of Windows. */
export function refuseWindows(property: string, { osType }: ec2.LaunchTemplate): void {
  if (osType === ec2.OperatingSystemType.WINDOWS) {
    throw refusal(property, 'of Windows', `of ${ANY_FAMILY}`, NO_WINDOWS);
  }
}

/** Refuses an image that does not run on the instance types. */
export function checkArchitecture(amiType: NodegroupAmiType, instanceTypes: ec2.InstanceType[]): void {
  const architecture = architectureOf(instanceTypes);
  if (architecture && !Token.isUnresolved(amiType) && (/ARM/.test(amiType) ? 'arm64' : 'x86_64') !== architecture) {
    throw refusal('amiType', amiType, `for ${architecture}`, `that is what ${instanceTypes.join(', ')} is`);
  }
}
