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
 * function in a VPC slow its deletion by many minutes. Otherwise inside, in private subnets: the endpoint is all that it must reach,
 * so that isolated ones will do. Signing its token needs no network, and it is the framework's function that talks to CloudFormation.
 * Only where the endpoint does not answer a deletion does the function ask Amazon EKS whether the cluster exists; if it cannot, the
 * deletion fails, and the error says how to let it.
 */
export function functionNetwork(cluster: IKubernetesCluster): FunctionNetwork {
  const { vpc, clusterSecurityGroup, hasUnrestrictedEndpoint, objectsFunctionOptions: { subnets: selection } = {} } = cluster;
  if (!selection && hasUnrestrictedEndpoint) {
    return {};
  }
  if (!vpc) {
    throw refusalWithoutValue('vpc', 'given for a cluster whose endpoint is not open to everyone', 'the function that applies objects runs in it');
  }
  const subnets = selection ? vpc.selectSubnets(selection).subnets : [...vpc.privateSubnets, ...vpc.isolatedSubnets].slice(0, MOST_SUBNETS);
  if (subnets.length === 0) {
    throw new Error('the endpoint of the cluster is not open to everyone, so that its VPC must have private subnets for the function that applies objects');
  }
  return { vpc, vpcSubnets: { subnets }, ...clusterSecurityGroup && { securityGroups: [clusterSecurityGroup] } };
}
