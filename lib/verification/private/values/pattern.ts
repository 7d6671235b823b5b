import { Text } from './text';
import { Truth } from './truth';
import { Unknown } from './unknown';

/** Matches any characters, except those that it excludes. */
interface Wildcard { readonly any: 'one' | 'many'; readonly excludes: string }
type Token = string | Unknown | Wildcard;

/**
 * A pattern of a policy: text, in which `*` and `?` may stand for any characters.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export class Pattern {
  /** The text as it is: its `*` and `?` are ordinary characters. */
  static exact(text: Text): Pattern {
    return new Pattern(text.characters);
  }

  /** `*` in the literals of the text matches any characters, and `?` any one, but neither matches one of `excludes`. */
  static glob(text: Text, excludes = ''): Pattern {
    const wildcards = new Map<string | Unknown, Wildcard>([['*', { any: 'many', excludes }], ['?', { any: 'one', excludes }]]);
    return new Pattern(text.characters.map((token) => wildcards.get(token) ?? token));
  }

  static join(patterns: readonly Pattern[]): Pattern {
    return new Pattern(patterns.flatMap(({ tokens }) => tokens));
  }

  private constructor(private readonly tokens: readonly Token[]) {}

  /** Whether the pattern matches a text, whatever only the deployment knows. */
  includes(text: Text): boolean {
    return mustMatch(this.tokens, text.characters);
  }

  /** Whether the pattern matches a text. */
  matches(text: Text): Truth {
    const characters = text.characters;
    if (mustMatch(this.tokens, characters)) {
      return 'yes';
    }
    const isKnown = [...this.tokens, ...characters].every((token) => !(token instanceof Unknown));
    return isKnown || !new PossibleMatch(this.tokens, characters).exists ? 'no' : 'unknown';
  }
}

/** Whether two texts are equal. Most often, their literals tell. */
export function equal(one: Text, other: Text): Truth {
  if (differ(one, other) || isNoValueOf(one, other) || isNoValueOf(other, one)) {
    return 'no';
  }
  return one.parts.length === other.parts.length && one.parts.every((part, i) => isSame(part, other.parts[i])) ? 'yes' : Pattern.exact(one).matches(other);
}

const isNoValueOf = ({ literal }: Text, { values }: Text): boolean => literal !== undefined && values !== undefined && !values.includes(literal);

/** Whether two texts have different literals after what both start with, such as the partition and the account of an ARN. */
function differ(one: Text, other: Text): boolean {
  const same = one.parts.findIndex((part, i) => other.parts[i] === undefined || !isSame(part, other.parts[i]));
  const [first, second] = [one.parts[same], other.parts[same]];
  if (typeof first !== 'string' || typeof second !== 'string') {
    return isOtherName(one, other, same) || isOtherName(other, one, same);
  }
  const areLast = [one, other].every(({ parts }) => parts.length === same + 1);
  return areLast || (first.startsWith(second) ? isOtherName(other, one, same) : !second.startsWith(first) || isOtherName(one, other, same));
}

/** Whether one text has a generated name where the other has a literal that is another name. */
function isOtherName({ parts }: Text, { parts: others }: Text, same: number): boolean {
  const [start, literal] = [parts[same], others[same]];
  const [name, next] = typeof start === 'string' ? parts.slice(same + 1) : parts.slice(same);
  if (!(name instanceof Unknown) || !name.generatedName || typeof literal !== 'string' || others.length > same + 1) {
    return false;
  }
  const rest = typeof start === 'string' ? literal.slice(start.length) : literal;
  const isNext = typeof next === 'string' && !name.mayContain(next[0]);
  return next === undefined ? !name.generatedName.mayBe(rest) : isNext && !name.generatedName.mayBe(rest.split(next[0], 1)[0]);
}

/** Whether a text means only itself as a pattern, whatever only the deployment knows. */
export const isExact = ({ parts }: Text): boolean => parts.every((part) => (typeof part === 'string' ? !/[*?]/.test(part) : !mayBeWild(part)));

const isWildcard = (token: Token | undefined): token is Wildcard => typeof token === 'object' && !(token instanceof Unknown);

/** Whether the pattern matches, whatever the unknown parts are. It backtracks only to the last `*`, which is sufficient for globs. */
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

const isSame = (one: string | Unknown, other: string | Unknown) =>
  one === other || (one instanceof Unknown && other instanceof Unknown && one.id === other.id);

const accepts = ({ excludes }: Wildcard, character: string | Unknown) =>
  [...excludes].every((excluded) => (typeof character === 'string' ? character !== excluded : !character.mayContain(excluded)));

/** Positions in a pattern and a text up to which they match. They are aligned unless a part of the value of an unknown has been matched already. */
interface Position { readonly i: number; readonly j: number; readonly aligned: boolean }

const at = (i: number, j: number, aligned: boolean): Position => ({ i, j, aligned });

/** Texts with more positions are too long to look at all of them. */
const MOST_POSITIONS = 1_000_000;

/** Whether the unknown parts can have values with which a pattern matches a text. */
class PossibleMatch {
  constructor(private readonly pattern: readonly Token[], private readonly text: ReadonlyArray<string | Unknown>) {}

