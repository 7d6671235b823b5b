import { deniedAcrossAccounts } from './across-accounts';
import { assumedOfRequests } from './assumed-of-requests';
import { ChangedPolicies, PolicyChanges } from './changed-policies';
import { TagChanges } from './changed-tags';
import { decide, decideWithSide, Deciding } from './decide-resource';
import { decideWebIdentity, isWebIdentity } from './decide-web-identity';
import { checkKey, KeyCheck } from './encryption-key';
import { resourcesWithPolicies, resourcesWithUnreadPolicies } from './known-resource';
import { Answer, PrincipalVerdict } from './principal-verdict';
import { AssignedModel } from '../assignments/assigned-model';
import { inParts } from '../evaluation/arn';
import { Outcome } from '../evaluation/decision';
import { strongestBy } from '../evaluation/outcomes';
import { isFor } from '../model/only-for-actions';
import { candidateResources } from '../policies/candidate-resources';
import { Question } from '../questions/question';
import { Credentials, Reach } from '../reach/credentials';
import { grantsOf } from '../reach/grants-of';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { Truth } from '../values/truth';
import { ANY_RESOURCE } from '../values/wildcards';

/** What a principal can do with all credentials that it can get. */
export function decidePrincipal(found: Reach, question: Question, assigned: AssignedModel, deciding: Deciding): PrincipalVerdict {
  const reach = { ...found, others: found.others.filter((one) => isFor(one, question.action)) };
  if (isWebIdentity(question.action)) {
    const { answers, others } = decideWebIdentity(reach, question.resource, assigned);
    const verdict = verdictOf(answers, { ...reach, others });
    return { ...verdict, outcomeByDefault: verdict.outcome }; // the request takes no credentials, so none are the default
  }
  const tags = new TagChanges(reach.credentials, question.action, assigned);
  const changes = new PolicyChanges(reach.credentials, question.action, assigned, deciding.withoutPolicy, tags);
  return verdictOf(reach.credentials.map((credentials) => answer(credentials, changes, question, assigned, deciding)), reach);
}

function verdictOf(answers: readonly Answer[], reach: Reach): PrincipalVerdict {
  const outcome = strongestBy([...answers.map((one) => one.outcome), ...reach.others.map((): Outcome => 'UNKNOWN')], (one) => one) ?? 'DENIED';
  const outcomeByDefault = byDefault(answers, reach);
  const open = answers.filter((one) => one.outcome === 'UNKNOWN' && (outcome === 'UNKNOWN' || one.credentials.isDefault !== 'no'));
  const missing = [
    ...open.flatMap(({ credentials, decision }) => [...credentials.missing, ...decision.missing]),
    ...(outcome === 'UNKNOWN' || outcomeByDefault === 'UNKNOWN' ? reach.others.map(({ what }) => what) : []),
    ...(outcomeByDefault === 'UNKNOWN' ? reach.changesDefault.map(({ what }) => what) : []),
    ...(outcomeByDefault === 'UNKNOWN' && answers.some(({ credentials }) => credentials.isDefault === 'unknown') ? [annotationOf(reach)] : []),
  ];
  const notes = [...reach.notes, ...answers.flatMap(({ denial }) => denial ?? [])];
  return { outcome, outcomeByDefault, answers, others: reach.others, notes, missing: [...new Set(missing)] };
}

const annotationOf = ({ howToAnnotate }: Reach): string =>
  `the annotation of the service account, which no template defines for certain${howToAnnotate === undefined ? '' : `: ${howToAnnotate}`}`;

function answer(
  credentials: Credentials, changes: PolicyChanges, question: Question, assigned: AssignedModel, deciding: Deciding,
): Answer {
  const resources = question.resource ? [question.resource] : everyResource(credentials, changes, question.action, assigned);
  const decisions = resources.map((resource) => decideWithChanges(credentials, changes, question, resource, assigned, deciding));
  const { resource, decision, side, denial, assumed: ofKey = [] } = strongestBy(decisions, (one) => one.decision.outcome)!;
  const outcome = credentials.isObtained === 'no' ? 'DENIED' : credentials.isObtained === 'unknown' && decision.outcome === 'ALLOWED' ? 'UNKNOWN' : decision.outcome;
  const ofCredentials = outcome === 'DENIED' ? [] : credentials.assumed ?? [];
  const assumed = [...ofCredentials, ...assumedOfRequests(credentials, side, question), ...ofKey];
  return { credentials, decision, resource: resource.literal === '*' ? undefined : resource, outcome, assumed, denial: outcome === 'DENIED' ? undefined : denial };
}

