import { createHash } from 'node:crypto';
import { CfnResource, Stack, Token } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { clusterAddress, NamedCluster } from './cluster-address';
import { areRolesCustomized } from './customized-roles';

/**
 * A logical id that depends on the cluster and on names in it instead of the construct path, so that renaming the construct changes nothing in
 * AWS or in the cluster. Undefined if one of the names is a token.
 *
 * @param kind what the names identify, such as `ServiceAccount`.
 */
export function pinnedId(construct: Construct, cluster: NamedCluster, kind: string, names: string[]): string | undefined {
  if (names.some((name) => Token.isUnresolved(name))) {
    return undefined;
  }
  const marker = [kind, clusterAddress(Stack.of(construct), cluster), ...names].join(':');
  const hash = createHash('sha256').update(marker).digest('hex').slice(0, 8).toUpperCase();
  return `${kind}${names.map(camelCase).join('')}${hash}`;
}

/** The letters and digits of a name, short enough that two names, a hash and a suffix fit into a logical id. */
const camelCase = (name: string) => name.split(/[-.]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('').slice(0, 100);

/** Gives the resource of a construct a logical id. With `iam.Role.customizeRoles`, a role has no resource. */
export function pin(construct: IConstruct, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (CfnResource.isCfnResource(resource)) {
    resource.overrideLogicalId(logicalId);
  } else if (!areRolesCustomized(construct)) {
    throw new Error(`${construct.node.path}: the logical id ${logicalId} cannot be set, because the construct has no resource: renaming the construct would replace the role`);
  }
}
