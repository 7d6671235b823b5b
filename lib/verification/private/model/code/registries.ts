import { anyPart, CodeWrite } from './code-write';
import { namesRegistry } from './code-writes';
import { writesOfFiles } from './written-files';
import { parseJson } from '../../values/json-text';
import { ResolvedMap, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { withoutPrefix } from '../../values/text-parts';
import { Unknown } from '../../values/unknown';

/** A registry of which only the deployment knows which one it is. */
export const ANY_REGISTRY = anyPart('registry');

const DOCKER_HUB = Text.of('docker.io');

const isDockerHub = ({ literal = '' }: Text): boolean => /(^|\.)docker\.io$/.test(literal);

/** Whether an image has a digest, so that it stays the same. */
export const hasDigest = (image?: Text): boolean => image?.parts.some((part) => typeof part === 'string' && part.includes('@sha256:')) ?? false;

/**
 * What changes an image with a tag in another registry than those of AWS: whoever has a password of the registry pushes another one. Only Docker pushes the official
 * images of Docker Hub, whose names have no owner.
 *
 * @see https://distribution.github.io/reference/#github.com/distribution/reference
 */
export function writesOfRegistryImage(image: Text): CodeWrite[] {
  const registry = hasDigest(image) || namesRegistry(image) || isOfTemplates(image) || OF_SERVICES.test(image.start) ? undefined : registryOf(image);
  return registry ? writesOfFiles({ kind: 'registry', system: registry }) : [];
}

/** Whether an image is in a repository of the templates. */
const isOfTemplates = ({ parts: [first] }: Text): boolean => first instanceof Unknown && first.resourceType === 'AWS::ECR::Repository';

/** The images of AWS CodeBuild. @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const OF_SERVICES = /^aws\/codebuild\//;

const OFFICIAL = ['library', 'docker.io/library'];

function registryOf(image: Text): Text | undefined {
  const { known: [first, ...rest], isComplete } = splitText(image, '/');
  if (first === undefined) {
    const [start, next] = image.parts;
    return typeof start !== 'string' && typeof next === 'string' && next.startsWith('/') ? Text.ofPart(start) : ANY_REGISTRY;
  }
  const isOfficial = rest.length === 0 ? isComplete : OFFICIAL.some((owner) => image.start.startsWith(`${owner}/`));
  const isHost = first.literal === undefined || /[.:]|^localhost$/.test(first.literal);
  return isOfficial ? undefined : isHost && !isDockerHub(first) ? first : DOCKER_HUB;
}

/**
 * The registries for which the configuration of a client of containers has passwords: one with a credential helper has none.
 *
 * @see https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/
 * @see https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export function registriesIn(configuration: Text): Text[] {
  const parsed = parseJson(configuration);
  const all = 'value' in parsed ? parsed.value : undefined;
  if (!(all instanceof ResolvedMap)) {
    return [ANY_REGISTRY];
  }
  const isOld = all.entries.some(([, inner]) => valueAt(inner, 'auth') !== undefined);
  const auths = isOld ? all : all.get('auths');
  return auths instanceof ResolvedMap ? auths.entries.map(([name]) => hostIn(name)) : auths === undefined ? [] : [ANY_REGISTRY];
}

/** Docker Hub has the address of an API as its name, such as `https://index.docker.io/v1/`. */
function hostIn(name: Text): Text {
  const [host = ANY_REGISTRY] = splitText(withoutPrefix(withoutPrefix(name, 'https://'), 'http://'), '/').known;
  return isDockerHub(host) ? DOCKER_HUB : host;
}
