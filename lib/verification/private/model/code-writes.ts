import { StackResources } from './stack-resources';
import { equal } from '../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { literalOf, textAfter, textOf } from '../values/text-parts';
import { Unknown } from '../values/unknown';

/** The account and the Region of repositories. */
interface Registry {
  readonly account: Text;
  readonly region: Text;
}

/** A request with which others decide what something runs, and the resource that the request is about. */
export interface CodeWrite {
  readonly action: string;
  readonly arn: Text;
  /** Where an image is, if that is known. */
  readonly registry?: Registry;
  /** One of these requests is needed, too, because something protects what is there. */
  readonly afterOneOf?: readonly string[];
}

/** Of an ARN or a location, a part that a name does not show. */
export const anyPart = (label: string): Text => Text.unknown(new Unknown(`any ${label}`, { label: `any ${label}`, excludes: ':' }));

/** The ARN of what has a name, in any partition. */
export const arnOf = (service: string, resource: Text, ...parts: Text[]): Text =>
  Text.join([Text.of('arn'), anyPart('partition'), Text.of(service), ...parts, resource], ':');

/**
 * What changes what a text names: an image of Amazon ECR with a tag, or an object or a bucket of Amazon S3. Undefined for anything else, such as an image with a digest.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/docker-push-ecr-image.html
 */
export function writeOf(text: Text): CodeWrite | undefined {
  if (text.startsWith('s3://')) {
    return { action: 's3:PutObject', arn: arnOf('s3', textAfter(text, 's3://')!, Text.EMPTY, Text.EMPTY) };
  }
  if (textAfter(text, ':s3:::')) {
    return { action: 's3:PutObject', arn: Text.join([text, Text.of('/'), anyPart('key')]) };
  }
  const repository = repositoryOf(text);
  return repository && {
    action: 'ecr:PutImage',
    arn: arnOf('ecr', Text.join([Text.of('repository/'), repository]), anyPart('Region'), anyPart('account')), // a repository policy can let other accounts push
    registry: registryOf(text),
    afterOneOf: ASSETS.test(repository.start) ? UNPROTECTING : undefined,
  };
}

function registryOf(image: Text): Registry | undefined {
  const [, account, region] = /^(\d{12})\.dkr\.ecr\.([a-z\d-]+)\./.exec(image.start) ?? [];
  return account ? { account: Text.of(account), region: Text.of(region) } : undefined;
}

/** Requests after which a tag that is immutable can be given to another image. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html */
const UNPROTECTING = ['ecr:BatchDeleteImage', 'ecr:PutImageTagMutability'];

/** The assets of aws-cdk, in repositories whose tags are immutable. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const ASSETS = /^cdk-\w+-container-assets-/;

/** The name of the repository of an image, or anything if only the deployment knows the image. Undefined for an image with a digest, or of another registry. */
function repositoryOf(image: Text): Text | undefined {
  if (image.start === '' && textAfter(image, '/') === undefined) {
    return anyPart('repository');
  }
  const rest = textAfter(image, '.dkr.ecr.');
  const name = rest && textAfter(rest, '/');
  const parts = name?.parts ?? [];
  const end = parts.findIndex((part) => typeof part === 'string' && /[:@]/.test(part));
  const hasDigest = parts.some((part) => typeof part === 'string' && part.includes('@'));
  const before = end < 0 ? parts : [...parts.slice(0, end), `${parts[end]}`.replace(/[:@].*$/s, '')];
  return name === undefined || hasDigest ? undefined : Text.join(before.map(Text.ofPart));
}

/** What changes the images of containers. */
export const writesOfImages = (containers: readonly Resolved[]): CodeWrite[] => containers
  .flatMap((container) => (container instanceof ResolvedMap ? listOf(container.get('image')) : [])).flatMap((image) => {
    const text = textOf(image);
    return (text && writeOf(text)) ?? [];
  });

/** A repository whose tags are immutable. */
export interface ImmutableRepository extends Registry {
  readonly name: Text;
}

/** Those of the templates. */
export const immutableRepositories = (resources: StackResources): ImmutableRepository[] => resources.ofType('AWS::ECR::Repository')
  .filter((repository) => literalOf(repository.property('ImageTagMutability')) === 'IMMUTABLE')
  .map((repository) => ({ name: repository.ref, region: repository.pseudoParameter('Region'), account: repository.pseudoParameter('AccountId') }));

/** The write with what it needs, too, if it is certainly about one of some immutable repositories. */
export function protectedWrite(write: CodeWrite, immutable: readonly ImmutableRepository[]): CodeWrite {
  const name = textAfter(write.arn, ':repository/');
  const isImmutable = name && immutable.some((repository) =>
    name.key === repository.name.key && (name.literal === undefined || isIn(repository, write.registry)));
  return isImmutable ? { ...write, afterOneOf: UNPROTECTING } : write;
}

/** Repositories of different accounts and Regions can have one name. */
const isIn = (repository: Registry, registry?: Registry): boolean => registry !== undefined
  && equal(repository.account, registry.account) === 'yes' && equal(repository.region, registry.region) === 'yes';
