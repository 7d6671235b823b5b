import { AccessPlace } from '../../../access-reason';
import { ClusterId } from '../../values/cluster-id';
import { Pattern } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { allOf, anyOf, Truth } from '../../values/truth';
import { Unknown } from '../../values/unknown';
import { FargateSelector } from '../fargate-selector';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** The pods of a cluster that a selector is asked about. */
export interface SelectedPods {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly labels: Resolved;
  /** Whether a controller creates them, which adds labels to those of its template. */
  readonly isOfController?: boolean;
}

export interface FargateProfiles {
  readonly selectors: readonly FargateSelector[];
  readonly podExecutionRoles: readonly PodExecutionRole[];
}

/** The role with which the kubelets of a Fargate profile register their nodes. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html */
export interface PodExecutionRole {
  readonly cluster?: ClusterId;
  readonly arn: Text;
  readonly place: AccessPlace;
}

/**
 * The Fargate profiles of the templates, of CloudFormation and of aws-cdk.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html
 */
export function readFargateProfiles(resources: StackResources): FargateProfiles {
  const profiles = [
    ...resources.ofType('AWS::EKS::FargateProfile').map((profile) =>
      ({ profile, cluster: profile.cluster('ClusterName'), selectors: profile.property('Selectors'), role: profile.property('PodExecutionRoleArn') })),
    ...resources.ofType('Custom::AWSCDK-EKS-FargateProfile').map((profile) => {
      const [selectors, role] = ['selectors', 'podExecutionRoleArn'].map((name) => profile.property('Config', name));
      return { profile, cluster: profile.cluster('Config', 'clusterName'), selectors, role };
    }),
  ];
  return {
    selectors: profiles.flatMap(({ profile, cluster, selectors }) => listOf(selectors).map((selector) => selectorOf(profile, cluster, selector)))
      .filter((selector) => selector !== undefined),
    podExecutionRoles: profiles.flatMap(({ profile, cluster, role }) => {
      const arn = textOf(role);
      return arn ? [{ cluster, arn, place: profile.place() }] : [];
    }),
  };
}

/** aws-cdk writes the names of the API in lower case. What cannot be read may be anything. */
function selectorOf(profile: StackResource, cluster: ClusterId | undefined, selector: Resolved): FargateSelector | undefined {
  const get = (name: string) => (selector instanceof ResolvedMap ? selector.get(name) ?? selector.get(name.toLowerCase()) : undefined);
  const unread = unreadSelector(profile);
  const labels = labelsOf(get('Labels'), unread);
  return cluster && { cluster, namespace: textOf(get('Namespace')) ?? unread, labels, place: profile.place(), dependents: profile.dependents };
}

const unreadSelector = ({ logicalId, ref }: StackResource): Text =>
  Text.unknown(new Unknown(`selector of ${ref.key}`, { label: `a selector of Fargate profile ${logicalId}` }));

function labelsOf(labels: Resolved, unread: Text): Array<readonly [Text, Text]> {
  const pairs: ReadonlyArray<readonly [Resolved, Resolved]> = labels instanceof ResolvedMap
    ? labels.entries
    : listOf(labels).map((label) => (label instanceof ResolvedMap ? [label.get('Key'), label.get('Value')] : [undefined, undefined]));
  return pairs.map(([key, value]) => [textOf(key) ?? unread, textOf(value) ?? unread] as const);
}

/**
 * Whether pods run on Fargate. `*` and `?` in a selector are wildcards.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-wildcards
 */
export const isOnFargate = (pods: SelectedPods, selectors: readonly FargateSelector[]): Truth => anyOf(selectors.map((selector) => allOf([
  selector.cluster.is(pods.cluster),
  Pattern.glob(selector.namespace).matches(pods.namespace),
  ...selector.labels.map(([key, value]) => hasLabel(pods, key, value)),
])));

/** What controllers of Kubernetes label their pods with. @see https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const LABELS_OF_CONTROLLERS = [
  'job-name', 'batch.kubernetes.io/job-name', 'controller-uid', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index',
  'statefulset.kubernetes.io/pod-name', 'apps.kubernetes.io/pod-index', 'pod-template-hash', 'controller-revision-hash', 'pod-template-generation',
].map((label) => Text.of(label));

function hasLabel({ labels, isOfController }: SelectedPods, key: Text, value: Text): Truth {
  const isAdded = isOfController && LABELS_OF_CONTROLLERS.some((label) => Pattern.glob(key).matches(label) !== 'no');
  return anyOf([ofTemplate(labels, key, value), isAdded ? 'unknown' : 'no']);
}

function ofTemplate(labels: Resolved, key: Text, value: Text): Truth {
  if (!(labels instanceof ResolvedMap)) {
    return labels === undefined ? 'no' : 'unknown';
  }
  const truth = anyOf(labels.entries.map(([name, label]) =>
    allOf([Pattern.glob(key).matches(name), label instanceof Text ? Pattern.glob(value).matches(label) : 'no'])));
  return truth === 'no' && key.unknowns.length > 0 ? 'unknown' : truth; // there may be no such label
}
