import { ActingController, EksWork } from './acting-controllers';

/**
 * What somebody gains by a permission, the most first: to make some controllers act in AWS, to make others act, which are not limited to one namespace, or to act in the
 * cluster in another way that is not, to run pods, the credentials of other pods, what is in Secrets, or what is in other objects. The first is always named, so that
 * none of the others includes it.
 */
export const GAINS = ['controllers', 'cluster', 'pods', 'tokens', 'secrets', 'objects'] as const;

export interface Gain {
  /** Or that Amazon EKS acts in AWS, which no other gain includes either. */
  readonly kind: typeof GAINS[number] | 'eks';
  /** The API group whose controllers act. */
  readonly group?: string;
  /** Words in the names of the service accounts of controllers, or the names of the service accounts of pods, or those of Secrets. @default - any */
  readonly names?: readonly string[];
  /** Those that act in AWS, also with service accounts of other names. */
  readonly controllers?: readonly ActingController[];
  /** What Amazon EKS does. */
  readonly byEks?: EksWork;
}
