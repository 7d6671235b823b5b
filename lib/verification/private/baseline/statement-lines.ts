import { hashWord, textWord, word } from './words';
import { combinations, combinationsOf } from '../diff/combinations';
import { parsePolicy } from '../policies/parse-policy';
import { isOfAws, Policy } from '../policies/policy';
import { Condition, PolicyKind, Principal, Principals, Statement, Values } from '../policies/statement';
import { sourceOf } from '../values/source';

/** With more combinations of a principal, an action and a resource, a statement is one line: a small policy must not become a long file. */
const MOST_COMBINATIONS = 200;

/**
 * What policies say, a line for each principal, action and resource. The order and the grouping of statements do not matter, nor does the name of a policy. A
 * managed policy of AWS is named, because AWS changes what it says.
 */
export const policyLines = (policies: readonly Policy[], kind: PolicyKind): string[] => policies.flatMap((policy) => {
  const { statements, problems } = parsePolicy(policy, kind);
  return [
    ...(isOfAws(policy) ? [`has the managed policy ${word(policy.name)} of AWS`] : statements.flatMap((statement) => statementLines(statement, kind))),
    ...[...problems, ...statements.flatMap((statement) => statement.problems)].map((why) => unreadLine(policy, why)),
  ];
});

/** What it says could be anything, and changes if its source changes. */
const unreadLine = (policy: Policy, why: string) =>
  `might allow or deny anything by ${word(`${policy.name}: ${why}`)} ${hashWord(JSON.stringify(sourceOf(policy.unread ?? policy.document)) ?? '')}`;

function statementLines({ effect, actions, resources, principals, conditions, hasVariables }: Statement, kind: PolicyKind): string[] {
  if (!effect || !actions || !resources || !conditions) {
    return []; // and a problem of the statement says so
  }
  const granted = effect === 'Allow' && kind === 'resource' ? withoutServices(principals) : principals;
  if (granted && !granted.negated && granted.principals.length === 0) {
    return [];
  }
  const choices = [choicesOf(granted && principalWords(granted)), choicesOf(valueWords(actions)), choicesOf(valueWords(resources))];
  const all = combinationsOf(choices) > MOST_COMBINATIONS ? [choices.map((words) => words.join(' or '))] : combinations(choices);
  const lines = all.map(([principal, action, resource]) => [
    effect === 'Allow' ? 'allows' : 'denies',
    ...(principal === '' ? [] : [principal, 'to']),
    action,
    ...(kind === 'trust' ? [] : ['on', resource]),
    ...(conditions.length === 0 ? [] : ['if', conditions.map(conditionWords).sort().join(' and ')]),
  ].join(' '));
  // `${…}` is text in a policy of the older version
  return lines.map((text) => (!hasVariables && text.includes('\\${') ? `${text} without policy variables` : text));
}

/** What policies of resources allow to AWS services gives nothing to pods. */
const withoutServices = (principals?: Principals): Principals | undefined =>
  (!principals || principals.negated ? principals
    : { ...principals, principals: principals.principals.filter((principal) => !isOneService(principal)) });

/** One whose name only the deployment knows may be all of them. */
const isOneService = ({ kind, name }: Principal): boolean => kind === 'Service' && /^[^*?]/.test(name.start);

interface Alternatives { readonly negated: boolean; readonly words: readonly string[] }

const valueWords = ({ negated, values }: Values): Alternatives => ({ negated, words: values.map(textWord) });

const principalWords = ({ negated, principals }: Principals): Alternatives =>
  ({ negated, words: principals.map(({ kind, name }) => `${kind} ${textWord(name)}`) });

/** Each of some values is a choice. Everything but these is one. */
function choicesOf(alternatives?: Alternatives): string[] {
  const words = [...alternatives?.words ?? ['']].sort();
  return alternatives?.negated ? [`all but ${words.join(' or ')}`] : words;
}

const conditionWords = ({ operator, key, values }: Condition): string =>
  [textWord(operator), textWord(key), '=', values.length === 0 ? '[]' : values.map(textWord).sort().join(' or ')].join(' ');
