import { Piece } from './matches';
import { RequestContext } from './request';
import { Text } from '../values/text';
import { unescapedInPolicy } from '../values/unescaped';
import { Unknown } from '../values/unknown';

/** A value of a policy with its variables replaced, or the key of a variable that the request does not have. */
export type Substituted = { readonly pieces: readonly Piece[] } | { readonly noValue: string } | { readonly problem: string };

/** `${key}`, `${key, 'default'}`, and the special characters `${*}`, `${?}` and `${$}`. */
const VARIABLE = /\$\{(?:([*?$])|([^}',]+?)(?:\s*,\s*'([^']*)')?\s*)\}/g;

/** Stands for the unknown part with its index while the text is a string. */
const MARK = /([\uE000-\uF8FF])/; // as a group, so that `split` keeps it
const MARKS = 0xE000;
const MOST = 0xF8FF - MARKS;

/**
 * Replaces the policy variables of a value. A variable without value makes the value equal to nothing.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function substitute(text: Text, context: RequestContext): Substituted {
  if (text.unknowns.length > 0 && (text.parts.length > MOST || text.parts.some((part) => typeof part === 'string' && MARK.test(part)))) {
    return { problem: `${text} has characters for private use, or too many parts` };
  }
  const marked = text.parts.map((part, i) => (typeof part === 'string' ? part : String.fromCharCode(MARKS + i))).join('');
  if (!marked.includes('${')) {
    return { pieces: literalPieces(marked, text) };
  }
  const pieces: Piece[] = [];
  let end = 0;
  const addText = (to: number) => pieces.push(...literalPieces(marked.slice(end, to), text));
  for (const match of marked.matchAll(VARIABLE)) {
    const [whole, character, key, otherwise] = match;
    addText(match.index);
    end = match.index + whole.length;
    const fallback = otherwise === undefined ? undefined : unmark(otherwise, text);
    const value = character === undefined ? variableValue(unmark(key.trim(), text), fallback, context) : Text.of(character);
    if (!value) {
      return { noValue: key };
    }
    pieces.push({ text: value, isVariable: true });
  }
  addText(marked.length);
  return pieces.some((piece) => !piece.isVariable && hasOpenVariable(piece.text))
    ? { problem: `${text} has a variable that does not end` }
    : { pieces: pieces.filter((piece) => piece.text.parts.length > 0) };
}

/** The pieces of a text without variables. Unknown parts that the template escapes are literal. */
function literalPieces(marked: string, text: Text): Piece[] {
  const escaped = new Map(marked.split(MARK).filter((run) => MARK.test(run)).flatMap((mark) => {
    const part = text.parts[mark.charCodeAt(0) - MARKS];
    const value = part instanceof Unknown ? unescapedInPolicy(part) : undefined;
    return value ? [[mark, Text.unknown(value)] as const] : [];
  }));
  if (escaped.size === 0) {
    return [{ text: unmark(marked, text), isVariable: false }];
  }
  const runs = marked.split(new RegExp(`([${[...escaped.keys()].join('')}])`)).filter((run) => run !== '');
  return runs.map((run) => {
    const value = escaped.get(run);
    return value ? { text: value, isVariable: true, isEscaped: true } : { text: unmark(run, text), isVariable: false };
  });
}

const hasOpenVariable = (text: Text) => text.parts.some((part) => typeof part === 'string' && part.includes('${'));

/** An unknown value is a symbol, because the text around it can still exclude a match. */
function variableValue(key: Text, otherwise: Text | undefined, context: RequestContext): Text | undefined {
  const found = context.lookup(key);
  if (found.kind === 'missing' || (found.kind === 'values' && found.values.length === 0)) {
    return otherwise;
  }
  return found.kind === 'values' && found.values.length === 1 && !found.multivalued
    ? found.values[0]
    : Text.unknown(new Unknown(`variable ${key.key.toLowerCase()}`, { label: key.toString() }));
}

const unmark = (marked: string, { parts }: Text): Text =>
  Text.join(marked.split(MARK).map((run) => {
    const part = MARK.test(run) ? parts[run.charCodeAt(0) - MARKS] : undefined;
    return part === undefined || typeof part === 'string' ? Text.of(run) : Text.unknown(part);
  }));
