import { clustersOfTags, instanceTags, TaggedCluster } from './cluster-tags';
import { systemLabels } from './labels-and-taints';
import { Launch, Launches } from './launches';
import { isBootstrap } from './user-data';
import { launchesWindows } from './windows';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { Nodegroup } from '../model';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/** Types of resources that launch self-managed nodes. */
export const SELF_MANAGED = ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EC2::EC2Fleet', 'AWS::EC2::Instance', 'AWS::EC2::SpotFleet'];

/**
 * Self-managed nodes: Auto Scaling groups, fleets and instances with the tag of a cluster, with user data that may let them join one, or with the role of nodes
 * of one. A cluster lets all instances with such a role join, and user data need not show it: it can be compressed, or download a script.
 *
 * @param clusters the names of the clusters that the templates create.
 * @param others the nodes that something else creates.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/worker.html
 */
export function readSelfManagedNodes(
  resources: StackResources, launches: Launches, clusters: readonly Text[], others: readonly Nodegroup[],
): Nodegroup[] {
  const readWith = (known: readonly Nodegroup[]) => resources.ofType(...SELF_MANAGED).flatMap((resource) => {
    const launched = launches.of(resource);
    return clustersOf(resource, launched, clusters, known).flatMap(({ name, isCertain }) =>
      nodesOf(resource, launched, { cluster: resource.clusterNamed(name), name: resource.ref, ...!isCertain && { mayBeMissing: true } }));
  });
  return readWith([...others, ...readWith([])]);
}

/** The nodes that a resource launches: those with its first launch template have its name. */
export function nodesOf(resource: StackResource, launched: readonly Launch[], nodes: Pick<Nodegroup, 'cluster' | 'name' | 'mayBeMissing'>): Nodegroup[] {
  const different = [...new Map(launched.map((launch) => [`${launch.what} ${launch.roleArn.key} ${launch.metadata.why}`, launch])).values()];
  return different.map(({ roleArn, metadata, what, resource: launch }, i) => {
    const label = i === 0 ? resource.logicalId : `${resource.logicalId} with ${what}`;
    const isWindows = [resource, ...(launch ? [launch] : [])].some(launchesWindows);
    const more = { ...i > 0 && { name: Text.of(label) }, ...isWindows && { isWindows: 'yes' as const, labels: new Map(systemLabels('windows')) } };
    return { ...nodes, ...more, label, roleArn, isSelfManaged: true, ...metadata, place: resource.place() };
  });
}

/** A cluster that no tag names is not certain: a script can mention a name for other reasons. */
function clustersOf(resource: StackResource, launched: readonly Launch[], clusters: readonly Text[], known: readonly Nodegroup[]): TaggedCluster[] {
  const used = launched.flatMap((launch) => launch.resource ?? []);
  const specifications = [resource.property('TagSpecifications'), ...used.map((launch) => launch.property('LaunchTemplateData', 'TagSpecifications'))];
  const tagged = clustersOfTags([...listOf(resource.property('Tags')), ...specifications.flatMap(instanceTags)], clusters);
  const userData = [resource.decoded('UserData'), ...used.flatMap((launch) => [launch.decoded('UserData'), launch.decoded('LaunchTemplateData', 'UserData')])];
  const possible = clusters.filter((name) => hasUnreadTags(resource) || userData.some((text) => isBootstrap(name, text))
    || hasRoleOf(known, resource.clusterNamed(name), launched));
  const others = tagged.some(({ isCertain }) => isCertain) ? [] : possible.filter((name) => !tagged.some((other) => other.name.key === name.key));
  return [...tagged, ...others.map((name) => ({ name, isCertain: false }))];
}

const hasRoleOf = (known: readonly Nodegroup[], cluster: ClusterId, launched: readonly Launch[]): boolean => known.some((nodes) =>
  nodes.cluster.is(cluster) !== 'no' && launched.some(({ roleArn }) => equal(roleArn, nodes.roleArn) === 'yes'));

/** Whether there are tags that are not read, so that any of them may name a cluster. */
function hasUnreadTags(resource: StackResource): boolean {
  const tags = resource.property('Tags') ?? resource.property('SpotFleetRequestConfigData', 'LaunchSpecifications');
  return tags !== undefined && (!Array.isArray(tags) || tags.some((tag) => !(tag instanceof ResolvedMap && tag.get('Key') instanceof Text)));
}
