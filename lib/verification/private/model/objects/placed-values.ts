import { fromJson } from '../../values/from-json';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';

/** Where a value belongs in a document: below keys and list indexes, the last of which may be known only at deployment. */
interface PlacedValue {
  readonly path: readonly Text[];
  readonly value: Resolved;
}

/**
 * A document of `Custom::KubernetesObjects`: JSON, and the values that CloudFormation resolves, with JSON pointers to their places. A value that
 * is missing was `AWS::NoValue`, so its place is removed from the document.
 *
 * @throws if the JSON cannot be parsed, or a pointer is not one.
 * @see https://datatracker.ietf.org/doc/html/rfc6901
 */
export function documentWithValues(json: string, values: Resolved): Resolved {
  const placed = listOf(values).map(placedValue);
  // from last to first, because removing an item from a list shifts the indexes after it
  return placed.reverse().reduce<Resolved>((document, { path, value }) => withValue(document, path, value), fromJson(JSON.parse(json)));
}

function placedValue(entry: Resolved): PlacedValue {
  if (!(entry instanceof ResolvedMap)) {
    throw new Error('a placed value is not an object');
  }
  const pointer = literalOf(entry.get('Path'));
  if (pointer === undefined) {
    throw new Error('the place of a value is not known');
  }
  const keys = pointer.split('/').slice(1).map((key) => Text.of(key.replaceAll('~1', '/').replaceAll('~0', '~')));
  const key = entry.get('Key');
  return { path: key instanceof Text ? [...keys, key] : keys, value: placedContent(entry) };
}

function placedContent(entry: ResolvedMap): Resolved {
  const document = entry.get('Document');
  return document instanceof ResolvedMap ? documentWithValues(literalOf(document.get('Json'))!, document.get('Values')) : entry.get('Value') ?? entry.get('Number');
}

function withValue(document: Resolved, [key, ...rest]: readonly Text[], value: Resolved): Resolved {
  if (key === undefined) {
    return value;
  }
  if (Array.isArray(document)) {
    return document.flatMap((item, i) => (key.literal === String(i) ? withValue(item, rest, value) ?? [] : [item]));
  }
  const entries = document instanceof ResolvedMap ? document.entries : [];
  const before = entries.find(([name]) => name.key === key.key)?.[1];
  const others = entries.filter(([name]) => name.key !== key.key);
  return new ResolvedMap([...others, [key, withValue(before, rest, value)]]);
}
