import { ConditionPart } from './condition-part';
import { Part } from './part';
import { Operator } from '../evaluation/condition-operators';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { withUnknowns } from '../values/wildcards';

// If it is uncertain whether one part covers another one, the answer is no: it is safer for a comparison to report too much.

/** Whether a part of an element matches everything that another one matches, whatever the deployment decides. */
export function covers(wide: Part, narrow: Part): boolean {
  if (wide.key === narrow.key) {
    return true;
  }
  if (!wide.scope || !narrow.scope || !haveSameVariables(wide, narrow)) {
    return false;
  }
  if ('only' in wide.scope) {
    return 'only' in narrow.scope ? !has(wide.scope.only, '${') && wide.pattern.includes(narrow.example) : wide.scope.only.literal === '*';
  }
  if (wide.isPrincipal) {
    return false; // a principal can contain another one, as an account contains its roles
  }
  const { scope } = narrow;
  return 'only' in scope
    ? wide.scope.allBut.every((excluded) => areDisjoint(excluded, scope.only))
    : wide.scope.allBut.every((excluded) => scope.allBut.some((other) => textCovers(other, excluded)));
}

const haveSameVariables = (wide: Pick<Part, 'hasVariables'>, narrow: Pick<Part, 'hasVariables'>) =>
  wide.hasVariables === undefined || wide.hasVariables === narrow.hasVariables;

/** Whether a pattern matches whatever another matches. One with a policy variable is compared with the same one only. */
const textCovers = (wide: Text, narrow: Text): boolean => wide.key === narrow.key
  || (!has(wide, '${') && Pattern.glob(wide).includes(withUnknowns(narrow)));

/** Whether no text matches both patterns: they start differently, or one of them has no wildcards and does not match. A variable may be anything. */
function areDisjoint(one: Text, other: Text): boolean {
  const [start, otherStart] = [fixedStart(one), fixedStart(other)];
  return (!start.startsWith(otherStart) && !otherStart.startsWith(start))
    || (!['*', '?', '${'].some((wildcard) => has(other, wildcard)) && !has(one, '${') && Pattern.glob(one).matches(other) === 'no');
}

const fixedStart = ({ start }: Text) => /^(?:[^*?$]|\$(?!\{))*/.exec(start)![0];

const has = (text: Text, wildcard: string) => text.parts.some((part) => typeof part === 'string' && part.includes(wildcard));

/**
 * Whether a condition holds whenever another holds. One of the values of an operator must match, or none of those of a negated operator.
 * An unknown operator may be negated, so its values must be the same.
 */
export function follows(wide: ConditionPart, narrow: ConditionPart): boolean {
  const [own, other] = [wide.operator, narrow.operator];
  const isImplied = own.base === other.base || own.base === other.operator?.implies;
  if (wide.of !== narrow.of || own.set !== other.set || !isImplied || (other.ifExists && !own.ifExists) || !haveSameVariables(wide, narrow)) {
    return false;
  }
  const allowsThose = () => haveEach(own.operator, wide.values, narrow.values);
  const excludesNoOthers = () => haveEach(other.operator, narrow.values, wide.values);
  if (!own.operator && own.base !== 'Null') {
    return allowsThose() && excludesNoOthers();
  }
  return own.operator?.isNegated ? excludesNoOthers() : allowsThose();
}

const haveEach = (operator: Operator | undefined, wide: readonly Text[], narrow: readonly Text[]): boolean =>
  narrow.every((value) => wide.some((other) => (operator?.takesWildcards ? textCovers(other, value) : other.key === value.key)));
