import { anyPart, arnOf, CodeWrite, Registry } from './code-write';
import { writesOfTaken } from './stored-writes';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { endsWithSlash, isGenerated, textAfter, withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** What replaces an object of Amazon S3, by its bucket and its key: `bucket/key`. A directory bucket has its own request. */
const putsOfObject = (object: Text): CodeWrite[] => [{ action: 's3:PutObject', arn: arnOf('s3', object, Text.EMPTY, Text.EMPTY) }, ...writesOfDirectory(object)];

/**
 * What changes an object. When a bucket is deleted, anyone can create another one with its name, also in an account of their own.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html
 */
export function writesOfObject(object: Text): CodeWrite[] {
  const [bucket = object] = splitText(object, '/').known;
  return [...putsOfObject(object), { action: 's3:DeleteBucket', arn: arnOf('s3', bucket, Text.EMPTY, Text.EMPTY) }];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-security-iam-identity-policies.html */
function writesOfDirectory(object: Text): CodeWrite[] {
  const [bucket] = splitText(object, '/').known;
  const isDirectory = bucket && `${bucket.parts.at(-1)}`.endsWith('--x-s3');
  return isDirectory ? [{ action: 's3express:CreateSession', arn: arnOf('s3express', Text.join([Text.of('bucket/'), bucket]), anyPart('Region'), anyPart('account')) }] : [];
}

const anyBelow = (prefix: Text): Text => Text.join([prefix, anyPart('key')], endsWithSlash(prefix) ? '' : '/');

/** What changes any object of a bucket, or below a prefix in it. */
export const writesBelow = (prefix: Text): CodeWrite[] => writesOfObject(anyBelow(prefix));

/** The same without the request that deletes the bucket. */
export const putsBelow = (prefix: Text): CodeWrite[] => putsOfObject(anyBelow(prefix));

/** What reads objects of a bucket below a prefix, and lists them. */
export function readsBelow(prefix: Text): CodeWrite[] {
  const [bucket = prefix] = splitText(prefix, '/').known;
  return [
    { action: 's3:GetObject', arn: arnOf('s3', anyBelow(prefix), Text.EMPTY, Text.EMPTY) }, { action: 's3:ListBucket', arn: arnOf('s3', bucket, Text.EMPTY, Text.EMPTY) },
  ];
}

/** What deletes an object below a prefix. */
export const deletesBelow = (prefix: Text): CodeWrite[] => [{ action: 's3:DeleteObject', arn: arnOf('s3', anyBelow(prefix), Text.EMPTY, Text.EMPTY) }];

/** Requests that change a branch of a repository. @see https://docs.aws.amazon.com/codecommit/latest/userguide/auth-and-access-control-permissions-reference.html */
export const OF_BRANCHES = ['GitPush', 'CreateCommit', 'PutFile', 'UpdateDefaultBranch', ...['BranchesBy', 'PullRequestBy'].flatMap((what) =>
  ['FastForward', 'Squash', 'ThreeWay'].map((how) => `Merge${what}${how}`))].map((name) => `codecommit:${name}`);

/**
 * What is before the name of a repository of AWS CodeCommit in a URL, also for `git-remote-codecommit`, with or without a profile.
 *
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/setting-up-git-remote-codecommit.html
 * @see https://docs.aws.amazon.com/codecommit/latest/userguide/regions.html
 */
const REPOSITORY = /^(?:git::)?(?:(?:https|ssh):\/\/(?:[^/\s]*@)?git-codecommit\.|codecommit:(?::[\w-]+:)?\/\/(?:[^@\s]*@)?)/;

/** Whether a location is one of a repository of AWS CodeCommit, which others clone to run what is in it. */
export const isRepository = ({ start }: Text): boolean => REPOSITORY.test(start);

/** What changes a repository of AWS CodeCommit, by its name or by its URL. */
export function writesOfRepository(repository: Text): CodeWrite[] {
  const name = textAfter(repository, '/repos/') ?? (/^(git::)?(https?|ssh):/.test(repository.start) ? anyPart('repository') : repository);
  return OF_BRANCHES.map((action) => ({ action, arn: arnOf('codecommit', name, anyPart('Region'), anyPart('account')) }));
}

/** What is in the names of the registries of Amazon ECR. */
const PRIVATE = ['.dkr.ecr.', '.dkr-ecr.', '.dkr.ecr-fips.', '.dkr-ecr-fips.'];

/** What is in the names of the registries of Amazon ECR Public. */
const PUBLIC = ['public.ecr.aws/', 'ecr-public.aws.com/'];

const textAfterOneOf = (text: Text, names: readonly string[]): Text | undefined =>
  names.map((name) => textAfter(text, name)).find((rest) => rest !== undefined);

/** Whether a text contains the name of a registry of Amazon ECR or Amazon ECR Public. */
export const namesRegistry = (text: Text): boolean => textAfterOneOf(text, [...PRIVATE, ...PUBLIC]) !== undefined;

/** What follows the start of the name of a registry of Amazon ECR. */
export const afterRegistry = (text: Text): Text | undefined => textAfterOneOf(text, PRIVATE);

/** What changes the images of a repository of Amazon ECR, by its name. A repository policy can let other accounts push. */
export const writesOfTag = (repository: Text, registry?: Registry): CodeWrite[] =>
  [{ action: 'ecr:PutImage', arn: arnOf('ecr', Text.join([Text.of('repository/'), repository]), anyPart('Region'), anyPart('account')), registry }];

/**
 * What changes what a text names: an image of Amazon ECR or Amazon ECR Public with a tag, a repository of AWS CodeCommit, or an object, a prefix or a bucket of
 * Amazon S3. Nothing for anything else, such as an image with a digest.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html
 * @see https://docs.aws.amazon.com/general/latest/gr/ecr.html for the names of registries
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/docker-push-ecr-image.html
 */
export const writesTo = (text: Text): CodeWrite[] => [...writesOfPlace(text), ...writesOfTaken(text)];

function writesOfPlace(text: Text): CodeWrite[] {
  const byUri = text.startsWith('s3://') ? textAfter(text, 's3://') : undefined;
  if (byUri) {
    return ofAccessPoint(byUri) ?? [...writesOfObject(byUri), ...writesBelow(byUri)];
  }
  const byArn = textAfter(text, ':s3:::');
  if (byArn) {
    return textAfter(byArn, '/') ? writesOfObject(byArn) : writesBelow(byArn);
  }
  const beforeName = REPOSITORY.exec(text.start)?.[0];
  if (beforeName) {
    return writesOfRepository(beforeName.startsWith('codecommit:') ? withoutPrefix(text, beforeName) : text);
  }
  const inPublic = textAfterOneOf(text, PUBLIC);
  if (inPublic) {
    const name = repositoryIn(textAfter(inPublic, '/') ?? (inPublic.unknowns.length > 0 ? anyPart('repository') : undefined));
    return name ? [{ action: 'ecr-public:PutImage', arn: arnOf('ecr-public', Text.join([Text.of('repository/'), name]), Text.EMPTY, anyPart('account')) }] : [];
  }
  const repository = repositoryOf(text);
  const writes = repository ? writesOfTag(repository, registryOf(text)) : [];
  return repository && ASSETS.test(repository.start) ? writes.map((write) => ({ ...write, afterOneOf: UNPROTECTING })) : writes;
}

/** How a location can start that is one behind an access point, which has an ARN, and an alias in place of a bucket. */
const ACCESS_POINT = /^(arn:[^/]*:accesspoint\/[^/]*|[^/]*-s3alias)(?=\/|$)/;

/** Nothing shows which bucket is behind an access point elsewhere. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-naming.html */
function ofAccessPoint(location: Text): CodeWrite[] | undefined {
  const [first, ...rest] = location.parts;
  return typeof first === 'string' && ACCESS_POINT.test(first)
    ? writesBelow(Text.join([anyPart('bucket'), Text.of(first.replace(ACCESS_POINT, '')), ...rest.map(Text.ofPart)])) : undefined;
}

/** What changes an object of Amazon S3 that a text names. One whose bucket only the deployment knows may be any. */
export function writesOfLocation(location: Text): CodeWrite[] {
  const [first, ...rest] = location.parts;
  return first instanceof Unknown && !isGenerated(location) ? writesOfObject(Text.join([anyPart('location'), ...rest.map(Text.ofPart)])) : writesTo(location);
}

function registryOf(image: Text): Registry | undefined {
  const [, account, region] = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z\d-]+)\./.exec(image.start) ?? [];
  return account ? { account: Text.of(account), region: Text.of(region) } : undefined;
}

