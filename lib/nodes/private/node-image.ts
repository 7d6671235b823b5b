import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { amiTypeFor, architectureOf, checkAmiType, familyOf } from './ami-type';
import { refuseBeside } from './refuse-beside';
import { refusal } from '../../private/errors';
import { IrsaNodegroupOptions } from '../irsa-nodegroup-options';
import { NodeAmiFamily } from '../node-ami-family';

/** What nodes run, and on what. */
export interface NodeImage {
  readonly family: NodeAmiFamily;
  /** What Amazon EKS is told of the image; undefined where a launch template names it. */
  readonly amiType?: eks.NodegroupAmiType;
  /** What Amazon EKS is told of the instances; undefined where a launch template of the caller's may name one. */
  readonly instanceTypes?: ec2.InstanceType[];
}

const DEFAULT_TYPES = [new ec2.InstanceType('t3.medium')];
/** @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics */
const MOST_TYPES = 20;

export function nodeImage(options: IrsaNodegroupOptions): NodeImage {
  const { instanceTypes, launchTemplate, machineImage, amiType, releaseVersion } = options;
  if (instanceTypes && (instanceTypes.length === 0 || instanceTypes.length > MOST_TYPES)) {
    throw refusal('instanceTypes', instanceTypes.map(String), `1 to ${MOST_TYPES} types`);
  }
  if (launchTemplate) {
    return imageBeside(launchTemplate, options);
  }
  if (machineImage) {
    refuseBeside('machineImage', { amiType, releaseVersion }, 'the image is yours');
    architectureOf(instanceTypes ?? DEFAULT_TYPES);
    return { family: options.amiFamily ?? NodeAmiFamily.AL2023, instanceTypes: instanceTypes ?? DEFAULT_TYPES };
  }
  return imageOfEks(options, instanceTypes ?? DEFAULT_TYPES);
}

function imageOfEks({ amiFamily, amiType }: IrsaNodegroupOptions, instanceTypes: ec2.InstanceType[]): NodeImage {
  const family = amiFamily ?? (amiType ? familyOf(amiType) : NodeAmiFamily.AL2023);
  if (amiType === undefined) {
    return { family, amiType: amiTypeFor(family, instanceTypes), instanceTypes };
  }
  checkAmiType(amiType, instanceTypes);
  if (familyOf(amiType) !== family) {
    throw refusal('amiType', amiType, `of the family ${family}`, 'amiFamily says so; leave it out');
  }
  return { family, amiType, instanceTypes };
}

/**
 * Beside a launch template of the caller's, Amazon EKS must not be told what that says. Of one that is imported nobody knows what it says:
 * then Amazon EKS is told what the caller says, and nothing else.
 */
function imageBeside(template: ec2.ILaunchTemplate, options: IrsaNodegroupOptions): NodeImage {
  const { instanceTypes, amiFamily, amiType, releaseVersion } = options;
  if (!(template instanceof ec2.LaunchTemplate)) {
    const known = instanceTypes ?? [];
    if (amiFamily && amiType === undefined && known.length === 0) {
      throw refusal('amiFamily', amiFamily, 'left out beside a launch template that is imported', 'name the image with amiType, unless the template does');
    }
    const named = amiFamily || amiType ? imageOfEks(options, known) : undefined;
    return { family: named?.family ?? NodeAmiFamily.AL2023, amiType: named?.amiType, instanceTypes };
  }
  if (template.instanceType) {
    refuseBeside('launchTemplate', { instanceTypes }, 'the launch template names the instance type');
  }
  if (template.imageId !== undefined) {
    refuseBeside('launchTemplate', { amiFamily, amiType, releaseVersion }, 'the launch template names the image');
    return { family: NodeAmiFamily.AL2023, instanceTypes };
  }
  const image = imageOfEks(options, template.instanceType ? [template.instanceType] : instanceTypes ?? DEFAULT_TYPES);
  return { ...image, instanceTypes };
}
