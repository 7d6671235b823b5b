import { chartNames } from './chart-names';
import { isGenerator } from './generators';
import { KubernetesObject } from '../kubernetes-object';

/**
 * Charts with a network plugin that can replace the Amazon VPC CNI. With another one, a pod can be further away from the instance metadata, or not reach it.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/alternate-cni-plugins.html
 * @see https://github.com/cilium/cilium/issues/25232
 */
const CHARTS = ['antrea', 'calico', 'cilium', 'kube-ovn', 'tigera-operator'];

/** The objects and charts that install another network plugin than the Amazon VPC CNI. */
export const readNetworkPlugins = (charts: readonly KubernetesObject[], objects: readonly KubernetesObject[]): KubernetesObject[] => [
  ...[...charts, ...objects.filter(isGenerator)].filter((object) => chartNames(object).some((name) => CHARTS.includes(name))),
  ...objects.filter(({ group, kind }) => (group === 'operator.tigera.io' && kind === 'Installation') || (group === 'cilium.io' && kind === 'CiliumNodeConfig')),
];
