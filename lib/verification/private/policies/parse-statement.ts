import { elementProblems } from './elements';
import { parsePrincipals } from './parse-principals';
import { Policy } from './policy';
import { Condition, PolicyKind, Principals, Statement, Values } from './statement';
import { listOf, Resolved, ResolvedMap } from '../values/resolved';
import { Text } from '../values/text';

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Condition'];
const ELEMENTS_OF: Record<PolicyKind, readonly string[]> = {
  identity: [...ELEMENTS, 'Resource', 'NotResource'],
  resource: [...ELEMENTS, 'Resource', 'NotResource', 'Principal', 'NotPrincipal'],
  trust: [...ELEMENTS, 'Principal', 'NotPrincipal'],
};
const EVERYTHING: Values = { negated: false, values: [Text.of('*')] };

/** Reads a statement, element by element. */
export function parseStatement(policy: Policy, kind: PolicyKind, object: ResolvedMap, index: string, hasVariables: boolean): Statement {
  const problems = elementProblems(object, ELEMENTS_OF[kind]);
  const sid = object.get('Sid');
  return {
    policy,
    place: policy.place && { ...policy.place, path: policy.place.path === undefined ? index : `${policy.place.path}.${index}` },
    sid: sid instanceof Text ? sid.toString() : undefined,
    effect: effectOf(object.get('Effect'), problems),
    actions: actionsOf(object, problems),
    resources: kind === 'trust' ? EVERYTHING : resourcesOf(object, kind, problems),
    principals: kind === 'identity' ? undefined : principalsOf(object, problems),
    conditions: conditionsOf(object.get('Condition'), problems),
    hasVariables,
    problems,
  };
}

function effectOf(value: Resolved, problems: string[]): Statement['effect'] {
  const effect = value instanceof Text ? value.literal : undefined;
  if (effect === 'Allow' || effect === 'Deny') {
    return effect;
  }
  problems.push(value instanceof Text && effect === undefined ? `Effect is ${value}, which only the deployment knows` : 'Effect must be Allow or Deny');
  return undefined;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
function actionsOf(object: ResolvedMap, problems: string[]): Values | undefined {
  const actions = oneOf(object, 'Action', problems);
  const malformed = actions?.values.find(({ literal }) => literal !== undefined && literal !== '*' && !literal.includes(':'));
  if (malformed) {
    problems.push(`the action ${malformed} has no service prefix`);
    return undefined;
  }
  return actions;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
function resourcesOf(object: ResolvedMap, kind: PolicyKind, problems: string[]): Values | undefined {
  if (kind === 'resource' && object.get('Resource') === undefined && object.get('NotResource') === undefined) {
    return EVERYTHING;
  }
  const resources = oneOf(object, 'Resource', problems);
  const malformed = resources?.values.find(({ parts: [first = ''] }) => typeof first === 'string' && first !== '*' && !first.startsWith('arn:'));
  if (malformed) {
    problems.push(`the resource ${malformed} must be an ARN or "*"`);
    return undefined;
  }
  return resources;
}

function principalsOf(object: ResolvedMap, problems: string[]): Principals | undefined {
  const [name, value] = elementOf(object, 'Principal', problems);
  if (value === undefined) {
    return undefined;
  }
  const parsed = parsePrincipals(value);
  if ('problem' in parsed) {
    problems.push(parsed.problem);
    return undefined;
  }
  return { negated: name !== 'Principal', principals: parsed.principals };
}

/** The texts of an element or of its negation. */
function oneOf(object: ResolvedMap, name: string, problems: string[]): Values | undefined {
  const [element, value] = elementOf(object, name, problems);
  if (value === undefined) {
    return undefined;
  }
  const values = textsOf(value);
  if (!values || values.length === 0) {
    problems.push(values ? `${element} is empty` : `${element} must be a string or a list of strings`);
    return undefined;
  }
  return { negated: element !== name, values };
}

/** An element or its negation, which exclude each other. */
function elementOf(object: ResolvedMap, name: string, problems: string[]): [string, Resolved] {
  const [value, negated] = [object.get(name), object.get(`Not${name}`)];
  if ((value === undefined) === (negated === undefined)) {
    problems.push(`a statement must have either ${name} or Not${name}`);
    return [name, undefined];
  }
  return value === undefined ? [`Not${name}`, negated] : [name, value];
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
function conditionsOf(value: Resolved, problems: string[]): readonly Condition[] | undefined {
  if (value === undefined) {
    return [];
  }
  const conditions: Condition[] = [];
  for (const [operator, keys] of value instanceof ResolvedMap ? value.entries : [[Text.EMPTY, undefined] as const]) {
    if (!(keys instanceof ResolvedMap)) {
      problems.push('Condition must map operators to condition keys');
      return undefined;
    }
    for (const [key, wanted] of keys.entries) {
      const values = textsOf(wanted);
      if (!values) {
        problems.push(`the values of ${key} in Condition must be strings`);
        return undefined;
      }
      conditions.push({ operator, key, values });
    }
  }
  return conditions;
}

function textsOf(value: Resolved): Text[] | undefined {
  const values = listOf(value).filter((item) => item !== undefined);
  return values.every((item) => item instanceof Text) ? values : undefined;
}
