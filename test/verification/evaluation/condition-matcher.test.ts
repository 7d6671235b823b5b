import cases from './condition-matcher.cases.json';
import { contextOf } from './contexts';
import { matchCondition } from '../../../lib/verification/private/evaluation/condition-matcher';
import { operatorName, OPERATORS } from '../../../lib/verification/private/evaluation/condition-operators';
import { text } from '../texts';

const OTHERS = { other: 'value', star: '*', none: null, list: ['a', 'b'], arn: 'arn:aws:iam::123456789012:role/r', number: '10' };

/** `?` is a key that is unknown. */
const contextWith = (requested: string | string[] | null) => contextOf({ ...OTHERS, ...(requested !== '?' && { key: requested }) });

const match = (operator: string, values: string | string[], requested: string | string[] | null, hasVariables = true) =>
  matchCondition({ operator: text(operator), key: text('Key'), values: [values].flat().map(text) }, hasVariables, contextWith(requested));

test.each(cases as Array<[string, string | string[], string | string[] | null, string]>)('%s %j with %j: %s', (operator, values, requested, truth) => {
  expect(match(operator, values, requested).truth).toBe(truth);
});

test.each([...OPERATORS.keys()])('there are cases in which %s holds, and others in which it does not', (operator) => {
  const truths = (cases as string[][]).filter(([name]) => operatorName(name).base === operator).map((one) => one.at(-1));
  expect(truths).toEqual(expect.arrayContaining(['yes', 'no']));
});

test('variables are text in the version of 2008', () => {
  expect(match('StringEquals', '${other}', '${other}', false).truth).toBe('yes');
});

test.each([
  ['StringEquals', 'a', 'b', 'condition StringEquals Key: "b" is not "a"'],
  ['StringNotEquals', 'a', 'a', 'condition StringNotEquals Key: "a" is "a"'],
  ['StringEquals', ['a', 'b', 'c', 'd', 'e'], 'x', 'condition StringEquals Key: "x" is not "a", "b", "c" or 2 others'],
  ['StringEqualsIgnoreCase', 'A', 'b', 'condition StringEqualsIgnoreCase Key: "b" does not match "A"'],
  ['StringLike', 'a*', 'ab', 'condition StringLike Key: "ab" matches "a*"'],
  ['StringLike', ['a*', 'b*'], 'c', 'condition StringLike Key: "c" does not match "a*" or "b*"'],
  ['StringNotLike', 'a*', 'b', 'condition StringNotLike Key: "b" does not match "a*"'],
  ['StringNotLike', 'a*', 'ab', 'condition StringNotLike Key: "ab" matches "a*"'],
  ['StringLike', 'a<<X>>', 'ab', 'condition StringLike Key: "ab" may match "a${X}"'],
  ['StringNotEquals', 'a<<X>>', 'ab', 'condition StringNotEquals Key: "ab" may be "a${X}"'],
  ['ArnEquals', 'arn:aws:iam::*:role/r', 'arn:aws:iam::123456789012:role/r', 'condition ArnEquals Key: "arn:aws:iam::123456789012:role/r" matches "arn:aws:iam::*:role/r"'],
  ['NotIpAddress', '10.0.0.0/8', '10.0.0.1', 'condition NotIpAddress Key: "10.0.0.1" is in "10.0.0.0/8"'],
  ['NumericEquals', '1', '2', 'condition NumericEquals Key: "2" is not "1"'],
  ['NumericLessThan', '10', '11', 'condition NumericLessThan Key: "11" is not less than "10"'],
  ['NumericGreaterThanEquals', '10', '11', 'condition NumericGreaterThanEquals Key: "11" is at least "10"'],
  ['DateNotEquals', '2025', '2025', 'condition DateNotEquals Key: "2025" is "2025"'],
  ['DateLessThanEquals', '2025', '2026', 'condition DateLessThanEquals Key: "2026" is not at or before "2025"'],
  ['Bool', 'true', 'false', 'condition Bool Key: "false" is not "true"'],
  ['StringEquals', 'a', null, 'condition StringEquals Key: the request does not have the key'],
  ['StringEquals', 'a', '?', 'condition StringEquals Key: nobody knows'],
  ['Equals', 'a', 'a', 'condition Equals Key: the operator is not known'],
])('%s %j with %j says: %s', (operator, values, requested, why) => {
  expect(match(operator, values, requested).why).toBe(why);
});

test('names what is not known', () => {
  expect(match('StringEquals', 'a', '?').missing).toEqual(['Key']);
  expect(match('StringEquals', '<<Issuer>>', 'a').missing).toEqual(['Issuer']);
});
