import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** The pods that run on Fargate: those in a namespace that have all the labels. */
export interface FargateSelector {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly labels: ReadonlyArray<readonly [Text, Text]>;
  /** Where its profile is. */
  readonly place: AccessPlace;
  /** The logical IDs of the resources of the template of its profile that are certainly created after it. */
  readonly dependents: ReadonlySet<string>;
}
