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
 * Where the function runs. Outside of the VPC if the cluster's endpoint is open to everyone, because the network interfaces of a
 * function in a VPC slow its deletion by many minutes. Otherwise inside, in private subnets. Isolated ones will do, because the function
 * must reach the endpoint only: it signs its token without a request, and the framework's function talks to CloudFormation.
 * Only where the endpoint does not answer a deletion does the function ask Amazon EKS whether the cluster exists. If it cannot, the
 * deletion fails, and the error says how to let it.
 */
export function functionNetwork(cluster: IKubernetesCluster): FunctionNetwork {
  const { vpc, clusterSecurityGroup, hasUnrestrictedEndpoint, objectsFunction: { subnets: selection } = {} } = cluster;
  if (!selection && hasUnrestrictedEndpoint) {
    return {};
  }
  if (!vpc) {
    throw refusalWithoutValue('vpc', `known if ${selection ? 'objectsFunction.subnets are given' : 'the endpoint of the cluster is not open to everyone'}`,
      'the function that applies objects runs in it');
  }
  const subnets = selection ? selected(vpc, selection) : [...vpc.privateSubnets, ...vpc.isolatedSubnets].slice(0, MOST_SUBNETS);
  if (subnets.length === 0) {
    throw refusalWithoutValue('vpc', 'one with private or isolated subnets if the endpoint of the cluster is not open to everyone',
      'the function that applies objects runs in them');
  }
  return { vpc, vpcSubnets: { subnets }, ...clusterSecurityGroup && { securityGroups: [clusterSecurityGroup] } };
}

function selected(vpc: ec2.IVpc, selection: ec2.SubnetSelection): ec2.ISubnet[] {
  const { subnets } = vpc.selectSubnets(selection);
  if (subnets.length === 0 || subnets.length > MOST_SUBNETS) {
    throw refusalWithoutValue('objectsFunction.subnets', `a selection of 1 to ${MOST_SUBNETS} subnets`, `it selects ${subnets.length}`);
  }
  const isPublic = new Set(vpc.publicSubnets.map(({ subnetId }) => subnetId));
  if (subnets.some(({ subnetId }) => isPublic.has(subnetId))) {
    throw refusalWithoutValue('objectsFunction.subnets', 'private or isolated subnets',
      'a function has no public IP address, so that it cannot reach the internet from a public subnet');
  }
  return subnets;
}
