import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { CodeWrite, writesOfObject } from '../code-writes';

/** Properties with the bucket and the key of an object, such as `S3Bucket` and `S3Key`. */
const [BUCKET, KEY] = [/^(S3)?Bucket(Name)?$/, /^(S3)?(Object)?Key$/];

/**
 * What changes the objects whose buckets and keys a value has side by side, such as the code of a function, which the next deployment takes from there.
 *
 * @param assets a bucket that does not count.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-lambda-function-code.html
 */
export const writesOfObjectsIn = (value: Resolved, assets?: Text): CodeWrite[] => (value instanceof ResolvedMap
  ? [...writesOfPair(value, assets), ...value.entries.flatMap(([, inner]) => writesOfObjectsIn(inner, assets))]
  : Array.isArray(value) ? value.flatMap((item) => writesOfObjectsIn(item, assets)) : []);

function writesOfPair(map: ResolvedMap, assets?: Text): CodeWrite[] {
  const [bucket, key] = [BUCKET, KEY].map((names) => map.entries.map(([{ literal = '' }, inner]) => (names.test(literal) ? inner : undefined))
    .find((inner) => inner instanceof Text));
  return bucket instanceof Text && key instanceof Text && bucket.key !== assets?.key ? writesOfObject(Text.join([bucket, key], '/')) : [];
}
