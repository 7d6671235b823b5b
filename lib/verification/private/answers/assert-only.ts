import { mergedLines } from './alike';
import { askedOptions, checkHasResource, checkQuestion, explained } from './explained';
import { answerLines, assumedIn, explain, Explained, hintOn, titleOf } from './explanation';
import { AccessOptions } from '../../access-options';
import { AccessReason } from '../../access-reason';
import { OUT_OF_SCOPE } from '../../internal/out-of-scope';
import { Assignments } from '../assignments/assignments';
import { AskedPrincipal } from '../decisions/principals/asked-principal';
import { ExceptedNames } from '../decisions/principals/excepted-names';
import { namedByResource } from '../decisions/principals/named-by-resource';
import { otherPrincipals } from '../decisions/principals/other-principals';
import { AskedOptions, questionIn } from '../decisions/principals/question-in';
import { ReasonLines, shownReasons } from '../findings/reason-lines';

/** Who must be allowed something, and who else may be. */
export interface Allowed {
  readonly principals: readonly AskedPrincipal[];
  readonly exceptions: readonly AskedPrincipal[];
  /** As policies name them. */
  readonly namedExceptions: readonly string[];
}

/** Somebody who should not be allowed something, and is, or might be. */
interface Other {
  readonly name: string;
  /** How to except a user or a group, which no method of `PodAccess` returns. */
  readonly exception?: string;
  readonly answer: Explained;
}

/**
 * Checks that some principals are allowed something, and nobody else whom the templates show.
 *
 * @throws if one of them is not, or if somebody else is, or might be.
 */
export function assertOnly(assignments: Assignments, action: string, given: AccessOptions, allowed: Allowed): void {
  const { principals, exceptions, namedExceptions } = allowed;
  checkQuestion(action, given);
  checkHasResource('assertOnly', action, given);
  const options = askedOptions(given, assignments);
  const answers = principals.map((asked) => explained(asked, action, options, false));
  const failed = answers.find(({ verdict }) => verdict.outcome !== 'ALLOWED');
  if (failed) {
    throw new Error(explain(failed, 'ALLOWED'));
  }
  const excepted = assignments.all.map((assigned) => ExceptedNames.under(assignments, assigned, namedExceptions));
  const others = otherPrincipals(assignments, [...principals, ...exceptions], excepted)
    .map((asked): Other => ({ name: nameOf(asked), exception: namedException(asked), answer: explained(asked, action, options, false) }))
    .filter(({ answer: { verdict } }) => verdict.outcome !== 'DENIED');
  const named = namedIn(assignments, action, options, excepted);
  if (others.length > 0 || named.length > 0) {
    throw new Error(failure(principals, requestOf(action, options, assignments), others, named));
  }
}

/** A generated name is known only with its token. */
function namedException({ principal }: AskedPrincipal): string | undefined {
  if (principal.kind !== 'role' || principal.role.noun === 'role') {
    return undefined;
  }
  const { arn: { literal }, noun } = principal.role;
  return literal === undefined ? `${noun}.${noun}Arn` : `'${literal}'`;
}

/** With its cluster, if there are several. */
function nameOf(asked: AskedPrincipal): string {
  const hasSeveral = asked.each.some(({ assigned }) => assigned.clusterNames.all.length > 1);
  return hasSeveral && asked.cluster !== '' ? `${asked.name} in cluster ${asked.cluster}` : asked.name;
}

function namedIn(assignments: Assignments, action: string, options: AskedOptions, excepted: readonly ExceptedNames[]): AccessReason[] {
  const all = assignments.all.flatMap((assigned, i) => namedByResource(questionIn(assignments, assigned, action, options), assigned, excepted[i]));
  return [...new Map(all.map((reason) => [JSON.stringify([reason.what, reason.place]), reason])).values()];
}

const requestOf = (action: string, { resource }: AskedOptions, assignments: Assignments): string =>
  (resource === undefined ? action : `${action} on ${assignments.text(resource, assignments.all[0])}`);

function failure(principals: readonly AskedPrincipal[], request: string, others: readonly Other[], named: readonly AccessReason[]): string {
  const certain = others.filter(({ answer }) => answer.verdict.outcome === 'ALLOWED');
  const open = others.filter(({ answer }) => answer.verdict.outcome === 'UNKNOWN');
  const [who, theOthers, are] = principals.length === 0 ? ['nobody', 'somebody', 'is'] : [`only ${principals.map(({ name }) => name).join(', ')}`, 'others', 'are'];
  return [
    `${who} must be allowed ${request}, but ${certain.length > 0 ? `${theOthers} ${are}` : `that is UNKNOWN: ${theOthers} might be`}`,
    ...allowedLines(certain),
    ...openLines(open),
    ...(named.length > 0 ? ['  UNKNOWN: others, whom the policy of the resource names', ...shownReasons(named, 2)] : []),
    ...(open.length > 0 ? ['For what settles an UNKNOWN, see PodAccess.assume.'] : []),
    'If some of these may be allowed it, list them as principals, as exceptions, or by their names as namedExceptions.',
    ...others.flatMap(({ name, exception }) => (exception === undefined ? [] : [`  ${name}: namedExceptions: [${exception}]`])),
    ...assumedLine(others),
    OUT_OF_SCOPE,
  ].join('\n');
}

/** By how they get access: many pods get it with one role. */
function allowedLines(others: readonly Other[]): string[] {
  const byWay = new Map<string, string[]>();
  for (const { name, answer: { verdict } } of others) {
    const answer = verdict.answers.find(({ outcome }) => outcome === 'ALLOWED')!; // one of them decided
    const [, ...lines] = answerLines(answer, new ReasonLines());
    const key = JSON.stringify([titleOf(answer), lines]);
    byWay.set(key, [...byWay.get(key) ?? [], name]);
  }
  return [...byWay].flatMap(([key, names]) => {
    const [title, lines] = JSON.parse(key) as [string, string[]];
    return [`  ${title}: ${names.join(', ')}`, ...lines];
  });
}

/** Each cause once, with those whom it concerns. */
function openLines(others: readonly Other[]): string[] {
  const byCause = new Map<string, string[]>();
  for (const { name, answer: { verdict } } of others) {
    const hints = new Map(verdict.others.map((other) => [other.what, hintOn(other)]));
    const causes = verdict.missing.map((what) => [what, ...hints.get(what) ?? []].join('; '));
    new Set(causes).forEach((cause) => byCause.set(cause, [...byCause.get(cause) ?? [], name]));
  }
  const byNames = new Map<string, string[]>();
  byCause.forEach((names, cause) => byNames.set(names.join(', '), [...byNames.get(names.join(', ')) ?? [], cause]));
  return [...byNames].flatMap(([names, causes]) => [`  UNKNOWN: ${names}`, ...mergedLines(causes).map((cause) => `    - ${cause}`)]);
}

function assumedLine(others: readonly Other[]): string[] {
  const assumed = new Set(others.flatMap(({ answer }) => assumedIn(answer)));
  return assumed.size > 0 ? [`Assumed: ${[...assumed].join('; ')}`] : [];
}
