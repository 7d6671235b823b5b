import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { IIrsaCluster } from '../../identity';
import { isInTree } from '../../private/in-tree';
import { ISSUER_COMMAND } from '../../private/issuer-command';

/** The first cluster of an app for each issuer. */
const FIRST = new WeakMap<IConstruct, Map<string, IIrsaCluster>>();

/**
 * Refuses the issuer of another cluster, whose pods would get the roles of this one. Several constructs can represent one cluster, so clusters
 * are the same if their names are, or if a name is not known.
 */
export function checkOwnIssuer(cluster: IIrsaCluster): void {
  const { clusterName, issuer, node: { root } } = cluster;
  if (!issuer || [clusterName, issuer.value].some((value) => Token.isUnresolved(value))) {
    return;
  }
  const clusters = FIRST.get(root) ?? new Map<string, IIrsaCluster>();
  FIRST.set(root, clusters);
  const first = clusters.get(issuer.value);
  if (!first || !isInTree(first)) {
    clusters.set(issuer.value, cluster);
  } else if (first.clusterName !== clusterName) {
    throw new Error(`the issuer of cluster ${clusterName} is ${issuer}, but ${first.node.path} has it for cluster ${first.clusterName}: `
      + 'each cluster has an issuer of its own. If two share one, the pods of each get the roles of the other. '
      + `Correct the issuerUrl or the oidcProvider of the wrong one: the issuer is the output of ${ISSUER_COMMAND}`);
  }
}
