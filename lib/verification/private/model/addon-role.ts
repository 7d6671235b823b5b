import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** The role with which an add-on annotates its service accounts. */
export interface AddonRole {
  readonly cluster: ClusterId;
  readonly roleArn: Text;
}
