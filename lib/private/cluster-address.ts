import { Stack, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/**
 * Distinguishes a cluster from other clusters that a stack can refer to. It does not change if the stack is moved into a stage, as a
 * pipeline does, or if the construct of the stack is renamed: otherwise, CloudFormation would replace what is named after it.
 */
export function clusterAddress(stack: Stack, cluster: IConstruct): string {
  return Stack.of(cluster) === stack ? `/${below(stack, cluster)}` : below(Stage.of(cluster)!, cluster);
}

const below = (scope: IConstruct, construct: IConstruct) => construct.node.scopes.slice(scope.node.scopes.length).map(({ node }) => node.id).join('/');
