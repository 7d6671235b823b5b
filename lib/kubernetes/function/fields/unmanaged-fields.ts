import { FieldPath, fieldsOf, FieldTree, FIRST_APPLY, managedFieldsOf, valueAt, withPath } from './managed-fields';
import { at } from './returned-fields';
import type { KubernetesApi, KubernetesObject } from '../client/kubernetes-api';

/**
 * Applies content of ours by force, so that it takes away nothing but what we have set. The API server removes a map with its last manager:
 * labels, annotations or data that nobody manages would go with ours. It gets the manager that the API server itself gives to such fields.
 *
 * @see https://github.com/kubernetes-sigs/structured-merge-diff for the removal
 */
export async function applyOnly(
  api: KubernetesApi, content: KubernetesObject, found: KubernetesObject, manager: string,
): Promise<KubernetesObject> {
  const options = { fieldManager: manager, force: true };
  const isLess = fieldsOf(found, manager).some((path) => valueAt(content, path) === undefined);
  if (!isLess) {
    return api.apply(content, options);
  }
  const lost = lostFields(found, await api.apply(content, { ...options, dryRun: true }), manager);
  if (lost.length === 0) {
    return api.apply(content, options);
  }
  const fieldsV1 = lost.reduce<FieldTree>((tree, path) => withPath(tree, path), {});
  const guard = { manager: FIRST_APPLY, operation: 'Update', apiVersion: found.apiVersion, fieldsType: 'FieldsV1', fieldsV1 };
  const others = managedFieldsOf(found).filter((entry) => entry.manager !== FIRST_APPLY);
  const guarded = await api.patchJson(found, [...at(found), { op: 'replace', path: '/metadata/managedFields', value: [...others, guard] }], manager);
  return api.apply({ ...content, metadata: { ...content.metadata, resourceVersion: guarded.metadata.resourceVersion } }, options);
}

/** What is not there any more in an object, and was not set by this manager. */
function lostFields(found: KubernetesObject, left: KubernetesObject, manager: string): FieldPath[] {
  const trees = managedFieldsOf(found).filter((entry) => entry.manager === manager).map(({ fieldsV1 = {} }) => fieldsV1);
  const { metadata: { managedFields: _, ...metadata }, ...rest } = found;
  return lostIn({ ...rest, metadata }, left, trees);
}

function lostIn(found: unknown, left: unknown, trees: readonly FieldTree[], path: FieldPath = []): FieldPath[] {
  if (!isMap(found) || (left !== undefined && !isMap(left))) {
    const isOurs = left !== undefined || trees.length > 0;
    return isOurs ? [] : [path];
  }
  return Object.entries(found).flatMap(([key, value]) => {
    const step = `f:${key}`;
    return lostIn(value, left?.[key], trees.flatMap((tree) => tree[step] ?? []), [...path, step]);
  });
}

const isMap = (value: unknown): value is { readonly [key: string]: unknown } => typeof value === 'object' && value !== null && !Array.isArray(value);
