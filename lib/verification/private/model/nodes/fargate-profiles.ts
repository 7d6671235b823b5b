import { ClusterId } from '../../values/cluster-id';
import { Pattern } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { allOf, anyOf, Truth } from '../../values/truth';
import { FargateSelector } from '../model';
import { StackResources } from '../stack-resources';

/** The pods of a cluster that a selector is asked about. */
export interface SelectedPods {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly labels: Resolved;
}

export interface FargateProfiles {
  readonly selectors: readonly FargateSelector[];
  readonly podExecutionRoles: readonly Text[];
}

/**
 * The Fargate profiles of the templates, of CloudFormation and of aws-cdk.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export function readFargateProfiles(resources: StackResources): FargateProfiles {
  const profiles = [
    ...resources.ofType('AWS::EKS::FargateProfile').map((profile) =>
      ({ cluster: profile.cluster('ClusterName'), selectors: profile.property('Selectors'), role: profile.property('PodExecutionRoleArn') })),
    ...resources.ofType('Custom::AWSCDK-EKS-FargateProfile').map((profile) =>
      ({ cluster: profile.cluster('Config', 'clusterName'), selectors: profile.property('Config', 'selectors'), role: profile.property('Config', 'podExecutionRoleArn') })),
  ];
  return {
    selectors: profiles.flatMap(({ cluster, selectors }) => listOf(selectors).flatMap((selector) => selectorsOf(cluster, selector))),
    podExecutionRoles: profiles.flatMap(({ role }) => textOf(role) ?? []),
  };
}

/** aws-cdk writes the names of the API in lower case. */
function selectorsOf(cluster: ClusterId | undefined, selector: Resolved): FargateSelector[] {
  const get = (name: string) => (selector instanceof ResolvedMap ? selector.get(name) ?? selector.get(name.toLowerCase()) : undefined);
  const [namespace, labels] = [get('Namespace'), get('Labels')];
  return cluster && namespace instanceof Text ? [{ cluster, namespace, labels: labelsOf(labels) }] : [];
}

function labelsOf(labels: Resolved): Array<readonly [Text, Text]> {
  const pairs: ReadonlyArray<readonly [Resolved, Resolved]> = labels instanceof ResolvedMap
    ? labels.entries
    : listOf(labels).map((label) => (label instanceof ResolvedMap ? [label.get('Key'), label.get('Value')] : [undefined, undefined]));
  return pairs.flatMap(([key, value]) => (key instanceof Text && value instanceof Text ? [[key, value] as const] : []));
}

/**
 * Whether pods run on Fargate. `*` and `?` in a selector are wildcards.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards
 */
export const isOnFargate = (pods: SelectedPods, selectors: readonly FargateSelector[]): Truth => anyOf(selectors.map((selector) => allOf([
  selector.cluster.is(pods.cluster),
  Pattern.glob(selector.namespace).matches(pods.namespace),
  ...selector.labels.map(([key, value]) => hasLabel(pods.labels, key, value)),
])));

function hasLabel(labels: Resolved, key: Text, value: Text): Truth {
  const entries = labels instanceof ResolvedMap ? labels.entries : [];
  return anyOf(entries.map(([name, label]) => allOf([Pattern.glob(key).matches(name), label instanceof Text ? Pattern.glob(value).matches(label) : 'no'])));
}
