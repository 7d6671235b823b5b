import { checkTomlOfEks } from './bottlerocket-toml';
import { ClusterFacts, kubeletTaints } from './cluster-facts';
import type { UserDataProps } from './user-data';
import { refusal } from '../../private/errors';

// its types are those of an ES module, which a CommonJS module cannot import
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { stringify } = require('smol-toml') as { stringify(value: object): string };

interface Settings { readonly [setting: string]: any }

/**
 * User data for Bottlerocket: its settings, as TOML. EKS merges it with its own, in which it goes before what EKS says.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function bottlerocketUserData(props: UserDataProps): string | undefined {
  refuseWhatIsForAmazonLinux(props);
  const { bottlerocketSettings = {} } = props;
  refuseWhatOptionsSay(props, bottlerocketSettings.kubernetes ?? {});
  if (!props.cluster) {
    checkTomlOfEks('bottlerocketSettings', bottlerocketSettings);
  }
  const { kubernetes, 'host-containers': hostContainers, ...others } = bottlerocketSettings;
  const settings = withoutEmpty({
    ...others,
    'host-containers': { ...hostContainers, ...props.ssh && { admin: { enabled: true, ...hostContainers?.admin } } },
    'kubernetes': { ...kubernetesSettings(props), ...kubernetes },
  });
  return Object.keys(settings).length > 0 ? stringify({ settings }) : undefined;
}

function kubernetesSettings({ cluster, labels = {}, taints = [], maxPods, neuron }: UserDataProps): Settings {
  return {
    ...cluster && clusterSettings(cluster),
    ...cluster && Object.keys(labels).length > 0 && { 'node-labels': labels },
    ...cluster && taints.length > 0 && { 'node-taints': nodeTaints(taints) },
    ...maxPods !== undefined && { 'max-pods': maxPods },
    // without it, pods that are not root cannot use the devices. @see https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html
    ...neuron && { 'device-ownership-from-security-context': true },
  };
}

const clusterSettings = ({ name, endpoint, certificateAuthority }: ClusterFacts): Settings => ({
  'cluster-name': name,
  'api-server': endpoint,
  'cluster-certificate': certificateAuthority,
});

function nodeTaints(taints: NonNullable<UserDataProps['taints']>): { [key: string]: string[] } {
  const byKey = new Map<string, string[]>(); // a plain object has keys already, such as `constructor`
  for (const { key, value, effect } of kubeletTaints(taints)) {
    byKey.set(key, [...byKey.get(key) ?? [], `${value}:${effect}`]);
  }
  return Object.fromEntries(byKey);
}

function refuseWhatOptionsSay({ maxPods }: UserDataProps, kubernetes: Settings): void {
  const saidBy: { [setting: string]: string | undefined } = {
    'cluster-name': 'it is that of the nodegroup\'s cluster',
    'api-server': 'it is that of the nodegroup\'s cluster',
    'cluster-certificate': 'it is that of the nodegroup\'s cluster',
    'node-labels': 'use labels',
    'node-taints': 'use taints',
    'max-pods': maxPods === undefined ? undefined : 'maxPods says it',
  };
  for (const [setting, fix] of Object.entries(saidBy)) {
    if (fix && setting in kubernetes) {
      throw refusal(`bottlerocketSettings.kubernetes.${setting}`, kubernetes[setting], 'left out', fix);
    }
  }
}

function refuseWhatIsForAmazonLinux(props: UserDataProps): void {
  const fixes = {
    preBootstrapCommands: 'Bottlerocket has no shell to run them; use its settings, or a bootstrap container in them',
    kubelet: 'set it below kubernetes in bottlerocketSettings',
    nodeConfigs: 'use bottlerocketSettings',
  };
  for (const [property, fix] of Object.entries(fixes)) {
    const given = props[property as keyof typeof fixes];
    if (given) {
      throw refusal(property, given, 'left out for Bottlerocket', fix);
    }
  }
}

const withoutEmpty = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([, value]) => typeof value !== 'object' || Object.keys(value).length > 0));
