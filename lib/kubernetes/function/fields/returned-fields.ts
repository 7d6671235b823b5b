import { isDeepStrictEqual } from 'node:util';
import { bareOf, FieldPath, fieldsOf, hasPath, ManagedFields, managedFieldsOf, managersOfField, pointerTo, valueAt, withoutPath, withPath } from './managed-fields';
import type { TakenField } from './taken-fields';
import type { KubernetesApi, KubernetesObject, PatchOperation } from '../client/kubernetes-api';

/** An object as a set wants it. */
export interface Content {
  readonly object: KubernetesObject;
  /** The name under which the set manages the fields that it gets back. @default - it gets none back: it is applied by itself */
  readonly manager?: string;
}

interface Leaving {
  /** The object as it is. */
  readonly found: KubernetesObject;
  /** Of the set that stops setting fields. */
  readonly manager: string;
  /** What it has taken from outside. */
  readonly fields: readonly TakenField[];
  /** What sets go on wanting of the object, the owner first. */
  readonly contents: readonly Content[];
}

/**
 * The fields that go back when a set stops setting them: each to the first of the other sets that sets it, or else to whoever had it outside.
 * A field that is set to the value that others had outside is shared with them.
 */
export function fieldsToReturn({ found, manager, fields, contents }: Leaving): TakenField[] {
  const next = (path: FieldPath) => contents.find(({ object }) => valueAt(object, path) !== undefined);
  const toSets = fieldsOf(found, manager).flatMap((path): TakenField[] => {
    const { object, manager: name } = next(path) ?? {};
    return object && name ? [{ path, value: valueAt(object, path), ours: valueAt(found, path), managers: [applier(name, object)] }] : [];
  });
  const outside = fields.filter((field) => {
    const content = next(field.path);
    return !content || (isAgreed(content.object, field) && !isClaimed(found, field.path, manager));
  });
  return [...toSets, ...outside];
}

const applier = (manager: string, { apiVersion }: KubernetesObject) => ({ manager, operation: 'Apply', apiVersion });

/** Whether an object sets what others had. */
const isAgreed = (object: KubernetesObject, { path, value, managers }: TakenField) =>
  managers.length > 0 && isDeepStrictEqual(valueAt(object, path), value);

/**
 * Gives fields back: their values, and then to their managers. A field that someone else has changed or claimed since is left alone.
 *
 * @returns the object as it is then.
 */
export async function giveBackFields(
  api: KubernetesApi, found: KubernetesObject, fields: readonly TakenField[], manager: string,
): Promise<KubernetesObject> {
  // where someone has wiped the managed fields, the value alone tells whose it is
  const isOurs = ({ path, ours }: TakenField) =>
    isSetBy(found, path, manager) || (ours !== undefined && isDeepStrictEqual(valueAt(found, path), ours));
  // what was absent goes with our manager
  const still = fields.filter((field) => field.value !== undefined && isOurs(field) && !isClaimed(found, field.path, manager))
    .flatMap((field) => {
      const pointer = pointerTo(found, field.path);
      return pointer === undefined ? [] : [{ ...field, pointer }];
    });
  const values = still.map(({ pointer, value }): PatchOperation => ({ op: 'add', path: pointer, value }));
  if (values.length === 0) {
    return found;
  }
  // at the first apply to an object without managers, the API server protects its fields; not if we have set managers before
  const guarded = managedFieldsOf(found).length === 0 ? await api.apply(bareOf(found), { fieldManager: manager, force: true }) : found;
  const valued = await api.patchJson(guarded, [...at(guarded), ...values], manager);
  // setting values has made us their manager once more, by an entry for updates, unless they were the same
  const without = (entry: ManagedFields) => ({ ...entry, fieldsV1: still.reduce((tree, { path }) => withoutPath(tree, path), entry.fieldsV1) });
  const others = managedFieldsOf(valued).filter((entry) => entry.manager !== manager || entry.operation !== 'Update')
    .map((entry) => (entry.manager === manager ? without(entry) : entry));
  return api.patchJson(valued, [...at(valued), { op: 'replace', path: '/metadata/managedFields', value: still.reduce(withManagersOf, others) }], manager);
}

/** Takes away what was absent before and did not go with our manager, because someone has wiped the managed fields. */
export async function removeAddedFields(
  api: KubernetesApi, found: KubernetesObject, fields: readonly TakenField[], manager: string,
): Promise<KubernetesObject> {
  const added = fields.filter(({ path, value, ours }) => value === undefined && ours !== undefined && path.every((step) => step.startsWith('f:'))
    && isDeepStrictEqual(valueAt(found, path), ours) && !isClaimed(found, path, manager));
  const operations = added.map(({ path }): PatchOperation => ({ op: 'remove', path: pointerTo(found, path)! }));
  return operations.length === 0 ? found : api.patchJson(found, [...at(found), ...operations], manager);
}

/** Makes it a conflict if the object is not as it was judged. */
export const at = ({ metadata: { resourceVersion } }: KubernetesObject): PatchOperation[] =>
  [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }];

const isSetBy = (found: KubernetesObject, path: FieldPath, name: string) =>
  managedFieldsOf(found).some(({ manager, fieldsV1 }) => manager === name && hasPath(fieldsV1, path));

/** Whether someone else has it now. */
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
