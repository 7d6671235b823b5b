import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { literalArn } from '../../private/literal-policies';

/**
 * Allows CloudWatch Logs in the account and region of the scope to use a key. The key policy of an imported key cannot be changed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowCloudWatchLogs(scope: Construct, key: kms.IKey): void {
  const { region, account, urlSuffix } = Stack.of(scope);
  const { statementAdded } = key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${region}.${urlSuffix}`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    // not the ARNs of the log groups, because the log groups refer to the key
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Stack.of(scope).formatArn({ service: 'logs', resource: '*', region, account }) } },
  }));
  if (!statementAdded) {
    Annotations.of(scope).addWarningV2('cdk-irsa:key-policy', 'objectsFunction.encryptionKey is imported: the deployment fails unless its key '
      + 'policy allows CloudWatch Logs to use it, see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html');
  }
}

/**
 * The permission that a function requires to read its environment variables when it starts. Lambda also creates a grant on the key for the
 * role, but a role that was deleted and created again loses the grant.
 */
export const decryptWith = (key: kms.IKey) => new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [literalArn('objectsFunction.encryptionKey', key.keyArn)] });
