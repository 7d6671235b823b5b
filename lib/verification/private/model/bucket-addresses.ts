import { anyPart, CodeWrite, writesBelow } from './code-writes';
import { splitText } from '../values/split';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';

/** The host of Amazon S3 in an address, after the name of the bucket. Only the deployment may know the Region that follows. */
const HOST = /^(?:([^/]*)\.)?s3[.-]/;

/**
 * What changes the objects of a bucket, by its address in HTTPS, without `https://`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 */
export function writesOfBucketAt(address: Text): CodeWrite[] {
  const i = address.parts.findIndex((part) => typeof part === 'string' && HOST.test(part));
  const rest = address.parts.slice(Math.max(i, 0));
  if (i < 0 || !rest.some((part) => typeof part !== 'string' || part.includes('amazonaws.com'))) {
    return [];
  }
  const [, name = ''] = HOST.exec(`${rest[0]}`)!; // it was found by this expression
  const virtual = Text.join([...address.parts.slice(0, i), name].map(Text.ofPart));
  const path = textAfter(address, '/');
  const bucket = virtual.parts.length > 0 ? virtual : path && (splitText(path, '/').known[0] ?? anyPart('bucket'));
  return bucket ? writesBelow(bucket) : [];
}
