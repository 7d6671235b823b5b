/** The pods of an add-on that run on nodes as privileged pods, or with the network or the processes of their node. */
export interface NodeAddon {
  readonly addonName: string;
  readonly namespace: string;
  readonly accounts: ReadonlyArray<{ readonly name: string; readonly isCertain: boolean }>;
  /** Whether Amazon EKS installs it in new clusters, even without the add-on. */
  readonly isBuiltIn?: boolean;
  /** The name of the DaemonSet. */
  readonly name: string;
  /** With what its pods may take over their node. @default - a privileged container */
  readonly takeover?: string;
}

const certain = (name: string) => [{ name, isCertain: true }];
/** Whether they have the network of their node depends on the version of the add-on, or on its configuration. */
const perhaps = (...names: string[]) => names.map((name) => ({ name, isCertain: false }));

/**
 * The add-ons with such pods. For all others of AWS and of the community, see `OF_CONTROLLERS` and `known-addons.ts`.
 *
 * The account of the EKS Pod Identity agent depends on its version: those without one of their own use the default account of the namespace.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/cni-iam-role.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/node-health-nma.html
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/eksrunmon-agent.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-NetworkFlowMonitor-agents-kubernetes-eks.html
 * @see https://github.com/aws/amazon-vpc-cni-k8s/tree/master/charts/aws-vpc-cni
 * @see https://github.com/aws/eks-pod-identity-agent/tree/main/charts/eks-pod-identity-agent
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/tree/master/charts/aws-ebs-csi-driver
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/tree/master/charts/aws-efs-csi-driver
 */
export const NODE_ADDONS: readonly NodeAddon[] = [
  { name: 'aws-node', addonName: 'vpc-cni', namespace: 'kube-system', accounts: certain('aws-node'), isBuiltIn: true },
  { name: 'kube-proxy', addonName: 'kube-proxy', namespace: 'kube-system', accounts: certain('kube-proxy'), isBuiltIn: true },
  {
    name: 'eks-pod-identity-agent',
    addonName: 'eks-pod-identity-agent',
    namespace: 'kube-system',
    accounts: [...certain('eks-pod-identity-agent'), ...perhaps('default')],
  },
  { name: 'ebs-csi-node', addonName: 'aws-ebs-csi-driver', namespace: 'kube-system', accounts: perhaps('ebs-csi-node-sa') },
  { name: 'efs-csi-node', addonName: 'aws-efs-csi-driver', namespace: 'kube-system', accounts: perhaps('efs-csi-node-sa') },
  { name: 'fsx-csi-node', addonName: 'aws-fsx-csi-driver', namespace: 'kube-system', accounts: perhaps('fsx-csi-node-sa') },
  { name: 's3-csi-node', addonName: 'aws-mountpoint-s3-csi-driver', namespace: 'kube-system', accounts: perhaps('s3-csi-driver-sa') },
  {
    name: 'cloudwatch-agent',
    addonName: 'amazon-cloudwatch-observability',
    namespace: 'amazon-cloudwatch',
    accounts: perhaps('cloudwatch-agent', 'dcgm-exporter-service-acct', 'neuron-monitor-service-acct'),
    takeover: 'a volume with all files of its node',
  },
  { name: 'eks-node-monitoring-agent', addonName: 'eks-node-monitoring-agent', namespace: 'kube-system', accounts: perhaps('eks-node-monitoring-agent') },
  { name: 'aws-guardduty-agent', addonName: 'aws-guardduty-agent', namespace: 'amazon-guardduty', accounts: perhaps('aws-guardduty-agent') },
  {
    name: 'aws-network-flow-monitor-agent',
    addonName: 'aws-network-flow-monitoring-agent',
    namespace: 'amazon-network-flow-monitor',
    accounts: perhaps('aws-network-flow-monitor-agent-service-account', 'aws-network-flow-monitoring-agent-service-account'),
  },
  {
    name: 'secrets-store-csi-driver',
    addonName: 'aws-secrets-store-csi-driver-provider',
    namespace: 'aws-secrets-manager',
    accounts: perhaps('secrets-store-csi-driver', 'secrets-store-csi-driver-provider-aws', 'aws-secrets-store-csi-driver-provider'),
  },
  {
    name: 'prometheus-node-exporter',
    addonName: 'prometheus-node-exporter',
    namespace: 'prometheus-node-exporter',
    accounts: perhaps('prometheus-node-exporter'),
    takeover: 'hostPID',
  },
];

/** Where the pods of an add-on are, and their service account, if they have only one. */
interface ControllerAddon { readonly namespace?: string; readonly account?: string }

/**
 * The other add-ons of AWS and of the community, as they are called in July 2026. Their pods have neither the network nor the processes of their nodes, unless the
 * values of the add-on say so.
 */
export const OF_CONTROLLERS: ReadonlyMap<string, ControllerAddon> = new Map(Object.entries<ControllerAddon>({
  'adot': {},
  'amazon-sagemaker-hyperpod-taskgovernance': {},
  'amazon-sagemaker-hyperpod-training-operator': {},
  'aws-privateca-connector-for-kubernetes': {},
  'cert-manager': { namespace: 'cert-manager' },
  'coredns': { namespace: 'kube-system', account: 'coredns' },
  'external-dns': { namespace: 'external-dns', account: 'external-dns' },
  'fluent-bit': { namespace: 'fluent-bit', account: 'fluent-bit' },
  'kube-state-metrics': { namespace: 'kube-state-metrics', account: 'kube-state-metrics' },
  'metrics-server': { namespace: 'kube-system', account: 'metrics-server' },
  'snapshot-controller': { namespace: 'kube-system', account: 'snapshot-controller' },
}));
