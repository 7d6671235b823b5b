import { operatorOf } from './operator';
import { lowerCase, Rule, Scope } from './rule';
import { Operator } from '../evaluation/condition-operators';
import { Condition } from '../policies/statement';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

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

/**
 * Whether a condition holds whenever another holds. One of the values of an operator must match, or none of those of a negated operator.
 * An unknown operator may be negated, so its values must be the same.
 */
function follows(condition: Condition, from: Condition): boolean {
  const [own, other] = [condition, from].map(operatorOf);
  const isImplied = own.base === other.base || own.base === other.operator?.implies;
  if (condition.key.toLowerCase().key !== from.key.toLowerCase().key || own.set !== other.set || !isImplied || (other.ifExists && !own.ifExists)) {
    return false;
  }
  const allowsThose = () => haveEach(own.operator, condition.values, from.values);
  const excludesNoOthers = () => haveEach(other.operator, from.values, condition.values);
  if (!own.operator && own.base !== 'Null') {
    return allowsThose() && excludesNoOthers();
  }
  return own.operator?.isNegated ? excludesNoOthers() : allowsThose();
}

const haveEach = (operator: Operator | undefined, wide: readonly Text[], narrow: readonly Text[]): boolean =>
  narrow.every((value) => wide.some((other) => (operator?.takesWildcards ? textCovers(other, value) : other.key === value.key)));
