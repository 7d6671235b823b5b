import { Credentials, Raise } from './credentials';
import { mayRequest } from './may-request';
import { isInTemplates } from '../assignments/role-index';
import { Text } from '../values/text';

/** Requests that give a role further permissions. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
const OF_POLICIES = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];

/** Requests that take away or replace its boundary. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
const OF_BOUNDARY = ['iam:DeleteRolePermissionsBoundary', 'iam:PutRolePermissionsBoundary'];

/** Requests that change a managed policy, which can be one of a role. */
const OF_MANAGED_POLICIES = ['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'];

/** The roles whose permissions a principal might raise with credentials that it gets, by the keys of their ARNs. */
export function raisesWith(found: readonly Credentials[]): Map<string, Raise> {
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  return new Map(obtained.flatMap((target) => {
    const raise = raiseOf(target, obtained);
    return raise ? [[target.role.arn.key, raise] as const] : [];
  }));
}

function raiseOf({ role }: Credentials, obtained: readonly Credentials[]): Raise | undefined {
  const by = (actions: readonly string[], resource?: Text) => obtained.flatMap((credentials) => actions
    .filter((action) => mayRequest(credentials, action, resource) !== 'no')
    .map((action) => `role ${credentials.role.label} may request ${action}`))[0];
  const [ofPolicies, ofBoundary] = [by(OF_POLICIES, role.arn) ?? by(OF_MANAGED_POLICIES), role.boundary && by(OF_BOUNDARY, role.arn)];
  const request = ofPolicies ?? ofBoundary;
  const what = `the principal might raise the permissions of role ${role.label}: ${request}`;
  return request === undefined ? undefined : {
    why: { what, place: role.place },
    policies: ofPolicies === undefined ? [] : [{ name: 'a policy that the principal might attach', unknown: what }],
    removesBoundary: ofBoundary !== undefined,
  };
}
