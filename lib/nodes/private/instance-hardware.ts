import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { refusal } from '../../private/errors';

export type Architecture = 'x86_64' | 'arm64';
export type Accelerator = 'NVIDIA' | 'Neuron' | 'none';
/** The hardware that an image supports. */
export type Hardware = `${Architecture} ${Accelerator}`;

/** Matches the name of an instance type without the size. @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
const ARM = /^a1$|^[a-z]+\d+[a-z]*g[a-z]*$|^p6e-gb\d+$/;
/** @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html */
const NVIDIA = /^(p|g|gr)\d/;
const NEURON = /^(inf|trn)\d/;

/** The architecture of all instance types; undefined if they are known only at deployment. */
export function architectureOf(instanceTypes: ec2.InstanceType[]): Architecture | undefined {
  const names = instanceTypes.map(String).filter((name) => !Token.isUnresolved(name));
  const arm = names.filter((name) => ARM.test(seriesOf(name)));
  if (arm.length > 0 && arm.length < names.length) {
    throw refusal('instanceTypes', names, 'types with the same architecture', `define a separate nodegroup for ${arm.join(', ')} (arm64)`);
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
