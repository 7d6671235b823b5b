import { administratorPolicies } from './administrator-pods';
import { rolesOfPods } from './roles-of-pods';
import { Rule } from './rule';
import { RoleIndex } from '../assignments/role-index';
import { Role } from '../model/model';
import { isOfAws } from '../policies/policy';
import { Credentials } from '../reach/credentials';
import { mayRequest } from '../reach/may-request';
import { ofTrusted } from '../reach/trusted-role';

export const RAISED_PERMISSIONS: Rule = {
  id: 'raised-permissions',
  severity: 'warning',
  title: 'a role for pods can give itself more permissions',
  why: 'A compromised pod can write or attach a policy that allows everything else.',
  fix: 'Limit the resources of these actions to other roles, deny them for this role, or set a permissions boundary',
  violations: (assigned) => rolesOfPods(assigned).filter((role) => !role.boundary && administratorPolicies(role).length === 0).flatMap((role) => {
    const what = raiseOf(role, ofTrusted({ kind: 'trusted', role }), assigned.roles);
    return what ? [{ what: `role ${role.label}, which trusts pods, is allowed ${what}`, place: role.place }] : [];
  }),
};

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html */
const ADDITIONS = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];
/** It can also make the new version the default. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicyVersion.html */
const REWRITE = 'iam:CreatePolicyVersion';

/** What certainly lets a role raise its own permissions. */
function raiseOf({ arn, policies }: Role, credentials: Credentials, roles: RoleIndex): string | undefined {
  const addition = ADDITIONS.find((action) => mayRequest(credentials, roles, action, arn) === 'yes');
  const rewritten = policies.find((policy) => policy.arn && !isOfAws(policy) && mayRequest(credentials, roles, REWRITE, policy.arn) === 'yes');
  return addition ? `${addition} on itself` : rewritten && `${REWRITE} on ${rewritten.name}, which is attached to it`;
}
