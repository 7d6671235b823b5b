import { alike, areAlike, mergedLines } from './alike';
import { AccessReason } from '../../access-reason';
import { OUT_OF_SCOPE } from '../../internal/out-of-scope';
import { Answer, PrincipalVerdict } from '../decisions/principal-verdict';
import { Outcome } from '../evaluation/decision';
import { canHavePolicy } from '../evaluation/resource-policies';
import { ReasonLines } from '../findings/reason-lines';
import { holderName } from '../model/holder-name';
import { OtherCredentials } from '../reach/credentials';
import { INSTANCE_METADATA } from '../reach/metadata-credentials';
import { ANY_RESOURCE } from '../values/wildcards';

const NO_ROLE = 'the service account has no role by default: the templates give it neither an EKS Pod Identity association nor an annotation';

/** What an explanation is about. */
export interface Explained {
  /** `pods of service account default/reader`. */
  readonly principal: string;
  readonly action: string;
  /** Undefined if the question is about any resource. Empty for an action that takes none. */
  readonly resource?: string;
  readonly verdict: PrincipalVerdict;
  /** Whether it is about the credentials that the principal gets by default only. */
  readonly isByDefault: boolean;
  readonly assumptions: readonly string[];
  /** Whether the templates are those of an app, which can define more after they were read. */
  readonly isOfApp: boolean;
}

const NOT_READ = 'What the app defines after PodAccess.fromStack, such as a grant, is not read: define it before.';

/**
 * An explanation of a verdict, for people: the chain from the principal to the statement that decided, each step with its place.
 *
 * @param required what an assertion says that must be so.
 */
export function explain(explained: Explained, required?: 'ALLOWED' | 'DENIED'): string {
  const { verdict, isByDefault, isOfApp } = explained;
  const outcome = outcomeOf(explained);
  const { answers } = verdict;
  const isDecisive = (answer: Answer) => (isByDefault || outcome === 'DENIED' ? answer.credentials.isDefault !== 'no' : answer.outcome === outcome);
  const lines = new ReasonLines();
  const assumed = assumedIn(explained);
  return [
    headline(explained, outcome, required),
    ...verdict.notes.map(({ what }) => `  Note: ${what}`),
    ...withoutRole(verdict).map((line) => `  ${line}`),
    ...decisiveLines(answers.filter(isDecisive), lines),
    ...linesInShort(answers.filter((answer) => !isDecisive(answer))),
    ...alike(verdict.others, (one, other) => one.excludedBy === other.excludedBy)
      .flatMap((others) => ['  UNKNOWN with other credentials', ...lines.of(others, 2), ...hintOn(others[0]).map((hint) => `      ${hint}`)]),
    ...(outcome === 'UNKNOWN' ? missingLines(verdict) : []),
    ...(assumed.length > 0 ? [`Assumed: ${assumed.join('; ')}`] : []),
    ...(isOfApp && outcome === 'DENIED' ? [NOT_READ] : []),
    OUT_OF_SCOPE,
  ].join('\n');
}

/** What is assumed: what the user states, and what is assumed of requests, and of how the principal gets its credentials. */
export const assumedIn = ({ assumptions, verdict: { answers } }: Explained): string[] =>
  [...new Set([...assumptions, ...answers.filter(({ credentials }) => credentials.isObtained !== 'no').flatMap(({ assumed }) => assumed)])];

/** The outcome that an explanation is about. */
export const outcomeOf = ({ verdict, isByDefault }: Explained): Outcome => (isByDefault ? verdict.outcomeByDefault : verdict.outcome);

const ARE: Record<'ALLOWED' | 'DENIED', string> = { ALLOWED: 'allowed', DENIED: 'denied' };

/** It is enough for a pod to be allowed on one resource. A denial is about all of them, but the policies of those outside the templates are not known. */
const quantifierOf = (outcome: Outcome, action: string): string => ({
  ALLOWED: 'at least one resource', DENIED: canHavePolicy(action, ANY_RESOURCE) ? 'every resource of the templates' : 'every resource', UNKNOWN: 'any resource',
})[outcome];

/** What was asserted, and what is so. */
function headline({ principal, action, resource, verdict, isByDefault }: Explained, outcome: Outcome, required?: 'ALLOWED' | 'DENIED'): string {
  const on = resource ?? quantifierOf(required ?? outcome, action);
  const request = on === '' ? action : `${action} on ${on}`;
  const by = isByDefault && verdict.outcome !== outcome ? ' with the credentials that SDKs use by default' : '';
  if (required) {
    return `${principal} must be ${ARE[required]} ${request}, but ${outcome === 'UNKNOWN' ? 'that is UNKNOWN' : `are ${ARE[outcome]}`}${by}`;
  }
  return `${outcome}: ${outcome === 'UNKNOWN' ? `whether ${principal} are allowed` : `${principal} are ${ARE[outcome]}`} ${request}${by}`;
}

