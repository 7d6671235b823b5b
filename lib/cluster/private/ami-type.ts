import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { refusal } from '../../private/errors';

/** @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ac.html */
const ACCELERATED = /^(dl|f|g|gr|inf|p|trn|vt)\d/;

/**
 * The Amazon Linux 2023 image for the architecture of the instance types. It is always named: left out, EKS and CDK choose another.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html
 */
export function al2023AmiType(instanceTypes: ec2.InstanceType[]): eks.NodegroupAmiType {
  const names = instanceTypes.map(String);
  if (names.length === 0) {
    throw refusal('instanceTypes', names, 'one type or more');
  }
  if (names.some((name) => ACCELERATED.test(name))) {
    throw refusal('instanceTypes', names, 'without accelerators', 'the images that drive GPUs and Neuron devices are not supported yet');
  }
  const arm = instanceTypes.filter(({ architecture }) => architecture === ec2.InstanceArchitecture.ARM_64);
  if (arm.length === 0) {
    return eks.NodegroupAmiType.AL2023_X86_64_STANDARD;
  }
  if (arm.length < instanceTypes.length) {
    throw refusal('instanceTypes', names, 'of one architecture', `define a nodegroup of its own for ${arm.join(', ')} (arm64)`);
  }
  return eks.NodegroupAmiType.AL2023_ARM_64_STANDARD;
}
