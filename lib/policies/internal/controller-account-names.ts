/** The names of the service accounts of well-known controllers: those of the policies of this library, without which no constructor could compare them. */
export const CONTROLLER_ACCOUNTS: readonly string[] = [
  'amp-iamproxy-ingest-service-account', 'amp-iamproxy-query-service-account', 'aws-load-balancer-controller', 'aws-node', 'cert-manager', 'cloudwatch-agent',
  'cluster-autoscaler', 'ebs-csi-controller-sa', 'efs-csi-controller-sa', 'efs-csi-node-sa', 'external-dns', 'external-secrets', 'fluent-bit', 'karpenter',
  's3-csi-driver-sa', 'velero',
];
