import { Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ExistingObjects } from '../../kubernetes';
import { identity } from '../../kubernetes/contract/identity';
import { DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { isInTree } from '../../private/in-tree';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { checkNoCircle } from '../private/shared-role';
import { IServiceAccountRole } from '../service-account-role-interface';
import { ServiceAccountSubject } from '../service-account-subject';

const OWNERS = new WeakMap<ServiceAccountSubject, Construct>();

/** The service accounts that EKS add-ons create. */
export class AddonAccounts {
  /**
   * Registers the account of an add-on.
   *
   * @returns its subject. A role that trusts it by EKS Pod Identity gets no association, because the add-on owns the association.
   * @throws if the app defines the service account.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
   */
  public static claim(addon: Construct, cluster: IIrsaCluster, namespace: string, serviceAccountName: string): ServiceAccountSubject {
    const subject = ServiceAccountSubject._exact(namespace, serviceAccountName);
    OWNERS.set(subject, addon);
    if (!Token.isUnresolved(subject.value)) {
      const objects = DefinedObjects.in(cluster);
      const other = objects.find(identity({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name: serviceAccountName } }));
      if (other) {
        throw new Error(conflict(subject, addon, other.definedBy));
      }
      objects.add(addonAccountIdentity(subject),
        { definedBy: addon, appliedBy: addon, existing: ExistingObjects.REFUSE, isCurrent: () => isInTree(addon) });
    }
    return subject;
  }

  /** Refuses to define the account of an add-on, whose changes Amazon EKS and the function that applies objects would revert in turn. */
  public static checkFree(account: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject): void {
    const addon = Token.isUnresolved(subject.value) ? undefined : DefinedObjects.in(cluster).find(addonAccountIdentity(subject));
    if (addon) {
      throw new Error(conflict(subject, addon.definedBy as Construct, account));
    }
  }

  /** Refuses a role in a stack that depends on the stack of the add-on. */
  public static checkRole(addon: Construct, cluster: IIrsaCluster, role: IServiceAccountRole): void {
    checkNoCircle({ scope: addon, kind: 'add-on', waitsForAssociation: false }, cluster, role);
  }

  /** The add-on that owns the association of a subject. */
  public static ownerOf(subject: ServiceAccountSubject): Construct | undefined {
    return OWNERS.get(subject);
  }

  private constructor() {}
}

const addonAccountIdentity = ({ namespace, serviceAccountName: name }: ServiceAccountSubject) =>
  identity({ apiVersion: 'eks.amazonaws.com/v1', kind: 'AddonServiceAccount', metadata: { namespace, name } });

const conflict = ({ namespace, serviceAccountName }: ServiceAccountSubject, addon: Construct, account: Construct) =>
  `the add-on ${addon.node.path} creates service account ${namespace}/${serviceAccountName}, which ${account.node.path} defines, too: `
  + 'define the role of the account with the options of the add-on';
