import { Decision } from './decision';
import { Grants, RoleSession } from './grants';
import { judge, verdictOf } from './judge';
import { AccessRequest } from './request';
import { requestedResource } from './requested-resource';
import { isOnlyOfUsers, isOnlyWithinAccount } from './requests-that-fail';
import { ResourceVerdicts, resourceVerdicts } from './resource-side';
import { every, some, Verdict } from './verdict';
import { Policy } from '../policies/policy';

/** @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
const NEEDS_NO_PERMISSION = 'sts:getcalleridentity';

/**
 * What IAM answers to a request of a role session, given the policies of the role and of the resource. A call that involves several types of resources,
 * such as `ec2:RunInstances`, needs one decision for each type.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decideAccess(session: RoleSession, grants: Grants, asked: AccessRequest): Decision {
  if (asked.action.toLowerCase() === NEEDS_NO_PERMISSION) {
    return { outcome: 'ALLOWED', reasons: [{ what: `${asked.action} needs no permission, and no policy can deny it` }], missing: [] };
  }
  if (isOnlyOfUsers(asked.action, session.roleArn)) {
    return { outcome: 'DENIED', reasons: [{ what: `${asked.action} never works with credentials of a role` }], missing: [] };
  }
  const request = { ...asked, resource: requestedResource(asked, session.roleArn) };
  const resource = resourceVerdicts(session, grants, asked);
  const [identity, boundary, policy] = [
    sideOf(grants.identity, 'policy of the role', request),
    grants.boundary && sideOf([grants.boundary], 'statement of the permissions boundary', request),
    grants.session && sideOf([grants.session], 'statement of the session policy', request),
  ];
  const limits = [boundary, policy].filter((side) => side !== undefined);
  const denies = some(...[identity, ...limits].map((side) => side.denies), resource.denies);
  return decisionOf(allowed(asked.action, identity.allows, limits.map((side) => side.allows), resource), denies);
}

/** An explicit deny overrides any allow, and everything that is not allowed is denied. */
export function decisionOf(allows: Verdict, denies: Verdict): Decision {
  if (denies.truth === 'yes' || allows.truth === 'no') {
    return { outcome: 'DENIED', reasons: (denies.truth === 'yes' ? denies : allows).reasons, missing: [] };
  }
  if (denies.truth === 'no' && allows.truth === 'yes') {
    return { outcome: 'ALLOWED', reasons: allows.reasons, missing: [] };
  }
  const open = [denies, allows].filter(({ truth }) => truth === 'unknown');
  return { outcome: 'UNKNOWN', reasons: open.flatMap(({ reasons }) => reasons), missing: [...new Set(open.flatMap(({ missing }) => missing))] };
}

interface Side { readonly allows: Verdict; readonly denies: Verdict }

function sideOf(policies: readonly Policy[], name: string, request: AccessRequest): Side {
  const judgements = judge(policies, 'identity', request);
  const { action, resource } = request;
  return {
    allows: verdictOf(judgements, 'Allow', `no ${name} allows ${action} on ${resource}`),
    denies: verdictOf(judgements, 'Deny', `no ${name} denies ${action}`),
  };
}

/** Whether an allow remains within the permissions boundary and the session policy. */
function allowed(action: string, identity: Verdict, limits: readonly Verdict[], resource: ResourceVerdicts): Verdict {
  const { toSession, toRole, toAccount, isSameAccount, isRequired } = resource;
  const byRole = isRequired ? every(toAccount, identity, ...limits) : every(identity, ...limits);
  const within = () => some(byRole, every(toRole, ...limits), toSession);
  const across = () => (isOnlyWithinAccount(action)
    ? { truth: 'no' as const, reasons: [{ what: `${action} does not work across accounts` }], missing: [] }
    : every(some(toAccount, toRole, toSession), identity, ...limits));
  if (isSameAccount !== 'unknown') {
    return isSameAccount === 'yes' ? within() : across();
  }
  const [one, other] = [within(), across()];
  const what = 'it is not known whether the resource is in the account of the role';
  return one.truth === other.truth ? one
    : { truth: 'unknown', reasons: [{ what, because: [...one.reasons, ...other.reasons] }], missing: ['the account of the resource'] };
}
