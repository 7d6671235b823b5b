import { Construct, IConstruct, IDependable } from 'constructs';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { lazyDependable } from '../../private/lazy-dependable';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { IServiceAccountRole } from '../service-account-role-interface';

/** What a `ServiceAccountSet` shares with its accounts. */
export interface AccountSet {
  readonly cluster: IIrsaCluster;
  readonly existing: ExistingObjects;
  /** The custom resource that applies the accounts. */
  readonly objects: KubernetesObjects;
  /** The accounts and their roles. It does not contain an account whose constructor failed. */
  readonly roles: Map<Construct, IServiceAccountRole>;
}

const SETS = new WeakMap<IConstruct, AccountSet>();

export function registerSet(construct: Construct, set: AccountSet): void {
  SETS.set(construct, set);
}

/** The set that contains a construct. */
export function enclosingSet(construct: IConstruct): AccountSet | undefined {
  return construct.node.scopes.reverse().map((scope) => SETS.get(scope)).find((set) => set !== undefined);
}

/**
 * The dependencies of an account, for the custom resource of its set: in a set, an account has no resource of its own, and it can share a
 * role that does not have these dependencies. They are read at synthesis, so that later dependencies are included.
 */
export const dependenciesOf = (account: Construct): IDependable => lazyDependable(() => account.node.scopes.flatMap(({ node }) => node.dependencies));
