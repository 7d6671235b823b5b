import { resourceType } from '../../resource-types/declarations';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { EncryptionKey } from '../model';
import { StackResource } from '../stack-resources';

/** Keys of AWS, which everyone may use who may use the resource. */
const OF_AWS = /(^|:)alias\/aws\//;

/** The key of a resource; undefined if it is one of AWS. */
export function encryptionKeyOf(resource: StackResource): EncryptionKey | undefined {
  const { service, key: path } = resourceType(resource.type)?.encryption ?? {};
  const named = path && resource.property(...path);
  const key = textOf(resource.type === 'AWS::S3::Bucket' ? keyOfRules(named) : named);
  if (service === undefined || !key || key.parts.some((part) => typeof part === 'string' && OF_AWS.test(part))) {
    return undefined;
  }
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => resource.pseudoParameter(parameter));
  const id = key.startsWith('alias') ? key : Text.join([Text.of('key/'), key]);
  const arn = key.startsWith('arn') ? key : Text.join([Text.of('arn'), partition, Text.of('kms'), region, account, id], ':');
  return { arn, service: Text.join([Text.of(`${service}.`), region, Text.of('.amazonaws.com')]) };
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
