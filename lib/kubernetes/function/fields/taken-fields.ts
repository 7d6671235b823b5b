import { isDeepStrictEqual } from 'node:util';
import { FieldPath, hasPath, leavesOf, ManagedFields, managedFieldsOf, pointerTo, valueAt, withoutPath, withPath } from './managed-fields';
import type { KubernetesApi, KubernetesObject, PatchOperation } from '../client/kubernetes-api';

/** A field that a set has taken from outside, or added: what it was, and whose. */
export interface TakenField {
  readonly path: FieldPath;
  /** Undefined where there was no such field. */
  readonly value?: unknown;
  /** What the set has made of it. */
  readonly ours: unknown;
  /** Whose it was. */
  readonly managers: readonly Manager[];
}

type Manager = Pick<ManagedFields, 'manager' | 'operation' | 'subresource' | 'apiVersion'>;

/** Whether a manager is a set of this library. */
export const isOfSet = (manager?: string) => /^cdk-irsa-[0-9a-f]{32}$/.test(manager ?? '');

/** What an apply of ours takes: the fields in which the object as found differs from what a dry run makes of it. */
export function fieldsTaken(found: KubernetesObject, dry: KubernetesObject, manager: string): TakenField[] {
  const own = managedFieldsOf(dry).filter((entry) => entry.manager === manager && entry.operation === 'Apply');
  return own.flatMap(({ fieldsV1 = {} }) => leavesOf(fieldsV1)).flatMap((path) => {
    const [value, ours] = [valueAt(found, path), valueAt(dry, path)];
    const holders = managedFieldsOf(found).filter(({ fieldsV1 }) => hasPath(fieldsV1, path));
    const others = holders.filter((holder) => !isOfSet(holder.manager));
    const isSame = isDeepStrictEqual(value, ours);
    // who has the same value goes on having it; and what another set alone has made of it is in that set's record
    if (isSame ? holders.length > 0 || value === undefined : others.length === 0 && holders.length > 0) {
      return [];
    }
    const managers = others.map(({ manager: name, operation, subresource, apiVersion }) => ({ manager: name, operation, subresource, apiVersion }));
    return [{ path, value, ours, managers }];
  });
}

/** What is remembered after more fields were taken: of a field that was taken twice, what it was the second time. */
export function merged(fields: readonly TakenField[], more: readonly TakenField[]): TakenField[] {
  return [...fields.filter((field) => !more.some(({ path }) => isDeepStrictEqual(path, field.path))), ...more];
}

/** The same fields, with what the set has made of them since. */
export const withValuesOf = (object: KubernetesObject, fields: readonly TakenField[]) =>
  fields.map((field) => ({ ...field, ours: valueAt(object, field.path) }));

/**
 * The fields that others have again with this object: a set stops setting them, and no other set that had it before goes on; or it sets
 * what they had.
 */
export function stopped(found: KubernetesObject, object: KubernetesObject, fields: readonly TakenField[], manager: string): TakenField[] {
  const others = managedFieldsOf(found).filter((entry) => isOfSet(entry.manager) && entry.manager !== manager);
  const isElsewhere = ({ path }: TakenField) => others.some(({ fieldsV1 }) => hasPath(fieldsV1, path));
  return fields.filter((field) => !isElsewhere(field) && (valueAt(object, field.path) === undefined || isAgreed(object, field)));
}

/** Whether an object sets what others had. */
export const isAgreed = (object: KubernetesObject, { path, value, managers }: TakenField) =>
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
  const isOurs = ({ path, ours }: TakenField) => isSetBy(found, path, manager) || isDeepStrictEqual(valueAt(found, path), ours);
  const still = fields.filter((field) => isOurs(field) && !isClaimed(found, field.path, manager));
  const values = still.flatMap(({ path, value }): PatchOperation[] => {
    const pointer = pointerTo(found, path);
    // what was absent goes with its manager, where that is known
    return pointer === undefined || value === undefined ? [] : [{ op: 'add', path: pointer, value }];
  });
  if (values.length === 0) {
    return found;
  }
  const valued = await api.patchJson(found, [...at(found), ...values], manager);
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
  const added = fields.filter(({ path, value, ours }) => value === undefined && path.every((step) => step.startsWith('f:'))
    && isDeepStrictEqual(valueAt(found, path), ours) && !isClaimed(found, path, manager));
  const operations = added.map(({ path }): PatchOperation => ({ op: 'remove', path: pointerTo(found, path)! }));
  return operations.length === 0 ? found : api.patchJson(found, [...at(found), ...operations], manager);
}

/** Makes it a conflict if the object is not as it was judged. */
export const at = ({ metadata: { resourceVersion } }: KubernetesObject): PatchOperation[] =>
  [{ op: 'replace', path: '/metadata/resourceVersion', value: resourceVersion }];

const isSetBy = (found: KubernetesObject, path: FieldPath, name: string) =>
  managedFieldsOf(found).some(({ manager, fieldsV1 }) => manager === name && hasPath(fieldsV1, path));

/** Whether someone else has it now. The API server itself manages, by the name `before-first-apply`, what nobody did. */
const isClaimed = (found: KubernetesObject, path: FieldPath, name: string) =>
  managedFieldsOf(found).some(({ manager, fieldsV1 }) => manager !== name && manager !== 'before-first-apply' && hasPath(fieldsV1, path));

function withManagersOf(entries: ManagedFields[], { path, managers }: TakenField): ManagedFields[] {
  return managers.reduce((all, manager) => {
    const isSame = (entry: ManagedFields) => (['manager', 'operation', 'subresource'] as const).every((key) => entry[key] === manager[key]);
    const index = all.findIndex(isSame);
    const entry = all[index] ?? { ...manager, fieldsType: 'FieldsV1', fieldsV1: {} };
    const changed = { ...entry, fieldsV1: withPath(entry.fieldsV1, path) };
    return index < 0 ? [...all, changed] : all.map((other, i) => (i === index ? changed : other));
  }, entries);
}
