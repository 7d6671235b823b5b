import { CNI_POLICY } from '../../private/cni-policies';
import { refusalWithoutValue } from '../../private/errors';

/** What is known of an EKS add-on. */
export interface KnownAddon {
  /**
   * The service accounts whose pods use the role of the add-on, and their namespace. With EKS Pod Identity, Amazon EKS accepts an association for
   * the first one only.
   *
   * @default - none: the add-on takes no role
   */
  readonly serviceAccounts?: { readonly namespace: string; readonly names: readonly string[] };
  /**
   * The AWS managed policies that AWS documents, with their paths.
   *
   * @default - none, or AWS documents that the policy depends on what the add-on is for, or only a policy that allows everything in a service
   */
  readonly managedPolicies?: readonly string[];
  /** Whether Amazon EKS installs the same software on every new cluster as a self-managed add-on. @default false */
  readonly isSelfManagedByDefault?: boolean;
  /**
   * Whether nodes require it. It consists of DaemonSets, so that it becomes active without nodes.
   *
   * @default - false: it can contain a Deployment, which becomes active only if there are nodes
   */
  readonly isForNodes?: boolean;
}

/** The name of the add-on of the VPC CNI. */
export const VPC_CNI = 'vpc-cni';

/** The add-on that nodes require for EKS Pod Identity. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-id-agent-setup.html */
export const POD_IDENTITY_AGENT = 'eks-pod-identity-agent';

/** The add-ons without which the nodes of a nodegroup do not become ready, or their pods do not find services. */
export const OF_NODEGROUPS = [VPC_CNI, 'kube-proxy', 'coredns'];

/** Refuses nodegroups in a cluster with Auto Mode, which does not have the add-ons that their nodes require. */
export const refusalOfNodegroups = (property: string, missing: string[]): Error => refusalWithoutValue(property,
  'omitted with autoMode, unless the cluster has the add-ons vpc-cni, kube-proxy and coredns', `nodes of nodegroups require them; add ${missing.join(', ')} to addons`);

const kubeSystem = (...names: string[]) => ({ namespace: 'kube-system', names });

/**
 * The add-ons that the library knows, by name.
 *
 * Of `aws-efs-csi-driver`, AWS documents IAM roles for service accounts for all accounts that begin with `efs-csi-`, and EKS Pod Identity for its
 * controller. The collectors of `adot` get their roles by annotations in its configuration values. `cert-manager` accepts no EKS Pod Identity
 * (https://github.com/aws/containers-roadmap/issues/2712), and AWS documents no service account for a role. For `external-dns`, AWS suggests
 * `AmazonRoute53FullAccess`, but also that the permissions can be limited to your hosted zones. For `aws-fsx-csi-driver`, it documents only
 * `AmazonFSxFullAccess`, which is too wide for a default.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html#efs-create-iam-resources
 * @see https://aws-otel.github.io/docs/getting-started/adot-eks-add-on
 */
export const KNOWN_ADDONS: { readonly [addonName: string]: KnownAddon } = {
  [VPC_CNI]: { serviceAccounts: kubeSystem('aws-node'), managedPolicies: [CNI_POLICY], isSelfManagedByDefault: true, isForNodes: true },
  'kube-proxy': { isSelfManagedByDefault: true, isForNodes: true },
  'coredns': { isSelfManagedByDefault: true },
  [POD_IDENTITY_AGENT]: { isForNodes: true },
  'aws-ebs-csi-driver': { serviceAccounts: kubeSystem('ebs-csi-controller-sa'), managedPolicies: ['service-role/AmazonEBSCSIDriverPolicy'] },
  'aws-efs-csi-driver': {
    serviceAccounts: kubeSystem('efs-csi-controller-sa', 'efs-csi-node-sa'), managedPolicies: ['service-role/AmazonEFSCSIDriverPolicy'],
  },
  'aws-fsx-csi-driver': { serviceAccounts: kubeSystem('fsx-csi-controller-sa') },
  'aws-mountpoint-s3-csi-driver': { serviceAccounts: kubeSystem('s3-csi-driver-sa') },
  'snapshot-controller': {},
  'metrics-server': {},
  'kube-state-metrics': {},
  'prometheus-node-exporter': {},
  'eks-node-monitoring-agent': {},
  'amazon-cloudwatch-observability': {
    serviceAccounts: { namespace: 'amazon-cloudwatch', names: ['cloudwatch-agent'] }, managedPolicies: ['CloudWatchAgentServerPolicy', 'AWSXrayWriteOnlyAccess'],
  },
  'adot': {},
  'cert-manager': {},
  'external-dns': { serviceAccounts: { namespace: 'external-dns', names: ['external-dns'] } },
  'fluent-bit': { serviceAccounts: { namespace: 'fluent-bit', names: ['fluent-bit'] } },
};
