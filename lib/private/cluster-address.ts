import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Tells a cluster from the others that a stack may refer to, and stays the same where the stack is put into a stage, as a pipeline does,
 * or where the stack's construct is renamed: what it names would be replaced otherwise.
 */
export function clusterAddress(stack: Stack, cluster: IConstruct): string {
  return Stack.of(cluster) === stack ? `/${below(stack, cluster)}` : below(Stage.of(cluster)!, cluster);
}

const below = (scope: IConstruct, construct: IConstruct) => construct.node.scopes.slice(scope.node.scopes.length).map(({ node }) => node.id).join('/');
