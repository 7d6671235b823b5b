import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { refusal } from '../../private/errors';

export type Architecture = 'x86_64' | 'arm64';
export type Accelerator = 'NVIDIA' | 'Neuron' | 'none';
/** What an image is made for. */
export type Hardware = `${Architecture} ${Accelerator}`;

/** By the name without its size. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const ARM = /^a1$|^[a-z]+\d+[a-z]*g[a-z]*$|^p6e-gb\d+$/;
/** @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html */
const NVIDIA = /^(p|g|gr)\d/;
const NEURON = /^(inf|trn)\d/;

/** The one architecture of all instance types; undefined where only the deployment knows them. */
export function architectureOf(instanceTypes: ec2.InstanceType[]): Architecture | undefined {
  const names = instanceTypes.map(String).filter((name) => !Token.isUnresolved(name));
  const arm = names.filter((name) => ARM.test(seriesOf(name)));
  if (arm.length > 0 && arm.length < names.length) {
    throw refusal('instanceTypes', names, 'of one architecture', `define a nodegroup of its own for ${arm.join(', ')} (arm64)`);
  }
  if (names.length === 0) {
    return undefined;
  }
  return arm.length > 0 ? 'arm64' : 'x86_64';
}

export function acceleratorOf(instanceType: string): Accelerator {
  if (NVIDIA.test(instanceType)) {
    return 'NVIDIA';
  }
  return NEURON.test(instanceType) ? 'Neuron' : 'none';
}

/** The name of an instance type without its size. */
export const seriesOf = (instanceType: string): string => instanceType.split('.')[0];

export const haveNeuron = (instanceTypes: ec2.InstanceType[]): boolean => instanceTypes.some((type) => acceleratorOf(`${type}`) === 'Neuron');
