import { anyPart, CodeWrite } from './code-write';
import { afterRegistry, namesRegistry, writesTo } from './code-writes';
import { hasDigest } from './registries';
import { distinct } from '../../values/distinct';
import { matchesIn } from '../../values/matches';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { literalOf, textAfter, textOf } from '../../values/text-parts';

/** Properties with an image, or with a part of its name: a value that only the deployment knows may be one. */
const OF_IMAGES = /(image(uri|identifier)?|containeruri|repository|registry)$/i;

/** What no name of an image contains. */
const SEPARATORS = /[\s"'`,;|<>()[\]{}=$]+/;

/**
 * What changes the images that a value names in any of its texts, such as the values of a chart, or the arguments of a controller. Parts of a name can be in several
 * properties. A registry without a repository can be that of any.
 *
 * @param isUpdated whether a controller replaces the tags with newer ones.
 */
export const writesOfNames = (value: Resolved, isUpdated = false): CodeWrite[] =>
  distinct(namesIn(value)).map(withRepository).flatMap((name) =>
    writesTo(name).map((write): CodeWrite => (isUpdated || !hasTag(name) ? ofAnyTag(write) : write)));

/** Controllers that deploy new images name repositories without a tag, or with a constraint. */
const hasTag = (name: Text): boolean => {
  const last = textAfter(name, '/')?.parts.map((part) => (typeof part === 'string' ? part : 'unknown')).join('') ?? '';
  return /:[\w.-]+$/.test(last) && !/[:.][xX](\.|$)/.test(last);
};

const ofAnyTag = ({ action, arn, registry }: CodeWrite): CodeWrite => ({ action, arn, registry, isOfAnyTag: true });

function namesIn(value: Resolved, property = ''): Text[] {
  if (value instanceof Text) {
    const words = wordsIn(value).filter((word) => namesRegistry(word) && !isPatternOfNames(word));
    return namesRegistry(value) ? words : value.start === '' && OF_IMAGES.test(property) ? [value] : [];
  }
  return Array.isArray(value) ? value.flatMap((item) => namesIn(item, property)) : value instanceof ResolvedMap ? namesInMap(value) : [];
}

/** @see https://helm.sh/docs/chart_best_practices/values/ */
function namesInMap(map: ResolvedMap): Text[] {
  const [registry, repository] = ['registry', 'repository'].map((name) => textOf(map.get(name)));
  const isFixed = ['digest', 'tag'].some((name) => literalOf(map.get(name))?.includes('sha256:'));
  const tag = textOf(map.get('tag'));
  const withTag = (name: Text) => (tag && name.literal !== '' ? Text.join([name, tag], ':') : name);
  const joined = registry && repository && [withTag(Text.join([registry, repository], '/'))];
  const read = [...(isFixed || joined ? ['registry', 'repository'] : []), ...(isFixed ? ['image'] : [])];
  const isTagged = (name: string) => tag !== undefined && ['repository', 'image'].includes(name);
  return [
    ...(isFixed ? [] : namesIn(joined, 'repository')),
    ...map.entries.filter(([{ literal = '' }]) => !read.includes(literal))
      .flatMap(([{ literal = '' }, inner]) => namesIn(inner instanceof Text && isTagged(literal) ? withTag(inner) : inner, literal)),
  ];
}

/** A pattern, as in policies about images. One of tags, such as `ops:1.*`, is a constraint for new ones. */
const isPatternOfNames = (word: Text): boolean => word.toString().includes('*') && !/:v?\d[^/]*$/.test(word.toString());

/** The words of a text, without what no name contains. */
export const wordsIn = (text: Text): Text[] => wordsOf(text, SEPARATORS);

function withRepository(name: Text): Text {
  const host = afterRegistry(name);
  const path = host && textAfter(host, '/');
  return host && (path === undefined || /(^|\/)$/.test(path.toString())) ? Text.join([name, anyPart('repository')], path ? '' : '/') : name;
}

/** The images of containers, and those that are volumes. @see https://kubernetes.io/docs/concepts/storage/volumes/#image */
export const imagesIn = (containersAndVolumes: readonly Resolved[]): Text[] => containersAndVolumes
  .flatMap((one) => listOf(valueAt(one, 'image'))).flatMap((image) => textOf(image instanceof ResolvedMap ? image.get('reference') : image) ?? []);

/** What changes them. */
export const writesOfImages = (containersAndVolumes: readonly Resolved[]): CodeWrite[] => imagesIn(containersAndVolumes).flatMap(writesTo);

/** The host of an image that can change. Without a port and a domain, it is the name of a repository. */
export function hostOfImage(image: Text): Text[] {
  const [[host] = []] = hasDigest(image) ? [] : matchesIn(image, /^([^/]*)\//g);
  return host && (host.literal === undefined || /[.:]/.test(host.literal)) ? [host] : [];
}

/** Whether such a host is written with its domain, or is a literal. */
export const hasDomainOfRegistry = ({ literal, parts }: Text): boolean => literal !== undefined || parts.some((part) => typeof part === 'string' && part.includes('.'));
