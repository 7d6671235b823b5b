import { WayIntoCluster } from './way-into-cluster';
import { KeyCopy } from '../../model/identities';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model } from '../../model/model';
import { isWorkload } from '../../model/pods/pod-templates';
import { Binding } from '../../model/rbac/bindings';
import { READS, Rule } from '../../model/rbac/rule';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';

/** How somebody may read keys in objects by a binding. Whoever reads pods sees their variables, whatever has made the pods. */
export function waysByReading(binding: Binding, cluster: ClusterId, { userKeys, unknownKeys }: Pick<Model, 'userKeys' | 'unknownKeys'>): WayIntoCluster[] {
  const seen = readableBy(binding, cluster, [...userKeys.flatMap(({ copies }) => copies), ...unknownKeys]);
  return seen.length === 0 ? [] : [{ cluster, what: `read keys in ${seen[0].where} by ${binding.label}`, runsPods: false, onlyViews: true, seen }];
}

/** The copies in objects that a binding lets somebody read. */
export const readableBy = <Copy extends KeyCopy>(
  { rules, namespace }: Binding, cluster: ClusterId, copies: readonly Copy[],
): Copy[] => copies.filter(({ object }) => object
  && object.cluster.is(cluster) !== 'no' && (!namespace || equal(namespace, object.namespace) !== 'no') && rules.some((rule) => mayRead(rule, object)));

const mayRead = (rule: Rule, object: KubernetesObject): boolean => (!object.name || rule.mayName(object.name) || hasOtherNames(object))
  && resourcesOf(object).some((one) => rule.allows({ ...one, verbs: READS }));

/**
 * What the API server calls an object, its pods, and the Secret that a controller writes because of it. Whoever gets its status gets all of it. So does, of pods, whoever
 * gets one of their other parts, or those of a node.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/
 * @see https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/#fine-grained-authorization
 */
function resourcesOf(object: KubernetesObject): Array<{ readonly groups: readonly string[]; readonly resources: readonly string[] }> {
  const { group, kind } = object;
  const plural = kind.toLowerCase().replace(/([^aeiou])y$/, '$1ie').replace(/(s|x|ch)$/, '$1e');
  return [
    { groups: [group], resources: [`${plural}s`, `${plural}s/status`] },
    ...(isWorkload(object) ? [{ groups: [''], resources: OF_PODS }, { groups: ['apps', 'extensions'], resources: ['replicasets', 'controllerrevisions'] }] : []),
    ...(kind.includes('Secret') ? [{ groups: [''], resources: ['secrets'] }] : []),
  ];
}

const OF_PODS = ['pods', 'pods/ephemeralcontainers', 'pods/resize', 'pods/status', 'nodes/pods'];

/** Whether what is read because of an object has a name of its own: pods of a workload, or the Secret of a controller. */
const hasOtherNames = (object: KubernetesObject): boolean => object.group !== '' || isWorkload(object);
