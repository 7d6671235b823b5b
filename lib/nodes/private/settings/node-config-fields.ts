import { KnownSettings, settingNames } from './known-settings';

/**
 * The fields of the `spec` of a NodeConfig (`node.eks.aws/v1alpha1`).
 *
 * To renew them, take the JSON names of `NodeConfigSpec`, and the values of `Feature`, in `nodeadm/api/v1alpha1/nodeconfig_types.go` of
 * https://github.com/awslabs/amazon-eks-ami.
 */
export const NODE_CONFIG_FIELDS: KnownSettings = {
  description: 'a known field of a NodeConfig, and nodes ignore unknown fields',
  names: {
    cluster: settingNames('name', 'apiServerEndpoint', 'certificateAuthority', 'cidr', 'enableOutpost', 'id'),
    containerd: settingNames('config', 'baseRuntimeSpec'),
    instance: {
      localStorage: settingNames('strategy', 'mountPath', 'disabledMounts'),
      environment: {},
      network: settingNames('nameservers', 'domains'),
    },
    kubelet: settingNames('config', 'flags', 'maxPodsExpression'),
    featureGates: settingNames('InstanceIdNodeName', 'FastImagePull'),
  },
};
