/** The names of the service accounts of the policies of this library: a list, because nothing can create all policies only to compare their names. */
export const CONTROLLER_ACCOUNTS: readonly string[] = [
  'amp-iamproxy-ingest-service-account', 'amp-iamproxy-query-service-account', 'aws-load-balancer-controller', 'aws-node', 'cert-manager', 'cloudwatch-agent',
  'cluster-autoscaler', 'ebs-csi-controller-sa', 'efs-csi-controller-sa', 'efs-csi-node-sa', 'external-dns', 'external-secrets', 'fluent-bit', 'karpenter',
  's3-csi-driver-sa', 'velero',
];
