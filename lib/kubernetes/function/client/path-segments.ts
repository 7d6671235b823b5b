import type { KubernetesObject } from './kubernetes-object';
import { isApiVersion, isRfc1123Label } from '../../contract/names';

/** The object cannot exist in any cluster, because a request for it would lead to another path. */
export class ImpossibleObject extends Error {}

/** Refuses a value that cannot be a path segment in Kubernetes. The error does not contain the value, which can come from a token. */
export function checkPathSegments(attempt: string, { apiVersion, metadata: { namespace } }: KubernetesObject): void {
  if (!isApiVersion(apiVersion)) {
    throw new ImpossibleObject(`${attempt} failed: apiVersion must be <version> or <group>/<version>, such as v1 or apps/v1`);
  }
  if (namespace !== undefined && !isRfc1123Label(namespace)) {
    throw new ImpossibleObject(`${attempt} failed: metadata.namespace must be an RFC 1123 label of 1 to 63 lowercase letters, digits and hyphens`);
  }
}
