/** What each node of a nodegroup does and is told as it boots. */
export interface NodeBootOptions {
  /**
   * Commands that each node runs as root, in this order, before it joins the cluster. Each is a script of its own; without a first
   * line that names its interpreter (`#!`) it is bash's. ASCII characters only; all user data together takes at most 16 KiB.
   * For Amazon Linux 2023.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
   * @default - none
   */
  readonly preBootstrapCommands?: string[];

  /**
   * The most pods of a node: 1 or more.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods
   * @default - what the image makes of the instance type
   */
  readonly maxPods?: number;

  /**
   * Settings of the kubelet, by their names in its configuration file, such as `{ shutdownGracePeriod: '30s' }`. For Amazon Linux 2023.
   *
   * @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/#kubelet-config-k8s-io-v1beta1-KubeletConfiguration
   * @default - those of the image
   */
  readonly kubelet?: { [setting: string]: any };

  /**
   * Further configuration of nodes, each the `spec` of a NodeConfig (`node.eks.aws/v1alpha1`), such as
   * `{ instance: { localStorage: { strategy: 'RAID0' } } }`. The node merges them in this order. For Amazon Linux 2023.
   *
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
   * @default - none
   */
  readonly nodeConfigs?: { [field: string]: any }[];

  /**
   * Settings of Bottlerocket, by their names below `settings`, such as `{ kernel: { lockdown: 'integrity' } }`. Amazon EKS merges them
   * with its own, and reads no double quotes in values, nor lists of mixed kinds.
   *
   * @see https://bottlerocket.dev/en/os/latest/api/settings-index/
   * @default - none
   */
  readonly bottlerocketSettings?: { [setting: string]: any };
}
