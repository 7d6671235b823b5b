import { CodeWrite } from './code-writes';
import { ClusterId } from '../values/cluster-id';

/** Where a controller gets Kubernetes objects from, which it applies. */
export interface ObjectSource {
  readonly cluster: ClusterId;
  /** For messages: `Application reports`. */
  readonly label: string;
  /** The requests with which others change the objects. */
  readonly code: readonly CodeWrite[];
}
