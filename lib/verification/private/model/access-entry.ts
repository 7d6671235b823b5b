import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** Who may call the Kubernetes API of a cluster. */
export interface AccessEntry {
  readonly cluster: ClusterId;
  readonly principalArn: Text;
  /** Without those that nodes of a nodegroup of the templates have anyway. */
  readonly grants: readonly AccessGrant[];
  readonly place: AccessPlace;
}

/** What an access entry, or a mapping in the ConfigMap `aws-auth`, gives in a cluster. */
export interface AccessGrant {
  /** `unread` is a text of `aws-auth` that is not JSON. */
  readonly kind: 'user' | 'group' | 'policy' | 'node' | 'unread';
  readonly name: Text;
  /** Where an access policy applies, possibly with wildcards; undefined for the whole cluster. */
  readonly namespace?: Text;
}
