import { Token } from 'aws-cdk-lib';
import { IIrsaCluster } from './irsa-cluster-interface';
import { ServiceAccountSubject } from './service-account-subject';
import { identity } from '../kubernetes/contract/identity';
import { DefinedAccount, DefinedObjects } from '../kubernetes/defined-objects';

/** For the registry of the app. EKS Pod Identity has no Kubernetes object. */
const ASSOCIATION = { apiVersion: 'eks.amazonaws.com/v1', kind: 'PodIdentityAssociation' };

/** The service accounts whose pods use EKS Pod Identity. */
export class AssociatedAccounts {
  /** All that the app defines in a cluster, except for those that a token names. */
  public static in(cluster: IIrsaCluster): DefinedAccount[] {
    return DefinedObjects.in(cluster).allNamed('eks.amazonaws.com', ASSOCIATION.kind);
  }

  /** The identity of an association; undefined if a token names the service account, because tokens can be equal. */
  public static identityOf({ namespace, serviceAccountName: name, value }: ServiceAccountSubject): string | undefined {
    return Token.isUnresolved(value) ? undefined : identity({ ...ASSOCIATION, metadata: { namespace, name } });
  }
}
