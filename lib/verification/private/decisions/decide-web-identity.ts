import { Answer } from './principal-verdict';
import { AssignedModel } from '../assignments/assigned-model';
import { trustedSubjects } from '../assignments/trust-principals';
import { Outcome } from '../evaluation/decision';
import { outcomeOf } from '../evaluation/outcomes';
import { Role } from '../model/model';
import { Credentials, OtherCredentials, Reach } from '../reach/credentials';
import { UPDATE_TRUST } from '../reach/passed-roles';
import { equal } from '../values/pattern';
import { Text } from '../values/text';
import { allOf } from '../values/truth';

/** Whether an action takes a token instead of credentials. */
export const isWebIdentity = (action: string): boolean => action.toLowerCase() === 'sts:assumerolewithwebidentity';

/** The answers about the roles that a principal can assume with its token, and what is not known about others. */
export interface WebIdentity {
  readonly answers: readonly Answer[];
  readonly others: readonly OtherCredentials[];
}

/**
 * Which roles a principal can assume with its token. No policy of its credentials counts, because the request has none: the provider and the trust policy of the
 * role decide, as they do about the credentials that it reaches.
 *
 * @param role undefined if the question is about any role.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 */
export function decideWebIdentity({ credentials, others }: Reach, role: Text | undefined, { model: { roles } }: AssignedModel): WebIdentity {
  const answers = credentials.filter(isByToken).map((one) => answerFor(one, role)).filter(({ outcome }) => outcome !== 'DENIED');
  const isKnown = role === undefined || roles.some(({ arn }) => equal(arn, role) === 'yes');
  return {
    answers,
    others: [
      ...others.filter(({ excludedBy }) => excludedBy !== 'noOtherNodes'), // a pod that gets credentials of others can get their tokens, too; nodes have none
      ...(isKnown ? [] : [{ what: `the trust policy of role ${role}, which is not in the templates` }]),
    ],
  };
}

/** Only a session that came through web identity has a provider. A principal that can change the trust policy of a role can let it trust its tokens. */
function isByToken({ by, session: { federatedProvider }, role }: Credentials): boolean {
  if (by.startsWith(UPDATE_TRUST)) {
    return true;
  }
  return federatedProvider === 'unknown' ? takesTokens(role) : federatedProvider !== undefined;
}

/** Whether the trust policy of a role could admit tokens of pods. */
function takesTokens(role: Role): boolean {
  const { literals, hasOthers } = trustedSubjects(role);
  return hasOthers || literals.length > 0;
}

function answerFor(credentials: Credentials, role: Text | undefined): Answer {
  const { arn } = credentials.role;
  const isAsked = role === undefined ? 'yes' : equal(arn, role);
  const outcome: Outcome = outcomeOf(allOf([isAsked, credentials.isObtained]));
  return { credentials, decision: { outcome, reasons: [], missing: [] }, resource: arn, outcome, assumed: credentials.assumed ?? [] };
}
