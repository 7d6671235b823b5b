import { afterRegistry, anyPart, CodeWrite, namesRegistry, writesTo } from './code-writes';
import { Resolved, ResolvedMap } from '../values/resolved';
import { wordsOf } from '../values/split';
import { Text } from '../values/text';
import { literalOf, textAfter, textOf } from '../values/text-parts';

/** Properties with an image, or with a part of its name: a value that only the deployment knows may be one. */
const OF_IMAGES = /(image|repository|registry)$/i;

/** What no name of an image contains. */
const SEPARATORS = /[\s"'`,;|<>()[\]{}=$]+/;

/**
 * What changes the images that a value names in any of its texts, such as the values of a chart, or the arguments of a controller. Parts of a name can be in several
 * properties. A registry without a repository can be that of any.
 */
export const writesOfNames = (value: Resolved): CodeWrite[] =>
  [...new Map(namesIn(value).map((name) => [name.key, name])).values()].map(withRepository).flatMap(writesTo);

function namesIn(value: Resolved, property = ''): Text[] {
  if (value instanceof Text) {
    const words = wordsOf(value, SEPARATORS).filter((word) => namesRegistry(word) && !word.toString().includes('*'));
    return namesRegistry(value) ? words : value.start === '' && OF_IMAGES.test(property) ? [value] : [];
  }
  return Array.isArray(value) ? value.flatMap((item) => namesIn(item, property)) : value instanceof ResolvedMap ? namesInMap(value) : [];
}

/** @see https://helm.sh/docs/chart_best_practices/values/ */
function namesInMap(map: ResolvedMap): Text[] {
  const [registry, repository] = ['registry', 'repository'].map((name) => textOf(map.get(name)));
  const hasDigest = ['digest', 'tag'].some((name) => literalOf(map.get(name))?.includes('sha256:'));
  const joined = registry && repository && [Text.join([registry, repository], '/')];
  const read = [...(hasDigest || joined ? ['registry', 'repository'] : []), ...(hasDigest ? ['image'] : [])];
  return [
    ...(hasDigest ? [] : namesIn(joined, 'repository')),
    ...map.entries.filter(([{ literal = '' }]) => !read.includes(literal)).flatMap(([{ literal }, inner]) => namesIn(inner, literal)),
  ];
}

function withRepository(name: Text): Text {
  const host = afterRegistry(name);
  const path = host && textAfter(host, '/');
  return host && (path === undefined || /(^|\/)$/.test(path.toString())) ? Text.join([name, anyPart('repository')], path ? '' : '/') : name;
}
