import { ClusterId } from '../values/cluster-id';

/** A service that runs pods in a cluster because of requests, whose actions it has, and which choose what these pods can do. */
export interface JobService {
  readonly cluster: ClusterId;
  readonly name: string;
  readonly actions: readonly string[];
}
