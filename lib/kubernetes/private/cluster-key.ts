import { Stack, Stage, Token } from 'aws-cdk-lib';
import { partsOfClusterArn } from '../../private/cluster-arn';
import { clusterResourceOf, isClusterResource, literalNameOf, targetsOf } from '../../private/cluster-resource';
import { IKubernetesCluster } from '../kubernetes-cluster-interface';

/**
 * Identifies a cluster by its name, AWS account and region, regardless of the construct that represents it. If one of these is a token, the
 * resource that defines the cluster identifies it.
 */
export function clusterKey(cluster: IKubernetesCluster): string {
  const resource = clusterResourceOf(cluster, cluster.clusterArn);
  const stack = Stack.of(resource ?? cluster);
  const inArn = partsOfClusterArn(cluster.clusterArn);
  const name = literalOf(cluster.clusterName, resource && literalNameOf(resource), inArn.name);
  const account = literalOf(inArn.account, stack.account);
  const region = literalOf(inArn.region, stack.region);
  if (name && account && region) {
    return JSON.stringify([name, account, region]);
  }
  if (resource) {
    return resource.node.path;
  }
  if (!name) {
    return (targetsOf(cluster, cluster.clusterName)[0] ?? cluster).node.path;
  }
  const clusters = Stage.of(cluster)!.node.findAll().filter(isClusterResource).filter((defined) => literalNameOf(defined) === name);
  if (clusters.length === 1) {
    return clusters[0].node.path;
  }
  // two stages without an environment can be deployed to different environments, each with a cluster of this name
  return JSON.stringify([name, account, region, Stage.of(cluster)!.node.path]);
}

const literalOf = (...values: (string | undefined)[]) => values.find((value) => value !== undefined && !Token.isUnresolved(value));
