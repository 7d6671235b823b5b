import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { IIrsaCluster } from '../cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

interface Definition { readonly construct: Construct; readonly overwrite: boolean }

/** The accounts of each cluster, by subject. */
const DEFINITIONS = new WeakMap<IIrsaCluster, Map<string, Definition>>();

/**
 * Refuses an account that is defined already: its role would be one of two that the cluster cannot both give. Two stacks may define it
 * while it moves from one to the other, for which `overwrite` asks.
 */
export function checkDefinedOnce(construct: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject, overwrite = false): void {
  const { namespace, serviceAccountName } = subject;
  if (Token.isUnresolved(namespace) || Token.isUnresolved(serviceAccountName)) {
    return;
  }
  const definitions = DEFINITIONS.get(cluster) ?? new Map<string, Definition>();
  DEFINITIONS.set(cluster, definitions);
  const key = `${namespace}/${serviceAccountName}`;
  const first = definitions.get(key);
  definitions.set(key, first ?? { construct, overwrite });
  if (!first) {
    return;
  }
  const inOneStack = Stack.of(first.construct) === Stack.of(construct);
  if (inOneStack || !(first.overwrite || overwrite)) {
    throw new Error(`service account ${key} of ${cluster.node.path} is defined by ${first.construct.node.path} already: `
      + `use that one for both, give this account another name or namespace${inOneStack ? '' : ', or set overwrite here while it moves to this stack'}`);
  }
}