  /** Follows all matches, without recursion, because a text can be longer than the stack is deep. What would take too long counts as possible. */
  get exists(): boolean {
    const start = this.pattern.findIndex((token, i) => typeof token !== 'string' || token !== this.text[i]);
    const [first, last] = [Math.max(start, 0), [this.pattern, this.text].map((side) => side.at(-1))];
    if (last.every((one) => typeof one === 'string') && last[0] !== last[1]) {
      return false;
    }
    const seen = new Set<number>();
    const open = [at(first, first, true)];
    for (let position = open.pop(); position; position = open.pop()) {
      const { i, j, aligned } = position;
      if ((i === this.pattern.length && j === this.text.length) || seen.size > MOST_POSITIONS) {
        return true;
      }
      const place = (i * (this.text.length + 1) + j) * 2 + Number(aligned);
      if (!seen.has(place)) {
        seen.add(place);
        open.push(...this.after(position).reverse());
      }
    }
    return false;
  }

  /** The positions to which one more token or character can lead, the most likely first. */
  private after({ i, j, aligned }: Position): Position[] {
    const [token, character] = [this.pattern[i], this.text[j]];
    if (aligned && (excludesName(this.pattern, i, this.text, j) || excludesName(this.text, j, this.pattern, i))) {
      return [];
    }
    const areUnknown = token instanceof Unknown && character instanceof Unknown && aligned;
    if (areUnknown && token.differsFrom(character) && !mayBeWild(token) && this.areWhole(token, character, i, j)) {
      return [];
    }
    const same = areUnknown && token.id === character.id ? [at(i + 1, j + 1, true)] : [];
    return [...same, ...this.byPattern(token, i, j, aligned, character), ...this.byText(token, i, j, character)];
  }

  /** Whether both unknowns end at the same place. Then the pattern matches only if their values are equal. */
  private areWhole(token: Unknown, character: Unknown, i: number, j: number): boolean {
    const [after, next] = [this.pattern[i + 1], this.text[j + 1]];
    return (after === undefined && next === undefined)
      || (typeof after === 'string' && after === next && (!token.mayContain(after) && !character.mayContain(after) || this.isLast(after, i + 1, j + 1)));
  }

  /** Whether a character is the last one of its kind in both, such as the hyphen before what Secrets Manager adds to the name of a secret. */
  private isLast(character: string, i: number, j: number): boolean {
    return [...this.pattern.slice(i + 1), ...this.text.slice(j + 1)].every((token) => neverMatches(token, character));
  }

  private byPattern(token: Token | undefined, i: number, j: number, aligned: boolean, character?: string | Unknown): Position[] {
    if (token === undefined) {
      return [];
    }
    if (typeof token === 'string') {
      return token === character ? [at(i + 1, j + 1, true)] : [];
    }
    if (token instanceof Unknown) {
      return [at(i + 1, j, character === undefined), ...(character !== undefined && mayHold(token, character) ? [at(i, j + 1, false)] : [])];
    }
    const takes = character !== undefined && (character instanceof Unknown || accepts(token, character));
    if (token.any === 'one') {
      return takes ? [at(i + 1, j + 1, typeof character === 'string')] : [];
    }
    return [at(i + 1, j, aligned), ...(takes ? [at(i, j + 1, true)] : [])];
  }

  /** An unknown of the text is empty, or its value goes on with what the next token matches. */
  private byText(token: Token | undefined, i: number, j: number, character?: string | Unknown): Position[] {
    if (!(character instanceof Unknown)) {
      return [];
    }
    const mayGoOn = token !== undefined && (typeof token !== 'string' || character.mayContain(token));
    return [at(i, j + 1, false), ...(mayGoOn ? [at(i + 1, j, false)] : [])];
  }
}

/** Whether tokens cannot match from two places on, because the first one is a generated name, and the others are the characters of another name, or its start. */
function excludesName(tokens: readonly Token[], i: number, others: readonly Token[], j: number): boolean {
  const [token, next] = [tokens[i], tokens[i + 1]];
  if (!(token instanceof Unknown) || !token.generatedName || typeof next === 'object') {
    return false;
  }
  const inName = (other: Token | undefined): other is string => typeof other === 'string' && token.mayContain(other);
  for (let [end, name] = [j, '']; ; end++) {
    const other = others[end];
    if (typeof other === 'object') {
      return !token.generatedName.mayStartWith(name);
    }
    if (other === next && token.generatedName.mayBe(name)) {
      return false;
    }
    if (!inName(other)) {
      return true;
    }
    name += other;
  }
}

const neverMatches = (token: Token, character: string) => {
  if (typeof token === 'string') {
    return token !== character;
  }
  return isWildcard(token) ? token.excludes.includes(character) : !token.mayContain(character) && !mayBeWild(token);
};

const mayBeWild = (unknown: Unknown) => unknown.mayContain('*') || unknown.mayContain('?');

/** The value of an unknown in a pattern may itself contain wildcards. */
const mayHold = (unknown: Unknown, character: string | Unknown) =>
  typeof character !== 'string' || [character, '*', '?'].some((candidate) => unknown.mayContain(candidate));
