import { nodeTakeover } from './node-takeover';
import { equal } from '../../values/pattern';
import { isSet, isText } from '../../values/text-parts';
import { KubernetesObject } from '../objects/kubernetes-object';

const LABEL = 'pod-security.kubernetes.io/enforce';

/**
 * Why Kubernetes may refuse pods: their namespace enforces a standard, and they have what neither `baseline` nor `restricted` allows.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export function refusalOf(
  { cluster, kind, name, namespace }: Pick<KubernetesObject, 'cluster' | 'kind' | 'name' | 'namespace'>, pods: KubernetesObject['at'], namespaces: readonly KubernetesObject[],
): string | undefined {
  const what = isSet(pods('spec', 'hostNetwork')) !== 'no' ? 'hostNetwork' : nodeTakeover(pods);
  const enforcing = what && namespaces.find((one) =>
    one.cluster.is(cluster) !== 'no' && one.name && equal(one.name, namespace) !== 'no' && mayEnforce(one));
  return enforcing && `whether Kubernetes admits pods of ${kind} ${namespace}/${name}: the label ${LABEL} of their namespace may not allow ${what}`;
}

export const isNamespace = ({ group, kind }: KubernetesObject): boolean => group === '' && kind === 'Namespace';

function mayEnforce(namespace: KubernetesObject): boolean {
  const level = namespace.at('metadata', 'labels', LABEL);
  return level !== undefined && isText(level, 'privileged') !== 'yes';
}
