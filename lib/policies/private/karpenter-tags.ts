/** Karpenter sets this tag to the name of its cluster on everything that it creates, and does not accept another value from users. */
export const CLUSTER_TAG = 'eks:eks-cluster-name';
