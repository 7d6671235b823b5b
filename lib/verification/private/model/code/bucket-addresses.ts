import { anyPart, CodeWrite } from './code-write';
import { writesBelow, writesOfObject } from './code-writes';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { isReference, textAfter } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** The host of Amazon S3 in an address, after the name of the bucket. Only the deployment may know the Region that follows. */
const HOST = /^(?:([^/]*)\.)?s3[.-]/;

/** A bucket, and an object in it if its address is complete. */
interface ObjectPlace { readonly bucket: Text; readonly key?: Text }

/** What is in the name of an interface endpoint, after the name of the bucket. */
const ENDPOINT = /(^|\.)(bucket|accesspoint)\.vpce-[\w-]*$/;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html */
const withoutEndpoint = ({ parts }: Text): Text => Text.join(parts.map((part) => Text.ofPart(typeof part === 'string' ? part.replace(ENDPOINT, '') : part)));

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html */
function placeAt(address: Text): ObjectPlace | undefined {
  const i = address.parts.findIndex((part) => typeof part === 'string' && HOST.test(part));
  const rest = address.parts.slice(Math.max(i, 0));
  if (i < 0 || !rest.some((part) => typeof part !== 'string' || part.includes('amazonaws.com'))) {
    return undefined;
  }
  const [, name = ''] = HOST.exec(`${rest[0]}`)!; // it was found by this expression
  const virtual = withoutEndpoint(Text.join([...address.parts.slice(0, i), name].map(Text.ofPart)));
  const path = textAfter(address, '/');
  return virtual.parts.length > 0 ? { bucket: virtual, key: path }
    : path && { bucket: splitText(path, '/').known[0] ?? anyPart('bucket'), key: textAfter(path, '/') };
}

/** What changes the objects of a bucket, by its address in HTTPS, without `https://`. */
export function writesOfBucketAt(address: Text): CodeWrite[] {
  const place = placeAt(address);
  return place ? writesBelow(place.bucket) : [];
}

/** The same of an address whose host only the deployment knows, which may be that of any bucket. */
export function writesOfUnknownHost(address: Text): CodeWrite[] {
  const [host, next = '/'] = address.parts;
  const isUnknown = host instanceof Unknown && !isReference(address) && typeof next === 'string' && next.startsWith('/');
  return isUnknown ? writesBelow(anyPart('bucket')) : [];
}

/** What changes the object at an address. */
export function writesOfObjectAt(address: Text): CodeWrite[] {
  const { bucket, key = anyPart('key') } = placeAt(address) ?? {};
  return bucket ? writesOfObject(Text.join([bucket, key], '/')) : [];
}
