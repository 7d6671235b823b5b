import { ClusterFacts, kubeletTaints } from './cluster-facts';
import type { UserDataProps } from './user-data';
import { refusal } from '../../private/errors';

// its types are those of an ES module, which a CommonJS module cannot import
// eslint-disable-next-line @typescript-eslint/no-require-imports
const { stringify } = require('smol-toml') as { stringify(value: object): string };

/**
 * User data for Bottlerocket: its settings, as TOML. EKS merges it with its own.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data
 */
export function bottlerocketUserData(props: UserDataProps): string | undefined {
  refuseWhatIsForAmazonLinux(props);
  const { bottlerocketSettings = {}, maxPods, cluster } = props;
  const { kubernetes = {}, ...others } = bottlerocketSettings;
  if (maxPods !== undefined && 'max-pods' in kubernetes) {
    throw refusal('bottlerocketSettings.kubernetes.max-pods', kubernetes['max-pods'], 'left out beside maxPods', 'one of them says it');
  }
  const ours = { ...cluster && clusterSettings(cluster, props), ...maxPods !== undefined && { 'max-pods': maxPods } };
  const all = { ...others, ...(Object.keys({ ...kubernetes, ...ours }).length > 0 && { kubernetes: { ...ours, ...kubernetes } }) };
  return Object.keys(all).length > 0 ? stringify({ settings: all }) : undefined;
}

function clusterSettings({ name, endpoint, certificateAuthority }: ClusterFacts, { labels = {}, taints = [] }: UserDataProps): object {
  const byKey: { [key: string]: string[] } = {};
  for (const { key, value, effect } of kubeletTaints(taints)) {
    (byKey[key] ??= []).push(`${value}:${effect}`);
  }
  return {
    'cluster-name': name,
    'api-server': endpoint,
    'cluster-certificate': certificateAuthority,
    ...Object.keys(labels).length > 0 && { 'node-labels': labels },
    ...taints.length > 0 && { 'node-taints': byKey },
  };
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
