import { CodeWrite } from './code-writes';
import { ClusterId } from '../values/cluster-id';

/** A service that runs pods in a cluster because of requests, whose actions it has, and which choose what these pods can do. */
export interface JobService {
  readonly cluster: ClusterId;
  readonly name: string;
  readonly actions: readonly string[];
  /** The requests that change the images of its jobs. */
  readonly code: readonly CodeWrite[];
}
