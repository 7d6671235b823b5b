import { ConditionPart, conditionParts } from './condition-part';
import { eachOnce, NO_PART, Part, partsOf } from './part';
import { AccessPlace } from '../../access-reason';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { PolicyKind, Statement } from '../policies/statement';
import { Interned } from '../values/interned';
import { sourceOf } from '../values/source';
import { Text } from '../values/text';

/**
 * A statement, or a part of one: it is about each of its principals with each of its actions, on each of its resources, and with each of the values of each of its
 * conditions. That many combinations are never written out, because a statement of a thousand characters can have millions of them.
 */
export interface Rule {
  /** Two rules have the same key if they say the same. */
  readonly key: string;
  readonly effect: 'Allow' | 'Deny';
  /** With their kinds, such as `Service ec2.amazonaws.com`. `NO_PART` in identity policies. */
  readonly principals: readonly Part[];
  readonly actions: readonly Part[];
  readonly resources: readonly Part[];
  /** Of each condition, one of its parts must hold. */
  readonly conditions: ReadonlyArray<readonly ConditionPart[]>;
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

/** What a policy says. */
export const rulesOfPolicy = (policy: Policy, kind: PolicyKind): Rules => ofPolicies.of([policy, kind], () => read([policy], kind));

export const rulesOf = (policies: readonly Policy[], kind: PolicyKind): Rules => ofPolicies.of([policies, kind], () => read(policies, kind));

/** Many pods and nodes can get credentials of one role. */
const ofPolicies = new Interned<Rules>();

function read(policies: readonly Policy[], kind: PolicyKind): Rules {
  const parsed = policies.map((policy) => parsePolicy(policy, kind));
  const statements = parsed.flatMap((policy) => policy.statements);
  const rules = eachOnce(statements.flatMap(rulesIn));
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
  const parts = {
    principals: principals && named ? partsOf(principals.negated, named, { isNewer, arePrincipals: true }) : [NO_PART],
    // IAM compares actions without regard to case
    actions: partsOf(actions.negated, actions.values, { isNewer, compared: (action) => action.toLowerCase() }),
    resources: partsOf(resources.negated, resources.values, { isNewer }),
    conditions: conditions.map((condition) => conditionParts(condition, isNewer)),
  };
  return [{ key: ruleKey(effect, parts), effect, ...parts, policy: policy.name, place }];
}

type RuleParts = Pick<Rule, 'principals' | 'actions' | 'resources' | 'conditions'>;

function ruleKey(effect: string, { principals, actions, resources, conditions }: RuleParts): string {
  const keys = (parts: ReadonlyArray<{ readonly key: string }>) => parts.map(({ key }) => key).sort();
  return JSON.stringify([effect, keys(principals), keys(actions), keys(resources), conditions.map((parts) => JSON.stringify(keys(parts))).sort()]);
}
