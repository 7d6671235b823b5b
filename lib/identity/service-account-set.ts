import { Construct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { checkExisting } from './private/account-input';
import { registerSet } from './private/account-sets';
import { circularDependenciesOf } from './private/circular-dependencies';
import { refuseGrants } from './private/refused-grants';
import { ServiceAccountWithRole } from './service-account-with-role';
import { ServiceAccountWithRoleOptions } from './service-account-with-role-options';
import { ExistingObjects, KubernetesObjects } from '../kubernetes';
import { ObjectsProvider } from '../kubernetes/internal/objects-provider';
import { within } from '../private/errors';
import { checkOwnCluster } from '../private/own-cluster';
import { checkProps } from '../private/props/check-props';

/** Properties of `ServiceAccountSet`. */
export interface ServiceAccountSetProps {
  /** The cluster of the service accounts. */
  readonly cluster: IIrsaCluster;

  /**
   * What happens to service accounts of this set that already exist in the cluster: `REFUSE` or `TAKE_OVER`. `KEEP` is not allowed, because
   * an account that does not change would not name its role.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}

/**
 * Defines up to 100 service accounts that a single custom resource applies. Each account has its own role and grants, like a
 * `ServiceAccountWithRole` without a set.
 *
 * Use a set to stay within the CloudFormation limit of 500 resources in a stack. The set adds one resource for all its accounts. Each account
 * adds one resource for its role, and one for its policy if it has grants. Without a set, each account adds another resource for itself.
 * A set has two drawbacks: if one account is invalid, the deployment of the whole set fails, and the accounts of a set cannot depend on each
 * other. The set waits for the roles of its accounts with their managed and inline policies, but not for grants. So if a policy refers to a
 * resource that depends on an account of the set, use a grant.
 *
 * You can move an account into a set, out of a set, or to another set of the same stack. Its role and the service account in the cluster do
 * not change, unless its name or namespace is a token.
 *
 * @example
 * declare const cluster: IrsaCluster;
 *
 * const reports = new ServiceAccountSet(this, 'Reports', { cluster });
 * const reader = reports.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', namespace: 'reports' });
 * bucket.grantRead(reader);
 */
export class ServiceAccountSet extends Construct {
  private readonly cluster: IIrsaCluster;

  /**
   * @throws if `existing` is `KEEP`, if the cluster has `ObjectsAccess.none()`, or if the stack is in a different account or region than the
   * cluster. An account that depends on another account of the set is an error at synthesis.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountSetProps) {
    super(scope, id);
    checkProps(this, 'ServiceAccountSetProps', props);
    const { cluster, existing = ExistingObjects.REFUSE } = props;
    this.cluster = cluster;
    within(this, () => {
      ObjectsProvider.checkAppliesObjects(cluster);
      checkExisting(existing);
    });
    const objects = new KubernetesObjects(this, 'Objects', { cluster, existing });
    const set = { cluster, existing, objects, roles: new Map() };
    registerSet(this, set);
    refuseGrants(this);
    this.node.addValidation({ validate: () => circularDependenciesOf(set) });
  }

  /**
   * Defines a service account of this set and its role.
   *
   * @param id the id of the new construct, in the scope of this set.
   * @param options the service account. Do not specify `existing`, because it applies to the whole set.
   * @throws like `ServiceAccountWithRole`, and if `existing` is set or the set already has 100 accounts.
   */
  public addServiceAccountWithRole(id: string, options: ServiceAccountWithRoleOptions): ServiceAccountWithRole {
    checkOwnCluster(this, options, this.cluster);
    return new ServiceAccountWithRole(this, id, { ...options, cluster: this.cluster });
  }
}
