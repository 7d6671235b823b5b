import { Operator, OperatorName, operatorName, OPERATORS } from '../evaluation/condition-operators';
import { Condition } from '../policies/statement';

const IN_LOWER_CASE = new Map([...OPERATORS.keys(), 'Null'].map((name) => [name.toLowerCase(), name]));

/** The operator of a condition. A comparison reads names in any case: two names that differ in nothing else are the same or an error of both. */
export function operatorOf({ operator }: Condition): OperatorName & { readonly operator?: Operator } {
  const name = operatorName(operator.toString().replace(/^forallvalues:/i, 'ForAllValues:').replace(/^foranyvalue:/i, 'ForAnyValue:').replace(/ifexists$/i, 'IfExists'));
  const base = IN_LOWER_CASE.get(name.base.toLowerCase()) ?? name.base;
  return { ...name, base, operator: OPERATORS.get(base) };
}
