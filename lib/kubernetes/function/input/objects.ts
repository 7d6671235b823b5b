import { Decompressor } from './decompressor';
import { completed } from './documents';
import { checkIncoming } from './incoming';
import { groupOf, identity, nameOf } from '../../contract/identity';
import type { Properties } from '../../contract/properties';
import type { KubernetesObject } from '../client/kubernetes-object';

/**
 * The objects of a set after all checks.
 *
 * @throws an error without invalid values, which might be secret.
 */
export function parse({ Objects }: Pick<Properties, 'Objects'>): KubernetesObject[] {
  const decompressor = new Decompressor();
  const objects = Objects.map((entry, i) => numbered(i, Objects.length, () => {
    const object = completed(decompressor.readable(entry));
    checkIncoming(object);
    return withoutEmptyClaims(object);
  }));
  const names = objects.map(identity);
  const twice = objects.find((_, i) => names.indexOf(names[i]) < i);
  if (twice) {
    throw new Error(`${nameOf(twice)} is defined twice in this set: tokens might have the same value, so use different names`);
  }
  return objects;
}

function numbered<T>(i: number, count: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    (error as Error).message = `object ${i + 1} of ${count}: ${(error as Error).message}`;
    throw error;
  }
}

/** The order in which kinds are created. Kinds that are not listed belong to the second-to-last rank. */
const RANKS = [
  ['Namespace'],
  ['CustomResourceDefinition'],
  ['ServiceAccount', 'PriorityClass', 'StorageClass', 'ResourceQuota', 'LimitRange'],
  ['ClusterRole', 'Role', 'ConfigMap', 'Secret'],
  ['ClusterRoleBinding', 'RoleBinding', 'Service', 'PersistentVolumeClaim', 'NetworkPolicy'],
  [],
  ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration', 'APIService'],
];

/** Items in the order of their dependencies. Items of one rank do not depend on each other. */
export function ranked<T>(items: T[], objectOf: (item: T) => KubernetesObject): T[][] {
  const rankOf = (item: T) => {
    const rank = RANKS.findIndex((kinds) => kinds.includes(objectOf(item).kind));
    return rank < 0 ? RANKS.length - 2 : rank;
  };
  return RANKS.map((_, rank) => items.filter((item) => rankOf(item) === rank));
}

/**
 * Removes empty maps and lists. Server-side apply treats an empty map or list as a claim on all of its content, and then the label or pull
 * secret of any other manager as a conflict. Outside `metadata` and the fields of core kinds, an empty map can have a meaning
 * (`emptyDir: {}`) and stays.
 *
 * @see https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
function withoutEmptyClaims(object: KubernetesObject): KubernetesObject {
  const { spec, ...rest } = withoutNulls(object) as KubernetesObject;
  const claims = Object.entries(rest).filter(([, value]) => groupOf(object.apiVersion) !== '' || !isEmpty(value));
  const metadata = Object.fromEntries(Object.entries(rest.metadata).filter(([, value]) => !isEmpty(value)));
  return { ...Object.fromEntries(claims), ...(spec !== undefined && { spec }), metadata } as KubernetesObject;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (!isMapOrList(value)) {
    return value;
  }
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null).map(([key, item]) => [key, withoutNulls(item)]));
}

const isMapOrList = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isEmpty = (value: unknown) => isMapOrList(value) && Object.keys(value).length === 0;
