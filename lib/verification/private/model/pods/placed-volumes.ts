import { NAMING, namesIn, OF_ENVIRONMENT } from './named-parts';
import { listOf, mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';

/** How the names of properties end that have volumes as a template of pods has them. */
export const VOLUMES = /volumes$/i;

/** What a volume of a template has, or what stands for one elsewhere, such as a workspace of Tekton. */
const SOURCES = ['configMap', 'csi', 'nfs', 'persistentVolumeClaim', 'projected', 'secret'];

/** How the names of properties end that name a claim. */
const CLAIM = /claim(_?name)?$/i;

/** A volume, and where it is mounted. */
interface PlacedVolume {
  readonly volume: ResolvedMap;
  readonly mount: ResolvedMap;
}

/**
 * The volumes that a map has, or names, without a template of pods. If it does not say where they are mounted, the properties above it tell whether they have code,
 * such as `dags.persistence.existingClaim`.
 *
 * @param part tells maps with the same path apart.
 */
export function placedVolumes(map: ResolvedMap, path: string, part: number): PlacedVolume[] {
  const isBelowSource = SOURCES.some((source) => path.endsWith(`/${source}`));
  return isBelowSource ? [] : map.entries.flatMap(([{ literal: property = '' }, inner]) => {
    const key = inner instanceof ResolvedMap ? literalOf(inner.get('key')) : undefined;
    const file = [path, property, ...(key === undefined ? [] : [key])].join('/');
    return sourcesIn(property, inner, map).map(({ source, place = map }, i) => placed(source, place, file, `${part} ${i}`));
  });
}

/** @param id makes the name a different one, which none in Kubernetes is because of the space. */
function placed(source: Source['source'], place: ResolvedMap, file: string, id: string): PlacedVolume {
  const name = Text.of(`${file} ${id}`);
  const mountPath = place.get('mountPath') ?? place.get('path') ?? Text.of(`/mnt${file}`);
  const { entries } = mapOf({ name, mountPath, subPath: place.get('subPath'), readOnly: place.get('readOnly') });
  return { volume: mapOf({ name, ...source }), mount: new ResolvedMap(entries.filter(([, value]) => value !== undefined)) };
}

interface Source {
  readonly source: { readonly [kind: string]: Resolved };
  /** What says where it is mounted. */
  readonly place?: ResolvedMap;
}

function sourcesIn(property: string, value: Resolved, map: ResolvedMap): Source[] {
  const type = property === 'type' ? literalOf(value) : undefined;
  if (type !== undefined) {
    return SOURCES.includes(type) ? [{ source: { [type]: map } }] : [];
  }
  if (value instanceof ResolvedMap) {
    return SOURCES.includes(property) ? [{ source: { [property]: value } }] : [];
  }
  const named = listOf(value).flatMap((item) => namesIn(item).map((name) => ({ name, place: item instanceof ResolvedMap ? item : undefined })));
  return OF_ENVIRONMENT.test(property) ? [] : named.flatMap(({ name, place }): Source[] => [
    ...(CLAIM.test(property) ? [{ place, source: { persistentVolumeClaim: mapOf({ claimName: name }) } }] : []),
    ...(NAMING.configMap.test(property) ? [{ place, source: { configMap: mapOf({ name }) } }] : []),
    ...(NAMING.secret.test(property) ? [{ place, source: { secret: mapOf({ secretName: name }) } }] : []),
  ]);
}
