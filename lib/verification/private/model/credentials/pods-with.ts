import { KeyCopy, KeyHolders } from '../identities';

/** The pods of a workload, or of an account, that have something. Undefined if others have it, such as whoever reads a Secret. */
export const podsWith = ({ heldBy }: Pick<KeyCopy, 'heldBy'>): KeyHolders | undefined =>
  (heldBy !== undefined && heldBy !== 'everyone' && (heldBy.workload ?? heldBy.serviceAccountName) ? heldBy : undefined);
