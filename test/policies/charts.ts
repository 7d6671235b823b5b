/** What the values of a chart say about its cluster. */
export interface ChartPlace {
  readonly clusterName: string;
  readonly region: string;
  readonly vpcId: string;
}

/** What the values of a chart say about a service account. With EKS Pod Identity, it has no annotations. */
export interface AccountValues {
  /** @default - that of the chart */
  readonly name?: string;
  readonly annotations?: { readonly [key: string]: string };
}

/** A service account that a chart creates, and that gets the role with a policy of this library. */
export interface ChartAccount {
  /** The class of the policy, which says what the name must be. */
  readonly policy: string;
  /** The name that the account has if the values do not set it. */
  readonly defaultName: string;
}

/** The Helm chart of a controller, as it is in the sources at a commit. */
export interface Chart {
  /** What Helm installs. The release has the name of the chart, on which default names depend. */
  readonly release: {
    readonly chart: string;
    readonly version: string;
    /** The Helm repository, or the address of the chart in an OCI registry. */
    readonly repository: string;
  };
  /** Its sources on GitHub. */
  readonly sources: { readonly repository: string; readonly commit: string };
  /** The policies whose role is for pods of your own, and not for those of the chart. @default - none */
  readonly forYourPods?: string[];
  readonly accounts: readonly ChartAccount[];
  /** All that the controller needs to get its credentials, and to find its cluster without instance metadata. */
  readonly values: (place: ChartPlace, ...accounts: AccountValues[]) => object;
  /** What a user has to know besides. @default - nothing */
  readonly remark?: string;
}

const LOGS = (region: string) => `[OUTPUT]
    Name              cloudwatch_logs
    Match             kube.*
    region            ${region}
    log_group_name    /apps/prod
    log_stream_prefix fluent-bit-
`;

const WORKSPACE = (region: string) => `https://aps-workspaces.${region}.amazonaws.com/workspaces/ws-0123456789abcdef`;

const AWS_VPC_CNI = {
  release: { chart: 'aws-vpc-cni', version: '1.22.4', repository: 'https://aws.github.io/eks-charts' },
  sources: { repository: 'aws/eks-charts', commit: '5239609242f3430be50fb0b714a24d3ef2b47983' },
};

