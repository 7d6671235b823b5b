/** What each node of a nodegroup does and is told as it boots. */
export interface NodeBootOptions {
  /**
   * Commands that each node runs as root, in this order, before it joins the cluster. Each command is a script of its own. Bash runs it,
   * unless its first line names another interpreter (`#!`). A command cannot hold tokens: put their values into
   * `preBootstrapEnvironment`. For Amazon Linux 2023.
   *
   * Anyone who can read the stack, the launch template or the instance metadata can read all user data, so keep secrets out of it.
   * It takes at most 16 KiB, and base64 makes each command a third longer.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
   * @default - none
   */
  readonly preBootstrapCommands?: string[];

  /**
   * Environment variables of `preBootstrapCommands`. Their values can be tokens. Use them in double quotes, such as `"$NAME"`, so that the
   * shell takes a value as it is. Each command must be a script for sh, bash or dash. For Amazon Linux 2023.
   *
   * Anyone who can read the stack, the launch template or the instance metadata can read the values, so keep secrets out of them: let a
   * command fetch a secret with the role of the node.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
   * @default - none
   */
  readonly preBootstrapEnvironment?: { [name: string]: string };

  /**
   * The most pods of a node: 1 or more. A token must be the value of a `CfnParameter` of type Number in the stack of the nodegroup.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods
   * @default - what the image makes of the instance type
   */
  readonly maxPods?: number;

  /**
   * Settings of the kubelet, by their names in its configuration file, such as `{ shutdownGracePeriod: '30s' }`. A token becomes a string,
   * or a number if it is the value of a `CfnParameter` of type Number in the stack of the nodegroup. For Amazon Linux 2023.
   *
   * @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/#kubelet-config-k8s-io-v1beta1-KubeletConfiguration
   * @default - those of the image
   */
  readonly kubelet?: { [setting: string]: any };

  /**
   * Further configuration of nodes, each the `spec` of a NodeConfig (`node.eks.aws/v1alpha1`), such as
   * `{ instance: { localStorage: { strategy: 'RAID0' } } }`. The node merges them in this order. Tokens can be in `kubelet.config`,
   * `containerd.baseRuntimeSpec` and `cluster.cidr`, as in `kubelet`: the node writes other fields into texts, such as the kubelet's
   * command line, to which a value could add something. For Amazon Linux 2023.
   *
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
   * @default - none
   */
  readonly nodeConfigs?: { [field: string]: any }[];

  /**
   * Settings of Bottlerocket, by their names below `settings`, such as `{ kernel: { lockdown: 'integrity' } }`. Amazon EKS merges them
   * with its own settings. It can read neither double quotes in values nor lists of mixed types. If a token has a double quote in its
   * value, the user data is invalid, and no node starts with it. A token becomes a string, or a number if it is the value of a
   * `CfnParameter` of type Number in the stack of the nodegroup.
   *
   * @see https://bottlerocket.dev/en/os/latest/api/settings-index/
   * @default - none
   */
  readonly bottlerocketSettings?: { [setting: string]: any };
}
