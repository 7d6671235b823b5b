import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** A service that runs pods in a cluster because of requests, whose actions it has, and which choose what these pods can do. */
export interface JobService {
  readonly cluster: ClusterId;
  readonly name: string;
  readonly actions: readonly string[];
  /** What the requests name, with the namespace in which the pods run; undefined if they do not name it. */
  readonly arn?: Text;
}
