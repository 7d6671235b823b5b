import { NodegroupAmiType } from 'aws-cdk-lib/aws-eks-v2';
import { Construct } from 'constructs';
import { AmiFamily } from './ami-family';
import { checkTomlOfEks, IN_TOML_OF_EKS, refuseNull } from './bottlerocket-toml';
import { refusalWithoutValue } from '../../../private/errors';
import { IN_QUOTES } from '../../../private/escapes';
import { checkPlainData } from '../../../private/plain-data';
import { NodeBootOptions } from '../../node-boot-options';
import { ClusterFacts, kubeletTaints } from '../cluster-facts';
import { NodeText, Tokens } from '../node-text';
import { BOTTLEROCKET_SETTINGS } from '../settings/bottlerocket-settings';
import { checkSettings } from '../settings/known-settings';
import { UserDataProps } from '../user-data-props';

// its type declarations are for an ES module, which a CommonJS module cannot import
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { stringify } = require('smol-toml') as { stringify(value: object): string };

/** @see https://docs.aws.amazon.com/eks/latest/userguide/eks-optimized-ami-bottlerocket.html */
export const BOTTLEROCKET: AmiFamily = {
  name: 'BOTTLEROCKET',
  title: 'Bottlerocket',
  images: {
    'x86_64 none': NodegroupAmiType.BOTTLEROCKET_X86_64,
    'arm64 none': NodegroupAmiType.BOTTLEROCKET_ARM_64,
    'x86_64 NVIDIA': NodegroupAmiType.BOTTLEROCKET_X86_64_NVIDIA,
    'arm64 NVIDIA': NodegroupAmiType.BOTTLEROCKET_ARM_64_NVIDIA,
    'x86_64 Neuron': NodegroupAmiType.BOTTLEROCKET_X86_64, // includes the drivers
  },
  amiTypes: /^BOTTLEROCKET_/,
  typesWithoutImage: /^p6e-gb/,
  dataDevice: '/dev/xvdb',
  systemDevice: '/dev/xvda',
  refuses: {
    preBootstrapCommands: 'Bottlerocket has no shell to run them; use bottlerocketSettings, for example with a bootstrap container',
    preBootstrapEnvironment: 'it only applies to preBootstrapCommands, and Bottlerocket has no shell to run them',
    kubelet: 'set it under kubernetes in bottlerocketSettings',
    nodeConfigs: 'use bottlerocketSettings',
  },
  checkSettings: checkBottlerocketSettings,
  userData,
};

interface Settings { readonly [setting: string]: any }

function checkBottlerocketSettings(scope: Construct, { bottlerocketSettings: settings = {} }: NodeBootOptions): void {
  const example = '{ kernel: { lockdown: \'integrity\' } }';
  checkPlainData('bottlerocketSettings', settings);
  if ('settings' in settings) {
    throw refusalWithoutValue('bottlerocketSettings.settings', 'omitted', `put what is below it directly into bottlerocketSettings, such as ${example}`);
  }
  refuseNull('bottlerocketSettings', settings);
  checkSettings(scope, 'bottlerocketSettings', settings, BOTTLEROCKET_SETTINGS);
}

/**
 * The settings as TOML. Amazon EKS merges them with its own settings, and these settings take precedence.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
function userData(props: UserDataProps, tokens: Tokens): unknown {
  const text = new NodeText(tokens, props.cluster ? IN_QUOTES : IN_TOML_OF_EKS);
  const given: Settings = text.marked('bottlerocketSettings', props.bottlerocketSettings ?? {});
  refuseWhatOptionsSay(props, given.kubernetes ?? {});
  if (!props.cluster) {
    checkTomlOfEks('bottlerocketSettings', given);
  }
  const { kubernetes, 'host-containers': hostContainers, ...others } = given;
  const settings = withoutEmpty({
    ...others,
    'host-containers': { ...hostContainers, ...props.ssh && { admin: { enabled: true, ...hostContainers?.admin } } },
    'kubernetes': { ...kubernetesSettings(text, props), ...kubernetes },
  });
  return Object.keys(settings).length > 0 ? text.complete(stringify({ settings })) : undefined;
}

function kubernetesSettings(text: NodeText, { cluster, labels = {}, taints = [], maxPods, neuron }: UserDataProps): Settings {
  return {
    ...cluster && text.marked('cluster', clusterSettings(cluster)),
    ...cluster && Object.keys(labels).length > 0 && { 'node-labels': text.marked('labels', labels) },
    ...cluster && taints.length > 0 && { 'node-taints': text.marked('taints', nodeTaints(taints)) },
    ...maxPods !== undefined && { 'max-pods': text.marked('maxPods', maxPods) },
    // without it, pods that do not run as root cannot use the devices. @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
    ...neuron && { 'device-ownership-from-security-context': true },
  };
}

const clusterSettings = ({ name, endpoint, certificateAuthority }: ClusterFacts): Settings => ({
  'cluster-name': name,
  'api-server': endpoint,
  'cluster-certificate': certificateAuthority,
});

function nodeTaints(taints: NonNullable<UserDataProps['taints']>): { [key: string]: string[] } {
  const byKey = new Map<string, string[]>(); // a plain object inherits keys such as `constructor`
  for (const { key, value, effect } of kubeletTaints(taints)) {
    byKey.set(key, [...byKey.get(key) ?? [], `${value}:${effect}`]);
  }
  return Object.fromEntries(byKey);
}

function refuseWhatOptionsSay({ maxPods }: UserDataProps, kubernetes: Settings): void {
  const saidBy: { [setting: string]: string | undefined } = {
    'cluster-name': 'the cluster of the nodegroup determines it',
    'api-server': 'the cluster of the nodegroup determines it',
    'cluster-certificate': 'the cluster of the nodegroup determines it',
    'node-labels': 'use labels',
    'node-taints': 'use taints',
    'max-pods': maxPods === undefined ? undefined : 'maxPods sets it',
  };
  for (const [setting, fix] of Object.entries(saidBy)) {
    if (fix && setting in kubernetes) {
      throw refusalWithoutValue(`bottlerocketSettings.kubernetes.${setting}`, 'omitted', fix);
    }
  }
}

const withoutEmpty = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => typeof value !== 'object' || Object.keys(value).length > 0));
