import { Yaml } from 'cdk8s';
import { ClusterFacts, kubeletTaints } from './cluster-facts';
import type { UserDataProps } from './user-data';
import { refusal } from '../../private/errors';

/** The same at each synthesis, so that an unchanged nodegroup stays unchanged. */
const BOUNDARY = '==CDK-IRSA==';

/**
 * User data for Amazon Linux 2023: commands are scripts, run in order before the node joins the cluster; NodeConfigs say how it joins.
 *
 * EKS merges it with its own part, for which it must be MIME multi-part. The parts stand in it as text: cloud-init reads no other
 * characters than ASCII there.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function al2023UserData(props: UserDataProps): string | undefined {
  if (props.bottlerocketSettings) {
    throw refusal('bottlerocketSettings', props.bottlerocketSettings, 'left out for Amazon Linux 2023', 'set amiFamily to NodeAmiFamily.BOTTLEROCKET, or use kubelet and nodeConfigs');
  }
  const scripts = (props.preBootstrapCommands ?? []).map((command, i) => part('text/x-shellscript; charset="us-ascii"', script(`preBootstrapCommands[${i}]`, command)));
  const configs = nodeConfigs(props).map((spec) => part('application/node.eks.aws', Yaml.stringify({ apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig', spec })));
  const parts = [...scripts, ...configs];
  if (parts.length === 0) {
    return undefined;
  }
  return [`Content-Type: multipart/mixed; boundary="${BOUNDARY}"`, 'MIME-Version: 1.0', '', ...parts, `--${BOUNDARY}--`, ''].join('\n');
}

const part = (contentType: string, body: string) => [`--${BOUNDARY}`, `Content-Type: ${contentType}`, '', body].join('\n');

/** What is said of the node, the more particular after the more general: nodeadm merges it in this order. */
function nodeConfigs({ cluster, labels = {}, taints = [], maxPods, kubelet, nodeConfigs: further = [] }: UserDataProps): object[] {
  further.forEach((config, i) => checkNodeConfig(`nodeConfigs[${i}]`, config));
  if (kubelet && 'maxPods' in kubelet && maxPods !== undefined) {
    throw refusal('kubelet.maxPods', kubelet.maxPods, 'left out beside maxPods', 'one of them says it');
  }
  const config = { ...kubelet, ...maxPods !== undefined && { maxPods } };
  const flags = cluster ? kubeletFlags(labels, kubeletTaints(taints)) : [];
  return [
    ...cluster ? [{ cluster: clusterConfig(cluster, further), ...flags.length > 0 && { kubelet: { flags } } }] : [],
    ...Object.keys(config).length > 0 ? [{ kubelet: { config } }] : [],
    ...further,
  ];
}

/** Which cluster the node joins is not for the caller to say. @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/#clusterdetails */
function checkNodeConfig(property: string, config: { [field: string]: any }): void {
  for (const field of ['apiVersion', 'kind', 'spec']) {
    if (field in config) {
      throw refusal(`${property}.${field}`, config[field], 'left out', 'give what stands below spec alone');
    }
  }
  for (const field of ['name', 'apiServerEndpoint', 'certificateAuthority']) {
    if (config.cluster && field in config.cluster) {
      throw refusal(`${property}.cluster.${field}`, config.cluster[field], 'left out', 'it is that of the nodegroup\'s cluster');
    }
  }
}

function clusterConfig({ name, endpoint, certificateAuthority, serviceCidr }: ClusterFacts, further: { [field: string]: any }[]): object {
  if (serviceCidr === undefined && !further.some(({ cluster }) => cluster?.cidr)) {
    throw refusal('nodeConfigs', further, 'given a cluster.cidr beside machineImage', 'nodes of Amazon Linux 2023 must be told the range of service addresses: '
      + 'see kubernetesNetworkConfig in aws eks describe-cluster; for a cluster that is not there yet, set its serviceIpv4Cidr');
  }
  return { name, apiServerEndpoint: endpoint, certificateAuthority, cidr: serviceCidr };
}

function kubeletFlags(labels: { [key: string]: string }, taints: ReturnType<typeof kubeletTaints>): string[] {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return [
    ...pairs.length > 0 ? [`--node-labels=${pairs.join(',')}`] : [],
    ...taints.length > 0 ? [`--register-with-taints=${taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).join(',')}`] : [],
  ];
}

function script(property: string, command: string): string {
  if (command.trim() === '') {
    throw refusal(property, command, 'a command');
  }
  if (/[^\0-\x7f]/.test(command)) {
    throw refusal(property, command, 'in ASCII characters', 'write others as escapes of the shell, such as $\'\\u00e4\'');
  }
  if (command.split('\n').some((line) => line.startsWith(`--${BOUNDARY}`))) {
    throw refusal(property, command, `a command without a line that starts with --${BOUNDARY}`, 'it ends a part of the user data');
  }
  return command.startsWith('#!') ? command : `#!/bin/bash\n${command}`;
}
