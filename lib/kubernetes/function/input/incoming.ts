import { checkNoMarks } from '../../contract/marks';
import { isApiVersion, isPathSegment, isRfc1123Label } from '../../contract/names';
import { isOfRecords, RECORDS_NAMESPACE } from '../../contract/records';
import type { KubernetesObject } from '../client/kubernetes-object';

const KIND = /^[A-Za-z][A-Za-z0-9]{0,62}$/;

/**
 * Refuses anything that is not a single Kubernetes object, before a request is sent. The construct has checked what was known at synthesis,
 * but a value from the deployment can be anything.
 *
 * @throws an error without the invalid value, which might be secret.
 */
export function checkIncoming(object: unknown): asserts object is KubernetesObject {
  checkAddress(object);
  const { kind, metadata: { namespace, annotations }, items } = object;
  checkProperty('kind', kind !== 'List' && !Array.isArray(items), 'the kind of a single object, not of a list');
  checkProperty('metadata.namespace', namespace === undefined || namespace === null || isRfc1123Label(namespace), 'an RFC 1123 label');
  checkProperty('metadata.namespace', !isOfRecords(object), `a namespace other than ${RECORDS_NAMESPACE}, which contains the records of the function`);
  checkNoMarks('metadata.annotations', mapAt('metadata.annotations', annotations ?? {}));
}

/** Refuses an identity that no object in a cluster can have. */
function checkAddress(object: unknown): asserts object is KubernetesObject {
  const { apiVersion, kind, metadata } = mapAt('it', object);
  checkProperty('apiVersion', isApiVersion(apiVersion), '<version> or <group>/<version>, such as v1 or apps/v1');
  checkProperty('kind', typeof kind === 'string' && KIND.test(kind), 'the name of a kind, such as ConfigMap');
  const { name } = mapAt('metadata', metadata);
  checkProperty('metadata.name', isPathSegment(name), 'a name that does not contain / or % and is not empty, . or ..');
}

function mapAt(property: string, value: unknown): { readonly [key: string]: unknown } {
  checkProperty(property, typeof value === 'object' && value !== null && !Array.isArray(value), 'a map');
  return value as { [key: string]: unknown };
}

function checkProperty(property: string, isAllowed: boolean, allowed: string): asserts isAllowed {
  if (!isAllowed) {
    throw new Error(`${property} must be ${allowed}`);
  }
}
