import { principalsOf } from './trust-principals';
import { Role } from '../model/model';
import { isOfEks } from '../values/issuer-of-eks';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';

/** A role that trusts a provider of identities, or a service that takes certificates or users of a directory, and the requests with which others get such an identity. */
export interface FederatedRole {
  readonly role: Role;
  /** As the trust policy has it. */
  readonly provider: Text;
  readonly requests: readonly string[];
  /** The resource of these requests; undefined if it is something else than the provider. */
  readonly resource?: Text;
}

/** @see https://docs.aws.amazon.com/cognitoidentity/latest/APIReference/API_GetOpenIdTokenForDeveloperIdentity.html */
const OF_IDENTITY_POOLS = [
  'cognito-identity:GetOpenIdTokenForDeveloperIdentity', 'cognito-identity:GetCredentialsForIdentity', 'cognito-identity:UpdateIdentityPool',
  'cognito-identity:SetIdentityPoolRoles',
];

const OF_SAML_PROVIDERS = ['iam:UpdateSAMLProvider', 'iam:CreateSAMLProvider'];

/**
 * Requests that sign in as a user, or that change how, or as whom, others sign in.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminLinkProviderForUser.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/role-based-access-control.html for roles of groups
 */
const OF_USER_POOLS = [
  'cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminLinkProviderForUser', 'cognito-idp:AdminUpdateUserAttributes', 'cognito-idp:StartUserImportJob',
  'cognito-idp:AdminCreateUser', 'cognito-idp:AdminInitiateAuth', 'cognito-idp:AdminRespondToAuthChallenge', 'cognito-idp:AdminSetUserPassword',
  'cognito-idp:AdminConfirmSignUp', 'cognito-idp:SignUp', 'cognito-idp:UpdateUserPool', 'cognito-idp:CreateUserPoolClient', 'cognito-idp:UpdateUserPoolClient',
  'cognito-idp:CreateIdentityProvider', 'cognito-idp:UpdateIdentityProvider',
];

/**
 * Requests that let the caller sign in as a user of a directory, or give users the role of a group.
 *
 * @see https://docs.aws.amazon.com/directoryservice/latest/admin-guide/ms_ad_manage_roles.html
 */
const OF_DIRECTORIES = ['ds:ResetUserPassword', 'ds-data:AddGroupMember'];

/** Requests that give certificates, or decide which certificates IAM Roles Anywhere takes. */
export const OF_CERTIFICATES = [
  'acm-pca:IssueCertificate', 'acm:ExportCertificate', 'rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor',
];

/** A provider of identities, or a service that takes certificates or users of a directory. */
interface Provider {
  readonly is: (provider: Text) => boolean;
  /** The type of the resources whose ARN only the deployment knows. */
  readonly type?: string;
  readonly requests: readonly string[];
  /** Whether the requests are about the provider itself. */
  readonly isResource?: true;
}

const like = (pattern: RegExp) => (provider: Text): boolean => pattern.test(provider.toString());

/** Whether an ARN is that of a provider of a cluster, or might be as far as it is known. */
function namesEks(provider: Text): boolean {
  const issuer = textAfter(provider, ':oidc-provider/');
  return issuer !== undefined && isOfEks(issuer) !== 'no';
}

/** Identities of Amazon Cognito. */
export const COGNITO = /^cognito-identity[.-]/;

/** Providers that are user pools of Amazon Cognito. */
export const USER_POOL = /:oidc-provider\/cognito-idp\./;

/**
 * What gives identities for a provider, besides signing in. Providers such as GitHub give no identity in return for a request to AWS. Amazon EKS gives pods
 * tokens with any audience that they ask for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateToken.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
const PROVIDERS: readonly Provider[] = [
  { is: like(/:saml-provider\//), type: 'AWS::IAM::SAMLProvider', requests: OF_SAML_PROVIDERS, isResource: true },
  { is: like(COGNITO), requests: [...OF_IDENTITY_POOLS, ...OF_USER_POOLS, ...OF_SAML_PROVIDERS] },
  { is: like(USER_POOL), requests: OF_USER_POOLS },
  { is: namesEks, requests: ['iam:AddClientIDToOpenIDConnectProvider'], isResource: true },
  { is: like(/:oidc-provider\/openid-license-manager\./), requests: ['license-manager:CreateToken', 'license-manager:GetAccessToken'] },
  { is: like(/\.tokens\.sts\./), requests: ['sts:GetWebIdentityToken'] },
  { is: like(/^ds\./), requests: OF_DIRECTORIES },
  { is: like(/^rolesanywhere\./), requests: OF_CERTIFICATES },
];

/** The roles that trust a provider of which some requests give identities. */
export const federatedRoles = (roles: readonly Role[]): FederatedRole[] => roles.flatMap((role) =>
  [...principalsOf(role.trustPolicy, 'Federated'), ...principalsOf(role.trustPolicy, 'Service')].flatMap((provider) =>
    PROVIDERS.filter((kind) => isOfKind(provider, kind))
      .map(({ requests, isResource }) => ({ role, provider, requests, ...isResource && { resource: provider } }))));

const isOfKind = (provider: Text, { is, type }: Provider): boolean =>
  is(provider) || (type !== undefined && provider.unknowns.some(({ resourceType }) => resourceType === type));