/**
 * Requests after which a tag that is immutable can be given to another image, because no image or no repository has it any more, or because it is not immutable.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
 */
export const UNPROTECTING = ['ecr:BatchDeleteImage', 'ecr:DeleteRepository', 'ecr:PutImageTagMutability', 'ecr:PutLifecyclePolicy'];

/** The assets of aws-cdk, in repositories whose tags are immutable. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const ASSETS = /^cdk-\w+-container-assets-/;

/** The name of the repository of an image, or anything if only the deployment knows the image. Undefined for an image with a digest, or of another registry. */
function repositoryOf(image: Text): Text | undefined {
  const rest = afterRegistry(image);
  if (rest || image.start !== '') {
    return repositoryIn(rest && textAfter(rest, '/'));
  }
  const end = repositoryIn(textAfter(image, '/') ?? Text.EMPTY);
  return end && Text.join([anyPart('repository'), end]);
}

/** The name of a repository without the tag of an image. Undefined for an image with a digest. */
function repositoryIn(name?: Text): Text | undefined {
  const parts = name?.parts ?? [];
  const end = parts.findIndex((part) => typeof part === 'string' && /[:@]/.test(part));
  const hasDigest = parts.some((part) => typeof part === 'string' && part.includes('@'));
  const before = end < 0 ? parts : [...parts.slice(0, end), `${parts[end]}`.replace(/[:@].*$/s, '')];
  return name === undefined || hasDigest ? undefined : Text.join(before.map(Text.ofPart));
}
