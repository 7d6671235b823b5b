import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textAfter } from '../../values/text-parts';
import { CodeWrite, writesOfObject } from '../code-writes';

/** Properties with the bucket and the key of an object, such as `S3Bucket` and `S3Key`, or `BucketArn` and `FileKey`. */
const [BUCKET, KEY] = [/Bucket(Name|Arn)?$/i, /^(S3)?(Object|File)?Key(Name)?$/];

/** Most properties with a prefix are about data. */
const PREFIX = /^Prefix$/;

/** Above a bucket with a prefix, what says that this is code. */
const OF_CODE = /artifact|bundle|code|package|plugin|script/i;

/**
 * What changes the objects whose buckets and keys a value has side by side, such as the code of a function, which the next deployment takes from there.
 *
 * @param assets a bucket that does not count.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export const writesOfObjectsIn = (value: Resolved, assets?: Text, isCode = false): CodeWrite[] => (value instanceof ResolvedMap
  ? [...writesOfPair(value, assets, isCode), ...value.entries.flatMap(([{ literal = '' }, inner]) => writesOfObjectsIn(inner, assets, isCode || OF_CODE.test(literal)))]
  : Array.isArray(value) ? value.flatMap((item) => writesOfObjectsIn(item, assets, isCode)) : []);

function writesOfPair(map: ResolvedMap, assets: Text | undefined, isCode: boolean): CodeWrite[] {
  const named = (names: RegExp) => map.entries.map(([{ literal = '' }, inner]) => (names.test(literal) ? inner : undefined)).find((inner) => inner instanceof Text);
  const [bucket, key] = [named(BUCKET), named(KEY) ?? (isCode ? named(PREFIX) : undefined)];
  return bucket instanceof Text && key instanceof Text && bucket.key !== assets?.key ? writesOfObject(Text.join([nameOf(bucket), key], '/')) : [];
}

/** The name of a bucket, also by its ARN. */
const nameOf = (bucket: Text): Text => textAfter(bucket, ':s3:::') ?? bucket;
