import { Text } from '../../values/text';
import { KeyCopy, KeyHolders } from '../identities';
import { givenText, KubernetesObject } from '../objects/kubernetes-object';
import { isOfKubernetes, isWorkload, podTemplates } from '../pods/pod-templates';

const DEFAULT = Text.of('default');

/** The copy of the key of a user that is in a Kubernetes object. */
export function copyInObject(object: KubernetesObject): KeyCopy {
  const { kind, name, namespace, place } = object;
  return { where: `${kind} ${namespace}/${name}`, place, heldBy: holdersOf(object) };
}

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
