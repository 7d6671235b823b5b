import { GivenRole } from '../model/identities';
import { Role } from '../model/model';
import { matchesAction } from '../policies/matches-action';
import { parsePolicy } from '../policies/parse-policy';
import { Policy } from '../policies/policy';
import { Principal, Statement } from '../policies/statement';
import { Interned, sameList } from '../values/interned';
import { isOfEks } from '../values/issuer-of-eks';
import { Pattern } from '../values/pattern';
import { Text } from '../values/text';
import { textAfter } from '../values/text-parts';
import { anyOf, Truth } from '../values/truth';

/** A role that trusts a provider of identities, or a service that takes certificates or users of a directory, and the requests with which others get such an identity. */
export interface FederatedRole {
  readonly role: Role;
  readonly kind: ProviderKind;
  /** As the trust policy has it. */
  readonly provider: Text;
  readonly requests: readonly string[];
  /** The resource of these requests; undefined if it is something else than the provider. */
  readonly resource?: Text;
  /** What gives the role, if the templates do not show whom it trusts. */
  readonly given?: GivenRole;
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

/** A kind of providers of identities, or a service that takes certificates or users of a directory. */
interface ProviderKind {
  /** How a trust policy names those of the kind. */
  readonly by: Principal['kind'];
  readonly is: (name: Text) => Truth;
  /** Whether the condition keys of their claims start with a name, such as `cognito-identity.amazonaws.com`. */
  readonly claims?: (start: Text) => Truth;
  /** What a role is assumed with by those whom they vouch for. */
  readonly action: string;
  /** The type of the resources whose ARN only the deployment knows. */
  readonly type?: string;
  readonly requests: readonly string[];
  /** Whether the requests are about the provider itself. */
  readonly isResource?: true;
}

const like = (...globs: string[]) => {
  const patterns = globs.map((glob) => Pattern.glob(Text.of(glob)));
  return (name: Text): Truth => anyOf(patterns.map((pattern) => pattern.matches(name)));
};

/** A provider of OpenID Connect with an issuer, in which a wildcard is no slash: those of Amazon EKS have more of them. */
function withIssuer(issuer: string) {
  const pattern = Pattern.join([Pattern.glob(Text.of('*:oidc-provider/')), Pattern.glob(Text.of(issuer), '/')]);
  return { by: 'Federated', is: (name: Text): Truth => pattern.matches(name), claims: like(issuer), action: 'sts:AssumeRoleWithWebIdentity' } as const;
}

/** Whether an ARN is that of a provider of a cluster, or might be as far as it is known. One that is not known at all may accept any audience anyway. */
function namesEks(provider: Text): Truth {
  const issuer = textAfter(provider, ':oidc-provider/');
  return issuer !== undefined && isOfEks(issuer) !== 'no' ? 'yes' : 'no';
}

const ofService = (glob: string) => ({ by: 'Service', is: like(glob), action: 'sts:AssumeRole' } as const);

/** Identities of Amazon Cognito. */
export const COGNITO: ProviderKind = {
  by: 'Federated',
  is: like('cognito-identity.*', 'cognito-identity-*'),
  claims: like('cognito-identity.*', 'cognito-identity-*'),
  action: 'sts:AssumeRoleWithWebIdentity',
  requests: [...OF_IDENTITY_POOLS, ...OF_USER_POOLS, ...OF_SAML_PROVIDERS],
};

/** Providers that are user pools of Amazon Cognito. */
export const USER_POOLS: ProviderKind = { ...withIssuer('cognito-idp.*/*'), requests: OF_USER_POOLS };

/** What takes certificates: IAM Roles Anywhere, and AWS IoT, whose requests are about its role aliases. */
export const CERTIFICATES: readonly ProviderKind[] = [
  {
    ...ofService('rolesanywhere.*'),
    requests: [
      'acm-pca:IssueCertificate', 'acm:ExportCertificate', 'acm:CreateAcmeExternalAccountBinding', 'acm:GetAcmeExternalAccountBindingCredentials',
      'pca-connector-scep:GetChallengePassword', 'rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor',
    ],
  },
  { ...ofService('credentials.iot.*'), requests: [] },
];

/**
 * What gives identities for a provider, besides signing in. Providers such as GitHub give no identity in return for a request to AWS. Amazon EKS gives pods
 * tokens with any audience that they ask for.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateSAMLProvider.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateToken.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 * @see https://docs.aws.amazon.com/privateca/latest/userguide/c4scep-considerations-limitations.html
 */
const KINDS: readonly ProviderKind[] = [
  {
    by: 'Federated',
    is: like('*:saml-provider/*'),
    claims: like('saml'),
    action: 'sts:AssumeRoleWithSAML',
    type: 'AWS::IAM::SAMLProvider',
    requests: OF_SAML_PROVIDERS,
    isResource: true,
  },
  COGNITO,
  USER_POOLS,
  { by: 'Federated', is: namesEks, action: 'sts:AssumeRoleWithWebIdentity', requests: ['iam:AddClientIDToOpenIDConnectProvider'], isResource: true },
  { ...withIssuer('openid-license-manager.*'), requests: ['license-manager:CreateToken', 'license-manager:GetAccessToken'] },
  { ...withIssuer('*.tokens.sts.*'), requests: ['sts:GetWebIdentityToken'] },
  { ...ofService('ds.*'), requests: OF_DIRECTORIES },
  ...CERTIFICATES,
];

/** The roles that trust, or might trust, a provider of which some requests give identities. */
export const federatedRoles = (roles: readonly Role[]): FederatedRole[] =>
  roles.flatMap((role) => providersIn(role.trustPolicy).map((trusted) => ({ role, ...trusted })));

/** The same of a role outside the templates, by what gives it. */
export function federatedElsewhere(role: Role, given: GivenRole): FederatedRole[] {
  const service = given.to === 'rolesanywhere' || given.to === 'credentials.iot' ? given.to : 'cognito-identity';
  const provider = Text.of(`${service}.amazonaws.com`);
  return [COGNITO, ...CERTIFICATES].filter((kind) => kind.is(provider) === 'yes')
    .map((kind) => ({ role, kind, provider, requests: kind.requests, given }));
}

/** The requests that give identities of the providers of some roles: one list for all assignments of the conditions under which these are of the same kinds. */
export function requestsOfKinds(roles: readonly FederatedRole[]): readonly string[] {
  const kinds = sameList([...new Set(roles.map(({ kind }) => kind))]);
  return requestsOf.of([kinds], () => [...new Set(kinds.flatMap(({ requests }) => requests))]);
}

const requestsOf = new Interned<readonly string[]>();

/** Found once for all assignments of the conditions under which the trust policy is the same. */
const providersIn = (trustPolicy: Policy): ReadonlyArray<Omit<FederatedRole, 'role'>> => providers.of([trustPolicy], () =>
  parsePolicy(trustPolicy, 'trust').statements.flatMap((statement) => namesIn(statement).flatMap((principal) =>
    KINDS.filter((kind) => mayBeOfKind(principal, statement, kind)).map((kind) =>
      ({ kind, provider: principal.name, requests: kind.requests, ...kind.isResource && { resource: principal.name } })))));

const providers = new Interned<ReadonlyArray<Omit<FederatedRole, 'role'>>>();

const namesIn = ({ principals }: Statement): readonly Principal[] => (principals?.negated ? [] : principals?.principals ?? []);

function mayBeOfKind({ kind: by, name }: Principal, statement: Statement, kind: ProviderKind): boolean {
  const isOfKind = name.unknowns.some(({ resourceType }) => resourceType !== undefined && resourceType === kind.type) ? 'yes' : kind.is(name);
  return by === kind.by && (isOfKind === 'yes' || (isOfKind === 'unknown' && mayAdmitBy(statement, kind)));
}

/** Whether a statement may admit those of a kind, as far as its conditions tell for a provider that only the deployment knows. Subjects of Kubernetes are of clusters. */
const mayAdmitBy = (statement: Statement, { action, claims }: ProviderKind): boolean => matchesAction(statement, action) !== 'no'
  && (statement.conditions ?? []).every(({ operator, key, values }) => !/^(ForAnyValue:)?String(Equals|Like)$/i.test(operator.toString())
    || (mayBeClaim(key, claims) && !values.every((value) => value.startsWith('system:serviceaccount:'))));

/** Keys of claims are those such as `cognito-identity.amazonaws.com:aud`. */
function mayBeClaim({ literal }: Text, claims: ProviderKind['claims']): boolean {
  const [, start] = /^(.+):(?:aud|sub|amr)$/i.exec(literal ?? '') ?? [];
  return start === undefined || claims === undefined || claims(Text.of(start.toLowerCase())) !== 'no';
}
