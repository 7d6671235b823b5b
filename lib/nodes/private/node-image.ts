import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { AmiFamily } from './ami-families/ami-family';
import { amiTypeFor, checkArchitecture, familyOf } from './ami-type';
import { EXCLUSIONS, refuseExcluded } from './exclusions';
import { architectureOf } from './instance-hardware';
import { checkInstanceType } from './instance-type-names';
import { refusal } from '../../private/errors';
import { IrsaNodegroupOptions } from '../irsa-nodegroup-options';
import { NodeAmiFamily } from '../node-ami-family';

/** What nodes run, and on what. */
export interface NodeImage {
  readonly family: AmiFamily;
  /** What Amazon EKS is told of the image; undefined where a launch template names it. */
  readonly amiType?: eks.NodegroupAmiType;
  /** What Amazon EKS is told of the instances; undefined where a given launch template may name one. */
  readonly instanceTypes?: ec2.InstanceType[];
}

const DEFAULT_FAMILY = NodeAmiFamily.AL2023._definition;
const DEFAULT_TYPES = [new ec2.InstanceType('t3.medium')];
/** @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics */
const MOST_TYPES = 20;

export function nodeImage(options: IrsaNodegroupOptions): NodeImage {
  const { instanceTypes, launchTemplate, machineImage } = options;
  if (instanceTypes && (instanceTypes.length === 0 || instanceTypes.length > MOST_TYPES)) {
    throw refusal('instanceTypes', instanceTypes.map(String), `1 to ${MOST_TYPES} types`);
  }
  instanceTypes?.forEach((type, i) => checkInstanceType(`instanceTypes[${i}]`, type));
  if (launchTemplate) {
    return imageBeside(launchTemplate, options);
  }
  if (machineImage) {
    refuseExcluded(options, EXCLUSIONS.machineImage);
    architectureOf(instanceTypes ?? DEFAULT_TYPES);
    return { family: options.amiFamily?._definition ?? DEFAULT_FAMILY, instanceTypes: instanceTypes ?? DEFAULT_TYPES };
  }
  return imageOfEks(options, instanceTypes ?? DEFAULT_TYPES);
}

function imageOfEks({ amiFamily, amiType }: IrsaNodegroupOptions, instanceTypes: ec2.InstanceType[]): NodeImage {
  const asked = amiFamily?._definition;
  if (amiType === undefined) {
    const family = asked ?? DEFAULT_FAMILY;
    return { family, amiType: amiTypeFor(family, instanceTypes), instanceTypes };
  }
  const ofAmiType = familyOf(amiType);
  checkArchitecture(amiType, instanceTypes);
  if (asked && ofAmiType && asked !== ofAmiType) {
    throw refusal('amiType', amiType, `of the family ${asked.name}`, 'amiFamily says so; leave it out');
  }
  return { family: ofAmiType ?? asked ?? DEFAULT_FAMILY, amiType, instanceTypes };
}

/**
 * Beside a given launch template, the nodegroup must leave out what the template sets. What an imported template sets is not known: the
 * nodegroup then has what the options say, and nothing else.
 */
function imageBeside(template: ec2.ILaunchTemplate, options: IrsaNodegroupOptions): NodeImage {
  const { instanceTypes, amiFamily, amiType } = options;
  if (!(template instanceof ec2.LaunchTemplate)) {
    const known = instanceTypes ?? [];
    if (amiFamily && amiType === undefined && known.length === 0) {
      throw refusal('amiFamily', `${amiFamily}`, 'left out beside a launch template that is imported', 'name the image with amiType, unless the template does');
    }
    const named = amiFamily || amiType ? imageOfEks(options, known) : undefined;
    return { family: named?.family ?? DEFAULT_FAMILY, amiType: named?.amiType, instanceTypes };
  }
  if (template.instanceType) {
    refuseExcluded(options, EXCLUSIONS.typeOfLaunchTemplate);
    checkInstanceType('launchTemplate.instanceType', template.instanceType);
  }
  if (template.imageId !== undefined) {
    refuseExcluded(options, EXCLUSIONS.imageOfLaunchTemplate);
    return { family: DEFAULT_FAMILY, instanceTypes };
  }
  const image = imageOfEks(options, template.instanceType ? [template.instanceType] : instanceTypes ?? DEFAULT_TYPES);
  return { ...image, instanceTypes };
}
