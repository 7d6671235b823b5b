import { Credentials, OtherCredentials } from './credentials';
import { mayRequest, requestable } from './may-request';
import { CREATE_ROLE } from './new-roles';
import { oncePerSession } from './once-per-session';
import { isInTemplates, RoleIndex } from '../assignments/role-index';
import { arnTexts } from '../evaluation/arn';
import { holderName } from '../model/holder-name';
import { Role } from '../model/model';
import { Interned } from '../values/interned';
import { equal } from '../values/pattern';
import { Text } from '../values/text';

/**
 * Requests that give credentials of a user, for all services or for some, such as API keys of Amazon Bedrock.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_bedrock.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_ssh-keys.html
 */
const OF_USERS = [
  'iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile', 'iam:CreateServiceSpecificCredential', 'iam:ResetServiceSpecificCredential',
  'iam:UploadSSHPublicKey',
];

const OF_GROUP = 'give a user of IAM Identity Center the roles of a group';
const ANY_ROLE = 'give a user of IAM Identity Center any role';
const AS_USER = 'sign in as a user of IAM Identity Center';

/**
 * Requests that let somebody in whom no template shows. A token of SCIM adds users to groups, and an external identity provider, or another source of users, says who
 * signs in. Whoever sets the address of a user gets the link with which that user sets a password.
 *
 * @see https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreateAccountAssignment.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenter.html
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenterdirectory.html
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/provision-automatically.html
 */
const OF_OTHERS: { readonly [action: string]: string } = {
  'identitystore:CreateGroupMembership': OF_GROUP,
  'identitystore:UpdateUser': AS_USER,
  'sso-directory:AddMemberToGroup': OF_GROUP,
  'sso-directory:CreateBearerToken': OF_GROUP,
  'sso-directory:CreateExternalIdPConfigurationForDirectory': AS_USER,
  'sso-directory:EnableExternalIdPConfigurationForDirectory': AS_USER,
  'sso-directory:ImportExternalIdPCertificate': AS_USER,
  'sso-directory:UpdateExternalIdPConfigurationForDirectory': AS_USER,
  'sso-directory:UpdatePassword': AS_USER,
  'sso-directory:UpdateUser': AS_USER,
  'sso:AssociateDirectory': AS_USER,
  'sso:AssociateProfile': ANY_ROLE,
  'sso:CreateAccountAssignment': ANY_ROLE,
};

/**
 * Requests that give credentials of what no template shows.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoot.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetDelegatedAccessToken.html
 * @see https://docs.aws.amazon.com/lightsail/2016-11-28/api-reference/API_CreateBucketAccessKey.html
 */
const OUTSIDE: { readonly [action: string]: string } = {
  'sts:AssumeRoot': 'of the root user of an account',
  'sts:GetDelegatedAccessToken': 'that somebody has delegated to an account',
  'lightsail:CreateBucketAccessKey': 'for a bucket of Amazon Lightsail',
};

const TO_OUTSIDE = Object.keys(OUTSIDE);

/** Requests that give a new role permissions. The principal itself chooses whom this role trusts. */
const TO_ROLES = ['iam:PutRolePolicy', 'iam:AttachRolePolicy'];

/**
 * Why a principal might get credentials of a user, whom it may have created, or of a role that it creates. What these may do, the templates do not show.
 * One reason is enough, because it makes everything unknown.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create.html
 */
export function newPrincipal(found: readonly Credentials[], roles: RoleIndex): OtherCredentials | undefined {
  const obtained = found.filter(({ isObtained, role }) => isObtained !== 'no' && isInTemplates(role));
  return obtained.filter((credentials) => mayMake(credentials, NEW)).flatMap((credentials) => {
    const { raise, role } = credentials;
    const of = (what: string): OtherCredentials => raise?.why ?? { what, place: role.place };
    return [
      ...OF_USERS.filter((action) => requestable(credentials, action).some((resource) => mayBeOtherUser(resource, role)))
        .map((action) => of(`the principal might get credentials of a user: ${holderName(role)} may request ${action}`)),
      ...Object.entries(OF_OTHERS).filter(([action]) => requestable(credentials, action).length > 0)
        .map(([action, what]) => of(`the principal might ${what}: ${holderName(role)} may request ${action}`)),
      ...permissionsOfNewRole(credentials, obtained, roles)
        .map((action) => of(`the principal might create a role with any permissions: ${holderName(role)} may request ${CREATE_ROLE}, and ${action}`)),
    ];
  })[0];
}

/** The requests that lead to a new principal. */
const NEW = [...OF_USERS, ...Object.keys(OF_OTHERS), CREATE_ROLE];

/** Whether credentials may make one of some requests with their own policies. Most may make none. */
const mayMake = (credentials: Credentials, actions: readonly string[]): boolean =>
  oncePerSession(making, credentials, [actions], () => actions.some((action) => requestable(credentials, action).length > 0));

const making = new Interned<boolean>();

/** Why a principal might get credentials of what no template shows. Those of root users work for few actions, and only in the account that manages an organization. */
export const credentialsOutside = (found: readonly Credentials[]): OtherCredentials[] =>
  found.filter((one) => one.isObtained !== 'no' && isInTemplates(one.role) && mayMake(one, TO_OUTSIDE)).flatMap((credentials) =>
    Object.entries(OUTSIDE).filter(([action]) => requestable(credentials, action).length > 0).map(([action, whose]): OtherCredentials => ({
      what: `the principal might get credentials ${whose}: ${holderName(credentials.role)} may request ${action}`,
      place: credentials.role.place,
      excludedBy: 'noOtherCredentials',
    }))).slice(0, 1);

/** Policies with wildcards for actions often name resources of other types. What users may do with their own credentials makes no difference. */
function mayBeOtherUser(resource: Text, { arn }: Role): boolean {
  const [start] = arnTexts(resource)?.[5].parts ?? [];
  return equal(resource, arn) !== 'yes' && (typeof start !== 'string' || start.startsWith('user/') || 'user/'.startsWith(start));
}

/** The requests that give permissions to a role that some credentials can create. */
function permissionsOfNewRole(credentials: Credentials, obtained: readonly Credentials[], roles: RoleIndex): string[] {
  const created = requestable(credentials, CREATE_ROLE);
  return created.length === 0 ? [] : obtained.flatMap((other) => TO_ROLES
    .filter((action) => created.some((role) => mayRequest(other, roles, action, role) !== 'no'))
    .map((action) => `${holderName(other.role)} may request ${action}`));
}
