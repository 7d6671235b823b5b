import { Operator, operatorName, OperatorName, OPERATORS } from './condition-operators';
import { Match, no, unknown, yes } from './match';
import { RequestContext } from './request';
import { substitute } from './variables';
import { Condition } from '../policies/statement';
import { Text } from '../values/text';
import { allOf, anyOf, not, Truth } from '../values/truth';
import { Unknown } from '../values/unknown';

/**
 * Whether a request meets a condition: one key of one operator.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function matchCondition(condition: Condition, hasVariables: boolean, context: RequestContext): Match {
  const { operator: { literal: name }, key, values } = condition;
  const { set, base, ifExists } = operatorName(name ?? '');
  const operator = OPERATORS.get(base);
  const title = `condition ${condition.operator} ${key}`;
  if (base === 'Null' && !set && !ifExists) {
    return matchNull(title, values, key, context);
  }
  if (!operator) {
    return unknown(`${title}: the operator is not known`, [condition.operator.toString()]);
  }
  if (values.length === 0) {
    return unknown(`${title} has no values`, [key.toString()]);
  }
  return matchValues(title, { set, operator, ifExists, values, hasVariables }, key, context);
}

interface Test extends Pick<OperatorName, 'set' | 'ifExists'> {
  readonly operator: Operator;
  readonly values: readonly Text[];
  readonly hasVariables: boolean;
}

function matchValues(title: string, test: Test, key: Text, context: RequestContext): Match {
  const found = context.lookup(key);
  if (found.kind === 'unknown') {
    const missing = onMissingKey(title, test, key);
    const isSame = found.ifPresent && compared(title, test, found.ifPresent, key, context).truth === missing.truth;
    return isSame ? missing : unknown(`${title}: ${found.why}`, [key.toString()]);
  }
  if (found.kind === 'missing' || isEmpty(found.values, test.set)) {
    return onMissingKey(title, test, key);
  }
  const match = compared(title, test, found.values, key, context);
  const dependsOnEmpty = mayBeEmpty(found.values, test.set) && match.truth !== 'unknown' && match.truth !== onMissingKey(title, test, key).truth;
  return dependsOnEmpty ? unknown(`${title}: it is unknown whether the value is empty`, [key.toString()]) : match;
}

function compared(title: string, test: Test, given: readonly Text[], key: Text, context: RequestContext): Match {
  if (!test.set && given.length > 1) {
    return unknown(`${title}: the key has several values, which only ForAllValues or ForAnyValue compare`, [key.toString()]);
  }
  const results = given.map((value) => holds(test, value, context));
  const truth = (test.set === 'ForAllValues' ? allOf : anyOf)(results.map((result) => result.truth));
  const why = `${title}: ${quote(given)} ${wordsFor(truth, test)} ${alternatives(test)}`;
  return truth === 'yes' ? yes(why)
    : truth === 'no' ? no(why)
      : unknown(why, missingOf(results.flatMap((result) => result.missing), key));
}

/** A negated operator holds where its comparison does not, and messages tell what the comparison says. */
const wordsFor = (truth: Truth, { operator }: Test): string => operator.words[operator.isNegated ? not(truth) : truth];

/** The key itself, if the values are known but AWS does not document how they compare. */
const missingOf = (labels: readonly string[], key: Text) => (labels.length > 0 ? [...new Set(labels)] : [key.toString()]);

/** A missing key is not an unknown key. AWS documents `ForAnyValue` with `IfExists` in two contradictory ways. */
function onMissingKey(title: string, { set, operator, ifExists }: Test, key: Text): Match {
  if (set === 'ForAnyValue') {
    return ifExists ? unknown(`${title}: whether IfExists holds with ForAnyValue is not documented`, [key.toString()]) : no(`${title}: the request does not have the key`);
  }
  const matches = set === 'ForAllValues' || ifExists || operator.isNegated;
  return matches ? yes(`${title}: the request does not have the key`) : no(`${title}: the request does not have the key`);
}

/** Set operators treat an empty value as no value. */
const isEmpty = (values: readonly Text[], set: OperatorName['set']) => values.length === 0 || (set !== undefined && values.every(({ literal }) => literal === ''));

/** Whether what is unknown can be empty, so that there would be no value. */
const mayBeEmpty = (values: readonly Text[], set: OperatorName['set']) => set !== undefined && values.every(({ parts }) => parts.every((part) => typeof part !== 'string'));

/** Whether one value of the request meets the condition. The values of the policy are alternatives; a negated operator must match none of them. */
function holds({ operator, values, hasVariables }: Test, given: Text, context: RequestContext): { truth: Truth; missing: readonly string[] } {
  const missing: Unknown[] = [...given.unknowns];
  const truths = values.map((value): Truth => {
    const substituted = hasVariables && operator.takesVariables ? substitute(value, context) : { pieces: [{ text: value, isVariable: false }] };
    if ('pieces' in substituted) {
      missing.push(...substituted.pieces.flatMap(({ text }) => text.unknowns));
      return operator.compare(substituted.pieces, given);
    }
    return 'noValue' in substituted ? 'no' : 'unknown';
  });
  const truth = anyOf(truths);
  return { truth: operator.isNegated ? not(truth) : truth, missing: missing.map(({ label }) => label) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null */
function matchNull(title: string, values: readonly Text[], key: Text, context: RequestContext): Match {
  const found = context.lookup(key);
  const wanted = values.map(({ literal }) => literal?.toLowerCase());
  if (found.kind === 'unknown' || wanted.some((value) => value !== 'true' && value !== 'false') || wanted.length === 0) {
    return unknown(`${title}: ${found.kind === 'unknown' ? found.why : 'the value must be true or false'}`, [key.toString()]);
  }
  if (found.kind === 'values' && found.values.length > 0 && found.values.every(({ literal }) => literal === '')) {
    return unknown(`${title}: whether an empty value is null is not documented`, [key.toString()]);
  }
  const isNull = found.kind === 'missing' || found.values.length === 0;
  const why = `${title}: the request ${isNull ? 'does not have' : 'has'} the key`;
  return wanted.includes(String(isNull)) ? yes(why) : no(why);
}

const quote = (texts: readonly Text[]) => texts.map((text) => `"${text}"`).join(', ');

const alternatives = ({ values }: Test): string =>
  (values.length > 3 ? `${quote(values.slice(0, 3))} or ${values.length - 3} others` : values.map((value) => `"${value}"`).join(' or '));
