import { arnFormats } from '../aws-data/actions';
import { arnTexts } from '../evaluation/arn';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { Unknown } from '../values/unknown';

/**
 * Checks that an action can be about a resource, because a wrong resource is denied everywhere: `s3:GetObject` is about objects, and not about buckets.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function checkResource(action: string, resource: Text): void {
  const formats = formatsOf(action);
  if (formats === undefined || (formats.length === 0 && resource.literal === '*')) {
    return;
  }
  if (formats.length === 0) {
    throw new Error(`${action} takes no resource: omit it`);
  }
  if (resource.literal === '*') {
    throw new Error(`${action} does not apply to *: to ask about any resource, omit it`);
  }
  if (!matchesOne(formats, resource)) {
    throw new Error(`${action} does not apply to ${resource}: the resource must match ${formats.slice(0, 3).join(' or ')}${hintOn(resource, formats)}`);
  }
}

/** What someone may have meant who asks about a resource of another kind. */
function hintOn(resource: Text, formats: readonly string[]): string {
  if (matchesOne(formats, Text.join([resource, Text.of('/*')]))) {
    return '. To ask about all that it contains, add /*';
  }
  const [last, ...before] = [...resource.parts].reverse();
  const isOfParts = typeof last === 'string' && last.endsWith('/*') && matchesOne(formats, Text.join([...before.reverse(), last.slice(0, -2)].map(Text.ofPart)));
  if (isOfParts) {
    return '. To ask about what contains it, omit /*';
  }
  return arnTexts(resource) ? '' : '. This is no ARN, as bucket.bucketArn is';
}

/** Whether an action can be about a resource, which stands for all that a pattern matches, or AWS does not document the action. */
export function canBeAbout(action: string, resource: Text): boolean {
  const formats = arnFormats(action);
  return formats === undefined || isAny(resource) || (formats.length > 0 && matchesOne(formats, resource));
}

const isAny = ({ parts: [first, ...rest] }: Text): boolean => rest.length === 0 && (typeof first === 'string' ? first === '*' : first?.isOfPattern === true);

const matchesOne = (formats: readonly string[], resource: Text): boolean => formats.some((format) => patternOf(format).matches(resource) !== 'no');

/**
 * The ARN of a resource of the templates or of its parts. Names that only the deployment knows are taken to be plain, like those that it generates: a bucket whose
 * name is a parameter is none of its objects. ARNs of IAM have paths.
 */
export function withPlainNames(arn: Text): Text {
  const plain = (part: Unknown) => (part.isOfPattern || part.generatedName ? part : new Unknown(part.id, { label: part.label, excludes: ':/*?' }));
  const isOfIam = arnTexts(arn)?.[2].literal === 'iam';
  return isOfIam ? arn : Text.join(arn.parts.map((part) => Text.ofPart(typeof part === 'string' ? part : plain(part))));
}

/** What parts of ARNs do not contain: the ARN of a bucket is no ARN of its objects. One of an access point has a Region and an account. */
const EXCLUDES: { readonly [part: string]: string } = { '${Account}': ':', '${BucketName}': '/', '${Partition}': ':', '${Region}': ':' };
const NEVER_EMPTY = ['${Account}', '${Region}'];

const patternOf = (format: string): Pattern => Pattern.join(format.split(/(\$\{[^}]+\})/).map((part) =>
  (part.startsWith('$') ? Pattern.glob(Text.of(NEVER_EMPTY.includes(part) ? '?*' : '*'), EXCLUDES[part]) : Pattern.glob(Text.of(part)))));

/** What the resource of an action looks like, for messages. */
export const exampleResource = (action: string): string => formatsOf(action)?.[0] ?? 'its ARN';

/** The shortest first, because that is mostly the one that people mean. */
const formatsOf = (action: string): string[] | undefined => arnFormats(action)?.slice().sort((one, other) => one.length - other.length);
