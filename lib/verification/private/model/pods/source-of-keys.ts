import { ClusterId } from '../../values/cluster-id';
import { Resolved } from '../../values/resolved';
import { Text } from '../../values/text';

/** A ConfigMap, a Secret, or what else has keys. */
export interface SourceOfKeys {
  readonly kind: string;
  readonly identity: Identity;
  /** Undefined if they are not known. */
  readonly keys?: readonly string[];
  /** Those whose values have an access key, whatever their names are. */
  readonly holding?: readonly string[];
  /** What says, or has, its values. */
  readonly content: Resolved;
  /** Whether it may have others, too. */
  readonly mayHaveMore?: true;
}

export interface Identity {
  readonly name: Text;
  readonly namespace: Text;
  readonly cluster: ClusterId;
  /** Whether something has to create it first. @default - it is there */
  readonly mayBeMissing?: boolean;
}
