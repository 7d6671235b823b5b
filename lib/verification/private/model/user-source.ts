import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** An identity provider whose users are users of a cluster. */
export interface UserSource {
  readonly cluster: ClusterId;
  /** For messages. */
  readonly issuer: Text;
  /** The ARN of the user pool of Amazon Cognito that it is, and to which only the permissions of AWS add users; undefined if the templates do not show who else does. */
  readonly pool?: Text;
  /** The functions that decide who signs in to the user pool, or what the tokens of its users say. */
  readonly triggers?: readonly Text[];
}
