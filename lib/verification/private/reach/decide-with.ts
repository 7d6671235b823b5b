import { Credentials } from './credentials';
import { grantsOf } from './grants-of';
import { decideAccess } from '../evaluation/decide-access';
import { Decision } from '../evaluation/decision';
import { ResourceSide } from '../evaluation/grants';
import { AccessRequest } from '../evaluation/request';

/** What credentials allow: with the policies of their role, or with those that the principal might give the role, which are not known. */
export function decideWith(credentials: Credentials, side: ResourceSide, request: AccessRequest): Decision {
  const grants = grantsOf(credentials, side);
  const decision = decideAccess(credentials.session.role, grants, request);
  const { raise } = credentials;
  if (decision.outcome !== 'DENIED' || !raise) {
    return decision;
  }
  const { policies, why, removesBoundary } = raise;
  const raised = { ...grants, identity: [...grants.identity, ...policies], ...removesBoundary && { boundary: undefined } };
  const possible = decideAccess(credentials.session.role, raised, request);
  return possible.outcome === 'DENIED' ? decision : { outcome: 'UNKNOWN', reasons: [why, ...decision.reasons], missing: [why.what] };
}
