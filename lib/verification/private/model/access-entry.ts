import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { isPossible, mayBeEqual } from '../values/may-be-equal';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/** Who may call the Kubernetes API of a cluster. */
export interface AccessEntry {
  readonly cluster: ClusterId;
  readonly principalArn: Text;
  /** Whether it is about everyone of an account, whose ID is in place of an ARN. */
  readonly isOfAccount?: boolean;
  /** Whether the ARN of a role is without the path of the role, as it is in `aws-auth`. */
  readonly isWithoutPath?: boolean;
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

/**
 * Whether all that an entry gives is to view objects, except Secrets. Nobody gets tokens or runs pods with that. A user name of its own can have more permissions.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html#access-policy-permissions-amazoneksviewpolicy
 */
export function onlyViews({ principalArn, grants }: AccessEntry): boolean {
  const given = grants.filter(({ kind, name }) => kind !== 'user' || name.key !== principalArn.key);
  return given.length > 0 && given.every(({ kind, name }) => kind === 'policy' && name.literal === 'AmazonEKSViewPolicy');
}

/** Whether an entry may be about a role or a user. */
export function mayBeAbout(
  { principalArn, isOfAccount, isWithoutPath }: AccessEntry, { arn, account }: { readonly arn: Text; readonly account: Text },
): boolean {
  const [named, own] = isWithoutPath ? [lowerCase(principalArn), lowerCase(arn)] : [principalArn, arn];
  return mayBeEqual(named, isOfAccount ? account : own) || (isWithoutPath === true && mayBeWithPath(named, own));
}

/** Amazon EKS compares the ARNs in `aws-auth` without regard to case. @see https://github.com/kubernetes-sigs/aws-iam-authenticator/blob/master/pkg/mapper/file/mapper.go */
const lowerCase = ({ parts }: Text): Text => Text.join(parts.map((part) => (typeof part === 'string' ? Text.of(part.toLowerCase()) : Text.unknown(part))));

/**
 * Whether the ARN of a role may be another one with a path.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting-iam.html#security-iam-troubleshoot-ConfigMap
 */
function mayBeWithPath(principalArn: Text, arn: Text): boolean {
  const parts = principalArn.parts.map((part) => (typeof part === 'string' ? Text.of(part.replace(':role/', ':role/*/')) : Text.unknown(part)));
  return isPossible(Pattern.glob(Text.join(parts)).matches(arn), principalArn, arn);
}
