import { Credentials, OtherCredentials } from './credentials';
import { mayRequest, requestable } from './may-request';
import { isInTemplates } from '../assignments/role-index';
import { arnTexts } from '../evaluation/arn';
import { Text } from '../values/text';

/**
 * Requests that give credentials of a user, for all services or for some, such as API keys of Amazon Bedrock.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html
 */
const OF_USERS = [
  'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential',
];

/**
 * Requests that change what users may do. They matter if the principal might have a key of one.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html
 */
const RAISES_USERS = [
  'iam:PutUserPolicy', 'iam:AttachUserPolicy', 'iam:DeleteUserPolicy', 'iam:DetachUserPolicy', 'iam:DeleteUserPermissionsBoundary', 'iam:PutUserPermissionsBoundary',
  'iam:AddUserToGroup', 'iam:RemoveUserFromGroup', 'iam:PutGroupPolicy', 'iam:AttachGroupPolicy', 'iam:DeleteGroupPolicy', 'iam:DetachGroupPolicy',
  'iam:TagUser', 'iam:UntagUser',
];

const CREATE_ROLE = 'iam:CreateRole';

/** Requests that give a new role permissions. The principal itself chooses whom this role trusts. */
const TO_ROLES = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];

/**
 * Why a principal might get credentials of a user, whom it may have created, or of a role that it creates. What these may do, the templates do not show.
 * One reason is enough, because it makes everything unknown.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create.html
 */
export function newPrincipal(found: readonly Credentials[]): OtherCredentials | undefined {
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  const user = obtained.find(({ role: { arn } }) => isUserArn(arn));
  return obtained.flatMap((credentials) => {
    const { raise, role: { label, place } } = credentials;
    const of = (what: string): OtherCredentials => raise?.why ?? { what, place };
    return [
      ...OF_USERS.filter((action) => requestable(credentials, action).some(mayBeUser))
        .map((action) => of(`the principal might get credentials of a user: role ${label} may request ${action}`)),
      ...(user ? RAISES_USERS : []).filter((action) => requestable(credentials, action).length > 0)
        .map((action) => of(`the principal might raise the permissions of user ${user!.role.label}: role ${label} may request ${action}`)),
      ...permissionsOfNewRole(credentials, obtained)
        .map((action) => of(`the principal might create a role with any permissions: role ${label} may request ${CREATE_ROLE}, and ${action}`)),
    ];
  })[0];
}

const isUserArn = (arn: Text): boolean => arnTexts(arn)?.[5].startsWith('user/') ?? false;

/** Policies with wildcards for actions often name resources of other types. */
function mayBeUser(resource: Text): boolean {
  const [start] = arnTexts(resource)?.[5].parts ?? [];
  return typeof start !== 'string' || start.startsWith('user/') || 'user/'.startsWith(start);
}

/** The requests that give permissions to a role that some credentials can create. */
function permissionsOfNewRole(credentials: Credentials, obtained: readonly Credentials[]): string[] {
  const created = requestable(credentials, CREATE_ROLE);
  return obtained.flatMap((other) => TO_ROLES
    .filter((action) => created.some((role) => mayRequest(other, action, role) !== 'no'))
    .map((action) => `role ${other.role.label} may request ${action}`));
}
