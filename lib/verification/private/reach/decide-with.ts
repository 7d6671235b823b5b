import { Credentials } from './credentials';
import { grantsOf } from './grants-of';
import { maybeMissing, tagOf } from '../evaluation/context-values';
import { decideAccess } from '../evaluation/decide-access';
import { Decision } from '../evaluation/decision';
import { ResourceSide } from '../evaluation/grants';
import { AccessRequest, RequestContext } from '../evaluation/request';
import { SessionOptions } from '../evaluation/session-options';

/** What credentials allow: with the policies of their role, or with those that the principal might give the role, which are not known. */
export function decideWith(credentials: Credentials, side: ResourceSide, request: AccessRequest): Decision {
  const { raise, session } = credentials;
  const grants = grantsOf(credentials, side);
  const decision = decideAccess(session.role, grants, request);
  if (decision.outcome !== 'DENIED' || !raise) {
    return decision;
  }
  const { policies, boundary, why, changesTags } = raise;
  const raised = changesTags ? { ...request, context: withOtherTags(request.context, session) } : request;
  const possible = policies.map((identity) => decideAccess(session.role, { ...grants, identity, boundary }, raised));
  return possible.every(({ outcome }) => outcome === 'DENIED') ? decision : { outcome: 'UNKNOWN', reasons: [why, ...decision.reasons], missing: [why.what] };
}

const TAG = 'aws:principaltag/';

/** If the tags of the role might change. Session tags override those of the role. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
const withOtherTags = (context: RequestContext, { sessionTags }: SessionOptions): RequestContext => ({
  lookup(key) {
    const name = key.literal?.toLowerCase();
    const isOfRole = name?.startsWith(TAG) && !tagOf(sessionTags ?? new Map(), name.slice(TAG.length));
    return isOfRole ? maybeMissing(key.toString()) : context.lookup(key);
  },
});
