import { Text } from '../values/text';

/** The KMS key with which a service encrypts what a resource contains. */
export interface EncryptionKey {
  readonly arn: Text;
  /** The name with which the service calls AWS KMS on behalf of those who use the resource. */
  readonly service: Text;
}
