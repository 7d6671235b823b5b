import { isDeepStrictEqual } from 'node:util';
import { FieldPath, leavesOf, ManagedFields, managedFieldsOf, managersOfField, valueAt } from './managed-fields';
import type { KubernetesObject } from '../client/kubernetes-api';

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
    const holders = managersOfField(found, path);
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
