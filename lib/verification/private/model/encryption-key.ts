import { Text } from '../values/text';

/** The KMS key with which a bucket encrypts its objects. */
export interface EncryptionKey {
  readonly arn: Text;
  /** The name with which Amazon S3 calls KMS on behalf of those who read and write objects. */
  readonly service: Text;
}
