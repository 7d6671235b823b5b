import { CodeWrite } from './code-write';
import { ClusterId } from '../../values/cluster-id';

/** Where a controller gets Kubernetes objects from, which it applies. */
export interface ObjectSource {
  readonly cluster: ClusterId;
  /** Whether the controller may apply them to other clusters, too. */
  readonly mayBeForOthers: boolean;
  /** What others do with it, for messages: `change the objects of Application reports, which a controller applies to the cluster`. */
  readonly way: string;
  /** The requests with which others do so. */
  readonly code: readonly CodeWrite[];
}
