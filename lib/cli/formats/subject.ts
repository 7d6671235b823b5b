import { AccessGraph } from '../../page/access-graph';
import { PodAccess } from '../../verification/pod-access';

/** What a report is about. */
export interface Subject {
  /** The access, the new one of a comparison. */
  readonly access: PodAccess;
  /** What a page shows. */
  readonly graph: () => AccessGraph;
}
