import { Text } from './text';
import { Truth } from './truth';
import { Unknown } from './unknown';

/** Matches any text, of the characters that it may contain. */
interface Wildcard { readonly any: 'one' | 'many'; readonly excludes: string }
type Token = string | Unknown | Wildcard;

/**
 * A pattern of a policy: text, in which `*` and `?` may stand for any characters.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export class Pattern {
  /** The text as it is: its `*` and `?` are ordinary characters. */
  static exact(text: Text): Pattern {
    return new Pattern(charactersOf(text));
  }

  /** `*` in the literals of the text matches any characters, and `?` any one, but neither matches one of `excludes`. */
  static glob(text: Text, excludes = ''): Pattern {
    return new Pattern(charactersOf(text).map((token) => (token === '*' ? { any: 'many', excludes } : token === '?' ? { any: 'one', excludes } : token)));
  }

  static join(patterns: readonly Pattern[]): Pattern {
    return new Pattern(patterns.flatMap(({ tokens }) => tokens));
  }

  private constructor(private readonly tokens: readonly Token[]) {}

  /** Whether the pattern matches a text. */
  matches(text: Text): Truth {
    const characters = charactersOf(text);
    if (mustMatch(this.tokens, characters)) {
      return 'yes';
    }
    const isKnown = [...this.tokens, ...characters].every((token) => !(token instanceof Unknown));
    return isKnown || !new Possibility(this.tokens, characters).exists ? 'no' : 'unknown';
  }
}

/** Whether two texts are equal. */
export const equal = (one: Text, other: Text): Truth => Pattern.exact(one).matches(other);

const charactersOf = (text: Text): Array<string | Unknown> => text.parts.flatMap((part) => (typeof part === 'string' ? [...part] : [part]));

const isWildcard = (token: Token | undefined): token is Wildcard => typeof token === 'object' && !(token instanceof Unknown);

/** Whether the pattern matches, whatever the unknown parts are. It keeps the last `*` to go back to, which is enough for patterns of this kind. */
function mustMatch(pattern: readonly Token[], text: ReadonlyArray<string | Unknown>): boolean {
  let [i, j] = [0, 0];
  let back: [number, number] | undefined;
  while (j < text.length) {
    const token = pattern[i];
    if (isWildcard(token) && token.any === 'many') {
      back = [i, j];
      i++;
    } else if (token !== undefined && (isWildcard(token) ? typeof text[j] === 'string' && accepts(token, text[j]) : isSame(token, text[j]))) {
      i++;
      j++;
    } else if (back && accepts(pattern[back[0]] as Wildcard, text[back[1]])) {
      back = [back[0], back[1] + 1];
      i = back[0] + 1;
      j = back[1];
    } else {
      return false;
    }
  }
  return pattern.slice(i).every((token) => isWildcard(token) && token.any === 'many');
}

const isSame = (one: string | Unknown, other: string | Unknown) => one === other || (one instanceof Unknown && other instanceof Unknown && one.id === other.id);

const accepts = ({ excludes }: Wildcard, character: string | Unknown) =>
  [...excludes].every((excluded) => (typeof character === 'string' ? character !== excluded : !character.mayContain(excluded)));

/** Whether the unknown parts can have values with which a pattern matches a text. */
class Possibility {
  private readonly known = new Map<number, boolean>();

  constructor(private readonly pattern: readonly Token[], private readonly text: ReadonlyArray<string | Unknown>) {}

  get exists(): boolean {
    return this.from(0, 0, true);
  }

  /** Whether the rests from two positions can match. They are aligned unless a part of the value of an unknown has been matched already. */
  private from(i: number, j: number, aligned: boolean): boolean {
    const place = (i * (this.text.length + 1) + j) * 2 + Number(aligned);
    const known = this.known.get(place);
    if (known !== undefined) {
      return known;
    }
    const found = this.search(i, j, aligned);
    this.known.set(place, found);
    return found;
  }

  private search(i: number, j: number, aligned: boolean): boolean {
    const [token, character] = [this.pattern[i], this.text[j]];
    if (token === undefined && character === undefined) {
      return true;
    }
    if (token instanceof Unknown && character instanceof Unknown) {
      if (token.id === character.id && aligned && this.from(i + 1, j + 1, true)) {
        return true;
      }
      if (aligned && token.differsFrom(character) && this.areWhole(token, character, i, j)) {
        return false;
      }
    }
    return this.byPattern(token, i, j, aligned, character) || this.byText(token, i, j, character);
  }

  /** Whether both unknowns end at the same place, so that the pattern matches only if their values are equal. */
  private areWhole(token: Unknown, character: Unknown, i: number, j: number): boolean {
    const [after, next] = [this.pattern[i + 1], this.text[j + 1]];
    return (after === undefined && next === undefined)
      || (typeof after === 'string' && after === next && !token.mayContain(after) && !character.mayContain(after));
  }

  private byPattern(token: Token | undefined, i: number, j: number, aligned: boolean, character?: string | Unknown): boolean {
    if (typeof token === 'string') {
      return token === character && this.from(i + 1, j + 1, true);
    }
    if (token instanceof Unknown) {
      return this.from(i + 1, j, character === undefined) || (character !== undefined && mayHold(token, character) && this.from(i, j + 1, false));
    }
    if (token === undefined) {
      return false;
    }
    const takes = character !== undefined && (character instanceof Unknown || accepts(token, character));
    return token.any === 'one'
      ? takes && this.from(i + 1, j + 1, typeof character === 'string')
      : this.from(i + 1, j, aligned) || (takes && this.from(i, j + 1, true));
  }

  /** An unknown of the text is empty, or its value goes on with what the next token matches. */
  private byText(token: Token | undefined, i: number, j: number, character?: string | Unknown): boolean {
    return character instanceof Unknown
      && (this.from(i, j + 1, false) || (token !== undefined && (typeof token !== 'string' || character.mayContain(token)) && this.from(i + 1, j, false)));
  }
}

/** The value of an unknown in a pattern may have wildcards of its own. */
const mayHold = (unknown: Unknown, character: string | Unknown) =>
  typeof character !== 'string' || [character, '*', '?'].some((candidate) => unknown.mayContain(candidate));
