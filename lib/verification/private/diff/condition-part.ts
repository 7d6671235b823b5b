import { eachOnce, mentionsVariable } from './part';
import { Operator, OperatorName, operatorName, OPERATORS } from '../evaluation/condition-operators';
import { Condition } from '../policies/statement';
import { Text } from '../values/text';

/** A condition with one of its values, where any of them is enough, or else with all of them. */
export interface ConditionPart {
  /** Two of them have the same key if they say the same. */
  readonly key: string;
  /** The condition key, in lower case. */
  readonly of: string;
  readonly operator: OperatorName & { readonly operator?: Operator };
  readonly values: readonly Text[];
  readonly hasVariables?: boolean;
  /** Whether it holds where any of its values matches. */
  readonly isChoice: boolean;
  /** As it is in the template. */
  readonly condition: Condition;
}

/** The parts of a condition: the condition holds where one of them does. */
export function conditionParts(condition: Condition, isNewer: boolean): ConditionPart[] {
  const operator = operatorOf(condition);
  // of an operator that is not known, it is not known either whether one of its values is enough
  const isChoice = operator.set !== 'ForAllValues' && (operator.operator ? !operator.operator.isNegated : operator.base === 'Null');
  const of = condition.key.toLowerCase().key;
  const partOf = (values: readonly Text[]): ConditionPart => {
    const hasVariables = values.some(mentionsVariable) ? isNewer : undefined;
    const key = JSON.stringify([condition.operator.toLowerCase().key, of, values.map((value) => value.key).sort(), hasVariables]);
    return { key, of, operator, values, hasVariables, isChoice, condition: { ...condition, values } };
  };
  return isChoice && condition.values.length > 1 ? eachOnce(condition.values.map((value) => partOf([value]))) : [partOf(condition.values)];
}

const IN_LOWER_CASE = new Map([...OPERATORS.keys(), 'Null'].map((name) => [name.toLowerCase(), name]));

/** The operator of a condition. A comparison reads names in any case: two names that differ in nothing else are the same or an error of both. */
function operatorOf({ operator }: Condition): ConditionPart['operator'] {
  const name = operatorName(operator.toString().replace(/^forallvalues:/i, 'ForAllValues:').replace(/^foranyvalue:/i, 'ForAnyValue:').replace(/ifexists$/i, 'IfExists'));
  const base = IN_LOWER_CASE.get(name.base.toLowerCase()) ?? name.base;
  return { ...name, base, operator: OPERATORS.get(base) };
}
