import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { EncryptionKey } from '../model';
import { StackResource } from '../stack-resources';

/**
 * The key of a bucket; undefined if Amazon S3 has it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
export function encryptionKeyOf(bucket: StackResource): EncryptionKey | undefined {
  const keys = listOf(bucket.property('BucketEncryption', 'ServerSideEncryptionConfiguration')).flatMap((rule) => {
    const byDefault = rule instanceof ResolvedMap ? rule.get('ServerSideEncryptionByDefault') : undefined;
    const isKms = byDefault instanceof ResolvedMap && literalOf(byDefault.get('SSEAlgorithm'))?.startsWith('aws:kms');
    return isKms ? textOf(byDefault.get('KMSMasterKeyID')) ?? [] : [];
  });
  const [key] = keys;
  if (!key) {
    return undefined;
  }
  const [partition, region, account] = (['Partition', 'Region', 'AccountId'] as const).map((parameter) => bucket.pseudoParameter(parameter));
  const arn = key.startsWith('arn') ? key : Text.join([Text.of('arn'), partition, Text.of('kms'), region, account, Text.join([Text.of('key/'), key])], ':');
  return { arn, service: Text.join([Text.of('s3.'), region, Text.of('.amazonaws.com')]) };
}
