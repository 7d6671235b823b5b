import { Construct, Dependable, IConstruct, IDependable } from 'constructs';
import { ExistingObjects, KubernetesObjects } from '../../kubernetes';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { IServiceAccountRole } from '../service-account-role-interface';

/** What a `ServiceAccountSet` offers to its accounts. */
export interface AccountSet {
  readonly cluster: IIrsaCluster;
  readonly existing: ExistingObjects;
  /** The custom resource that applies the accounts. */
  readonly objects: KubernetesObjects;
  /** The accounts, each with its role. An account whose constructor has failed is not among them. */
  readonly roles: Map<Construct, IServiceAccountRole>;
}

const SETS = new WeakMap<IConstruct, AccountSet>();

export function registerSet(construct: Construct, set: AccountSet): void {
  SETS.set(construct, set);
}

/** The set whose scope a construct is in. */
export function setAround(construct: IConstruct): AccountSet | undefined {
  return construct.node.scopes.reverse().map((scope) => SETS.get(scope)).find((set) => set !== undefined);
}

/**
 * What an account depends on, for the custom resource of its set: an account has no resource of its own there, and may share a role that
 * does not wait for it. It is read at synthesis, so that dependencies can still be added.
 */
export function dependenciesOf(account: Construct): IDependable {
  const dependencies = {};
  Dependable.implement(dependencies, {
    get dependencyRoots() {
      return account.node.scopes.flatMap(({ node }) => node.dependencies);
    },
  });
  return dependencies;
}
