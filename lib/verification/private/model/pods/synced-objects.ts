import { containersOf } from './containers';
import { ObjectOfCode } from './object-of-code';
import { mountsOf } from './pod-volumes';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, isSet, isText, literalOf, textOf } from '../../values/text-parts';

/** The image of the container that writes the ConfigMaps or Secrets with a label to a folder. */
const SYNCING = /(^|\/)k8s-sidecar([:@]|$)/;

/**
 * The ConfigMaps and Secrets that a container of pods writes to a volume whose files another one runs. It takes any that has its label, and an annotation can name the
 * folder.
 *
 * @param isCode whether a container may run the files of a mount.
 * @see https://github.com/kiwigrid/k8s-sidecar
 */
export function syncedObjects(spec: ResolvedMap | undefined, isCode: (mount: ResolvedMap, container: Resolved) => boolean): ObjectOfCode[] {
  const containers = containersOf(spec);
  const volumes = listOf(spec?.get('volumes'));
  const mounted = (container: Resolved) =>
    mountsOf([container], volumes).flatMap(({ mount, volume }) => (mount && volume ? [{ mount, volume }] : []));
  return containers.filter((container) => SYNCING.test(`${textOf(valueAt(container, 'image')) ?? ''}`)).flatMap((syncing) => {
    const written = mounted(syncing).filter(({ mount }) => isSet(mount.get('readOnly')) !== 'yes').map(({ volume }) => volume);
    const runs = variableOf(syncing, 'SCRIPT') !== undefined || containers.filter((container) => container !== syncing)
      .some((container) => mounted(container).some(({ mount, volume }) => written.includes(volume) && isCode(mount, container)));
    return runs && written.length > 0 ? objectsOf(syncing) : [];
  });
}

const variableOf = (container: Resolved, name: string): Resolved =>
  valueAt(listOf(valueAt(container, 'env')).find((variable) => isText(textOf(valueAt(variable, 'name')), name) === 'yes'), 'value');

function objectsOf(syncing: Resolved): ObjectOfCode[] {
  const [resource, namespace] = ['RESOURCE', 'NAMESPACE'].map((name) => variableOf(syncing, name));
  const kinds = (['ConfigMap', 'Secret'] as const).filter((kind) => [kind.toLowerCase(), 'both'].includes(literalOf(resource) ?? (resource ? 'both' : 'configmap')));
  const label = Text.of('label of k8s-sidecar');
  return kinds.map((kind) => ({
    kind, name: derived(label, 'name'), isOptional: true, ...namespace !== undefined && { namespace: derived(label, 'namespace') },
  }));
}
