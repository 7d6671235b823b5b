import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';

const EVERYWHERE = '0.0.0.0/0';

/** Whether the API server accepts connections from the whole internet. @see https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html */
export function hasUnrestrictedEndpoint(cluster: eks.Cluster): boolean {
  const { resourcesVpcConfig } = cluster.node.defaultChild as CfnCluster;
  const { endpointPublicAccess, publicAccessCidrs = [] } = resourcesVpcConfig as CfnCluster.ResourcesVpcConfigProperty;
  return endpointPublicAccess === true && (publicAccessCidrs.length === 0 || publicAccessCidrs.includes(EVERYWHERE));
}
