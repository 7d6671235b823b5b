import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { refusalWithoutValue } from '../../private/errors';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';

export interface FunctionNetwork {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/API_VpcConfig.html */
const MOST_SUBNETS = 16;

/**
 * The network in which the function runs. If the API server accepts connections from the whole internet, the function runs outside the VPC,
 * because its network interfaces in a VPC would delay its deletion by many minutes. Otherwise, it runs in private or isolated subnets of
 * the VPC. Isolated subnets are sufficient, because the function connects only to the API server: it signs its token without a request, and
 * the framework function responds to CloudFormation. There are two exceptions: if the API server does not respond during a deletion, the
 * function asks Amazon EKS whether the cluster exists. If it cannot reach Amazon EKS, the deletion fails with an error that states the fix.
 * And it compares an address of the cluster that is known only at deployment with that in Amazon EKS.
 */
export function functionNetwork(cluster: IKubernetesCluster): FunctionNetwork {
  const { vpc, clusterSecurityGroup, _definition: { hasUnrestrictedEndpoint, objectsFunction: { subnets: selection } = {} } } = cluster;
  if (!selection && hasUnrestrictedEndpoint) {
    return {};
  }
  if (!vpc) {
    throw refusalWithoutValue('vpc', `known if ${selection ? 'objectsFunction.subnets is set' : 'the API server does not accept connections from the whole internet'}`,
      'the function that applies objects runs in it');
  }
  const subnets = selection ? selectedSubnets(vpc, selection) : [...vpc.privateSubnets, ...vpc.isolatedSubnets].slice(0, MOST_SUBNETS);
  if (subnets.length === 0) {
    throw refusalWithoutValue('vpc', 'a VPC with private or isolated subnets if the API server does not accept connections from the whole internet',
      'the function that applies objects runs in them');
  }
  return { vpc, vpcSubnets: { subnets }, ...clusterSecurityGroup && { securityGroups: [clusterSecurityGroup] } };
}

function selectedSubnets(vpc: ec2.IVpc, selection: ec2.SubnetSelection): ec2.ISubnet[] {
  const { subnets } = vpc.selectSubnets(selection);
  if (subnets.length === 0 || subnets.length > MOST_SUBNETS) {
    throw refusalWithoutValue('objectsFunction.subnets', `a selection of 1 to ${MOST_SUBNETS} subnets`, `it selects ${subnets.length}`);
  }
  const isPublic = new Set(vpc.publicSubnets.map(({ subnetId }) => subnetId));
  if (subnets.some(({ subnetId }) => isPublic.has(subnetId))) {
    throw refusalWithoutValue('objectsFunction.subnets', 'private or isolated subnets',
      'the function has no public IP address, so it cannot reach the internet from a public subnet');
  }
  return subnets;
}
