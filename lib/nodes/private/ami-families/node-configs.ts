import { Token } from 'aws-cdk-lib';
import { refusalWithoutValue } from '../../../private/errors';
import { IN_QUOTES } from '../../../private/escapes';
import { ClusterFacts, kubeletTaints } from '../cluster-facts';
import { NodeText, placesOfTokens, Tokens } from '../node-text';
import { UserDataProps } from '../user-data-props';

interface Spec { readonly [field: string]: any }

/**
 * What nodeadm hands on as data. Of other fields it makes texts in which a value could add something: a line of flags, a TOML file,
 * units of systemd.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/tree/main/nodeadm/internal
 */
const KEPT_AS_DATA = /^nodeConfigs\[\d+\]\.(kubelet\.config|containerd\.baseRuntimeSpec|cluster\.cidr)(?=[.[]|$)/;

/**
 * What is said of the node, as JSON, the more particular after the more general: nodeadm merges it in this order.
 *
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
 */
export function nodeConfigs(props: UserDataProps, tokens: Tokens): string[] {
  const { cluster, taints = [], maxPods, kubelet = {} } = props;
  refuseTwice(kubelet, { maxPods, registerWithTaints: taints.length > 0 ? taints : undefined });
  const further: Spec[] = tokens.resolve(props.nodeConfigs ?? []);
  further.forEach((spec, i) => checkSpec(`nodeConfigs[${i}]`, spec));
  return [
    ...cluster ? [(text: NodeText) => clusterSpec(text, cluster, props, further)] : [],
    ...Object.keys(kubelet).length > 0 || maxPods !== undefined ? [(text: NodeText) => kubeletSpec(text, props)] : [],
    ...further.map((spec, i) => (text: NodeText) => text.marked(`nodeConfigs[${i}]`, spec)),
  ].map((specOf) => {
    const text = new NodeText(tokens, IN_QUOTES);
    return Token.asString(text.complete(JSON.stringify({ apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec: specOf(text) })));
  });
}

const kubeletSpec = (text: NodeText, { kubelet, maxPods }: UserDataProps): Spec =>
  ({ kubelet: { config: { ...text.marked('kubelet', kubelet), ...maxPods !== undefined && { maxPods: text.marked('maxPods', maxPods) } } } });

function clusterSpec(text: NodeText, cluster: ClusterFacts, { labels = {}, taints = [] }: UserDataProps, further: Spec[]): Spec {
  const { name, endpoint, certificateAuthority, serviceCidr } = cluster;
  if (serviceCidr === undefined && !further.some((spec) => spec.cluster?.cidr)) {
    throw refusalWithoutValue('nodeConfigs', 'given a cluster.cidr beside machineImage', 'nodes of Amazon Linux 2023 must be told the range of service addresses: '
      + 'see kubernetesNetworkConfig in aws eks describe-cluster; for a cluster that is not there yet, set its serviceIpv4Cidr');
  }
  const kubelet = {
    ...Object.keys(labels).length > 0 && { flags: [`--node-labels=${Object.entries(labels).map(labelPair).join(',')}`] },
    ...taints.length > 0 && { config: { registerWithTaints: text.marked('taints', kubeletTaints(taints)) } },
  };
  return {
    cluster: text.marked('cluster', { name, apiServerEndpoint: endpoint, certificateAuthority, cidr: serviceCidr }),
    ...Object.keys(kubelet).length > 0 && { kubelet },
  };
}

/** The kubelet takes labels as a flag only, in a list with commas. Taints can be data. */
function labelPair([key, value]: [string, string]): string {
  if (Token.isUnresolved(key) || Token.isUnresolved(value)) {
    throw refusalWithoutValue('labels', 'known when the app is synthesized beside machineImage',
      'the kubelet reads them from a list with commas, to which a value could add labels; use literals, or an image of Amazon EKS');
  }
  return `${key}=${value}`;
}

function refuseTwice(kubelet: Spec, options: { readonly [setting: string]: unknown }): void {
  for (const [setting, value] of Object.entries(options)) {
    if (value !== undefined && setting in kubelet) {
      throw refusalWithoutValue(`kubelet.${setting}`, `left out beside ${setting === 'maxPods' ? 'maxPods' : 'taints'}`, 'one of them says it');
    }
  }
}

/** Which cluster the node joins is not for the caller to say. @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#clusterdetails */
function checkSpec(property: string, spec: Spec): void {
  for (const field of ['apiVersion', 'kind', 'spec']) {
    if (field in spec) {
      throw refusalWithoutValue(`${property}.${field}`, 'left out', 'give what stands below spec alone');
    }
  }
  for (const field of ['name', 'apiServerEndpoint', 'certificateAuthority']) {
    if (spec.cluster && field in spec.cluster) {
      throw refusalWithoutValue(`${property}.cluster.${field}`, 'left out', 'it is that of the nodegroup\'s cluster');
    }
  }
  const place = placesOfTokens(property, spec).find((path) => !KEPT_AS_DATA.test(path));
  if (place !== undefined) {
    throw refusalWithoutValue(place, 'known when the app is synthesized',
      'the node writes it into another text, to which a value could add something; tokens may stand in kubelet.config, containerd.baseRuntimeSpec and cluster.cidr');
  }
}
