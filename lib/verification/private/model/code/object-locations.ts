import { isNameOfCode } from './code-names';
import { CodeWrite } from './code-write';
import { writesOfObject } from './code-writes';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter, textOf } from '../../values/text-parts';

/** Properties with the bucket and the key of an object, such as `S3Bucket` and `S3Key`, or `BucketArn` and `FileKey`. */
const [BUCKET, KEY] = [/Bucket_?(Name|Arn)?$/i, /^(S3_?)?((Object|File)_?)?Key(_?Name)?$/i];

/** Most properties with what the keys of several objects start with are about data. */
const PREFIX = /^(Path|Prefix)$/i;

interface Pair { readonly bucket?: Text; readonly key?: Text }

/**
 * What changes the objects whose buckets and keys a value has side by side, such as the code of a function, which the next deployment takes from there.
 *
 * @param assets a bucket that does not count.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export const writesOfObjectsIn = (value: Resolved, assets?: Text, isCode = false): CodeWrite[] => (value instanceof ResolvedMap
  ? [...writesOfPair(value, assets, isCode), ...value.entries.flatMap(([{ literal = '' }, inner]) => writesOfObjectsIn(inner, assets, isCode || isNameOfCode(literal)))]
  : Array.isArray(value) ? value.flatMap((item) => writesOfObjectsIn(item, assets, isCode)) : []);

function writesOfPair(map: ResolvedMap, assets: Text | undefined, isCode: boolean): CodeWrite[] {
  const { bucket, key } = pairIn(map, isCode);
  return bucket && key && bucket.key !== assets?.key ? writesOfObject(Text.join([bucket, key], '/')) : [];
}

/** The name of a bucket, also by its ARN, and the key of an object, or what keys start with if that is code. A bucket can have both below itself. */
export function pairIn(map: ResolvedMap, isCode: boolean): Pair {
  const named = (names: RegExp) => map.entries.filter(([{ literal = '' }]) => names.test(literal)).map(([, inner]) => inner);
  const textAt = (names: RegExp) => textOf(named(names).find((inner) => inner instanceof Text));
  const [bucket, both] = [textAt(BUCKET), named(BUCKET).find((inner) => inner instanceof ResolvedMap)];
  return !bucket && both instanceof ResolvedMap ? { bucket: textOf(both.get('name')), key: textOf(both.get('key')) }
    : { bucket: bucket && (textAfter(bucket, ':s3:::') ?? bucket), key: textAt(KEY) ?? (isCode ? textAt(PREFIX) : undefined) };
}