/** Why the service account gives no credentials, or why there are none at all, so that the reader sees that a denial says nothing about policies. */
function withoutRole({ answers, others }: PrincipalVerdict): string[] {
  const hasDefault = answers.some(({ credentials: { by, isDefault } }) => by !== INSTANCE_METADATA && isDefault !== 'no');
  const hasAny = others.length > 0 || answers.some(({ credentials }) => credentials.isObtained !== 'no');
  return [
    ...(hasAny ? [] : ['they get no credentials at all: whatever policies allow, they are denied it']),
    ...(hasDefault || others.length > 0 && answers.length === 0 ? [] : [NO_ROLE]),
  ];
}

/** The outcome with some credentials, in a line. */
export const titleOf = ({ credentials: { role, by }, outcome }: Answer): string => `${outcome} with ${holderName(role)}, by ${by}`;

/** How the principal gets some credentials, and what decided about them. */
export function answerLines(answer: Answer, lines: ReasonLines): string[] {
  const { credentials: { role, chain, isObtained }, decision, resource } = answer;
  const decided: AccessReason = { what: `policies of ${holderName(role)} ${VERBS[decision.outcome]}${resource ? ` on ${resource}` : ''}`, because: [...decision.reasons] };
  return [`  ${titleOf(answer)}`, ...lines.of([...chain, ...(isObtained === 'no' ? [] : [decided])], 2)];
}

/** An answer, and what an explanation says about it below its title. */
interface Said {
  readonly answer: Answer;
  readonly lines: readonly string[];
}

/** What is the same with several roles, such as those of nodegroups that are set up alike, is shown for the first of them. */
const alikeAnswers = (all: readonly Said[]): Said[][] => alike(all, (one, other) => one.answer.outcome === other.answer.outcome
  && one.answer.credentials.by === other.answer.credentials.by && areAlike(one.lines, other.lines));

/** The title of answers that are alike. */
function titleOfAll(group: readonly Said[]): string {
  const [{ answer }] = group;
  const { credentials: { role, by }, outcome } = answer;
  const labels = [...new Set(group.map((one) => one.answer.credentials.role.label))];
  return labels.length === 1 ? titleOf(answer) : `${outcome} with each of the roles ${labels.join(', ')}, by ${by}; with role ${role.label}`;
}

const decisiveLines = (answers: readonly Answer[], lines: ReasonLines): string[] =>
  alikeAnswers(answers.map((answer) => ({ answer, lines: answerLines(answer, lines).slice(1) })))
    .flatMap((group) => [`  ${titleOfAll(group)}${group.length > 1 ? ':' : ''}`, ...group[0].lines]);

const linesInShort = (answers: readonly Answer[]): string[] =>
  alikeAnswers(answers.map((answer) => ({ answer, lines: [inShort(answer)] }))).map((group) => `  ${titleOfAll(group)}: ${group[0].lines[0]}`);

const VERBS: Record<Outcome, string> = { ALLOWED: 'allow it', DENIED: 'do not allow it', UNKNOWN: 'might allow it' };

/** Why credentials that did not decide make no difference: the principal does not get them, or they do not allow the action. */
const inShort = ({ credentials: { chain, isObtained, broken = chain[chain.length - 1] }, decision }: Answer): string =>
  (isObtained === 'no' ? broken.what : `its policies ${VERBS[decision.outcome]}`);

/** What the reader can state about other credentials. */
export const hintOn = ({ excludedBy }: OtherCredentials): string[] => (excludedBy ? [HINTS[excludedBy]] : []);

const HINTS: Record<NonNullable<OtherCredentials['excludedBy']>, string> = {
  noOtherNodes: 'if there are none, or if pods do not reach their role: PodAccess.assume({ noOtherNodes: true })',
  noOtherCredentials: 'if they get none: PodAccess.assume({ noOtherCredentials: true })',
};

/** Without what the explanation says already. */
function missingLines({ missing, others }: PrincipalVerdict): string[] {
  const said = new Set(others.map(({ what }) => what));
  const left = missing.filter((what) => !said.has(what));
  return left.length > 0 ? ['It depends on what the templates do not show (see PodAccess.assume and PodSelection):', ...mergedLines(left).map((what) => `  - ${what}`)] : [];
}
