import { CfnResource, Token } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { refusal } from './errors';

const SYMMETRIC = 'SYMMETRIC_DEFAULT';

/**
 * Refuses a KMS key that cannot encrypt data of AWS services. Nothing is known of a key that is imported.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
 */
export function checkSymmetricKey(property: string, key?: IConstruct): void {
  const keySpec = key && specOf(key instanceof kms.Alias ? key.aliasTargetKey : key);
  if (keySpec !== undefined && !Token.isUnresolved(keySpec) && keySpec !== SYMMETRIC) {
    throw refusal(`the key spec of ${property}`, keySpec, `"${SYMMETRIC}"`, 'AWS services encrypt data with symmetric encryption keys only; omit keySpec');
  }
}

function specOf({ node: { defaultChild: resource } }: IConstruct): string | undefined {
  return CfnResource.isCfnResource(resource) && resource.cfnResourceType === 'AWS::KMS::Key' ? (resource as kms.CfnKey).keySpec : undefined;
}
