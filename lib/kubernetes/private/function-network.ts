import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

export interface FunctionNetwork {
  readonly vpc?: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
}

const EVERYWHERE = '0.0.0.0/0';
/** Lambda takes no more. */
const MOST_SUBNETS = 16;

/**
 * Where the function runs. Outside of the VPC if the cluster's endpoint is open to everyone, because the network interfaces of a
 * function in a VPC slow its deletion by many minutes. Otherwise inside, in private subnets: the endpoint is all that it must reach,
 * so that isolated ones will do. Signing its token needs no network, and it is the framework's function that talks to CloudFormation.
 * Only where the endpoint does not answer a deletion does the function ask Amazon EKS whether the cluster exists; if it cannot, the
 * deletion fails, and the error says how to let it.
 */
export function functionNetwork(cluster: eks.ICluster): FunctionNetwork {
  const config = (cluster.node.defaultChild as CfnCluster | undefined)?.resourcesVpcConfig as CfnCluster.ResourcesVpcConfigProperty | undefined;
  const cidrs = config?.publicAccessCidrs ?? [];
  if (config?.endpointPublicAccess === true && (cidrs.length === 0 || cidrs.includes(EVERYWHERE))) {
    return {};
  }
  const { vpc } = cluster;
  const subnets = [...vpc.privateSubnets, ...vpc.isolatedSubnets].slice(0, MOST_SUBNETS);
  if (subnets.length === 0) {
    throw new Error('the endpoint of the cluster is not open to everyone, so that its VPC must have private subnets for the function that applies objects');
  }
  return { vpc, vpcSubnets: { subnets }, securityGroups: [cluster.clusterSecurityGroup] };
}
