import { KnownSettings, named } from './known-settings';

/**
 * The fields of the `spec` of a NodeConfig (`node.eks.aws/v1alpha1`).
 *
 * To renew them, take the JSON names of `NodeConfigSpec`, and the values of `Feature`, in `nodeadm/api/v1alpha1/nodeconfig_types.go` of
 * https://github.com/awslabs/amazon-eks-ami.
 */
export const NODE_CONFIG_FIELDS: KnownSettings = {
  description: 'a known field of a NodeConfig, and nodes ignore unknown fields',
  names: {
    cluster: named('name', 'apiServerEndpoint', 'certificateAuthority', 'cidr', 'enableOutpost', 'id'),
    containerd: named('config', 'baseRuntimeSpec'),
    instance: {
      localStorage: named('strategy', 'mountPath', 'disabledMounts'),
      environment: {},
      network: named('nameservers', 'domains'),
    },
    kubelet: named('config', 'flags', 'maxPodsExpression'),
    featureGates: named('InstanceIdNodeName', 'FastImagePull'),
  },
};
