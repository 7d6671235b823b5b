import { StackResources } from './stack-resources';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';
import { literalOf, textAfter, textOf } from '../values/text-parts';
import { Unknown } from '../values/unknown';

/** A request with which others decide what something runs, and the resource that the request is about. */
export interface CodeWrite {
  readonly action: string;
  readonly arn: Text;
}

/** Of an ARN, a part that a name does not show. */
const any = (label: string): Text => Text.unknown(new Unknown(`any ${label}`, { label: `any ${label}`, excludes: ':' }));

const arnOf = (service: string, resource: Text, ...parts: Text[]): Text =>
  Text.join([Text.of('arn'), any('partition'), Text.of(service), ...parts, resource], ':');

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
    return { action: 's3:PutObject', arn: Text.join([text, Text.of('/'), any('key')]) };
  }
  const repository = repositoryOf(text);
  return repository && { action: 'ecr:PutImage', arn: arnOf('ecr', Text.join([Text.of('repository/'), repository]), any('Region'), any('account')) };
}

/** The assets of aws-cdk, whose tags cannot be given to other images. @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html */
const ASSETS = /^cdk-\w+-container-assets-/;

/** The name of the repository of an image, unless its tag cannot be given to another image. */
function repositoryOf(image: Text): Text | undefined {
  const rest = textAfter(image, '.dkr.ecr.');
  const name = rest && textAfter(rest, '/');
  const parts = name?.parts ?? [];
  const end = parts.findIndex((part) => typeof part === 'string' && /[:@]/.test(part));
  const hasDigest = parts.some((part) => typeof part === 'string' && part.includes('@'));
  const before = end < 0 ? parts : [...parts.slice(0, end), `${parts[end]}`.replace(/[:@].*$/s, '')];
  return name === undefined || hasDigest || ASSETS.test(name.start) ? undefined : Text.join(before.map(Text.ofPart));
}

/** What changes the images of containers. */
export const writesOfImages = (containers: readonly Resolved[]): CodeWrite[] => containers
  .flatMap((container) => (container instanceof ResolvedMap ? listOf(container.get('image')) : [])).flatMap((image) => {
    const text = textOf(image);
    return (text && writeOf(text)) ?? [];
  });

/** The repositories of the templates whose tags cannot be given to other images. */
export const immutableRepositories = (resources: StackResources): Text[] => resources.ofType('AWS::ECR::Repository')
  .filter((repository) => literalOf(repository.property('ImageTagMutability')) === 'IMMUTABLE').map(({ ref }) => ref);

/** Whether a request changes what runs, and not only adds an image. */
export const isEffective = ({ arn }: CodeWrite, immutable: readonly Text[]): boolean => {
  const name = textAfter(arn, ':repository/');
  return !name || !immutable.some(({ key }) => key === name.key);
};
