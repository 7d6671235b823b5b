import { KeyHolders } from './identities';
import { AccessPlace } from '../../access-reason';
import { Text } from '../values/text';

/** A host at which pods answer without a Service. */
export interface HostOfPods {
  readonly host: Text;
  readonly pods: KeyHolders;
  readonly place: AccessPlace;
}
