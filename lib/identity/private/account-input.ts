import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AccountDefinition } from './account-definition';
import { checkAccountOptions } from './account-object';
import { AccountSet } from './account-sets';
import { credentialsFor } from './credentials-for';
import { checkSharedRole } from './shared-role';
import { ExistingObjects } from '../../kubernetes';
import { MOST_OBJECTS } from '../../kubernetes/contract/limits';
import { ObjectsProvider } from '../../kubernetes/internal/objects-provider';
import { refusal, refusalWithoutValue } from '../../private/errors';
import { checkRole } from '../../private/iam-names';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountWithRoleOptions } from '../service-account-with-role-options';

/** Refuses an invalid account before any part of it is defined. Otherwise, a shared role, for example, would keep that part. */
export function checkAccount(definition: AccountDefinition, options: ServiceAccountWithRoleOptions, set?: AccountSet): void {
  const { account, cluster } = definition;
  ObjectsProvider.checkAppliesObjects(cluster);
  checkAccountOptions(options);
  checkTokenOptions(cluster, options);
  checkRole(options);
  checkExisting(options.existing);
  checkDefaultAccount(definition, set);
  checkCreateNamespace(cluster, options);
  checkSet(account, cluster, options, set);
  checkSharedRole(account, cluster, options);
}

/** Refuses options for the token of IRSA if the pods do not use IRSA. */
function checkTokenOptions(cluster: IIrsaCluster, options: ServiceAccountWithRoleOptions): void {
  const { serviceAccountRole, podCredentials = serviceAccountRole?._podCredentials, tokenExpiration, stsRegionalEndpoints } = options;
  if (credentialsFor(cluster, podCredentials)._definition.usesIrsa) {
    return;
  }
  for (const [property, value] of Object.entries({ tokenExpiration, stsRegionalEndpoints })) {
    if (value !== undefined) {
      throw refusalWithoutValue(property, 'omitted with PodCredentials.podIdentity()', 'it is for the token of IAM roles for service accounts, which these pods do not use');
    }
  }
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
function checkDefaultAccount({ subject: { serviceAccountName }, existing }: AccountDefinition, set?: AccountSet): void {
  if (serviceAccountName === 'default' && existing !== ExistingObjects.TAKE_OVER) {
    throw refusal('serviceAccountName', serviceAccountName, 'another name', 'every namespace has this service account already, and all its pods that name '
      + `no service account would get the role; if you want that, set existing: ExistingObjects.TAKE_OVER${set ? ' on the set' : ''}`);
  }
}

function checkCreateNamespace({ node, _definition: { objectsAccess } }: IIrsaCluster, { createNamespace }: ServiceAccountWithRoleOptions): void {
  if (createNamespace && objectsAccess._definition.namespaceNames) {
    throw refusal('createNamespace', createNamespace, 'false or omitted with ObjectsAccess.namespaces(…)',
      `objectsAccess of ${node.path} does not allow the function to create Namespaces; create the namespace with another tool`);
  }
}

function checkSet(account: Construct, cluster: IIrsaCluster, { existing }: ServiceAccountWithRoleOptions, set?: AccountSet): void {
  if (!set) {
    return;
  }
  if (existing !== undefined) {
    throw refusal('existing', existing, 'omitted in a ServiceAccountSet', 'set it on the set');
  }
  if (cluster !== set.cluster) {
    throw refusalWithoutValue('cluster', 'the cluster of the ServiceAccountSet', `the set is for ${set.cluster.node.path}`);
  }
  if (Stack.of(account) !== Stack.of(set.objects)) {
    throw new Error('a service account must be in the stack of its ServiceAccountSet: define a set in each stack');
  }
  if (set.objects._isFull) {
    throw new Error(`a ServiceAccountSet can have at most ${MOST_OBJECTS} service accounts: define another set`);
  }
}
