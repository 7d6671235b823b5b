import { KeyAliases } from './key-aliases';
import { replicasHere } from './replicas';
import { resourceType } from '../../resource-types/declarations';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { EncryptionKey } from '../model';
import { StackResource } from '../stack-resources';

/** Keys of AWS, which everyone may use who may use the resource. */
const OF_AWS = /(^|:)alias\/aws\//;

/** The key of a resource; undefined if it is one of AWS. */
export function encryptionKeyOf(resource: StackResource, aliases: KeyAliases): EncryptionKey | undefined {
  const { service, key: path } = resourceType(resource.type)?.encryption ?? {};
  const key = textOf(path && keyAt(resource, path));
  if (service === undefined || !key || key.parts.some((part) => typeof part === 'string' && OF_AWS.test(part))) {
    return undefined;
  }
  return { arn: aliases.keyOf(resource, key), service: Text.join([Text.of(`${service}.`), resource.pseudoParameter('Region'), Text.of('.amazonaws.com')]) };
}

function keyAt(resource: StackResource, path: readonly string[]): Resolved {
  switch (resource.type) {
    case 'AWS::DynamoDB::GlobalTable': return keyOfGlobalTable(resource, path);
    case 'AWS::S3::Bucket': return keyOfRules(resource.property(...path));
    default: return resource.property(...path);
  }
}

/** A bucket has rules. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html */
function keyOfRules(rules: Resolved): Resolved {
  const [key] = listOf(rules).flatMap((rule) => {
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
function keyOfGlobalTable(table: StackResource, [, ...path]: readonly string[]): Resolved {
  const [key] = replicasHere(table).flatMap(({ replica }) => replica.at(...path) ?? []);
  return key;
}
