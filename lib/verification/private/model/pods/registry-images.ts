import { serviceAccountOf, podTemplates } from './pod-templates';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { CodeWrite } from '../code/code-write';
import { NamedImages } from '../code/named-images';
import { hasDigest, writesOfRegistryImage } from '../code/registries';
import { KubernetesObject } from '../kubernetes-object';
import { PodVolume } from '../model';

const OF_IMAGES = /(image|repository)$/i;

/** The images of other registries than those of AWS that values of charts and other objects name, if pods have the password of some registry. */
export const readRegistryImages = (objects: readonly KubernetesObject[], volumes: readonly PodVolume[]): NamedImages[] =>
  (volumes.some(({ files }) => files.some(({ kind }) => kind === 'registry')) ? objects.filter(isWithoutTemplate) : []).flatMap((object) => {
    const code = imagesIn(object.at('spec'));
    const namedBy = podTemplates(object).map(({ at }) => ({ namespace: object.namespace, serviceAccountName: serviceAccountOf(at) }));
    return code.length === 0 ? [] : [{ cluster: object.cluster, label: `${object.kind} ${object.name ?? 'without a name'}`, code, namedBy }];
  });

/** The images of containers in templates are read with these. */
const isWithoutTemplate = (object: KubernetesObject): boolean => podTemplates(object).every(({ path }) => path === undefined);

function imagesIn(value: Resolved, property = ''): CodeWrite[] {
  if (value instanceof Text) {
    return OF_IMAGES.test(property) && isName(value) ? writesOfRegistryImage(value) : [];
  }
  return Array.isArray(value) ? value.flatMap((item) => imagesIn(item, property)) : value instanceof ResolvedMap ? imagesInMap(value) : [];
}

/** @see https://helm.sh/docs/chart_best_practices/values/ */
function imagesInMap(map: ResolvedMap): CodeWrite[] {
  const [registry, repository] = ['registry', 'repository'].map((name) => textOf(map.get(name)));
  const isFixed = ['digest', 'tag'].some((name) => literalOf(map.get(name))?.includes('sha256:')) || hasDigest(repository);
  const joined = registry && repository && !isFixed ? writesOfRegistryImage(Text.join([registry, repository], '/')) : [];
  const others = map.entries.filter(([{ literal = '' }]) => !((registry || isFixed) && literal === 'repository'));
  return [...joined, ...others.flatMap(([{ literal = '' }, inner]) => imagesIn(inner, literal))];
}

/** Neither a URL nor several words. */
const isName = (text: Text): boolean => !/:\/\/|\s/.test(`${text}`);
