import { FieldPath, fieldsOf, FIRST_APPLY, ManagedFields, managedFieldsOf, managersOfField, valueAt, withPath } from './managed-fields';
import { ifUnchanged } from './returned-fields';
import type { KubernetesApi } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';

/** Maps with arbitrary keys and no defaults. In other places, values that the API server has set itself are removed with ours. */
const MAPS: FieldPath[] = [['f:metadata', 'f:labels'], ['f:metadata', 'f:annotations'], ['f:data'], ['f:binaryData']];

/**
 * Force-applies our content without removing unmanaged labels, annotations or data. When such a map loses its last manager, the API server
 * removes it, including entries that nobody manages. To prevent that, these entries first get the manager that the API server itself uses for
 * unmanaged fields.
 *
 * @see https://github.com/kubernetes-sigs/structured-merge-diff for the removal
 */
export async function applyKeepingUnmanaged(
  api: KubernetesApi, content: KubernetesObject, found: KubernetesObject, manager: string,
): Promise<KubernetesObject> {
  const options = { fieldManager: manager, force: true };
  const isLess = fieldsOf(found, manager).some((path) => valueAt(content, path) === undefined);
  const unmanaged = isLess ? unmanagedOf(found) : [];
  if (unmanaged.length === 0) {
    return api.apply(content, options);
  }
  const dry = await api.apply(content, { ...options, dryRun: true });
  const lost = unmanaged.filter((path) => valueAt(dry, path) === undefined);
  if (lost.length === 0) {
    return api.apply(content, options);
  }
  const managedFields = guarded(managedFieldsOf(found), found.apiVersion, lost);
  const { metadata: { resourceVersion } } = await api.patchJson(found, [...ifUnchanged(found), { op: 'replace', path: '/metadata/managedFields', value: managedFields }], manager);
  return api.apply({ ...content, metadata: { ...content.metadata, resourceVersion } }, options);
}

/** The labels, annotations and data without a manager. */
export function unmanagedOf(found: KubernetesObject): FieldPath[] {
  const paths = MAPS.flatMap((map) => Object.keys(valueAt(found, map) ?? {}).map((key) => [...map, `f:${key}`]));
  return paths.filter((path) => managersOfField(found, path).length === 0);
}

function guarded(entries: ManagedFields[], apiVersion: string, paths: FieldPath[]): ManagedFields[] {
  const isGuard = (entry: ManagedFields) => entry.manager === FIRST_APPLY && entry.operation === 'Update' && entry.subresource === undefined;
  const guard = entries.find(isGuard) ?? { manager: FIRST_APPLY, operation: 'Update', apiVersion, fieldsType: 'FieldsV1' };
  return [...entries.filter((entry) => entry !== guard), { ...guard, fieldsV1: paths.reduce(withPath, guard.fieldsV1) }];
}
