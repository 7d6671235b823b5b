import cases from './condition-matcher.cases.json';
import { contextOf } from './contexts';
import { matchCondition } from '../../../lib/verification/private/evaluation/condition-matcher';
import { text } from '../texts';

const OTHERS = { other: 'value', star: '*', none: null, list: ['a', 'b'], arn: 'arn:aws:iam::123456789012:role/r', number: '10' };

/** `?` is a key that is unknown. */
const contextWith = (requested: string | string[] | null) => contextOf({ ...OTHERS, ...(requested !== '?' && { key: requested }) });

const match = (operator: string, values: string | string[], requested: string | string[] | null, hasVariables = true) =>
  matchCondition({ operator: text(operator), key: text('Key'), values: [values].flat().map(text) }, hasVariables, contextWith(requested));

test.each(cases as Array<[string, string | string[], string | string[] | null, string]>)('%s %j with %j: %s', (operator, values, requested, truth) => {
  expect(match(operator, values, requested).truth).toBe(truth);
});

test('variables are text in the version of 2008', () => {
  expect(match('StringEquals', '${other}', '${other}', false).truth).toBe('yes');
});

test.each([
  ['StringEquals', 'a', 'b', 'condition StringEquals Key: "b" is not "a"'],
  ['StringNotEquals', 'a', 'a', 'condition StringNotEquals Key: "a" is "a"'],
  ['StringEquals', ['a', 'b', 'c', 'd', 'e'], 'x', 'condition StringEquals Key: "x" is not "a", "b", "c" or 2 others'],
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
