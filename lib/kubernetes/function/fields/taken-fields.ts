import { isDeepStrictEqual } from 'node:util';
import { FieldPath, leavesOf, ManagedFields, managedFieldsOf, managersOfField, valueAt } from './managed-fields';
import type { KubernetesObject } from '../client/kubernetes-object';

/** A field that a set has taken over from another manager or added, with its previous value and managers. */
export interface TakenField {
  readonly path: FieldPath;
  /** Undefined if the field did not exist. */
  readonly value?: unknown;
  /** The value that the set has set. */
  readonly ours: unknown;
  /** The previous managers. */
  readonly managers: readonly Manager[];
}

type Manager = Pick<ManagedFields, 'manager' | 'operation' | 'subresource' | 'apiVersion'>;

/** Whether a manager is a set of this library. */
export const isOfSet = (manager?: string) => /^cdk-irsa-[0-9a-f]{32}$/.test(manager ?? '');

/** The fields that our apply takes over: those in which the object in the cluster differs from the result of a dry run. */
export function fieldsTaken(found: KubernetesObject, dry: KubernetesObject, manager: string): TakenField[] {
  const own = managedFieldsOf(dry).filter((entry) => entry.manager === manager && entry.operation === 'Apply');
  return own.flatMap(({ fieldsV1 = {} }) => leavesOf(fieldsV1)).flatMap((path) => {
    const [value, ours] = [valueAt(found, path), valueAt(dry, path)];
    const holders = managersOfField(found, path);
    const others = holders.filter((holder) => !isOfSet(holder.manager));
    const isSame = isDeepStrictEqual(value, ours);
    // a manager with the same value keeps the field; a value that only another set has set is in the record of that set
    if (isSame ? holders.length > 0 || value === undefined : others.length === 0 && holders.length > 0) {
      return [];
    }
    const managers = others.map(({ manager: name, operation, subresource, apiVersion }) => ({ manager: name, operation, subresource, apiVersion }));
    return [{ path, value, ours, managers }];
  });
}

/** The taken fields after more fields were taken. The second entry of a field replaces the first. */
export function merged(fields: readonly TakenField[], more: readonly TakenField[]): TakenField[] {
  return [...fields.filter((field) => !more.some(({ path }) => isDeepStrictEqual(path, field.path))), ...more];
}

/** The same fields with the values that the set has set since then. */
export const withValuesOf = (object: KubernetesObject, fields: readonly TakenField[]) =>
  fields.map((field) => ({ ...field, ours: valueAt(object, field.path) }));
