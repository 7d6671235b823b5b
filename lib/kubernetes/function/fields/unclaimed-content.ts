import { isDeepStrictEqual } from 'node:util';
import { FieldPath, fieldsOf, leavesOf, managersOfField, valueAt } from './managed-fields';
import { isOfSet } from './taken-fields';
import type { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';
import { isRefused } from '../nature';
import { NOBODY } from '../records/record';

type Map = { readonly [key: string]: unknown };

/**
 * The content without the fields that managers other than sets manage in the cluster. If the manager applies it, it takes over no field from
 * them.
 */
export async function unclaimed(api: KubernetesApi, content: KubernetesObject, found: KubernetesObject, manager: string): Promise<KubernetesObject> {
  const others = (path: FieldPath) => managersOfField(found, path).filter(({ manager: name }) => !isOfSet(name) && name !== NOBODY);
  const rest = without(content, (path, value) => !isFilledMap(value) && others(path).length > 0);
  // others manage either the map as a whole, such as a selector, or only the empty map, such as labels, to which all can add entries
  const doubtful = others([]).flatMap(({ fieldsV1 = {} }) => leavesOf(fieldsV1)).filter((path) => isFilledMap(valueAt(rest, path)));
  if (doubtful.length === 0) {
    return rest;
  }
  const ours = await api.apply(rest, { fieldManager: manager, force: true, dryRun: true }).then((dry) => fieldsOf(dry, manager), (error) => {
    if (!isRefused(error)) {
      throw error;
    }
    return doubtful; // the apply would be refused, too
  });
  return without(rest, (path) => [doubtful, ours].every((paths) => paths.some((each) => isDeepStrictEqual(each, path))));
}

/** The fields of an object or a map that are not left out. */
function without<T extends object>(map: T, isLeftOut: (path: FieldPath, value: unknown) => boolean, path: FieldPath = []): T {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => {
    const field = [...path, `f:${key}`];
    return isLeftOut(field, value) ? [] : [[key, isFilledMap(value) ? without(value, isLeftOut, field) : value]];
  })) as T;
}

const isFilledMap = (value: unknown): value is Map =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
