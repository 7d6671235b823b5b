import { Construct } from 'constructs';
import { IIrsaCluster } from './irsa-cluster-interface';
import { checkExisting } from './private/account-input';
import { registerSet } from './private/account-sets';
import { circularDependenciesOf } from './private/circular-dependencies';
import { ServiceAccountWithRole } from './service-account-with-role';
import { ServiceAccountWithRoleOptions } from './service-account-with-role-options';
import { ExistingObjects, KubernetesObjects } from '../kubernetes';
import { within } from '../private/errors';
import { checkProps } from '../private/props/check-props';

/** Properties of `ServiceAccountSet`. */
export interface ServiceAccountSetProps {
  /** The cluster of the service accounts. */
  readonly cluster: IIrsaCluster;

  /**
   * What happens to service accounts of this set that are in the cluster already: `REFUSE` or `TAKE_OVER`. `KEEP` is an error, because an
   * account that is kept would not name its role.
   *
   * @default ExistingObjects.REFUSE
   */
  readonly existing?: ExistingObjects;
}

/**
 * Defines up to 100 service accounts that a single custom resource applies. Each account has its own role and grants, like a
 * `ServiceAccountWithRole` outside of a set.
 *
 * CloudFormation allows 500 resources in a stack. Each account of a set adds one for its role, and another one if it has grants; the set adds
 * one. Outside of a set, each account adds one more. The drawbacks: if one account is invalid, the deployment of the whole set fails, and the
 * accounts of a set cannot depend on each other. Use grants for policies that refer to what depends on an account of the set: the set waits
 * for roles with their managed and inline policies, and for no grants.
 *
 * You can move an account into a set, out of it, or to another set of the same stack. Its role and the service account in the cluster stay,
 * unless a token names the account or its namespace.
 */
export class ServiceAccountSet extends Construct {
  private readonly cluster: IIrsaCluster;

  /**
   * @throws if `existing` is `KEEP`, or if the stack is in another account or region than the cluster. An account that depends on another
   * one of the set is an error of the synthesis.
   */
  constructor(scope: Construct, id: string, props: ServiceAccountSetProps) {
    super(scope, id);
    checkProps(this, 'ServiceAccountSetProps', props);
    const { cluster, existing = ExistingObjects.REFUSE } = props;
    this.cluster = cluster;
    within(this, () => checkExisting(existing));
    const objects = new KubernetesObjects(this, 'Objects', { cluster, existing });
    const set = { cluster, existing, objects, roles: new Map() };
    registerSet(this, set);
    this.node.addValidation({ validate: () => circularDependenciesOf(set) });
  }

  /**
   * Defines a service account of this set and its role.
   *
   * @param id the construct's id in this one.
   * @param options the service account, without `existing`, which is set on the set.
   * @throws as `ServiceAccountWithRole` does, if `existing` is set, and if the set has 100 accounts already.
   */
  public addServiceAccountWithRole(id: string, options: ServiceAccountWithRoleOptions): ServiceAccountWithRole {
    return new ServiceAccountWithRole(this, id, { ...options, cluster: this.cluster });
  }
}
