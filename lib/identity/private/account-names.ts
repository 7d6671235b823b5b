import { Construct } from 'constructs';
import { pinnedId } from '../../private/pinned-id';
import { IIrsaCluster } from '../irsa-cluster-interface';
import { ServiceAccountSubject } from '../service-account-subject';

/** The logical id of what is defined for an account. Undefined if a token names the account. */
export const accountLogicalId = (construct: Construct, cluster: IIrsaCluster, subject: ServiceAccountSubject): string | undefined =>
  pinnedId(construct, cluster, 'ServiceAccount', [subject.namespace, subject.serviceAccountName]);
