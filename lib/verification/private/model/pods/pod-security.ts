import { nodeTakeover } from './node-takeover';
import { ClusterId } from '../../values/cluster-id';
import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, isText } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

const LABEL = 'pod-security.kubernetes.io/enforce';

/**
 * Why Kubernetes may refuse pods: their namespace enforces a standard, or a policy forbids settings, and they have what neither `baseline` nor `restricted` allows.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
 */
export function refusalOf(
  { cluster, kind, name, namespace }: Pick<KubernetesObject, 'cluster' | 'kind' | 'name' | 'namespace'>, pods: KubernetesObject['at'], objects: readonly KubernetesObject[],
): string | undefined {
  const what = isSet(pods('spec', 'hostNetwork')) !== 'no' ? 'hostNetwork' : nodeTakeover(pods);
  const refusing = what && objects.find((one) => one.cluster.is(cluster) !== 'no'
    && (isPolicy(one) || (isNamespace(one) && one.name && equal(one.name, namespace) !== 'no' && mayEnforce(one))));
  return refusing && `whether Kubernetes admits pods of ${kind} ${namespace}/${name}: ${isNamespace(refusing)
    ? `the label ${LABEL} of their namespace` : `${refusing.kind} ${refusing.name}`} may not allow ${what}`;
}

/** Whether an object can make Kubernetes refuse pods. */
export const mayRefuse = (object: KubernetesObject): boolean => isNamespace(object) || isPolicy(object);

const isNamespace = ({ group, kind }: KubernetesObject): boolean => group === '' && kind === 'Namespace';

/**
 * Whether a namespace certainly refuses pods that reach their node, whoever creates them.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function keepsPodsFromNodes(namespace: Text, cluster: ClusterId, objects: readonly KubernetesObject[]): boolean {
  const named = objects.filter((one) => isNamespace(one) && one.cluster.is(cluster) !== 'no' && (one.name === undefined || equal(one.name, namespace) !== 'no'));
  const isCertain = named.some((one) => one.cluster.is(cluster) === 'yes' && one.name !== undefined && equal(one.name, namespace) === 'yes');
  return isCertain && named.every((one) => ['baseline', 'restricted'].some((level) => isText(one.at('metadata', 'labels', LABEL), level) === 'yes'));
}

function mayEnforce(namespace: KubernetesObject): boolean {
  const level = namespace.at('metadata', 'labels', LABEL);
  return level !== undefined && isText(level, 'privileged') !== 'yes';
}

/** The API groups of policies that validate objects, and what makes them refuse these. By default, those of Kyverno only report. */
const POLICIES: ReadonlyArray<readonly [group: RegExp, isEnforced: (actions: readonly string[]) => boolean]> = [
  [/(^|\.)kyverno\.io$/, (actions) => actions.some((action) => /^(enforce|deny)$/i.test(action))],
  [/^(constraints\.gatekeeper\.sh|policies\.kubewarden\.io)$/, (actions) => !actions.some((action) => /^(dryrun|warn|monitor)$/i.test(action))],
];

/** Settings with which pods reach their node, in the names of kinds, properties and modules, and in expressions. */
const OF_NODES = /host-?(network|pid|process|path|namespace|filesystem)|privileged|capabilit|podSecurity/i;

/**
 * Whether a policy may refuse pods that reach their node.
 *
 * @see https://kyverno.io/policies/pod-security/baseline/disallow-host-namespaces/disallow-host-namespaces/
 * @see https://open-policy-agent.github.io/gatekeeper-library/website/pspintro
 */
function isPolicy(object: KubernetesObject): boolean {
  const [words, policies] = [wordsOf(object.at('spec')), POLICIES.filter(([group]) => group.test(object.group))];
  return policies.some(([, isEnforced]) => isEnforced(words)) && [object.kind, ...words].some((word) => OF_NODES.test(word));
}

/** The names of all properties of a value, and its texts. */
const wordsOf = (value: Resolved): string[] => listOf(value).flatMap((item) => (item instanceof ResolvedMap
  ? item.entries.flatMap(([key, inner]) => [`${key}`, ...wordsOf(inner)]) : Array.isArray(item) ? wordsOf(item) : [`${item}`]));
