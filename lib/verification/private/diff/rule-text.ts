import { combinations, combinationsOf } from './combinations';
import { ConditionPart } from './condition-part';
import { Part } from './part';
import { Rule } from './rule';
import { isOfAws } from '../policies/policy';

/** Of a managed policy of AWS, whose name says the rest. Of a policy of the templates, a reviewer has to see everything. */
const MOST_SHOWN = 4;

/** A rule with more combinations of a principal, a resource and values of conditions has one line for all of them. */
const MOST_LINES = 100;

/** Rules as lines have them: if possible, each has one principal, one resource and one value of each condition. */
export const inLines = (rules: readonly Rule[]): Rule[] => rules.flatMap((rule) => {
  const parts = [rule.principals, rule.resources, ...rule.conditions];
  return combinationsOf(parts) > MOST_LINES ? [rule] : combinations<unknown>(parts).map(([principal, resource, ...conditions]) =>
    ({ ...rule, principals: [principal], resources: [resource], conditions: conditions.map((part) => [part]) }) as Rule);
});

/**
 * Rules in words: `s3:GetObject, s3:PutObject on arn:aws:s3:::reports/*, if StringEquals aws:PrincipalTag/team = reports`.
 *
 * @param rules that differ in their actions only.
 */
export function textOf(rules: readonly [Rule, ...Rule[]]): string {
  const [{ principals, resources, conditions, policy }] = rules;
  const hasPrincipal = principals.some(({ scope }) => scope);
  const listText = (texts: readonly string[], what: string) => (isOfAws({ name: policy }) ? shortList(texts, what) : texts.join(', '));
  return [
    ...(hasPrincipal ? [listText(principals.map(textOfPart), 'principals'), 'to'] : []),
    listText([...new Set(rules.flatMap(({ actions }) => actions.map(textOfPart)))], 'actions'),
    ...(hasPrincipal && isEverything(resources) ? [] : ['on', listText(resources.map(textOfPart), 'resources')]),
    ...(hasPrincipal ? [] : ['by', policy]),
  ].join(' ') + (conditions.length > 0 ? `, if ${conditions.map(conditionText).join(' and ')}` : '');
}

/** Rules that differ in their actions only have the same of these. */
export const textKeyOf = ({ principals, resources, conditions, policy, place }: Rule): string =>
  JSON.stringify([principals.map(textOfPart), resources.map(textOfPart), conditions.map(conditionText), policy, place]);

const textOfPart = ({ shown: text }: Part) => text;

const shortList = (texts: readonly string[], what: string) => (texts.length > MOST_SHOWN
  ? `${texts.slice(0, MOST_SHOWN).join(', ')} and ${texts.length - MOST_SHOWN} more ${what}`
  : texts.join(', '));

const isEverything = (resources: readonly Part[]) => resources.some(({ shown: text }) => text === '*');

function conditionText([{ condition: { operator, key, values } }, ...others]: readonly ConditionPart[]): string {
  const all = [...values, ...others.flatMap(({ condition }) => condition.values)];
  return `${operator} ${key} = ${others.length >= MOST_SHOWN ? `${all.slice(0, MOST_SHOWN).join(' or ')} or one of ${all.length - MOST_SHOWN} more` : all.join(' or ')}`;
}
