import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** The pods that run on Fargate: those in a namespace that have all the labels. */
export interface FargateSelector {
  readonly cluster: ClusterId;
  readonly namespace: Text;
  readonly labels: ReadonlyArray<readonly [Text, Text]>;
}
