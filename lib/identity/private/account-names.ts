import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { clusterAddress } from '../../private/cluster-address';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * A logical id that depends on the cluster, namespace and name of the account instead of the construct path, so that renaming the construct
 * changes nothing in AWS or in the cluster. Undefined if a token names the account.
 */
export function accountLogicalId(construct: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject): string | undefined {
  const { namespace, serviceAccountName } = subject;
  if (Token.isUnresolved(namespace) || Token.isUnresolved(serviceAccountName)) {
    return undefined;
  }
  const stack = Stack.of(construct);
  const marker = `ServiceAccount:${clusterAddress(stack, cluster)}:${namespace}:${serviceAccountName}`;
  const hash = createHash('sha256').update(marker).digest('hex').slice(0, 8).toUpperCase();
  return `ServiceAccount${camelCase(namespace)}${camelCase(serviceAccountName)}${hash}`;
}

/** The letters and digits of a name, short enough that two names, a hash and a suffix fit into a logical id. */
const camelCase = (name: string) => name.split(/[-.]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('').slice(0, 100);
