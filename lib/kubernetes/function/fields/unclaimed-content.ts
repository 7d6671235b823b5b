import { FieldPath, managersOfField } from './managed-fields';
import { isOfSet } from './taken-fields';
import type { KubernetesObject } from '../client/kubernetes-object';
import { NOBODY } from '../records/record';

type Map = { readonly [key: string]: unknown };

/** The content without the fields that managers other than sets manage in the cluster. Applying it takes over no field from them. */
export function unclaimed(content: KubernetesObject, found: KubernetesObject): KubernetesObject {
  const isClaimed = (path: FieldPath) => managersOfField(found, path).some(({ manager }) => !isOfSet(manager) && manager !== NOBODY);
  return without(content as unknown as Map, isClaimed, []) as unknown as KubernetesObject;
}

function without(map: Map, isLeftOut: (path: FieldPath) => boolean, path: FieldPath): Map {
  return Object.fromEntries(Object.entries(map).flatMap(([key, value]) => {
    const field = [...path, `f:${key}`];
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return [[key, without(value as Map, isLeftOut, field)]];
    }
    return isLeftOut(field) ? [] : [[key, value]];
  }));
}
