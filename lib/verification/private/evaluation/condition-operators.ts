import { arnParts, mayBeArn } from './arn';
import { equalBytes, equalBooleans, inNetwork, Order, ordered, readDate, Reader, readNumber } from './comparisons';
import { exactly, like, Piece } from './matches';
import { Text } from '../values/text';
import { allOf, Truth } from '../values/truth';

/** Whether the value of a request matches one value of a policy, of which the variables are replaced. */
type Comparison = (pieces: readonly Piece[], requested: Text) => Truth;

/** How messages put what a comparison says, between the value of a request and that of a policy. */
type Words = Readonly<Record<Truth, string>>;

const IS: Words = { yes: 'is', no: 'is not', unknown: 'may be' };
const MATCHES: Words = { yes: 'matches', no: 'does not match', unknown: 'may match' };

/** @param what follows `is`, such as `less than`. */
const is = (what: string): Words => ({ yes: `is ${what}`, no: `is not ${what}`, unknown: `may be ${what}` });

/** An operator of conditions, without prefix and suffix. */
export interface Operator {
  readonly compare: Comparison;
  /** Of the comparison: a negated operator has the same. */
  readonly words: Words;
  /** Whether it holds where the comparison does not. */
  readonly isNegated: boolean;
  readonly takesVariables: boolean;
  readonly takesWildcards: boolean;
  /** An operator that holds whenever this one does, with the same values. */
  readonly implies?: string;
}

/** The name of an operator in a policy, such as `ForAnyValue:StringLikeIfExists`, in its parts. */
export interface OperatorName {
  readonly set?: 'ForAllValues' | 'ForAnyValue';
  readonly base: string;
  readonly ifExists: boolean;
}

export function operatorName(name: string): OperatorName {
  const [, set, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(.*?)(IfExists)?$/s.exec(name)!;
  return { set: set as OperatorName['set'], base, ifExists: ifExists !== undefined };
}

const lower = (pieces: readonly Piece[]) => pieces.map(({ text, isVariable }) => ({ text: text.toLowerCase(), isVariable }));

const ignoringCase: Comparison = (pieces, requested) => exactly(lower(pieces), requested.toLowerCase());

/** Each of the six parts is compared separately, so a wildcard matches a colon only in the last part. */
const arnLike: Comparison = (pieces, requested) => {
  const [pattern, parts] = [arnParts(pieces), arnParts([{ text: requested, isVariable: false }])];
  if (pattern && parts) {
    return allOf(pattern.map((part, i) => like(part, Text.join(parts[i].map(({ text }) => text)))));
  }
  return !mayBeArn(requested) || like(pieces, requested) === 'no' ? 'no' : 'unknown';
};

const family = (name: string, negatedName: string, comparison: Omit<Operator, 'isNegated'>, implies?: string): Array<[string, Operator]> =>
  [[name, { ...comparison, isNegated: false, implies }], [negatedName, { ...comparison, isNegated: true }]];

const text = (compare: Comparison, words: Words) => ({ compare, words, takesVariables: true, takesWildcards: false });

const pattern = (compare: Comparison) => ({ compare, words: MATCHES, takesVariables: true, takesWildcards: true });

const literal = (compare: Comparison, words: Words) => ({ compare, words, takesVariables: false, takesWildcards: false });

/** @param words what follows `is`, of the operators from `LessThan` to `GreaterThanEquals`. */
function orders(type: string, read: Reader, words: readonly [string, string, string, string]): Array<[string, Operator]> {
  const [less, lessOrEqual, greater, greaterOrEqual] = words.map(is);
  const operator = (holds: Order, ownWords: Words, isNegated = false): Operator =>
    ({ ...literal((pieces, requested) => ordered(read, holds, pieces, requested), ownWords), isNegated });
  return [
    [`${type}Equals`, operator((requested, wanted) => requested === wanted, IS)],
    [`${type}NotEquals`, operator((requested, wanted) => requested === wanted, IS, true)],
    [`${type}LessThan`, operator((requested, wanted) => requested < wanted, less)],
    [`${type}LessThanEquals`, operator((requested, wanted) => requested <= wanted, lessOrEqual)],
    [`${type}GreaterThan`, operator((requested, wanted) => requested > wanted, greater)],
    [`${type}GreaterThanEquals`, operator((requested, wanted) => requested >= wanted, greaterOrEqual)],
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...family('StringEquals', 'StringNotEquals', text(exactly, IS), 'StringLike'),
  ...family('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', text(ignoringCase, MATCHES)),
  ...family('StringLike', 'StringNotLike', pattern(like)),
  ...family('ArnEquals', 'ArnNotEquals', pattern(arnLike)),
  ...family('ArnLike', 'ArnNotLike', pattern(arnLike)),
  ...family('IpAddress', 'NotIpAddress', literal(inNetwork, is('in'))),
  ...orders('Numeric', readNumber, ['less than', 'at most', 'greater than', 'at least']),
  ...orders('Date', readDate, ['before', 'at or before', 'after', 'at or after']),
  ['Bool', { ...literal(equalBooleans, IS), isNegated: false }],
  ['BinaryEquals', { ...literal(equalBytes, IS), isNegated: false }],
]);
