import { CodeWrite } from './code-writes';
import { ClusterId } from '../values/cluster-id';

/** Where a controller gets Kubernetes objects from, which it applies. */
export interface ObjectSource {
  readonly cluster: ClusterId;
  /** Whether the controller may apply them to other clusters, too. */
  readonly mayBeForOthers: boolean;
  /** For messages: `Application reports`. */
  readonly label: string;
  /** The requests with which others change the objects. */
  readonly code: readonly CodeWrite[];
}
