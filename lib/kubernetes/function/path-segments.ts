import type { KubernetesObject } from './kubernetes-api';

/** No cluster can have this object: a request for it would lead to another path. */
export class ImpossibleObject extends Error {}

const matches = (pattern: RegExp, most: number, text: unknown) => typeof text === 'string' && text.length <= most && pattern.test(text);

/** A version, or the plural of a kind. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#rfc-1035-label-names */
export const isRfc1035Label = (text: unknown) => matches(/^[a-z]([-a-z0-9]*[a-z0-9])?$/, 63, text);

/** A namespace. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names */
export const isRfc1123Label = (text: unknown) => matches(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 63, text);

/** A group. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const isRfc1123Subdomain = (text: string) => text.length <= 253 && text.split('.').every(isRfc1123Label);

export function isApiVersion(text: unknown): boolean {
  const [version, group, ...more] = typeof text === 'string' ? text.split('/').reverse() : [];
  return more.length === 0 && isRfc1035Label(version) && (group === undefined || isRfc1123Subdomain(group));
}

/** Refuses what cannot be a segment of a path in Kubernetes; without its value, which a token may have brought. */
export function checkPathSegments(attempt: string, { apiVersion, metadata: { namespace } }: KubernetesObject): void {
  if (!isApiVersion(apiVersion)) {
    throw new ImpossibleObject(`${attempt} failed: apiVersion must be <version> or <group>/<version>, such as v1 or apps/v1`);
  }
  if (namespace !== undefined && !isRfc1123Label(namespace)) {
    throw new ImpossibleObject(`${attempt} failed: metadata.namespace must be an RFC 1123 label of 1 to 63 lower-case letters, digits and hyphens`);
  }
}
