import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { PodCredentials } from '../../identity';

export const POD_IDENTITY_AGENT = 'eks-pod-identity-agent';

/**
 * Installs the EKS Pod Identity agent on the nodes of a new cluster if its pods use it by default. Otherwise, a stack that is added later would
 * change the stack of the cluster. The nodes of Auto Mode contain the agent.
 *
 * @returns whether the nodes run the agent.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html
 */
export function hasPodIdentityAgent(cluster: eks.Cluster, autoMode: boolean, { podIdentityOptions }: PodCredentials): boolean {
  // the getter defines the add-on once, also for code that adds service accounts of aws-cdk-lib
  return autoMode || (podIdentityOptions !== undefined && cluster.eksPodIdentityAgent !== undefined);
}
