import { Text } from './text';
import { unescapedInPolicy } from './unescaped';
import { Unknown } from './unknown';

/** A resource about which nothing is known, except that it has no resource policy. */
export const ANY_RESOURCE = Text.unknown(new Unknown('any resource', { label: '*', isOfPattern: true }));

/** Replaces each wildcard and policy variable of a pattern with a separate unknown. The text then stands for everything that the pattern matches. */
export function withUnknowns(pattern: Text): Text {
  if (pattern.literal === '*') {
    return ANY_RESOURCE;
  }
  const pieces = pattern.parts.flatMap<string | Unknown>((part) => (typeof part === 'string' ? part.split(/(\*|\?|\$\{[^}]*\})/) : [part]));
  return Text.join(pieces.map((piece, i) => {
    if (typeof piece !== 'string') {
      return Text.unknown(unescapedInPolicy(piece) ?? piece);
    }
    return /^(\*|\?|\$\{.*\})$/.test(piece) ? Text.unknown(new Unknown(`${i} of ${pattern.key}`, { label: piece, isOfPattern: true })) : Text.of(piece);
  }));
}
