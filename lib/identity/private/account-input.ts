import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { checkAccountOptions } from './account-object';
import { AccountSet } from './account-sets';
import { roleOptionsIn } from './role-options';
import { ExistingObjects } from '../../kubernetes';
import { MOST_OBJECTS } from '../../kubernetes/contract/limits';
import { ObjectsProvider } from '../../kubernetes/objects-provider';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { checkRole } from '../../private/iam-names';
import { outermostStack } from '../../private/outermost-stack';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { IServiceAccountRole } from '../service-account-role-interface';
import { ServiceAccountWithRoleOptions } from '../service-account-with-role-options';

/** Refuses an invalid account before any part of it is defined. Otherwise, a shared role, for example, would keep that part. */
export function checkAccount(account: Construct, cluster: IIrsaCluster, options: ServiceAccountWithRoleOptions, set?: AccountSet): void {
  ObjectsProvider.checkAppliesObjects(cluster);
  checkAccountOptions(options);
  checkRole(options);
  checkExisting(options.existing);
  checkDefaultAccount(options, set);
  checkCreateNamespace(cluster, options);
  checkSet(account, cluster, options, set);
  checkSharedRole(account, cluster, options);
}

/** Refuses `KEEP`: an existing account names no role or a different role, and would not change. */
export function checkExisting(existing?: ExistingObjects): void {
  if (existing === ExistingObjects.KEEP) {
    throw refusal('existing', existing, 'ExistingObjects.REFUSE or ExistingObjects.TAKE_OVER', 'a service account that does not change would not name the role');
  }
}

/**
 * Refuses the service account of all pods that name none, unless it is taken over on purpose.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#use-the-default-service-account-to-access-the-api-server
 */
function checkDefaultAccount({ serviceAccountName, existing }: ServiceAccountWithRoleOptions, set?: AccountSet): void {
  if (serviceAccountName === 'default' && (set?.existing ?? existing) !== ExistingObjects.TAKE_OVER) {
    throw refusal('serviceAccountName', serviceAccountName, 'another name', 'every namespace has this service account already, and all its pods that name '
      + `no service account would get the role; if you want that, set existing: ExistingObjects.TAKE_OVER${set ? ' on the set' : ''}`);
  }
}

function checkCreateNamespace({ node, objectsAccess }: IIrsaCluster, { createNamespace }: ServiceAccountWithRoleOptions): void {
  if (createNamespace && objectsAccess.namespaceNames) {
    throw refusal('createNamespace', createNamespace, 'false or left out with ObjectsAccess.namespaces(…)',
      `objectsAccess of ${node.path} does not allow the function to create Namespaces; create the namespace with another tool`);
  }
}

function checkSet(account: Construct, cluster: IIrsaCluster, { existing }: ServiceAccountWithRoleOptions, set?: AccountSet): void {
  if (!set) {
    return;
  }
  if (existing !== undefined) {
    throw refusal('existing', existing, 'left out in a ServiceAccountSet', 'set it on the set');
  }
  if (cluster !== set.cluster) {
    throw refusalWithoutValue('cluster', 'the cluster of the ServiceAccountSet', `the set is for ${set.cluster.node.path}`);
  }
  if (Stack.of(account) !== Stack.of(set.objects)) {
    throw new Error('an account must be in the stack of its ServiceAccountSet: define a set in each stack');
  }
  if (set.objects._isFull) {
    throw new Error(`a ServiceAccountSet can have at most ${MOST_OBJECTS} accounts: define another set`);
  }
}

function checkSharedRole(account: Construct, cluster: IIrsaCluster, { serviceAccountRole: role, ...options }: ServiceAccountWithRoleOptions): void {
  if (!role) {
    return;
  }
  for (const [property, value] of Object.entries(roleOptionsIn(options))) {
    if (value !== undefined) {
      throw refusalWithoutValue(property, 'left out if serviceAccountRole is set', 'set it on the construct that defines the role');
    }
  }
  checkNoCircle(account, cluster, role);
}

/**
 * Refuses a circular dependency between stacks: the trust policy refers to the issuer of the cluster, and the account refers to the role.
 */
function checkNoCircle(account: Construct, cluster: IIrsaCluster, role: IServiceAccountRole): void {
  const areLiterals = !Token.isUnresolved(cluster.issuer?.value) && !Token.isUnresolved(cluster.openIdConnectProviderArn);
  const stack = [Stack.of(cluster), outermostStack(cluster)].find((one) => isIn(one, account) && !role.node.scopes.includes(one));
  if (!areLiterals && stack) {
    throw refusalWithoutValue('serviceAccountRole', `in ${stack.node.path}, the stack of this account and its cluster`,
      `otherwise, the stacks depend on each other, because the trust policy of ${role.node.path} refers to the cluster and this account refers to the role; `
      + 'define this account in the stack of the role');
  }
}

/** Whether a stack contains a construct. The outermost stack also contains the constructs of its nested stacks. */
const isIn = (stack: Stack, construct: Construct) => Stack.of(construct) === stack || outermostStack(construct) === stack;
