/**
 * What somebody gains by a permission, the most first: to make some controllers act in AWS, to make others act, which are not limited to one namespace, or to act in the
 * cluster in another way that is not, to run pods, the credentials of other pods, what is in Secrets, or what is in other objects. The first is always named, so that
 * none of the others includes it.
 */
export const GAINS = ['controllers', 'cluster', 'pods', 'tokens', 'secrets', 'objects'] as const;

export interface Gain {
  readonly kind: typeof GAINS[number];
  /** The API group whose controllers act. */
  readonly group?: string;
  /** The names of the service accounts of the pods, or those of the Secrets. @default - any */
  readonly names?: readonly string[];
}
