import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

export const isRuntimeClass = ({ group, kind }: KubernetesObject): boolean => group === 'node.k8s.io' && kind === 'RuntimeClass';

/**
 * The spec of pods with the selector and the tolerations that Kubernetes adds for their RuntimeClass.
 *
 * @see https://kubernetes.io/docs/concepts/containers/runtime-class/#scheduling
 */
export function withRuntimeClass(spec: ResolvedMap, { cluster }: KubernetesObject, objects: readonly KubernetesObject[]): ResolvedMap {
  const name = textOf(spec.get('runtimeClassName'));
  const ofClass = name && objects.find((object) => isRuntimeClass(object)
    && object.cluster.is(cluster) !== 'no' && object.name && equal(object.name, name) !== 'no');
  const scheduling = ofClass?.at('scheduling');
  return scheduling instanceof ResolvedMap ? withScheduling(spec, scheduling) : spec;
}

function withScheduling(spec: ResolvedMap, scheduling: ResolvedMap): ResolvedMap {
  const added: ReadonlyArray<readonly [string, Resolved]> = [
    ['nodeSelector', merged(spec.get('nodeSelector'), scheduling.get('nodeSelector'))],
    ['tolerations', [...listOf(spec.get('tolerations')), ...listOf(scheduling.get('tolerations'))]],
  ];
  const kept = spec.entries.filter(([{ literal }]) => !added.some(([name]) => name === literal));
  return new ResolvedMap([...kept, ...added.map(([name, value]): [Text, Resolved] => [Text.of(name), value])]);
}

/** One that only the deployment knows can ask for anything, whatever the other one has. */
const merged = (own: Resolved, added: Resolved): Resolved => (own instanceof ResolvedMap && added instanceof ResolvedMap
  ? new ResolvedMap([...own.entries, ...added.entries]) : own instanceof Text ? own : added ?? own);
