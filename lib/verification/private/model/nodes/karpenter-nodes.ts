import { MetadataAccess, metadataWith, unknownMetadata } from './instance-metadata';
import { InstanceProfiles } from './instance-profiles';
import { labelsIn, taintsIn } from './labels-and-taints';
import { withUserData } from './user-data';
import { stackOf } from '../../findings/gap';
import { equal, Pattern } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isText, textOf } from '../../values/text-parts';
import { anyOf } from '../../values/truth';
import { KubernetesObject } from '../kubernetes-object';
import { Nodegroup } from '../model';
import { NodeProperties } from '../node-properties';
import { StackResources } from '../stack-resources';

/** API groups of Karpenter. */
export const KARPENTER = ['karpenter.sh', 'karpenter.k8s.aws'];

/**
 * The nodes of the EC2 node classes of Karpenter. It creates them for node pools.
 *
 * @see https://karpenter.sh/docs/concepts/nodeclasses/
 */
export function readKarpenterNodes(resources: StackResources, objects: readonly KubernetesObject[]): Nodegroup[] {
  const profiles = new InstanceProfiles(resources);
  return objects.filter(isNodeClass).map((object) => {
    const { cluster, place } = object;
    const name = object.name ?? Text.of(object.kind);
    const label = `${object.kind} ${name}`;
    const pools = objects.filter((pool) => isNodePool(pool) && isClassOf(object, pool));
    const roleArn = roleOfNodeClass(object, profiles, resources);
    const metadata = withUserData(metadataOf(object, label), textOf(object.at('spec', 'userData')), `in ${label}`);
    const node = { cluster, label, name, roleArn, isSelfManaged: true, isOfKarpenter: true, ...isOfWindows(object), place };
    const found = { ...node, ...metadata, ...propertiesOf(pools) };
    return pools.some(({ mayBeMissing }) => !mayBeMissing) && !object.mayBeMissing ? found : { ...found, mayBeMissing: true };
  });
}

/** By the family of the image, or the alias that selects it. @see https://karpenter.sh/docs/concepts/nodeclasses/#specamifamily */
function isOfWindows(nodeClass: KubernetesObject): Pick<Nodegroup, 'isWindows'> {
  const images = [nodeClass.at('spec', 'amiFamily'), ...listOf(nodeClass.at('spec', 'amiSelectorTerms')).map((term) => valueAt(term, 'alias'))];
  const isWindows = anyOf(images.map((image) => (image instanceof Text ? WINDOWS.matches(image.toLowerCase()) : 'no')));
  return isWindows === 'no' ? {} : { isWindows };
}

const WINDOWS = Pattern.glob(Text.of('windows*'));

/** Pods run on the nodes of any pool: on those with the fewest taints, unless they tolerate others. A pool that may not exist takes none away. */
function propertiesOf(pools: readonly KubernetesObject[]): NodeProperties {
  const existing = pools.filter(({ mayBeMissing }) => !mayBeMissing);
  const [taints] = (existing.length > 0 ? existing : pools).map((pool) => taintsIn(pool.at('spec', 'template', 'spec', 'taints'))).sort((one, other) => one.length - other.length);
  const [pool] = pools;
  const labels = pools.length === 1 && pool.name
    ? new Map([...labelsIn(pool.at('spec', 'template', 'metadata', 'labels')), ['karpenter.sh/nodepool', pool.name]]) : undefined;
  return { taints, labels };
}

/** Whether the templates show with what Karpenter creates nodes for an object: a node pool whose node class they have, or the node class of such a pool. */
export const isShown = (object: KubernetesObject, objects: readonly KubernetesObject[]): boolean => (isNodeClass(object)
  ? objects.some((pool) => isNodePool(pool) && isClassOf(object, pool))
  : isNodePool(object) && objects.some((nodeClass) => isNodeClass(nodeClass) && isClassOf(nodeClass, object)));

export const isNodeClass = ({ kind, group }: KubernetesObject): boolean => kind === 'EC2NodeClass' && group === 'karpenter.k8s.aws';

export const isNodePool = ({ kind, group }: KubernetesObject): boolean => kind === 'NodePool' && group === 'karpenter.sh';

/** @see https://karpenter.sh/docs/concepts/nodepools/ */
function isClassOf(nodeClass: KubernetesObject, pool: KubernetesObject): boolean {
  const reference = (field: string) => pool.at('spec', 'template', 'spec', 'nodeClassRef', field);
  const name = textOf(reference('name'));
  return nodeClass.cluster.is(pool.cluster) === 'yes' && isText(reference('kind'), nodeClass.kind) === 'yes'
    && name !== undefined && nodeClass.name !== undefined && equal(name, nodeClass.name) === 'yes';
}

/** The ARN of the role of a node class. */
export function roleOfNodeClass(object: KubernetesObject, profiles: InstanceProfiles, resources: StackResources): Text {
  const [role, profile] = [textOf(object.at('spec', 'role')), textOf(object.at('spec', 'instanceProfile'))];
  const { place } = object;
  const applied = resources.all.find((resource) => resource.logicalId === place.logicalId && stackOf(resource.place()) === stackOf(place));
  if (applied && (role ?? profile)) {
    return role ? profiles.roleNamed(role, applied) : profiles.roleOf(profile, applied);
  }
  return derived(object.name ?? Text.of(object.kind), 'role of the node class');
}

/** What Karpenter sets where a node class does not, by the version of its API. */
const HOP_LIMITS: { readonly [version: string]: string } = { v1: '1', v1beta1: '2' };

/** @see https://karpenter.sh/docs/concepts/nodeclasses/#specmetadataoptions */
function metadataOf(object: KubernetesObject, label: string): MetadataAccess {
  const options: Resolved = object.at('spec', 'metadataOptions') ?? new ResolvedMap([]);
  const hopLimit = Object.hasOwn(HOP_LIMITS, object.version) ? HOP_LIMITS[object.version] : undefined;
  if (hopLimit === undefined || !(options instanceof ResolvedMap)) {
    return unknownMetadata(`the metadata options of ${label} cannot be read`);
  }
  const option = (name: string, byDefault: string) => options.get(name) ?? Text.of(byDefault);
  return metadataWith(new ResolvedMap([
    [Text.of('HttpEndpoint'), option('httpEndpoint', 'enabled')],
    [Text.of('HttpTokens'), option('httpTokens', 'required')],
    [Text.of('HttpPutResponseHopLimit'), option('httpPutResponseHopLimit', hopLimit)],
  ]), `in ${label}`);
}
