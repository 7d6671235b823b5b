/** Options for the bootstrap of the nodes of a nodegroup. */
export interface NodeBootOptions {
  /**
   * Commands that each node runs as root, in this order, before it joins the cluster. Each command is a separate script, which Bash runs
   * unless its first line specifies another interpreter (`#!`). A command cannot contain tokens: pass their values in
   * `preBootstrapEnvironment`. Amazon Linux 2023 only.
   *
   * Anyone who can read the stack, the launch template or the instance metadata can read the user data. Do not put secrets in it.
   * The user data can have up to 16 KiB, and base64 makes each command a third longer.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
   * @default - none
   */
  readonly preBootstrapCommands?: string[];

  /**
   * Environment variables for `preBootstrapCommands`. Values can be tokens. Use the variables in double quotes, such as `"$NAME"`, so that
   * the shell does not split or expand the value. Each command must be a script for sh, bash or dash. Amazon Linux 2023 only.
   *
   * Anyone who can read the stack, the launch template or the instance metadata can read the values. Do not put secrets in them: use a
   * command that retrieves the secret with the node role.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html
   * @default - none
   */
  readonly preBootstrapEnvironment?: { [name: string]: string };

  /**
   * The maximum number of pods on each node: 1 or more. If it is a token, it must be the value of a `CfnParameter` of type Number in the stack
   * of the nodegroup.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods
   * @default - the image calculates it for the instance type
   */
  readonly maxPods?: number;

  /**
   * Settings of the kubelet, with the names in its configuration file, such as `{ shutdownGracePeriod: '30s' }`. A token becomes a string, or
   * a number if it is the value of a `CfnParameter` of type Number in the stack of the nodegroup. A misspelled setting is an error, and any other unknown setting is
   * a warning. Amazon Linux 2023 only.
   *
   * @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/#kubelet-config-k8s-io-v1beta1-KubeletConfiguration
   * @default - the settings of the image
   */
  readonly kubelet?: { [setting: string]: any };

  /**
   * Additional configuration of the nodes. Each item is the `spec` of a NodeConfig (`node.eks.aws/v1alpha1`), such as
   * `{ instance: { localStorage: { strategy: 'RAID0' } } }`. The node merges them in this order. Tokens are allowed only in
   * `kubelet.config`, `containerd.baseRuntimeSpec` and `cluster.cidr`, with the same rules as in `kubelet`. The node writes other fields into
   * text, such as the command line of the kubelet, where the value of a token could inject content. A misspelled field is an error, and any other unknown field
   * is a warning. Amazon Linux 2023 only.
   *
   * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
   * @default - none
   */
  readonly nodeConfigs?: { [field: string]: any }[];

  /**
   * Settings of Bottlerocket, without the key `settings` around them, such as `{ kernel: { lockdown: 'integrity' } }`. Amazon EKS merges them
   * with its own settings. It cannot read double quotes in values or lists of mixed types. If the value of a token contains a double quote,
   * the user data is invalid, and nodes do not start. A token becomes a string, or a number if it is the value of a `CfnParameter` of type
   * Number in the stack of the nodegroup. With `machineImage`, double quotes and lists of mixed types are allowed. A misspelled
   * setting is an error, and any other unknown setting is a warning. Bottlerocket only.
   *
   * @see https://bottlerocket.dev/en/os/latest/api/settings-index/
   * @default - none
   */
  readonly bottlerocketSettings?: { [setting: string]: any };
}
