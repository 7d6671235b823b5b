import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textAfter, textOf } from '../../values/text-parts';

/** A cluster that tags name, and whether they say for sure that instances with these tags are nodes of it. */
export interface TaggedCluster {
  readonly name: Text;
  readonly isCertain: boolean;
}

const PREFIX = 'kubernetes.io/cluster/';

/** Tags of eksctl, whose value is the name of the cluster. */
const TAGS_OF_EKSCTL = ['eksctl.cluster.k8s.io/v1alpha1/cluster-name', 'alpha.eksctl.io/cluster-name'];

/**
 * The clusters that tags name. Nodes have the tag `kubernetes.io/cluster/NAME` with the value `owned`. What else a cluster uses can have the value `shared`.
 *
 * @param known the names of clusters, any of which a tag may name whose start only the deployment knows.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/launch-workers.html
 */
export function clustersOfTags(tags: readonly Resolved[], known: readonly Text[]): TaggedCluster[] {
  const named = tags.flatMap((tag) => clustersOfTag(textOf(valueAt(tag, 'Key')), valueAt(tag, 'Value'), known));
  const names = new Map(named.map(({ name }) => [name.key, name]));
  const isOwned = (key: string) => named.some(({ name, isCertain }) => isCertain && name.key === key);
  return [...names].map(([key, name]) => ({ name, isCertain: names.size === 1 && isOwned(key) }));
}

function clustersOfTag(key: Text | undefined, value: Resolved, known: readonly Text[]): TaggedCluster[] {
  if (key?.literal !== undefined && TAGS_OF_EKSCTL.includes(key.literal)) {
    return value instanceof Text ? [{ name: value, isCertain: true }] : [];
  }
  if (key?.startsWith(PREFIX)) {
    return [{ name: textAfter(key, PREFIX)!, isCertain: isText(value, 'owned') === 'yes' }];
  }
  return known.filter((name) => key && equal(Text.join([Text.of(PREFIX), name]), key) !== 'no').map((name) => ({ name, isCertain: false }));
}

/** The tags that the `TagSpecifications` of a launch template or a fleet give instances. Of those that may be for something else, the values do not count. */
export const instanceTags = (specifications: Resolved): Resolved[] => listOf(specifications).flatMap((specification) => {
  const isOfInstances = isText(valueAt(specification, 'ResourceType'), 'instance');
  const tags = isOfInstances === 'no' ? [] : listOf(valueAt(specification, 'Tags'));
  return isOfInstances === 'yes' ? tags : tags.map((tag) => new ResolvedMap([[Text.of('Key'), valueAt(tag, 'Key')]]));
});
