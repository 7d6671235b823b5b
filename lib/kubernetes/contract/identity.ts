/** What identifies an object in a cluster. */
export interface ObjectAddress {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string | null };
}

/**
 * Equal for two descriptions of the same object, even if the API versions differ, or if only one of them states the namespace `default`.
 */
export const identity = ({ apiVersion, kind, metadata }: ObjectAddress) => [groupOf(apiVersion), kind, metadata.namespace ?? 'default', metadata.name].join('/');

/** The name of an object in messages: `ServiceAccount default/reader` or `Namespace team`. */
export const nameOf = ({ kind, metadata: { namespace, name } }: ObjectAddress) => `${kind} ${namespace ? `${namespace}/` : ''}${name}`;

/** `namespace/name`, also of an object that does not state the namespace `default`. */
export const qualifiedName = ({ metadata: { namespace, name } }: Pick<ObjectAddress, 'metadata'>) => `${namespace ?? 'default'}/${name}`;

/** The API group: an empty string for the core group. */
export const groupOf = (apiVersion: string) => apiVersion.slice(0, Math.max(apiVersion.lastIndexOf('/'), 0));
