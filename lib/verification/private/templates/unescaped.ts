import { asciiWhere } from './derived';
import { Replaced } from './replaced';
import { Unknown } from '../values/unknown';

/**
 * The value of an unknown part of a JSON string, or undefined if it may end the string or the escape sequence before it. Templates escape values by replacing one
 * character after the other.
 */
export function unescaped(part: Unknown): Unknown | undefined {
  const { source, written } = escapingOf(part);
  const characters = asciiWhere((character) => source.mayContain(character));
  const changed: Array<[character: string, value: string]> = [];
  for (const character of characters) {
    const value = decoded(written(character));
    if (value === undefined && character >= ' ') {
      return undefined;
    }
    // a JSON string cannot contain control characters, so the deployment of such a document fails
    if (value !== undefined && value !== character) {
      changed.push([character, value]);
    }
  }
  if (changed.length > 1) {
    return undefined;
  }
  return changed.reduce<Unknown>((value, [character, replacement]) => new Replaced(value, character, replacement), source);
}

/** An unknown before all replacements, and what they make of each character of it. */
function escapingOf(part: Unknown): { source: Unknown; written: (character: string) => string } {
  if (!(part instanceof Replaced)) {
    return { source: part, written: (character) => character };
  }
  const { source, written } = escapingOf(part.source);
  return { source, written: (character) => written(character).replaceAll(part.character, () => part.written) };
}

function decoded(written: string): string | undefined {
  try {
    return JSON.parse(`"${written}"`);
  } catch {
    return undefined;
  }
}
