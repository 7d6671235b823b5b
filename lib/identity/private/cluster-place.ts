import { Stack } from 'aws-cdk-lib';
import { partsOfClusterArn } from '../../private/cluster-arn';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** The AWS account and region of a cluster: literals as far as they are known. */
export function placeOfCluster(cluster: IIrsaCluster): { readonly account: string; readonly region: string } {
  const { account, region } = Stack.of(cluster);
  const inArn = partsOfClusterArn(cluster.clusterArn);
  return { account: inArn.account ?? account, region: inArn.region ?? region };
}
