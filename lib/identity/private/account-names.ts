import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { clusterAddress } from '../../private/cluster-address';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * A logical id that says which account of which cluster it stands for, whatever the construct is called: renaming the construct
 * then changes nothing, neither in AWS nor in the cluster. Undefined for an account that a token names.
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

/** Of a name's letters and digits, at most so many that two names, a hash and a suffix make a logical id. */
const camelCase = (name: string) => name.split(/[-.]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('').slice(0, 100);
