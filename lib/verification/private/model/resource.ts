import { EncryptionKey } from './encryption-key';
import { AccessPlace } from '../../access-reason';
import { Policy } from '../policies/policy';
import { Text } from '../values/text';

/** Tags by key. */
export interface Tags extends ReadonlyMap<string, Text> {
  /** Whether there may be tags with other keys. */
  readonly mayHaveOthers?: boolean;
  /** Tags that are possibly there, with the values that they have then. */
  readonly possible?: ReadonlyMap<string, Text>;
}

/** A resource of the templates that a request may be about. */
export interface Resource {
  readonly type: string;
  readonly arn: Text;
  /** The account that owns it, which not every ARN shows. */
  readonly account: Text;
  /** The Region of a bucket, which its ARN does not show. */
  readonly region?: Text;
  /** Those that conditions of policies can ask for; undefined if that is not known. */
  readonly tags?: Tags;
  /** With which its service encrypts what it contains; undefined if it is a key of AWS. */
  readonly encryptionKey?: EncryptionKey;
  /** The AWS managed key with which its service encrypts what it contains, such as `aws/s3`. Other accounts cannot use it. */
  readonly awsManagedKey?: string;
  /** Whether it is a bucket whose policy gives nothing to other accounts if it is public. */
  readonly restrictsPublicPolicies?: boolean;
  /** Whether it is a bucket whose objects have no ACLs, as by default. */
  readonly disablesAcls?: boolean;
  /** Its resource policies in the templates. */
  readonly policies: readonly Policy[];
  /** Whether the templates have only its policies. */
  readonly isElsewhere?: boolean;
  readonly place: AccessPlace;
}
