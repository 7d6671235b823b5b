import type { KubernetesObject } from './kubernetes-api';
import { MARKS } from '../contract/marks';

/** What the marks of an object say. */
export interface Marks {
  /** The id of the set that may change and delete the object. */
  readonly owner?: string;
  /** The object's own uid: a copy elsewhere has another. */
  readonly uid?: string;
  /** `true` on what was there before us. */
  readonly adopted?: string;
  /** The role that it named before us. */
  readonly adoptedRoleArn?: string;
  /** The ids that owned it before, the last one first; a rollback gives it back to that. See `holdersOf`. */
  readonly replaced?: string;
  /** The roles that it named with them, `-` for none. */
  readonly replacedRoleArn?: string;
}

/** Who had an object before, and the role that it named then. */
export interface Holder {
  readonly id: string;
  readonly roleArn?: string;
}

export function holdersOf({ replaced, replacedRoleArn }: Marks): Holder[] {
  const roles = replacedRoleArn?.split(' ') ?? [];
  return (replaced?.split(' ') ?? []).map((id, i) => ({ id, roleArn: roles[i] === '-' ? undefined : roles[i] }));
}

export function replacedBy(holders: Holder[]): Pick<Marks, 'replaced' | 'replacedRoleArn'> {
  const named = holders.some(({ roleArn }) => roleArn);
  return {
    replaced: holders.length > 0 ? holders.map(({ id }) => id).join(' ') : undefined,
    replacedRoleArn: named ? holders.map(({ roleArn }) => roleArn ?? '-').join(' ') : undefined,
  };
}

type Annotations = { readonly [name: string]: string };

export const annotationsOf = (object: KubernetesObject) => (object.metadata.annotations ?? {}) as Annotations;

export function marksOf(object: KubernetesObject): Marks {
  const annotations = annotationsOf(object);
  const all = Object.entries(MARKS).map(([mark, annotation]) => [mark, annotations[annotation]]);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined));
}

/** The object with these marks; those that are undefined are left out. */
export function marked(object: KubernetesObject, marks: Marks): KubernetesObject {
  const set = Object.entries(marks).filter(([, value]) => value !== undefined).map(([mark, value]) => [MARKS[mark as keyof Marks], value]);
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotationsOf(object), ...Object.fromEntries(set) } } };
}
