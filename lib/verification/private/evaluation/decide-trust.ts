import { Caller } from './caller';
import { decisionOf } from './decide-access';
import { Decision } from './decision';
import { judge, verdictOf } from './judge';
import { matchPrincipal, namedCaller, Naming } from './principal-matcher';
import { RequestContext } from './request';
import { Policy } from '../policies/policy';
import { Text } from '../values/text';

const NAMINGS: readonly Naming[] = ['everyone', 'role', 'session', 'other'];

/**
 * Whether the trust policy of a role lets a caller have its credentials. A role of another account, or of an account that the
 * policy trusts as a whole, also needs permission of its own: see `decideAccess`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
 */
export function decideTrust(trustPolicy: Policy, caller: Caller, action: string, context: RequestContext): Decision {
  const named = namedCaller(caller);
  const judgements = judge([trustPolicy], 'trust', { action, resource: Text.of('*'), context }, (statement) => matchPrincipal(statement, named, NAMINGS));
  const [nameOfCaller = ''] = caller.names;
  return decisionOf(
    verdictOf(judgements, 'Allow', `no statement of ${trustPolicy.name} allows ${action} to ${nameOfCaller}`),
    verdictOf(judgements, 'Deny', `no statement of ${trustPolicy.name} denies ${action}`),
  );
}
