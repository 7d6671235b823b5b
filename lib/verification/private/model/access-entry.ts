import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { mayBeEqual } from '../values/may-be-equal';
import { Text } from '../values/text';

/** Who may call the Kubernetes API of a cluster. */
export interface AccessEntry {
  readonly cluster: ClusterId;
  readonly principalArn: Text;
  /** Whether it is about everyone of an account, whose ID is in place of an ARN. */
  readonly isOfAccount?: boolean;
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

/** Whether an entry may be about a role or a user. */
export const mayBeAbout = ({ principalArn, isOfAccount }: AccessEntry, { arn, account }: { readonly arn: Text; readonly account: Text }): boolean =>
  mayBeEqual(principalArn, isOfAccount ? account : arn);
