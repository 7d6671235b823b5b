import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/**
 * Lets CloudWatch Logs of the scope's account and region use a key. The policy of an imported key cannot be changed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function allowCloudWatchLogs(scope: Construct, key: kms.IKey): void {
  const { region, account, urlSuffix } = Stack.of(scope);
  const { statementAdded } = key.addToResourcePolicy(new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(`logs.${region}.${urlSuffix}`)],
    actions: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
    resources: ['*'],
    // not the log groups themselves: these refer to the key
    conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': Stack.of(scope).formatArn({ service: 'logs', resource: '*', region, account }) } },
  }));
  if (!statementAdded) {
    Annotations.of(scope).addWarningV2('cdk-irsa:key-policy', 'objectsFunction.encryptionKey is imported: the deployment fails unless its key '
      + 'policy lets CloudWatch Logs use it, as https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html says');
  }
}

/**
 * What a function needs of its role to start. Lambda creates a grant on the key for the role as well, but a role that was deleted and
 * created again loses the grant, and without either the function cannot read its environment variables.
 */
export const decryptWith = (key: kms.IKey) => new iam.PolicyStatement({ actions: ['kms:Decrypt'], resources: [key.keyArn] });
