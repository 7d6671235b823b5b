import { lowerCase, Rule, Scope } from './rule';
import { withUnknowns } from '../access/resources/wildcards';
import { Condition } from '../policies/statement';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';

/**
 * Whether a rule applies to everything that another applies to, whatever the deployment decides.
 * If that is uncertain, the answer is no: it is safer for a comparison to report too much.
 */
export function covers(wide: Rule, narrow: Rule): boolean {
  return (wide.hasVariables === undefined || wide.hasVariables === narrow.hasVariables)
    && scopeCovers(lowerCase(wide.action), lowerCase(narrow.action))
    && scopeCovers(wide.resource, narrow.resource)
    && principalCovers(wide.principal, narrow.principal)
    && wide.conditions.every((condition) => narrow.conditions.some((other) => follows(condition, other)));
}

const principalCovers = (wide?: Scope, narrow?: Scope) => (wide && narrow ? scopeCovers(wide, narrow) : wide === narrow);

function scopeCovers(wide: Scope, narrow: Scope): boolean {
  if ('only' in wide) {
    return 'only' in narrow ? textCovers(wide.only, narrow.only) : wide.only.literal === '*';
  }
  return 'only' in narrow
    ? wide.allBut.every((excluded) => areDisjoint(excluded, narrow.only))
    : wide.allBut.every((excluded) => narrow.allBut.some((other) => textCovers(other, excluded)));
}

/** Whether a pattern matches whatever another matches. One with a policy variable is compared with the same one only. */
const textCovers = (wide: Text, narrow: Text): boolean => wide.key === narrow.key
  || (!has(wide, '${') && Pattern.glob(wide).matches(withUnknowns(narrow)) === 'yes');

/** Whether no text matches both patterns: they start differently, or one of them has no wildcards and does not match. A variable may be anything. */
function areDisjoint(one: Text, other: Text): boolean {
  const [start, otherStart] = [fixedStart(one), fixedStart(other)];
  return (!start.startsWith(otherStart) && !otherStart.startsWith(start))
    || (!['*', '?', '${'].some((wildcard) => has(other, wildcard)) && !has(one, '${') && Pattern.glob(one).matches(other) === 'no');
}

const fixedStart = ({ parts: [first] }: Text) => (typeof first === 'string' ? /^(?:[^*?$]|\$(?!\{))*/.exec(first)![0] : '');

const has = (text: Text, wildcard: string) => text.parts.some((part) => typeof part === 'string' && part.includes(wildcard));

/** Whether a condition holds whenever another holds. One of the values of an operator must match, or none of those of a negated operator. */
function follows(condition: Condition, from: Condition): boolean {
  const [operator, other] = [condition, from].map((one) => one.operator.toString().toLowerCase());
  if (condition.key.toLowerCase().key !== from.key.toLowerCase().key || ![other, likeOf(other), `${other}ifexists`, `${likeOf(other)}ifexists`].includes(operator)) {
    return false;
  }
  return operator.includes('not')
    ? condition.values.every((value) => from.values.some((excluded) => valueCovers(other, excluded, value)))
    : from.values.every((value) => condition.values.some((allowed) => valueCovers(operator, allowed, value)));
}

/** What holds whenever the operator holds, with the same values. */
const likeOf = (operator: string) => operator.replace('stringequals', 'stringlike');

const valueCovers = (operator: string, wide: Text, narrow: Text) => (/like|arn/.test(operator) ? textCovers(wide, narrow) : wide.key === narrow.key);
