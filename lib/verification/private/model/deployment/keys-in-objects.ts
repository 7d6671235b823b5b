import { mayHave } from '../../values/may-be-equal';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf, textsIn } from '../../values/text-parts';
import { KeyCopy, KeyHolders } from '../identities';
import { givenText, KubernetesObject } from '../objects/kubernetes-object';
import { isOfKubernetes, isWorkload, podTemplates } from '../pods/pod-templates';
import { StackResource } from '../stack-resources';

const DEFAULT = Text.of('default');

/** The copy of the key of a user that is in a Kubernetes object. */
export function copyInObject(object: KubernetesObject): KeyCopy {
  const { kind, name, namespace, place } = object;
  return { where: `${kind} ${namespace}/${name}`, place, heldBy: holdersOf(object) };
}

/** @see https://external-secrets.io/latest/api/externalsecret/ */
const SYNCED = 'external-secrets.io';

/** The copies that a controller makes of a secret or a parameter which its objects name: pods can mount the Secret that it writes. */
export const copiesByController = (holder: StackResource, objects: readonly KubernetesObject[]): KeyCopy[] => {
  const names = [holder.ref, textOf(holder.property('Name'))].filter((name) => name !== undefined);
  return objects.filter((object) => object.group === SYNCED && mayName(names, object))
    .map(({ cluster, kind, name, namespace, place }) =>
      ({ where: `${kind} ${namespace}/${name}`, place, heldBy: { cluster, ...kind === 'ExternalSecret' && { namespace } } }));
};

/** By its name, by a part of its ARN, as in aws-cdk, or by a search. */
const mayName = (names: readonly Text[], object: KubernetesObject): boolean => listOf(object.at('spec', 'dataFrom')).some(isSearch)
  || textsIn(object.at('spec')).some((text) => names.some((name) => name.key === text.key || name.unknowns.some((unknown) => mayHave(text, unknown))));

const isSearch = (source: Resolved): boolean => !(source instanceof ResolvedMap) || source.get('find') !== undefined;

/**
 * What is in a template of pods, these pods have. What is in another object of Kubernetes, such as a Secret, pods of its namespace can mount. What is in an object
 * of another kind, its controller can copy to any namespace.
 */
function holdersOf(object: KubernetesObject): KeyHolders {
  const { cluster, kind, name, namespace } = object;
  if (!isOfKubernetes(object)) {
    return { cluster };
  }
  const [pods] = isWorkload(object) ? podTemplates(object) : [];
  const account = pods && (givenText(pods.at('spec', 'serviceAccountName')) ?? givenText(pods.at('spec', 'serviceAccount')) ?? DEFAULT);
  return { cluster, namespace, ...(account && { serviceAccountName: account, workload: { kind, name } }) };
}
