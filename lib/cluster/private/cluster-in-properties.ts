import { Stack, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { targetsOf } from '../../private/cluster-resource';

/** A cluster that resources name in their properties. */
export interface NamedCluster {
  /** A literal or a token. */
  readonly name: string;
  /** The resource of the cluster, or the construct that represents a cluster that the app does not define. */
  readonly resource: IConstruct;
}

/** Whether a name in a construct is the name of the cluster. */
export function isName({ name, resource }: NamedCluster, scope: IConstruct, given: string): boolean {
  const isSame = given === name && (Token.isUnresolved(name) || haveOnePlace(resource, scope));
  // the resolved value is ambiguous, because clusters in different stacks can have the same logical id
  return isSame || targetsOf(scope, given).includes(resource);
}

/** Clusters in different accounts or regions can have the same name. */
function haveOnePlace(one: IConstruct, other: IConstruct): boolean {
  const [a, b] = [Stack.of(one), Stack.of(other)];
  const agree = (x: string, y: string) => x === y || Token.isUnresolved(x) || Token.isUnresolved(y);
  return agree(a.account, b.account) && agree(a.region, b.region);
}
