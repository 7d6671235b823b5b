import { KubernetesClusterDefinition } from '../../kubernetes/internal/kubernetes-cluster-definition';
import { PodCredentials } from '../pod-credentials';

/** What roles and service accounts need to know about a cluster, and users do not. */
export interface IrsaClusterDefinition extends KubernetesClusterDefinition {
  /** How pods get the credentials of their role, unless the role says otherwise. */
  readonly podCredentials: PodCredentials;
  /** The default of `createNamespace` for service accounts. */
  readonly createNamespaceByDefault: boolean;
  /** Whether the nodes are known to run no EKS Pod Identity agent, so that roles cannot use EKS Pod Identity. The app can still add the agent. */
  lacksPodIdentityAgent(): boolean;
}
