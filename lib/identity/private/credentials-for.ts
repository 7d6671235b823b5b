import { IIrsaCluster } from '../irsa-cluster-interface';
import { PodCredentials } from '../pod-credentials';

/** How pods of a cluster get the credentials of a role. */
export const credentialsFor = (cluster: IIrsaCluster, credentials?: PodCredentials): PodCredentials =>
  credentials ?? cluster._definition.podCredentials;
