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

/** The image and the instance types of nodes. */
export interface NodeImage {
  readonly family: AmiFamily;
  /** The image that the nodegroup specifies; undefined if the launch template specifies it. */
  readonly amiType?: eks.NodegroupAmiType;
  /** The instance types that the nodegroup specifies; undefined if an existing launch template can specify one. */
  readonly instanceTypes?: ec2.InstanceType[];
}

const DEFAULT_FAMILY = NodeAmiFamily.AL2023._definition;
const DEFAULT_TYPES = [new ec2.InstanceType('t3.medium')];
/** @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics */
const MOST_TYPES = 20;

export function nodeImage(options: IrsaNodegroupOptions): NodeImage {
  const { instanceTypes, launchTemplate, machineImage } = options;
  if (instanceTypes && (instanceTypes.length === 0 || instanceTypes.length > MOST_TYPES)) {
    throw refusal('instanceTypes', instanceTypes.map(String), `1 to ${MOST_TYPES} instance types`);
  }
  instanceTypes?.forEach((type, i) => checkInstanceType(`instanceTypes[${i}]`, type));
  if (launchTemplate) {
    return imageWithLaunchTemplate(launchTemplate, options);
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
    throw refusal('amiType', amiType, `an image of ${asked.name}, which amiFamily specifies`, 'omit amiFamily, or set another amiType');
  }
  return { family: ofAmiType ?? asked ?? DEFAULT_FAMILY, amiType, instanceTypes };
}

/**
 * With an existing launch template, the nodegroup must leave out what the launch template specifies. The content of an imported launch template
 * is unknown, so the nodegroup then contains exactly what the options specify.
 */
function imageWithLaunchTemplate(template: ec2.ILaunchTemplate, options: IrsaNodegroupOptions): NodeImage {
  const { instanceTypes, amiFamily, amiType } = options;
  if (!(template instanceof ec2.LaunchTemplate)) {
    const known = instanceTypes ?? [];
    if (amiFamily && amiType === undefined && known.length === 0) {
      throw refusal('amiFamily', `${amiFamily}`, 'omitted with an imported launch template', 'set amiType, unless the launch template specifies an image');
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
