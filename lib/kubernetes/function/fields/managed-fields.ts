import type { KubernetesObject } from '../client/kubernetes-object';

/** The entry of one manager in the managed fields of an object. @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly fieldsV1?: FieldTree;
  readonly [field: string]: unknown;
}

/** Fields as a tree: `f:name` is a field, `k:{…}` is a list item with its keys, `v:…` is a member of a set, and `.` is the node itself. */
export interface FieldTree { readonly [step: string]: FieldTree }

/** The path from the root of an object to a field. */
export type FieldPath = readonly string[];

type Container = { readonly [key: string]: unknown };

/** The manager that the API server assigns at the first apply to fields without a manager. */
export const FIRST_APPLY = 'before-first-apply';

export const managedFieldsOf = (object: KubernetesObject) => (object.metadata.managedFields ?? []) as ManagedFields[];

export const isManagedBy = (object: KubernetesObject, name: string) => managedFieldsOf(object).some(({ manager }) => manager === name);

/** Only the identity of an object. A manager that applies it no longer sets any field. */
export function bareOf({ apiVersion, kind, metadata: { name, namespace, uid, resourceVersion } }: KubernetesObject): KubernetesObject {
  return { apiVersion, kind, metadata: { name, namespace, uid, resourceVersion } };
}

/** The names of all field managers of an object, for messages. */
export function managersOf(object: KubernetesObject): string {
  const managers = [...new Set(managedFieldsOf(object).map(({ manager }) => manager))].join(', ');
  return `managed by ${managers || 'an unknown manager'}`;
}

/** The paths of all leaf fields of a tree. Members of sets have no single owner and are left out. */
export function leavesOf(tree: FieldTree, path: FieldPath = []): FieldPath[] {
  const steps = Object.entries(tree).filter(([step]) => step !== '.');
  if (steps.length === 0) {
    return path.length > 0 ? [path] : [];
  }
  return steps.filter(([step]) => !step.startsWith('v:')).flatMap(([step, rest]) => leavesOf(rest, [...path, step]));
}

/** The paths of all fields of an object that a manager manages. */
export const fieldsOf = (object: KubernetesObject, name: string) =>
  managedFieldsOf(object).filter(({ manager }) => manager === name).flatMap(({ fieldsV1 = {} }) => leavesOf(fieldsV1));

export function hasPath(tree: FieldTree | undefined, [step, ...rest]: FieldPath): boolean {
  return step === undefined || (tree?.[step] !== undefined && hasPath(tree[step], rest));
}

/** The managers of a field, except for the API server itself. */
export const managersOfField = (object: KubernetesObject, path: FieldPath) =>
  managedFieldsOf(object).filter(({ manager, fieldsV1 }) => manager !== FIRST_APPLY && hasPath(fieldsV1, path));

export function withPath(tree: FieldTree | undefined, [step, ...rest]: FieldPath): FieldTree {
  return step === undefined ? tree ?? {} : { ...tree, [step]: withPath(tree?.[step], rest) };
}

export function withoutPath(tree: FieldTree | undefined, [step, ...rest]: FieldPath): FieldTree | undefined {
  if (tree?.[step] === undefined) {
    return tree;
  }
  const { [step]: child, ...others } = tree;
  const left = rest.length > 0 ? withoutPath(child, rest) : undefined;
  return left && Object.keys(left).length > 0 ? { ...others, [step]: left } : others;
}

/** The value of a field; undefined if the field does not exist. */
export function valueAt(value: unknown, [step, ...rest]: FieldPath): unknown {
  if (step === undefined) {
    return value;
  }
  const key = keyAtStep(value, step);
  return key === undefined ? undefined : valueAt((value as Container)[key], rest);
}

/** The JSON pointer (RFC 6901) of a field; undefined if its parent does not exist. */
export function pointerTo(object: unknown, path: FieldPath): string | undefined {
  let [value, pointer] = [object, ''];
  for (const [i, step] of path.entries()) {
    const key = keyAtStep(value, step) ?? (i === path.length - 1 ? nameOfField(step) : undefined);
    if (key === undefined || typeof value !== 'object' || value === null) {
      return undefined;
    }
    pointer += `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    value = (value as Container)[key];
  }
  return pointer;
}

const nameOfField = (step: string) => (step.startsWith('f:') ? step.slice(2) : undefined);

/** The key or the index that a step leads to. */
function keyAtStep(value: unknown, step: string): string | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  if (step.startsWith('k:') && Array.isArray(value)) {
    const keys = Object.entries(JSON.parse(step.slice(2)));
    const exact = value.findIndex((item) => keys.every(([key, wanted]) => item?.[key] === wanted));
    // a key that is not set has the default of the API server, such as the protocol of a port
    const index = exact >= 0 ? exact : value.findIndex((item) => keys.every(([key, wanted]) => item?.[key] === wanted || item?.[key] === undefined));
    return index < 0 ? undefined : `${index}`;
  }
  const name = nameOfField(step);
  return name !== undefined && Object.hasOwn(value, name) ? name : undefined;
}
