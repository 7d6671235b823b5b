import { Text } from '../../values/text';

/** A ConfigMap or a Secret that decides what pods run. */
export interface ObjectOfCode {
  readonly kind: 'ConfigMap' | 'Secret';
  /** Only the deployment, or a label, may tell which one it is. */
  readonly name: Text;
  /** @default - that of the pods */
  readonly namespace?: Text;
  /** Whether the pods also start without it. */
  readonly isOptional: boolean;
}
