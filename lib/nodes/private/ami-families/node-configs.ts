import { Token } from 'aws-cdk-lib';
import { refusalWithoutValue } from '../../../private/errors';
import { IN_QUOTES } from '../../../private/escapes';
import { ClusterFacts, kubeletTaints } from '../cluster-facts';
import { NodeText, placesOfTokens, Tokens } from '../node-text';
import { UserDataProps } from '../user-data-props';

interface Spec { readonly [field: string]: any }

/**
 * The fields that nodeadm processes as data. It writes other fields into text, where a value could inject content: command-line flags, a
 * TOML file, or systemd units.
 *
 * @see https://github.com/awslabs/amazon-eks-ami/tree/main/nodeadm/internal
 */
const KEPT_AS_DATA = /^nodeConfigs\[\d+\]\.(kubelet\.config|containerd\.baseRuntimeSpec|cluster\.cidr)(?=[.[]|$)/;

/**
 * The NodeConfigs of the node as JSON, from the most general to the most specific: nodeadm merges them in this order.
 *
 * @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/
 */
export function nodeConfigs(props: UserDataProps, tokens: Tokens): string[] {
  const { cluster, taints = [], maxPods, kubelet = {} } = props;
  refuseTwice(kubelet, { maxPods, registerWithTaints: taints.length > 0 ? taints : undefined });
  const further: Spec[] = tokens.resolve(props.nodeConfigs ?? []);
  further.forEach((spec, i) => checkSpec(`nodeConfigs[${i}]`, spec));
  return [
    ...(cluster ? [(text: NodeText) => clusterSpec(text, cluster, props, further)] : []),
    ...(Object.keys(kubelet).length > 0 || maxPods !== undefined ? [(text: NodeText) => kubeletSpec(text, props)] : []),
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
    throw refusalWithoutValue('nodeConfigs', 'a list with a cluster.cidr if machineImage is set', 'Amazon Linux 2023 nodes require the service CIDR block of the cluster; '
      + 'see kubernetesNetworkConfig in the output of aws eks describe-cluster, or set serviceIpv4Cidr on a new cluster');
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

/** The kubelet accepts labels only as a flag with a comma-separated list. Taints can be data. */
function labelPair([key, value]: [string, string]): string {
  if (Token.isUnresolved(key) || Token.isUnresolved(value)) {
    throw refusalWithoutValue('labels', 'known when the app is synthesized if machineImage is set',
      'the kubelet reads labels from a comma-separated list, to which the value of a token could add labels; use literals, or an Amazon EKS image');
  }
  return `${key}=${value}`;
}

function refuseTwice(kubelet: Spec, options: { readonly [setting: string]: unknown }): void {
  for (const [setting, value] of Object.entries(options)) {
    if (value !== undefined && setting in kubelet) {
      throw refusalWithoutValue(`kubelet.${setting}`, `omitted if ${setting === 'maxPods' ? 'maxPods is' : 'taints are'} set`, 'set only one of them');
    }
  }
}

/** The cluster of the nodegroup determines which cluster the node joins. @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#clusterdetails */
function checkSpec(property: string, spec: Spec): void {
  for (const field of ['apiVersion', 'kind', 'spec']) {
    if (field in spec) {
      throw refusalWithoutValue(`${property}.${field}`, 'omitted', 'specify only the content of spec');
    }
  }
  for (const field of ['name', 'apiServerEndpoint', 'certificateAuthority']) {
    if (spec.cluster && field in spec.cluster) {
      throw refusalWithoutValue(`${property}.cluster.${field}`, 'omitted', 'the cluster of the nodegroup determines it');
    }
  }
  const place = placesOfTokens(property, spec).find((path) => !KEPT_AS_DATA.test(path));
  if (place !== undefined) {
    throw refusalWithoutValue(place, 'known when the app is synthesized',
      'the node writes it into text, where the value of a token could inject content; tokens are allowed only in kubelet.config, containerd.baseRuntimeSpec and cluster.cidr');
  }
}
