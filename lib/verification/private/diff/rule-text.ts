import { Rule, Scope } from './rule';
import { Condition } from '../policies/statement';

const MOST_ACTIONS = 4;

/**
 * Rules in words: `s3:GetObject, s3:PutObject on arn:aws:s3:::reports/*, if StringEquals aws:PrincipalTag/team = reports`.
 *
 * @param rules that differ in their actions only.
 */
export function textOf(rules: readonly [Rule, ...Rule[]]): string {
  const [{ principal, resource, conditions, policy }] = rules;
  return [
    ...(principal ? [scopeText(principal), 'to'] : []),
    actionsText(rules.map(({ action }) => scopeText(action))),
    ...(principal && isEverything(resource) ? [] : ['on', scopeText(resource)]),
    ...(principal ? [] : ['by', policy]),
  ].join(' ') + (conditions.length > 0 ? `, if ${conditions.map(conditionText).join(' and ')}` : '');
}

/** Rules that differ in their actions only have the same of these. */
export const textKeyOf = ({ principal, resource, conditions, policy, place }: Rule): string =>
  JSON.stringify([principal && scopeText(principal), scopeText(resource), conditions.map(conditionText), policy, place]);

const actionsText = (actions: readonly string[]) => (actions.length > MOST_ACTIONS
  ? `${actions.slice(0, MOST_ACTIONS).join(', ')} and ${actions.length - MOST_ACTIONS} more actions`
  : actions.join(', '));

const isEverything = (scope: Scope) => 'only' in scope && scope.only.literal === '*';

const scopeText = (scope: Scope): string => ('only' in scope ? scope.only.toString() : `everything except ${scope.allBut.join(', ')}`);

const conditionText = ({ operator, key, values }: Condition): string => `${operator} ${key} = ${values.join(' or ')}`;