/** What the policies or the tags of a resource deny, the principal might allow itself if it can change them. */
function decideWithChanges(
  credentials: Credentials, changes: PolicyChanges, question: Question, resource: Text, assigned: AssignedModel, deciding: Deciding,
) {
  const decided = decideWithKey(credentials, question, resource, assigned, deciding);
  const { decision } = decided;
  const isOpen = decision.outcome === 'DENIED' && credentials.isObtained !== 'no';
  const tags = isOpen ? changes.tags.of(resource) : undefined;
  const changed: ChangedPolicies[] = [...(tags ? [{ side: decided.side, why: tags }] : []), ...(isOpen ? changes.of(resource) : [])];
  const hasOtherTags = tags !== undefined;
  const possible = changed.find(({ side }) => decideWithSide(credentials, question, resource, { side, hasOtherTags }, assigned, deciding).outcome !== 'DENIED');
  return !possible ? decided
    : { ...decided, decision: { outcome: 'UNKNOWN' as const, reasons: [possible.why, ...decision.reasons] as typeof decision.reasons, missing: [possible.why.what] } };
}

/** What policies allow on a resource, if its key and what limits other accounts allow it, too. */
function decideWithKey(credentials: Credentials, question: Question, resource: Text, assigned: AssignedModel, deciding: Deciding) {
  const decided = decide(credentials, question, resource, assigned, deciding);
  const { decision } = decided;
  const other = decision.outcome === 'ALLOWED' ? deniedAcrossAccounts(credentials, question, resource, assigned) : undefined;
  const ofKey: KeyCheck = decision.outcome === 'ALLOWED' ? checkKey(credentials, question, resource, assigned, deciding) : {};
  const { denial, assumed } = { ...ofKey, ...other && { denial: other } };
  return denial
    ? { ...decided, denial, assumed, decision: { ...decision, outcome: 'UNKNOWN' as const, missing: [...decision.missing, denial.what] } }
    : { ...decided, denial, assumed };
}

function everyResource(credentials: Credentials, changes: PolicyChanges, action: string, assigned: AssignedModel): Text[] {
  const { identity, boundary, session } = grantsOf(credentials, { kind: 'none' });
  const [own, ...limits] = [identity, boundary ? [boundary] : [], session ? [session] : []]
    .map((policies) => candidateResources(policies, action).map(({ resource }) => resource));
  // a boundary or a session policy can name less than the policies of the role
  const within = limits.flat().filter((resource) => own.some((one) => equal(one, resource) !== 'no'));
  const named = [...own, ...within].flatMap((resource) => {
    const some = inParts(resource, credentials.role.account); // of what else it stands for, less is known
    return some.key === resource.key ? [resource] : [some, resource];
  });
  const withPolicies = [resourcesWithPolicies, resourcesWithUnreadPolicies].flatMap((find) => find(action, assigned));
  const candidates = [...named, ...withPolicies, ...changes.resources];
  return candidates.length > 0 && !credentials.raise ? candidates : [...candidates, ANY_RESOURCE]; // a decision about any resource says why nothing is allowed
}

/** If it is unknown which credentials are the default, all outcomes must agree. */
function byDefault(answers: readonly Answer[], { others: otherCredentials, othersAreDefault, changesDefault }: Reach): Outcome {
  if (changesDefault.length > 0 || (otherCredentials.length > 0 && othersAreDefault !== 'no')) {
    return 'UNKNOWN';
  }
  const answersIf = (isDefault: Truth) => answers.filter(({ credentials }) => credentials.isDefault === isDefault);
  const outcomesIf = (isDefault: Truth) => [...new Set(answersIf(isDefault).map(({ outcome }) => outcome))];
  const [outcome = 'DENIED', ...others] = outcomesIf('yes');
  return others.length > 0 || outcomesIf('unknown').some((possible) => possible !== outcome) ? 'UNKNOWN' : outcome;
}
