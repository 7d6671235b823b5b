import { KeyAliases } from './key-aliases';
import { replicasHere } from './replicas';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { EncryptionKey } from '../model';
import { StackResource } from '../stack-resources';

/**
 * Where a resource names the key with which its service encrypts what it contains. These services use the key with the permissions of the caller.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
 * @see https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html
 */
const KEYS: { readonly [type: string]: { readonly service: string; readonly key: (resource: StackResource) => Resolved } } = {
  'AWS::S3::Bucket': { service: 's3', key: keyOfBucket },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', key: (secret) => secret.property('KmsKeyId') },
  'AWS::SQS::Queue': { service: 'sqs', key: (queue) => queue.property('KmsMasterKeyId') },
  'AWS::SNS::Topic': { service: 'sns', key: (topic) => topic.property('KmsMasterKeyId') },
  'AWS::DynamoDB::Table': { service: 'dynamodb', key: (table) => table.property('SSESpecification', 'KMSMasterKeyId') },
  'AWS::DynamoDB::GlobalTable': { service: 'dynamodb', key: keyOfGlobalTable },
  'AWS::Kinesis::Stream': { service: 'kinesis', key: (stream) => stream.property('StreamEncryption', 'KeyId') },
};

/** Keys of AWS, which everyone may use who may use the resource. */
const OF_AWS = /(^|:)alias\/aws\//;

/** The key of a resource; undefined if it is one of AWS. */
export function encryptionKeyOf(resource: StackResource, aliases: KeyAliases): EncryptionKey | undefined {
  const { service, key: find } = Object.hasOwn(KEYS, resource.type) ? KEYS[resource.type] : {};
  const key = textOf(find?.(resource));
  if (service === undefined || !key || key.parts.some((part) => typeof part === 'string' && OF_AWS.test(part))) {
    return undefined;
  }
  return { arn: aliases.keyOf(resource, key), service: Text.join([Text.of(`${service}.`), resource.pseudoParameter('Region'), Text.of('.amazonaws.com')]) };
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function keyOfBucket(bucket: StackResource): Resolved {
  const [key] = listOf(bucket.property('BucketEncryption', 'ServerSideEncryptionConfiguration')).flatMap((rule) => {
    const byDefault = rule instanceof ResolvedMap ? rule.get('ServerSideEncryptionByDefault') : undefined;
    const isKms = byDefault instanceof ResolvedMap && literalOf(byDefault.get('SSEAlgorithm'))?.startsWith('aws:kms');
    return isKms ? byDefault.get('KMSMasterKeyID') ?? [] : [];
  });
  return key;
}

/**
 * Each replica has a key of its own. One whose Region is not known may be that of the stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-replicassespecification.html
 */
function keyOfGlobalTable(table: StackResource): Resolved {
  const [key] = replicasHere(table).flatMap(({ replica }) => replica.at('SSESpecification', 'KMSMasterKeyId') ?? []);
  return key;
}
