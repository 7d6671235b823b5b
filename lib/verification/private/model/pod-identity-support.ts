import { NodesWithoutAgent } from './nodes-without-agent';

/** Whether pods of a cluster can get credentials of EKS Pod Identity. */
export interface PodIdentitySupport {
  /** Why EKS Pod Identity may not be available in the cluster. */
  readonly noPodIdentity?: string;
  /** Why it is not known that the cluster has the EKS Pod Identity agent; undefined if it has, or if the templates do not create the cluster. */
  readonly noPodIdentityAgent?: string;
  /** Its nodes that do not have the agent, if others have it. */
  readonly nodesWithoutAgent?: readonly NodesWithoutAgent[];
}
