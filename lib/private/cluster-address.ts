import { Stack, Stage, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { clusterResourceOf, literalNameOf } from './cluster-resource';

/** A cluster, or what represents an existing cluster. */
export interface NamedCluster extends IConstruct { readonly clusterName: string }

/**
 * Distinguishes a cluster from other clusters that a stack can refer to: by its literal name, or else by the path of the resource that defines
 * it. The id of a construct that represents an existing cluster does not count. The address does not change if the stack is moved into a
 * stage, as a pipeline does, or if the construct of the stack is renamed: otherwise, CloudFormation would replace what is named after it.
 */
export function clusterAddress(stack: Stack, cluster: NamedCluster): string {
  if (!Token.isUnresolved(cluster.clusterName)) {
    return cluster.clusterName;
  }
  const resource = clusterResourceOf(cluster, cluster.clusterName);
  if (!resource) { // for example a parameter
    return JSON.stringify(Stack.of(cluster).resolve(cluster.clusterName));
  }
  return literalNameOf(resource) ?? (Stack.of(resource) === stack ? `/${below(stack, resource)}` : below(Stage.of(resource)!, resource));
}

const below = (scope: IConstruct, construct: IConstruct) => construct.node.scopes.slice(scope.node.scopes.length).map(({ node }) => node.id).join('/');
