import { Text } from './text';
import { Unknown } from './unknown';

/** A value that only the deployment knows, as patterns see it. */
export const ANY_VALUE = String.raw`\$\{[^{}\s]*\}`;

/** What stands for one. No shell has a variable with such a name. */
const MARK = /\$\{~(\d+)\}/;

/**
 * The groups of each match of a pattern in a text. For the pattern, a value that only the deployment knows is `${…}`, of which it has to match all. A group without a
 * match is empty.
 */
export function matchesIn(text: Text, pattern: RegExp): Text[][] {
  const { parts, unknowns, literal } = text;
  let found = 0;
  const written = literal ?? parts.map((part) => (typeof part === 'string' ? part : `\${~${found++}}`)).join('');
  const textOf = (group = '') => (unknowns.length === 0 ? Text.of(group) : withUnknowns(group, unknowns));
  return [...written.matchAll(pattern)].map(([, ...groups]) => groups.map(textOf));
}

const withUnknowns = (group: string, unknowns: readonly Unknown[]): Text =>
  Text.join(group.split(MARK).map((piece, i) => Text.ofPart(i % 2 === 0 ? piece : unknowns[Number(piece)] ?? `\${~${piece}}`)));
