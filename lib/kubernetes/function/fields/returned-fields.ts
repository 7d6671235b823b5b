import { isDeepStrictEqual } from 'node:util';
import { bareOf, FieldPath, fieldsOf, hasPath, ManagedFields, managedFieldsOf, managersOfField, pointerTo, valueAt, withoutPath, withPath } from './managed-fields';
import type { TakenField } from './taken-fields';
import type { KubernetesApi, PatchOperation } from '../client/kubernetes-api';
import type { KubernetesObject } from '../client/kubernetes-object';

/** The content of an object in a set. */
export interface Content {
  readonly object: KubernetesObject;
  /** The field manager of the set for the fields that it gets back. @default - it gets none back, because it is applied separately */
  readonly manager?: string;
}

interface Leaving {
  /** The object in the cluster. */
  readonly found: KubernetesObject;
  /** The field manager of the set that stops setting fields. */
  readonly manager: string;
  /** The fields that it has taken over from other managers. */
  readonly fields: readonly TakenField[];
  /** The content of the object in other sets, the owner first. */
  readonly contents: readonly Content[];
}

/**
 * The fields that are given back when a set stops setting them: each to the first of the other sets that sets it, or else to its previous
 * manager. If a set uses the same value as the previous manager, they share the field.
 */
export function fieldsToReturn({ found, manager, fields, contents }: Leaving): TakenField[] {
  const next = (path: FieldPath) => contents.find(({ object }) => valueAt(object, path) !== undefined);
  const toSets = fieldsOf(found, manager).flatMap((path): TakenField[] => {
    const { object, manager: name } = next(path) ?? {};
    return object && name ? [{ path, value: valueAt(object, path), ours: valueAt(found, path), managers: [applier(name, object)] }] : [];
  });
  const outside = fields.filter((field) => {
    const content = next(field.path);
    return !content || (setsPreviousValue(content.object, field) && !isClaimed(found, field.path, manager));
  });
  return [...toSets, ...outside];
}

const applier = (manager: string, { apiVersion }: KubernetesObject) => ({ manager, operation: 'Apply', apiVersion });

/** Whether an object sets the previous value of other managers. */
const setsPreviousValue = (object: KubernetesObject, { path, value, managers }: TakenField) =>
  managers.length > 0 && isDeepStrictEqual(valueAt(object, path), value);

/**
 * Gives fields back: first restores their values, then their managers. A field that someone else has changed or claimed since then does not
 * change.
 *
 * @returns the resulting object.
 */
export async function giveBackFields(
  api: KubernetesApi, found: KubernetesObject, fields: readonly TakenField[], manager: string,
): Promise<KubernetesObject> {
  // if someone has cleared the managed fields, only the value shows whose field it is
  const isOurs = ({ path, ours }: TakenField) =>
    isSetBy(found, path, manager) || (ours !== undefined && isDeepStrictEqual(valueAt(found, path), ours));
  // a field that did not exist before is removed with our manager
  const still = fields.filter((field) => field.value !== undefined && isOurs(field) && !isClaimed(found, field.path, manager))
    .flatMap((field) => {
      const pointer = pointerTo(found, field.path);
      return pointer === undefined ? [] : [{ ...field, pointer }];
    });
  const values = still.map(({ pointer, value }): PatchOperation => ({ op: 'add', path: pointer, value }));
  if (values.length === 0) {
    return found;
  }
  // the API server protects unmanaged fields at the first apply to an object without managers, but not after we have set managers
  const guarded = managedFieldsOf(found).length === 0 ? await api.apply(bareOf(found), { fieldManager: manager, force: true }) : found;
  const valued = await api.patchJson(guarded, [...ifUnchanged(guarded), ...values], manager);
  // setting values has made us their manager again, with an entry for updates, unless the values were the same
  const without = (entry: ManagedFields) => ({ ...entry, fieldsV1: still.reduce((tree, { path }) => withoutPath(tree, path), entry.fieldsV1) });
  const others = managedFieldsOf(valued).filter((entry) => entry.manager !== manager || entry.operation !== 'Update')
    .map((entry) => (entry.manager === manager ? without(entry) : entry));
  return api.patchJson(valued, [...ifUnchanged(valued), { op: 'replace', path: '/metadata/managedFields', value: still.reduce(withManagersOf, others) }], manager);
}

/** Removes fields that did not exist before and were not removed with our manager, because someone has cleared the managed fields. */
export async function removeAddedFields(
  api: KubernetesApi, found: KubernetesObject, fields: readonly TakenField[], manager: string,
): Promise<KubernetesObject> {
  const added = fields.filter(({ path, value, ours }) => value === undefined && ours !== undefined && path.every((step) => step.startsWith('f:'))
    && isDeepStrictEqual(valueAt(found, path), ours) && !isClaimed(found, path, manager));
  const operations = added.map(({ path }): PatchOperation => ({ op: 'remove', path: pointerTo(found, path)! }));
  return operations.length === 0 ? found : api.patchJson(found, [...ifUnchanged(found), ...operations], manager);
}

/** Causes a conflict if the object has changed since it was judged. */
export const ifUnchanged = ({ metadata: { resourceVersion } }: KubernetesObject): PatchOperation[] =>
  [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }];

const isSetBy = (found: KubernetesObject, path: FieldPath, name: string) =>
  managedFieldsOf(found).some(({ manager, fieldsV1 }) => manager === name && hasPath(fieldsV1, path));

/** Whether someone else manages the field now. */
const isClaimed = (found: KubernetesObject, path: FieldPath, name: string) =>
  managersOfField(found, path).some(({ manager }) => manager !== name);

function withManagersOf(entries: ManagedFields[], { path, managers }: TakenField): ManagedFields[] {
  return managers.reduce((all, manager) => {
    const isSame = (entry: ManagedFields) => (['manager', 'operation', 'subresource'] as const).every((key) => entry[key] === manager[key]);
    const index = all.findIndex(isSame);
    const entry = all[index] ?? { ...manager, fieldsType: 'FieldsV1', fieldsV1: {} };
    const changed = { ...entry, fieldsV1: withPath(entry.fieldsV1, path) };
    return index < 0 ? [...all, changed] : all.map((other, i) => (i === index ? changed : other));
  }, entries);
}
