import { asciiWhere } from './derived';
import { Replaced } from './replaced';
import { Unknown } from './unknown';

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
  return replacedAll(source, changed);
}

/** The characters that IAM can write as variables. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars */
const WITH_MEANING = ['$', '*', '?'];

/**
 * The value of an unknown part of a policy whose wildcards and variables a template escapes with the variables `${*}`, `${?}` and `${$}`, or undefined if it
 * does not. IAM cannot escape braces.
 */
export function unescapedInPolicy(part: Unknown): Unknown | undefined {
  let value: Unknown | undefined;
  for (let source = part; source instanceof Replaced;) {
    source = source.source;
    const { written } = escapingOf(part, source);
    const characters = asciiWhere((character) => source.mayContain(character) && character !== '{');
    if ([...characters].every((character) => written(character) === (WITH_MEANING.includes(character) ? `\${${character}}` : character))) {
      value = source; // the first one has braces, if the template replaces them
    }
  }
  return value;
}

/** An unknown in which characters are replaced independently of each other, or undefined if replacing one after the other is not the same. */
function replacedAll(source: Unknown, changes: ReadonlyArray<[character: string, value: string]>): Unknown | undefined {
  const isWritten = ([character]: [string, string]) => changes.some(([other, value]) => other !== character && value.includes(character));
  const ordered = [...changes.filter(isWritten), ...changes.filter((change) => !isWritten(change))];
  const written = (character: string) => ordered.reduce((text, [each, value]) => text.replaceAll(each, () => value), character);
  const isSame = ordered.every(([character, value]) => written(character) === value);
  return isSame ? ordered.reduce<Unknown>((part, [character, value]) => new Replaced(part, character, value), source) : undefined;
}

/** An unknown before all replacements, or after those of `until`, and what the others make of each character of it. */
function escapingOf(part: Unknown, until?: Unknown): { source: Unknown; written: (character: string) => string } {
  if (part === until || !(part instanceof Replaced)) {
    return { source: part, written: (character) => character };
  }
  const { source, written } = escapingOf(part.source, until);
  return { source, written: (character) => written(character).replaceAll(part.character, () => part.written) };
}

/** The texts that JSON strings mean; undefined for what is not one. The same few are asked for each unknown part. */
const DECODED = new Map<string, string | undefined>();

function decoded(written: string): string | undefined {
  if (!DECODED.has(written)) {
    DECODED.set(written, parsed(`"${written}"`));
  }
  return DECODED.get(written);
}

function parsed(json: string): string | undefined {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
