import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects } from '../../kubernetes';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

interface Definition { readonly construct: Construct; readonly takesOver: boolean }

/** The accounts of each cluster, by subject. */
const DEFINITIONS = new WeakMap<IIrsaCluster, Map<string, Definition[]>>();

/**
 * Refuses an account that is defined already: its role would be one of two that the cluster cannot both give. Two stacks may define it
 * while it moves from one to the other, for which `ExistingObjects.TAKE_OVER` asks.
 */
export function checkDefinedOnce(construct: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject, existing?: ExistingObjects): void {
  const { namespace, serviceAccountName } = subject;
  if (Token.isUnresolved(namespace) || Token.isUnresolved(serviceAccountName)) {
    return;
  }
  const takesOver = existing === ExistingObjects.TAKE_OVER;
  const ofCluster = DEFINITIONS.get(cluster) ?? new Map<string, Definition[]>();
  DEFINITIONS.set(cluster, ofCluster);
  const key = `${namespace}/${serviceAccountName}`;
  const others = ofCluster.get(key) ?? [];
  ofCluster.set(key, [...others, { construct, takesOver }]);

  const isOfThisStack = (other: Definition) => Stack.of(other.construct) === Stack.of(construct);
  const other = others.find(isOfThisStack) ?? others.find((one) => !(one.takesOver || takesOver));
  if (other) {
    throw new Error(`service account ${key} of ${cluster.node.path} is defined by ${other.construct.node.path} already: `
      + `use that one for both, give this account another name or namespace${isOfThisStack(other) ? '' : ', or set existing: ExistingObjects.TAKE_OVER here while it moves to this stack'}`);
  }
}
