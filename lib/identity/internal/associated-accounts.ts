import { identity } from '../../kubernetes/contract/identity';
import { DefinedAccount, DefinedObjects } from '../../kubernetes/internal/defined-objects';
import { POD_IDENTITY_ASSOCIATION } from '../../private/pod-identity-association';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/** The service accounts whose pods use EKS Pod Identity. */
export class AssociatedAccounts {
  /** All that the app defines in a cluster. */
  public static in(cluster: IIrsaCluster): DefinedAccount[] {
    return DefinedObjects.in(cluster).allNamed(POD_IDENTITY_ASSOCIATION.group, POD_IDENTITY_ASSOCIATION.kind);
  }

  /** The identity of an association. A service account that a token names is the same as one that the same token names. */
  public static identityOf({ namespace, serviceAccountName: name }: ServiceAccountSubject): string {
    return identity({ ...POD_IDENTITY_ASSOCIATION, metadata: { namespace, name } });
  }
}
