/** The service accounts that Amazon EKS annotates with the role of an add-on. */
interface AddonAccounts {
  readonly namespace: string;
  readonly names: readonly string[];
}

/**
 * The service accounts of add-ons, by the name of the add-on.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/s3-csi-create.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html
 */
export const ACCOUNTS_OF_ADDONS: ReadonlyMap<string, AddonAccounts> = new Map([
  ['vpc-cni', { namespace: 'kube-system', names: ['aws-node'] }],
  ['aws-ebs-csi-driver', { namespace: 'kube-system', names: ['ebs-csi-controller-sa'] }],
  ['aws-efs-csi-driver', { namespace: 'kube-system', names: ['efs-csi-controller-sa', 'efs-csi-node-sa'] }],
  ['aws-fsx-csi-driver', { namespace: 'kube-system', names: ['fsx-csi-controller-sa'] }],
  ['aws-mountpoint-s3-csi-driver', { namespace: 'kube-system', names: ['s3-csi-driver-sa'] }],
  ['amazon-cloudwatch-observability', { namespace: 'amazon-cloudwatch', names: ['cloudwatch-agent'] }],
  ['fluent-bit', { namespace: 'fluent-bit', names: ['fluent-bit'] }],
  ['external-dns', { namespace: 'external-dns', names: ['external-dns'] }],
]);
