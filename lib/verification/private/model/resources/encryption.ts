import { KeyAliases } from './key-aliases';
import { replicasHere } from './replicas';
import { resourceType } from '../../resource-types/declarations';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, textOf } from '../../values/text-parts';
import { EncryptionKey } from '../encryption-key';
import { StackResource } from '../stack-resource';

/** Keys of AWS, which everyone of the account may use who may use the resource. */
const OF_AWS = /(^|:)alias\/(aws\/[\w-]+)/;

/** The key of a resource; undefined if it is one of AWS. */
export function encryptionKeyOf(resource: StackResource, aliases: KeyAliases): EncryptionKey | undefined {
  const { service, key: path } = resourceType(resource.type)?.encryption ?? {};
  const key = textOf(path && keyAt(resource, path));
  if (service === undefined || !key || key.parts.some((part) => typeof part === 'string' && OF_AWS.test(part))) {
    return undefined;
  }
  return { arn: aliases.keyOf(resource, key), service: Text.join([Text.of(`${service}.`), resource.pseudoParameter('Region'), Text.of('.amazonaws.com')]) };
}

/**
 * The AWS managed key of a resource, such as `aws/s3`, which is also the default of some services. Keys that AWS owns have no name.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
 */
export function awsManagedKeyOf(resource: StackResource): string | undefined {
  const { service, key: path } = resourceType(resource.type)?.encryption ?? {};
  const key = path && keyAt(resource, path);
  const [, , named] = OF_AWS.exec(`${textOf(key) ?? ''}`) ?? [];
  return named ?? (key === undefined && usesDefaultKey(resource) ? `aws/${service}` : undefined);
}

function usesDefaultKey(resource: StackResource): boolean {
  switch (resource.type) {
    case 'AWS::S3::Bucket': return kmsRulesOf(resource.property('BucketEncryption', 'ServerSideEncryptionConfiguration')).length > 0;
    case 'AWS::DynamoDB::Table': case 'AWS::DynamoDB::GlobalTable': return isSet(resource.property('SSESpecification', 'SSEEnabled')) !== 'no';
    default: return resource.type === 'AWS::SecretsManager::Secret';
  }
}

function keyAt(resource: StackResource, path: readonly string[]): Resolved {
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable': return keyOfGlobalTable(resource, path);
    case 'AWS::S3::Bucket': case 'AWS::S3Express::DirectoryBucket': return keyOfRules(resource.property(...path));
    default: return resource.property(...path);
  }
}

/** A bucket has rules. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function keyOfRules(rules: Resolved): Resolved {
  const [key] = kmsRulesOf(rules).flatMap((rule) => valueAt(rule, 'KMSMasterKeyID') ?? []);
  return key;
}

const kmsRulesOf = (rules: Resolved): Resolved[] => listOf(rules).map((rule) => valueAt(rule, 'ServerSideEncryptionByDefault')).filter((byDefault) => {
  const algorithm = textOf(valueAt(byDefault, 'SSEAlgorithm'));
  return algorithm !== undefined && mayBeKms(algorithm);
});

/** One that only the deployment knows may be that of AWS KMS. */
const mayBeKms = ({ literal, values = [literal ?? 'aws:kms'] }: Text): boolean => values.some((value) => value.startsWith('aws:kms'));

/**
 * Each replica has a key of its own. One whose Region is not known may be that of the stack.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-replicassespecification.html
 */
function keyOfGlobalTable(table: StackResource, [, ...path]: readonly string[]): Resolved {
  const [key] = replicasHere(table).flatMap(({ replica }) => valueAt(replica, ...path) ?? []);
  return key;
}
