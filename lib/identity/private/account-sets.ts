import { Construct, IConstruct } from 'constructs';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { IIrsaCluster } from '../irsa-cluster-interface';

/** What a `ServiceAccountSet` offers to its accounts. */
export interface AccountSet {
  readonly cluster: IIrsaCluster;
  readonly existing: ExistingObjects;
  /** The custom resource that applies the accounts. */
  readonly objects: KubernetesObjects;
}

const SETS = new WeakMap<IConstruct, AccountSet>();

export const registerSet = (construct: Construct, set: AccountSet): void => void SETS.set(construct, set);

/** The set that an account stands in. */
export function setAround(account: Construct): AccountSet | undefined {
  return account.node.scopes.map((scope) => SETS.get(scope)).find((set) => set !== undefined);
}
