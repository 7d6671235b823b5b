import { createHash } from 'node:crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { clusterAddress } from './cluster-address';
import { IIrsaCluster } from '../cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/**
 * A logical id that says which account of which cluster it stands for, whatever the construct is called: renaming the construct
 * then changes nothing, neither in AWS nor in the cluster. Undefined for an account that a token names.
 *
 * @throws if the stack defines this account already.
 */
export function accountLogicalId(construct: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject): string | undefined {
  const { namespace, serviceAccountName } = subject;
  if (Token.isUnresolved(namespace) || Token.isUnresolved(serviceAccountName)) {
    return undefined;
  }
  const stack = Stack.of(construct);
  const marker = `ServiceAccount:${clusterAddress(stack, cluster)}:${namespace}:${serviceAccountName}`;
  if (stack.node.tryFindChild(marker)) {
    throw new Error(`service account ${namespace}/${serviceAccountName} of ${cluster.node.path} is defined in this stack already: `
      + 'use the one construct for both, or give this account another name or namespace');
  }
  new Construct(stack, marker);
  const hash = createHash('sha256').update(marker).digest('hex').slice(0, 8).toUpperCase();
  return `ServiceAccount${camelCase(namespace)}${camelCase(serviceAccountName)}${hash}`;
}

/** Of a name's letters and digits, at most so many that two names, a hash and a suffix make a logical id. */
const camelCase = (name: string) => name.split(/[-.]/).map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('').slice(0, 100);
