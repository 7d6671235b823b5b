import * as kms from 'aws-cdk-lib/aws-kms';
import { withoutWildcard } from './inputs';
import { refusalWithoutValue } from '../../private/errors';

/**
 * Refuses wildcards and aliases: IAM compares the ARN of the key.
 *
 * @param property the class and the property, for errors.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html
 */
export function checkKey(property: string, { keyArn }: kms.IKey): void {
  withoutWildcard(property, keyArn);
  if (keyArn.includes(':alias/')) {
    throw refusalWithoutValue(property, 'a key, and not an alias', 'import it with kms.Key.fromKeyArn or fromLookup, because IAM does not find keys by their aliases');
  }
}

/** The same for the elements of a list. */
export const checkKeys = (property: string, keys: readonly kms.IKey[] = []): void =>
  keys.forEach((key, i) => checkKey(`${property}[${i}]`, key));

/**
 * A condition for calls to AWS KMS that a service makes on behalf of the controller. In China, documentation shows the service with both domains. Only AWS
 * sets the key, so that a name that does not exist allows nothing.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
 */
export const viaService = (service: string, region: string): { readonly [key: string]: string[] } =>
  ({ 'kms:ViaService': ['amazonaws.com', 'amazonaws.com.cn'].map((domain) => `${service}.${region}.${domain}`) });
