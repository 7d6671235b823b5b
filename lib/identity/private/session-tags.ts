/**
 * Conditions for the session tags with which EKS Pod Identity assumes a role. Only Amazon EKS sets them, so they say which pods the session is for.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html
 */
export const sessionTags = (clusterArn: string, namespace: string, serviceAccountName: unknown): { [key: string]: unknown } => ({
  'aws:RequestTag/eks-cluster-arn': clusterArn,
  'aws:RequestTag/kubernetes-namespace': namespace,
  'aws:RequestTag/kubernetes-service-account': serviceAccountName,
});
