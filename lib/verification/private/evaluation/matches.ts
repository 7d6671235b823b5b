import { equal, isExact, Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';

/** A part of a value of a policy: what the policy says, in which `*` and `?` can be wildcards, or the value of a policy variable, in which they are not. */
export interface Piece {
  readonly text: Text;
  readonly isVariable: boolean;
  /** Whether the template escapes the value, so that it is literal. Otherwise, it is the value of a variable of the policy. */
  readonly isEscaped?: boolean;
}

/** Whether a text matches pieces, of which `*` and `?` match any characters but `excludes`. */
export function like(pieces: readonly Piece[], text: Text, excludes = ''): Truth {
  const [only, ...rest] = pieces;
  const [pattern, literal] = [only?.text.literal, text.literal];
  if (pattern === '*' && !only.isVariable && rest.length === 0 && excludes === '') {
    return 'yes';
  }
  if (pattern !== undefined && literal !== undefined && rest.length === 0 && !only.isVariable) {
    return matchesGlob(pattern, literal, excludes) ? 'yes' : 'no';
  }
  if (only && rest.length === 0 && isExact(only.text)) {
    return equal(only.text, text);
  }
  return Pattern.join(pieces.map((piece) => (piece.isVariable ? Pattern.exact(piece.text) : Pattern.glob(piece.text, excludes)))).matches(text);
}

/** Whether a text equals pieces, character by character. */
export function exactly(pieces: readonly Piece[], text: Text): Truth {
  const wanted = pieces.length === 1 ? pieces[0].text : Text.join(pieces.map((piece) => piece.text));
  const [one, other] = [wanted.literal, text.literal];
  return one !== undefined && other !== undefined ? (one === other ? 'yes' : 'no') : Pattern.exact(wanted).matches(text);
}

/** The same for literals. It backtracks only to the last `*`, so the time is not exponential. */
export function matchesGlob(pattern: string, text: string, excludes = ''): boolean {
  let [i, j, star, resume] = [0, 0, -1, 0];
  while (j < text.length) {
    if (pattern[i] === '*') {
      [star, resume] = [i++, j];
    } else if (i < pattern.length && (pattern[i] === '?' ? !excludes.includes(text[j]) : pattern[i] === text[j])) {
      i++;
      j++;
    } else if (star >= 0 && !excludes.includes(text[resume])) {
      [i, j] = [star + 1, ++resume];
    } else {
      return false;
    }
  }
  while (pattern[i] === '*') {
    i++;
  }
  return i === pattern.length;
}
