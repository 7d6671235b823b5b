import { arnParts, mayBeArn } from './arn';
import { equalBytes, equalBooleans, inNetwork, Order, ordered, readDate, Reader, readNumber } from './comparisons';
import { exactly, like, Piece } from './matches';
import { Text } from '../values/text';
import { allOf, Truth } from '../values/truth';

/** Whether the value of a request matches one value of a policy, of which the variables are replaced. */
type Comparison = (pieces: readonly Piece[], requested: Text) => Truth;

/** An operator of conditions, without prefix and suffix. */
export interface Operator {
  readonly compare: Comparison;
  /** Whether it holds where the comparison does not. */
  readonly isNegated: boolean;
  readonly takesVariables: boolean;
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

const family = (name: string, negatedName: string, compare: Comparison, takesVariables: boolean): Array<[string, Operator]> =>
  [[name, { compare, isNegated: false, takesVariables }], [negatedName, { compare, isNegated: true, takesVariables }]];

function orders(type: string, read: Reader): Array<[string, Operator]> {
  const operator = (holds: Order, isNegated = false): Operator =>
    ({ compare: (pieces, requested) => ordered(read, holds, pieces, requested), isNegated, takesVariables: false });
  return [
    [`${type}Equals`, operator((requested, wanted) => requested === wanted)],
    [`${type}NotEquals`, operator((requested, wanted) => requested === wanted, true)],
    [`${type}LessThan`, operator((requested, wanted) => requested < wanted)],
    [`${type}LessThanEquals`, operator((requested, wanted) => requested <= wanted)],
    [`${type}GreaterThan`, operator((requested, wanted) => requested > wanted)],
    [`${type}GreaterThanEquals`, operator((requested, wanted) => requested >= wanted)],
  ];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...family('StringEquals', 'StringNotEquals', exactly, true),
  ...family('StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', ignoringCase, true),
  ...family('StringLike', 'StringNotLike', like, true),
  ...family('ArnEquals', 'ArnNotEquals', arnLike, true),
  ...family('ArnLike', 'ArnNotLike', arnLike, true),
  ...family('IpAddress', 'NotIpAddress', inNetwork, false),
  ...orders('Numeric', readNumber),
  ...orders('Date', readDate),
  ['Bool', { compare: equalBooleans, isNegated: false, takesVariables: false }],
  ['BinaryEquals', { compare: equalBytes, isNegated: false, takesVariables: false }],
]);
