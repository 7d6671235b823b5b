import { Construct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { checkExisting } from './private/account-input';
import { registerSet } from './private/account-sets';
import { circlesOf } from './private/circles';
import { ServiceAccountWithRole } from './service-account-with-role';
import { ServiceAccountWithRoleOptions } from './service-account-with-role-options';
import { ExistingObjects, KubernetesObjects } from '../kubernetes';
import { within } from '../private/errors';

/** Properties of `ServiceAccountSet`. */
export interface ServiceAccountSetProps {
  /** The cluster of the service accounts. */
  readonly cluster: IIrsaCluster;

  /**
   * What happens to service accounts of this set that are in the cluster already: `REFUSE` or `TAKE_OVER`.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}

/**
 * Defines up to 100 service accounts that one custom resource applies. Each account has a role and grants of its own, as a
 * `ServiceAccountWithRole` outside of a set.
 *
 * A stack has room for 500 resources. In a set, each account costs one for its role and one more if it has grants; the accounts
 * themselves cost one for all. In exchange, one bad account fails the whole set, and accounts of a set cannot depend on each other.
 *
 * You can move an account into a set, out of it, or to another set of the stack: the role and the account in the cluster stay.
 */
export class ServiceAccountSet extends Construct {
  private readonly cluster: IIrsaCluster;

  /**
   * @throws if `existing` is `KEEP`.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountSetProps) {
    super(scope, id);
    const { cluster, existing = ExistingObjects.REFUSE } = props;
    this.cluster = cluster;
    within(this, () => checkExisting(existing));
    const objects = new KubernetesObjects(this, 'Objects', { cluster, existing });
    registerSet(this, { cluster, existing, objects });
    this.node.addValidation({ validate: () => circlesOf(this, objects) });
  }

  /**
   * Defines a service account of this set and its role.
   *
   * @param id the construct's id in this one.
   * @param options the service account; `existing` is that of the set.
   * @throws as `ServiceAccountWithRole` does, and if the set has 100 accounts already.
   */
  public addServiceAccountWithRole(id: string, options: ServiceAccountWithRoleOptions): ServiceAccountWithRole {
    return new ServiceAccountWithRole(this, id, { ...options, cluster: this.cluster });
  }
}
