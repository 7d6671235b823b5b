import { matchAction } from './action-matcher';
import { matchCondition } from './condition-matcher';
import { Match, unknown } from './match';
import { AccessRequest } from './request';
import { matchResource } from './resource-matcher';
import { titleOf } from './titles';
import { some, Verdict } from './verdict';
import { AccessPlace, AccessReason } from '../../access-reason';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { PolicyKind, Statement } from '../policies/statement';
import { allOf, Truth } from '../values/truth';

/** How a statement, or a policy that cannot be read, applies to a request. */
export interface Judgement {
  /** Undefined if it is not known. */
  readonly effect?: 'Allow' | 'Deny';
  readonly truth: Truth;
  readonly title: () => string;
  readonly place?: AccessPlace;
  readonly matches: readonly Match[];
  /** The matches that explain why a statement applies, beyond what its title shows. */
  readonly decisive: readonly Match[];
}

type PrincipalMatcher = (statement: Statement) => Match;

/** Evaluates the statements that apply to the action of a request. */
export function judge(policies: readonly Policy[], kind: PolicyKind, request: AccessRequest, principal?: PrincipalMatcher): Judgement[] {
  return policies.flatMap((policy) => {
    const { statements, problems } = parsePolicy(policy, kind);
    return [
      ...problems.map((problem) => ofUnreadable(policy, problem)),
      ...statements.flatMap((statement) => judgeStatement(statement, request, principal)),
    ];
  });
}

const ofUnreadable = ({ name, place, onlyAllows, onlyDenies }: Policy, problem: string): Judgement =>
  ({ ...onlyAllows && { effect: 'Allow' }, ...onlyDenies && { effect: 'Deny' }, truth: 'unknown', title: () => name, place, matches: [unknown(problem, [name])], decisive: [] });

function judgeStatement(statement: Statement, request: AccessRequest, principal?: PrincipalMatcher): Judgement[] {
  const action = matchAction(statement, request.action);
  if (action.truth === 'no') {
    return [];
  }
  const principals = principal ? [principal(statement)] : [];
  const conditions = (statement.conditions ?? []).map((condition) => matchCondition(condition, statement.hasVariables, request.context));
  const problems = statement.problems.map((problem) => unknown(problem, [statement.policy.name]));
  const matches = [action, ...principals, matchResource(statement, request.resource, request.context), ...conditions, ...problems];
  const decisive = [...(statement.principals?.negated ? principals : []), ...conditions];
  const { effect, place } = statement;
  return [{ effect, truth: allOf(matches.map(({ truth }) => truth)), title: () => titleOf(statement), place, matches, decisive }];
}

/**
 * Whether a statement with an effect applies.
 *
 * @param nothing the reason if none applies. It follows from the statements about the action.
 */
export function verdictOf(judgements: readonly Judgement[], effect: 'Allow' | 'Deny', nothing: string): Verdict {
  const own = judgements.filter((judgement) => judgement.effect === effect || judgement.effect === undefined);
  const verdict = some(...own.map((judgement): Verdict => ({
    truth: judgement.truth,
    reasons: [reasonOf(judgement)],
    missing: judgement.truth === 'unknown' ? judgement.matches.flatMap(({ truth, missing = [] }) => (truth === 'unknown' ? missing : [])) : [],
  })));
  return verdict.truth === 'no' ? { ...verdict, reasons: [{ what: nothing, ...(verdict.reasons.length > 0 && { because: [...verdict.reasons] }) }] } : verdict;
}

/** For a statement that applies, its conditions; otherwise, what did not match. */
function reasonOf({ truth, title, place, matches, decisive }: Judgement): AccessReason {
  const deciding = truth === 'yes' ? decisive : matches.filter((match) => match.truth === truth);
  return { what: title(), ...(place && { place }), ...(deciding.length > 0 && { because: deciding.map(({ why }) => ({ what: why })) }) };
}
