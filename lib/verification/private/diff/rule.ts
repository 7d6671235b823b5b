import { operatorOf } from './operator';
import { AccessPlace } from '../../access-reason';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { Condition, PolicyKind, Statement } from '../policies/statement';
import { sourceOf } from '../values/source';
import { Text } from '../values/text';

/** What an element of a statement is about: what one pattern matches, or everything except what some match. */
export type Scope = { readonly only: Text } | { readonly allBut: readonly Text[] };

/**
 * A part of a statement with one principal, one action, one resource and one value of each condition. Policies can be compared by their rules regardless
 * of the order and the grouping of statements.
 */
export interface Rule {
  /** Two rules have the same key if they say the same. */
  readonly key: string;
  readonly effect: 'Allow' | 'Deny';
  readonly action: Scope;
  readonly resource: Scope;
  /** With its kind, such as `Service ec2.amazonaws.com`. Undefined in identity policies. */
  readonly principal?: Scope;
  readonly conditions: readonly Condition[];
  /** Whether `${…}` is a policy variable; undefined if there is none. It is text in policies of the older version. */
  readonly hasVariables?: boolean;
  /** The name of the policy. */
  readonly policy: string;
  readonly place?: AccessPlace;
}

/** A policy of which not everything is known. */
export interface Unread {
  /** Two of them have the same key if their sources are the same, so that the deployment decides the same. */
  readonly key: string;
  readonly policy: string;
  readonly why: string;
  readonly place?: AccessPlace;
}

/** What some policies say. */
export interface Rules {
  readonly allows: readonly Rule[];
  readonly denies: readonly Rule[];
  readonly unread: readonly Unread[];
}

export function rulesOf(policies: readonly Policy[], kind: PolicyKind): Rules {
  const parsed = policies.map((policy) => parsePolicy(policy, kind));
  const statements = parsed.flatMap((policy) => policy.statements);
  const rules = statements.flatMap(rulesIn);
  return {
    allows: rules.filter(({ effect }) => effect === 'Allow'),
    denies: rules.filter(({ effect }) => effect === 'Deny'),
    unread: [...parsed.map(({ policy, problems }) => ({ policy, problems, place: policy.place })), ...statements].flatMap(unreadIn),
  };
}

const unreadIn = ({ policy, problems, place }: Pick<Statement, 'policy' | 'problems' | 'place'>): Unread[] => problems.map((why) =>
  ({ key: JSON.stringify([policy.name, why, sourceOf(policy.unread ?? policy.document)]), policy: policy.name, why, place }));

function rulesIn({ policy, place, effect, actions, resources, principals, conditions, hasVariables: isNewer }: Statement): Rule[] {
  if (!effect || !actions || !resources || !conditions) {
    return []; // and a problem of the statement says so
  }
  const named = principals?.principals.map(({ kind, name }) => Text.join([Text.of(kind), name], ' '));
  const rules: Rule[] = [];
  for (const principal of principals && named ? scopes(principals.negated, named) : [undefined]) {
    for (const action of scopes(actions.negated, actions.values)) {
      for (const resource of scopes(resources.negated, resources.values)) {
        for (const each of alternatives(conditions)) {
          const hasVariables = mentionsVariable([...textsOf(resource), ...each.flatMap(({ values }) => values)]) ? isNewer : undefined;
          const key = ruleKey(effect, [principal, lowerCase(action), resource], each, hasVariables);
          rules.push({ key, effect, action, resource, principal, conditions: each, hasVariables, policy: policy.name, place });
        }
      }
    }
  }
  return rules;
}

/** The conditions with one value each, where any of their values is enough. */
const alternatives = (conditions: readonly Condition[]): Condition[][] => conditions.reduce<Condition[][]>((all, condition) => {
  const { set, base, operator } = operatorOf(condition);
  // of an operator that is not known, it is not known either whether one of its values is enough
  const isChoice = condition.values.length > 1 && set !== 'ForAllValues' && (operator ? !operator.isNegated : base === 'Null');
  const choices = isChoice ? condition.values.map((value) => ({ ...condition, values: [value] })) : [condition];
  return all.flatMap((others) => choices.map((choice) => [...others, choice]));
}, [[]]);

const textsOf = (scope: Scope) => ('only' in scope ? [scope.only] : scope.allBut);

const mentionsVariable = (texts: readonly Text[]) => texts.some(({ parts }) => parts.some((part) => typeof part === 'string' && part.includes('${')));

const scopes = (negated: boolean, values: readonly Text[]): Scope[] => (negated ? [{ allBut: values }] : values.map((only) => ({ only })));

/** IAM compares actions without regard to case. */
export const lowerCase = (scope: Scope): Scope => ('only' in scope ? { only: scope.only.toLowerCase() } : { allBut: scope.allBut.map((text) => text.toLowerCase()) });

function ruleKey(effect: string, parts: ReadonlyArray<Scope | undefined>, conditions: readonly Condition[], hasVariables?: boolean): string {
  return JSON.stringify([
    effect,
    parts.map((scope) => (scope === undefined ? [] : 'only' in scope ? scope.only.key : textKeys(scope.allBut))),
    conditions.map(({ operator, key, values }) => JSON.stringify([operator.toLowerCase().key, key.toLowerCase().key, textKeys(values)])).sort(),
    ...(hasVariables === undefined ? [] : [hasVariables]),
  ]);
}

const textKeys = (texts: readonly Text[]) => texts.map(({ key }) => key).sort();