/** The charts, by the heading of their values in the guide. */
export const CHARTS: { readonly [heading: string]: Chart } = {
  'amazon-cloudwatch-observability': {
    release: { chart: 'amazon-cloudwatch-observability', version: '6.4.0', repository: 'https://aws-observability.github.io/helm-charts' },
    sources: { repository: 'aws-observability/helm-charts', commit: 'f4ad2e3abc4444162a74684aa69058a73bb399f6' },
    accounts: [{ policy: 'CloudWatchObservabilityPolicy', defaultName: 'cloudwatch-agent' }],
    values: ({ clusterName, region }, { name }) => ({ clusterName, region, agent: { serviceAccount: { name } } }),
    remark: 'The chart has no key for the annotations of this account. For IRSA, use the [EKS add-on](addons.md) of the same name.',
  },
  'aws-ebs-csi-driver': {
    release: { chart: 'aws-ebs-csi-driver', version: '2.64.0', repository: 'https://kubernetes-sigs.github.io/aws-ebs-csi-driver' },
    sources: { repository: 'kubernetes-sigs/aws-ebs-csi-driver', commit: '9767d8523ae16f864f027f90cb952bd0e46c4b93' },
    accounts: [{ policy: 'EbsCsiDriverPolicy', defaultName: 'ebs-csi-controller-sa' }],
    values: ({ clusterName, region }, serviceAccount) => ({ controller: { k8sTagClusterId: clusterName, region, serviceAccount } }),
  },
  'aws-efs-csi-driver': {
    release: { chart: 'aws-efs-csi-driver', version: '4.4.1', repository: 'https://kubernetes-sigs.github.io/aws-efs-csi-driver' },
    sources: { repository: 'kubernetes-sigs/aws-efs-csi-driver', commit: '3fcc6bdd7533a4cfd15643b31593f7ff154584c9' },
    accounts: [
      { policy: 'EfsCsiDriverPolicy', defaultName: 'efs-csi-controller-sa' },
      { policy: 'EfsCsiDriverNodePolicy', defaultName: 'efs-csi-node-sa' },
    ],
    values: ({ clusterName }, controller, node) => ({
      controller: { tags: { 'efs.csi.aws.com/cluster-name': clusterName }, serviceAccount: controller },
      node: { serviceAccount: node },
    }),
    remark: 'Each of the two accounts has a role of its own.',
  },
  'aws-load-balancer-controller': {
    release: { chart: 'aws-load-balancer-controller', version: '3.5.0', repository: 'https://aws.github.io/eks-charts' },
    sources: { repository: 'aws/eks-charts', commit: '5239609242f3430be50fb0b714a24d3ef2b47983' },
    accounts: [{ policy: 'AwsLoadBalancerControllerPolicy', defaultName: 'aws-load-balancer-controller' }],
    values: ({ clusterName, region, vpcId }, serviceAccount) => ({ clusterName, region, vpcId, serviceAccount }),
  },
  'aws-mountpoint-s3-csi-driver': {
    release: { chart: 'aws-mountpoint-s3-csi-driver', version: '2.7.0', repository: 'https://awslabs.github.io/mountpoint-s3-csi-driver' },
    sources: { repository: 'awslabs/mountpoint-s3-csi-driver', commit: 'a2d4b067c1bbe3c171e1431cd063cfb59f672d95' },
    accounts: [{ policy: 'MountpointS3CsiDriverPolicy', defaultName: 's3-csi-driver-sa' }],
    values: (_, serviceAccount) => ({ node: { serviceAccount } }),
    remark: 'For volumes with `authenticationSource: pod`, the role is for the accounts of your pods: set `subjects`. The Region of a bucket is in its volume.',
  },
  'aws-vpc-cni': {
    ...AWS_VPC_CNI,
    accounts: [{ policy: 'VpcCniPolicy', defaultName: 'aws-node' }],
    values: ({ clusterName }, serviceAccount) => ({ env: { CLUSTER_NAME: clusterName }, serviceAccount }),
    remark: 'The [EKS add-on](addons.md#the-vpc-cni) is simpler, because each new cluster already has the plugin, which Helm does not take over.',
  },
  'aws-vpc-cni with IPv6': {
    ...AWS_VPC_CNI,
    accounts: [{ policy: 'VpcCniIpv6Policy', defaultName: 'aws-node' }],
    values: ({ clusterName }, serviceAccount) => ({
      env: { CLUSTER_NAME: clusterName, ENABLE_IPv4: 'false', ENABLE_IPv6: 'true', ENABLE_PREFIX_DELEGATION: 'true' },
      serviceAccount,
    }),
  },
  'cert-manager': {
    release: { chart: 'cert-manager', version: 'v1.21.1', repository: 'https://charts.jetstack.io' },
    sources: { repository: 'cert-manager/cert-manager', commit: '24e33194fb39488eff2bbf10c6dc640f407cad44' },
    accounts: [{ policy: 'CertManagerPolicy', defaultName: 'cert-manager' }],
    values: (_, serviceAccount) => ({ crds: { enabled: true }, serviceAccount }),
  },
  'cluster-autoscaler': {
    release: { chart: 'cluster-autoscaler', version: '9.59.0', repository: 'https://kubernetes.github.io/autoscaler' },
    sources: { repository: 'kubernetes/autoscaler', commit: '5a0b98e45f896e98132737240ac131a519d3b33d' },
    accounts: [{ policy: 'ClusterAutoscalerPolicy', defaultName: 'cluster-autoscaler-aws-cluster-autoscaler' }],
    values: ({ clusterName, region }, serviceAccount) => ({
      autoDiscovery: { clusterName, tags: [`eks:cluster-name=${clusterName}`] },
      awsRegion: region,
      image: { tag: 'v1.36.1' },
      rbac: { serviceAccount },
    }),
    remark: 'Without `autoDiscovery.clusterName`, the chart creates no Deployment. The minor version of `image.tag` must be that of the cluster.',
  },
  'external-dns': {
    release: { chart: 'external-dns', version: '1.21.1', repository: 'https://kubernetes-sigs.github.io/external-dns' },
    sources: { repository: 'kubernetes-sigs/external-dns', commit: '9f26451346774099a8b3e3e5cc46a53bf2fd1461' },
    accounts: [{ policy: 'ExternalDnsPolicy', defaultName: 'external-dns' }],
    values: (_, serviceAccount) => ({ provider: { name: 'aws' }, serviceAccount }),
  },
  'external-secrets': {
    release: { chart: 'external-secrets', version: '2.9.0', repository: 'https://charts.external-secrets.io' },
    sources: { repository: 'external-secrets/external-secrets', commit: 'cc5bfbc2234ace9cb0caff4ea89c435cf517b27b' },
    accounts: [{ policy: 'ExternalSecretsPolicy', defaultName: 'external-secrets' }],
    values: (_, serviceAccount) => ({ serviceAccount }),
    remark: 'The Region is in each SecretStore.',
  },
  'fluent-bit': {
    release: { chart: 'fluent-bit', version: '0.58.1', repository: 'https://fluent.github.io/helm-charts' },
    sources: { repository: 'fluent/helm-charts', commit: '22a564dc85600c67d97e01a5b4cdf3b829292529' },
    accounts: [{ policy: 'FluentBitPolicy', defaultName: 'fluent-bit' }],
    values: ({ region }, serviceAccount) => ({ config: { outputs: LOGS(region) }, serviceAccount }),
    remark: 'The log group is one of `logGroups`.',
  },
  'grafana': {
    release: { chart: 'grafana', version: '12.11.1', repository: 'https://grafana-community.github.io/helm-charts' },
    sources: { repository: 'grafana-community/helm-charts', commit: '864f7794683680e5100a38670e103c4fa6e37e29' },
    accounts: [{ policy: 'PrometheusQueryPolicy', defaultName: 'grafana' }],
    values: ({ region }, serviceAccount) => ({
      datasources: {
        'datasources.yaml': {
          apiVersion: 1,
          datasources: [{
            name: 'Prometheus',
            type: 'grafana-amazonprometheus-datasource',
            url: WORKSPACE(region),
            jsonData: { httpMethod: 'POST', sigV4Auth: true, sigV4AuthType: 'default', sigV4Region: region },
          }],
        },
      },
      plugins: ['grafana-amazonprometheus-datasource'],
      serviceAccount,
    }),
    remark: 'The workspace is one of `workspaceArns`.',
  },
  'karpenter': {
    release: { chart: 'karpenter', version: '1.14.1', repository: 'oci://public.ecr.aws/karpenter/karpenter' },
    sources: { repository: 'aws/karpenter-provider-aws', commit: '1d927085dd81a9df9301e613f371dac5b4d16bfe' },
    accounts: [{ policy: 'KarpenterPolicy', defaultName: 'karpenter' }],
    values: ({ clusterName, region }, serviceAccount) => ({
      controller: { env: [{ name: 'AWS_REGION', value: region }] },
      serviceAccount,
      settings: { clusterName },
    }),
    remark: 'With `interruptionQueue`, also set `settings.interruptionQueue` to the name of the queue.',
  },
  'prometheus': {
    release: { chart: 'prometheus', version: '29.27.0', repository: 'https://prometheus-community.github.io/helm-charts' },
    sources: { repository: 'prometheus-community/helm-charts', commit: 'ca06aaef8a20ca639f06523f467cb0ef8a114feb' },
    accounts: [{ policy: 'PrometheusWritePolicy', defaultName: 'prometheus-server' }],
    values: ({ region }, serviceAccount) => ({
      server: { remoteWrite: [{ url: `${WORKSPACE(region)}/api/v1/remote_write`, sigv4: { region } }] },
      serviceAccounts: { server: serviceAccount },
    }),
    remark: 'The workspace is one of `workspaceArns`.',
  },
  'secrets-store-csi-driver-provider-aws': {
    release: {
      chart: 'secrets-store-csi-driver-provider-aws',
      version: '3.1.1',
      repository: 'https://aws.github.io/secrets-store-csi-driver-provider-aws',
    },
    sources: { repository: 'aws/secrets-store-csi-driver-provider-aws', commit: '5f47771b11645e19c11057dc690d3012f7a2345d' },
    forYourPods: ['SecretsStoreCsiProviderPolicy'],
    accounts: [],
    values: ({ region }) => ({ awsRegion: region }),
    remark: 'The role is that of the pods that mount the secrets: define their account with `ServiceAccountWithRole`. With EKS Pod Identity, set '
      + '`usePodIdentity: "true"` in the `parameters` of the SecretProviderClass.',
  },
  'velero': {
    release: { chart: 'velero', version: '12.1.0', repository: 'https://vmware-tanzu.github.io/helm-charts' },
    sources: { repository: 'vmware-tanzu/helm-charts', commit: '73466ca986bbfe34dbd5c30bbf7d62d545d634a2' },
    accounts: [{ policy: 'VeleroPolicy', defaultName: 'velero-server' }],
    values: ({ region }, serviceAccount) => ({
      configuration: { backupStorageLocation: [{ provider: 'aws', bucket: '<name of the bucket>', config: { region } }] },
      credentials: { useSecret: false },
      initContainers: [{
        name: 'velero-plugin-for-aws',
        image: 'velero/velero-plugin-for-aws:v1.13.2',
        volumeMounts: [{ mountPath: '/target', name: 'plugins' }],
      }],
      serviceAccount: { server: serviceAccount },
      snapshotsEnabled: false,
    }),
    remark: 'With `volumeSnapshots`, replace `snapshotsEnabled: false` with a list `configuration.volumeSnapshotLocation`, with `provider: aws` and '
      + '`config.region`.',
  },
};

/** Why a policy has no chart, and what to do. */
export const WITHOUT_CHART: { readonly [policy: string]: string } = {
  EcrImageBuilderPolicy: 'image builders, such as BuildKit or Kaniko, run in pods of your own. Set `subjects` to their account.',
  XRayPolicy: 'any pod can send traces, such as a collector of your own. Set `subjects` to its account.',
};
