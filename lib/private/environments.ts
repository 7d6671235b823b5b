import { Stack, Token } from 'aws-cdk-lib';
import { refusal } from './errors';

/**
 * Refuses a stack that cannot refer to resources of the cluster's stack. aws-cdk would name a resource deep inside of the cluster.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/environments.html
 */
export function checkEnvironment(stack: Stack, clusterStack: Stack): void {
  checkPlace(stack, clusterStack);
  checkEnvironmentIsKnown(stack, clusterStack);
}

const ROLE_ELSEWHERE = '; only a ServiceAccountRole can be in another account, and be the serviceAccountRole of constructs there';

/** Refuses a stack in another account or region than the cluster, as far as both are known. */
export function checkPlace(stack: Stack, cluster: { readonly account?: string; readonly region?: string }): void {
  for (const part of ['account', 'region'] as const) {
    const [got, allowed] = [stack[part], cluster[part]];
    if (allowed !== undefined && got !== allowed && ![got, allowed].some((value) => Token.isUnresolved(value))) {
      const fix = `define the construct in a stack there${part === 'account' ? ROLE_ELSEWHERE : ''}`;
      throw refusal(`the stack's ${part}`, got, `${allowed}, the ${part} of the cluster`, fix);
    }
  }
}

/** Refuses that the environment of only one of the two is known. For references to another region, an app can set `crossRegionReferences`. */
export function checkEnvironmentIsKnown(stack: Stack, clusterStack: Stack): void {
  const isPartlyUnknown = [stack, clusterStack].some(({ account, region }) => Token.isUnresolved(account) || Token.isUnresolved(region));
  if (isPartlyUnknown && stack.environment !== clusterStack.environment) {
    throw new Error(`stack ${stack.node.path} has ${envOf(stack)}, but stack ${clusterStack.node.path} of the cluster has ${envOf(clusterStack)}: `
      + 'give both stacks the same env, or neither');
  }
}

function envOf({ account, region }: Stack): string {
  const known = Object.entries({ account, region }).filter(([, value]) => !Token.isUnresolved(value)).map(([name, value]) => `${name} ${value}`);
  return known.length > 0 ? `the ${known.join(' and ')} in its env` : 'no env';
}
