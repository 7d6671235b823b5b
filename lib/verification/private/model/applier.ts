import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** A function that applies the Kubernetes objects of the templates to a cluster. */
export interface Applier {
  readonly cluster: ClusterId;
  readonly functionArn: Text;
  /** The role that it assumes for this, if a template says so. */
  readonly roleArn?: Text;
  /** One of the custom resources whose objects it applies. */
  readonly place: AccessPlace;
}
