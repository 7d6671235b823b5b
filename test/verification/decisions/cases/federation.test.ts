import { Case, complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, arnOf, role, trustOf } from '../../templates';

const LIST_BUCKETS = 's3:ListAllMyBuckets';
const COGNITO = 'cognito-identity.amazonaws.com';
const web = (Federated: unknown, Condition?: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated }, ...Condition && { Condition } });
const trusting = (trust: object) => ({ Other: role(trust, allow(LIST_BUCKETS)) });

const ofSaml = (provider: unknown) => trusting({ Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated: provider } });
const Saml = { Type: 'AWS::IAM::SAMLProvider', Properties: { SamlMetadataDocument: '<xml/>' } };
const SAML_ARN = 'arn:aws:iam::111122223333:saml-provider/corp';
const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const ofService = { Effect: 'Allow', Action: 'sts:AssumeRole' };
const ofGithub = (provider: unknown = GITHUB) => trusting(web(provider, {
  StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com', 'token.actions.githubusercontent.com:sub': 'repo:app/app:ref:refs/heads/main' },
}));
const ofRepositories = trusting(web(GITHUB, {
  StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/infra:*' },
}));

const ofPool = (amr: string, pool: unknown = { Ref: 'Pool' }) =>
  trusting(web(COGNITO, { 'StringEquals': { [`${COGNITO}:aud`]: pool }, 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: amr } }));
const ofPools = (...more: object[]) => ({ Other: role([...ofPool('unauthenticated').Other.Properties.AssumeRolePolicyDocument.Statement, ...more], allow(LIST_BUCKETS)) });
const pool = (unauthenticated: boolean, more: object = {}) =>
  ({ Pool: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: unauthenticated, ...more } } });
const withUsers = { CognitoIdentityProviders: [{ ClientId: 'client', ProviderName: { 'Fn::GetAtt': ['Users', 'ProviderName'] } }] };
const users = (AllowAdminCreateUserOnly: boolean) => ({ Users: { Type: 'AWS::Cognito::UserPool', Properties: { AdminCreateUserConfig: { AllowAdminCreateUserOnly } } } });
const google = (UserPoolId: unknown) => ({ Google: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId, ProviderName: 'Google', ProviderType: 'Google' } } });
const triggered = (trigger: string) => ({
  ...users(true),
  Users: { Type: 'AWS::Cognito::UserPool', Properties: { ...users(true).Users.Properties, LambdaConfig: { [trigger]: { 'Fn::GetAtt': ['Trigger', 'Arn'] } } } },
  Trigger: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'trigger', Role: arnOf('OfTrigger') } },
  OfTrigger: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
});
const ofUserPool = trusting(web('arn:aws:iam::111122223333:oidc-provider/cognito-idp.us-west-2.amazonaws.com/us-west-2_abc', {
  StringEquals: { 'cognito-idp.us-west-2.amazonaws.com/us-west-2_abc:aud': 'client' },
}));
const byUrl = {
  ...trusting(web({ Ref: 'OfUsers' })),
  ...users(true),
  OfUsers: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Users', 'ProviderURL'] }, ClientIdList: ['client'] } },
};
const ofSts = trusting(web('arn:aws:iam::111122223333:oidc-provider/0123.tokens.sts.global.api.aws', { StringEquals: { '0123.tokens.sts.global.api.aws:aud': 'app' } }));

const ofLicenses = trusting(web('arn:aws:iam::111122223333:oidc-provider/openid-license-manager.amazonaws.com'));

const ofDirectory = trusting({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ds.amazonaws.com' } });
const ofCertificates = trusting({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Principal: { Service: 'rolesanywhere.amazonaws.com' } });
const ofLambda = trusting({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } });
const otherAudience = trusting(web({ Ref: 'Second' }));
const Second = { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['vault'] } };

const forVault = { Other: { Type: 'AWS::IAM::Role', Properties: { ...ofLambda.Other.Properties, AssumeRolePolicyDocument: trustOf('default:app', { audience: 'vault' }) } } };

test.each(complete([
  ['a SAML provider', { ...reader(), ...ofSaml({ Ref: 'Saml' }), Saml }, DENIED],
  ['a SAML provider, beside a role that trusts GitHub', { ...reader(), ...ofRepositories, Users: ofSaml({ Ref: 'Saml' }).Other, Saml }, DENIED],
  ['a SAML provider that the pod may change', { ...reader([allow('iam:UpdateSAMLProvider')]), ...ofSaml({ Ref: 'Saml' }), Saml }, UNKNOWN],
  ['a SAML provider elsewhere that the pod may change', { ...reader([allow('iam:*SAMLProvider', SAML_ARN)]), ...ofSaml(SAML_ARN) }, UNKNOWN],
  ['a SAML provider, while the pod may change another', { ...reader([allow('iam:*SAMLProvider', `${SAML_ARN}2`)]), ...ofSaml(SAML_ARN) }, DENIED],
  ['a SAML provider of a parameter that the pod may change', { ...reader([allow('iam:UpdateSAMLProvider')]), ...ofSaml({ 'Fn::ImportValue': 'Saml' }) }, UNKNOWN],
  ['a SAML provider of a parameter, while the pod may change another', { ...reader([allow('iam:*OpenIDConnectProvider*')]), ...ofSaml({ 'Fn::ImportValue': 'Saml' }) }, DENIED],
  ['a service of a parameter that may be a directory', { ...reader([allow('ds:ResetUserPassword')]), ...trusting({ ...ofService, Principal: { Service: { 'Fn::ImportValue': 'Service' } } }) }, UNKNOWN],
  ['a service of a parameter', { ...reader(), ...trusting({ ...ofService, Principal: { Service: { 'Fn::ImportValue': 'Service' } } }) }, DENIED],
  ['a provider of a parameter with claims of GitHub', { ...reader([allow(['cognito-identity:*', 'cognito-idp:*', 'iam:UpdateSAMLProvider'])]), ...ofGithub({ 'Fn::ImportValue': 'GitHub' }) }, DENIED],
  ['GitHub', { ...reader([allow(['cognito-identity:*', 'cognito-idp:*', 'acm-pca:*', 'iam:UpdateSAMLProvider'])]), ...ofGithub() }, DENIED],
  ['an audience that the provider does not accept', { ...reader(), ...forVault }, DENIED],
  ['an audience that the pod may let the provider accept', { ...reader([allow('iam:AddClientIDToOpenIDConnectProvider')]), ...forVault }, UNKNOWN],
  ['an audience that the pod may let another provider accept', { ...reader([allow('iam:AddClientIDToOpenIDConnectProvider', GITHUB)]), ...forVault }, DENIED],
  ['GitHub, while the pod may let its provider accept audiences', { ...reader([allow('iam:AddClientIDToOpenIDConnectProvider', GITHUB)]), ...ofGithub() }, DENIED],
  ['users of a user pool without sign-up', { ...reader(), ...byUrl }, DENIED],
  ['users of a user pool without sign-up, but with Google', { ...reader(), ...byUrl, ...google({ Ref: 'Users' }) }, UNKNOWN],
  ['users of a user pool without sign-up, while one that only the deployment knows has Google', { ...reader(), ...byUrl, ...google({ 'Fn::ImportValue': 'Users' }) }, UNKNOWN],
  ['users of an identity pool with a user pool without sign-up, but with Google', {
    ...reader(), ...ofPool('authenticated'), ...pool(false, withUsers), ...users(true), ...google({ Ref: 'Users' }),
  }, UNKNOWN],
  ['guests of an identity pool', { ...reader(), ...ofPool('unauthenticated'), ...pool(true) }, UNKNOWN],
  ['guests of an identity pool elsewhere', { ...reader(), ...ofPool('unauthenticated', 'us-west-2:0123') }, UNKNOWN],
  ['any identity pool', { ...reader(), ...trusting(web(COGNITO)) }, UNKNOWN],
  ['guests of an identity pool that has none', { ...reader(), ...ofPool('unauthenticated'), ...pool(false) }, DENIED],
  ['guests of an identity pool that the pod may change', { ...reader([allow('cognito-identity:UpdateIdentityPool')]), ...ofPool('unauthenticated'), ...pool(false) }, UNKNOWN],
  ['those who are signed in to an identity pool with guests', { ...reader(), ...ofPool('authenticated'), ...pool(true) }, DENIED],
  ['those whom a developer vouches for', { ...reader(), ...ofPool('authenticated'), ...pool(false, { DeveloperProviderName: 'app' }) }, DENIED],
  ['those whom the pod may vouch for', {
    ...reader([allow('cognito-identity:GetOpenIdTokenForDeveloperIdentity')]), ...ofPool('authenticated'), ...pool(false, { DeveloperProviderName: 'app' }),
  }, UNKNOWN],
  ['those who may sign up by themselves', { ...reader(), ...ofPool('authenticated'), ...pool(false, withUsers), ...users(false) }, UNKNOWN],
  ['those whom an administrator signs up', { ...reader(), ...ofPool('authenticated'), ...pool(false, withUsers), ...users(true) }, DENIED],
  ['those whom the pod may sign up', { ...reader([allow('cognito-idp:AdminCreateUser')]), ...ofPool('authenticated'), ...pool(false, withUsers), ...users(true) }, UNKNOWN],
  ['those who have tokens of an OIDC provider', {
    ...reader(), ...ofPool('authenticated'), ...pool(false, { OpenIdConnectProviderARNs: ['arn:aws:iam::111122223333:oidc-provider/login.example.com'] }),
  }, UNKNOWN],
  ['the users of a user pool elsewhere, which may have sign-up', {
    ...reader(), ...ofPool('authenticated'), ...pool(false, { CognitoIdentityProviders: [{ ClientId: 'client', ProviderName: 'cognito-idp.us-west-2.amazonaws.com/us-west-2_abc' }] }),
  }, UNKNOWN],
  ['those who have assertions of a SAML provider that the pod may change', {
    ...reader([allow('iam:UpdateSAMLProvider')]), ...ofPool('authenticated'), ...pool(false, { SamlProviderARNs: [SAML_ARN] }),
  }, UNKNOWN],
  ['an identity pool without guests in one statement, and any pool in another', { ...reader(), ...ofPools(web(COGNITO)), ...pool(false) }, UNKNOWN],
  ['any identity pool but one without guests', { ...reader(), ...trusting(web(COGNITO, { StringNotEquals: { [`${COGNITO}:aud`]: { Ref: 'Pool' } } })), ...pool(false) }, UNKNOWN],
  ['an identity pool without guests in one statement, and pools by a wildcard in another', {
    ...reader(), ...ofPools(web(COGNITO, { StringLike: { [`${COGNITO}:aud`]: 'us-west-2:*' } })), ...pool(false),
  }, UNKNOWN],
  ['an identity pool without guests in one statement, and Lambda in another', { ...reader(), ...ofPools({ ...web(''), Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }), ...pool(false) }, DENIED],
  ['an identity pool without guests in one statement, and another one without guests in another', {
    ...reader(), ...ofPools(web(COGNITO, { StringEquals: { [`${COGNITO}:aud`]: { Ref: 'Other2' } } })), ...pool(false), Other2: pool(false).Pool,
  }, DENIED],
  ['those who sign in with Google', { ...reader(), ...ofPool('authenticated'), ...pool(false, { SupportedLoginProviders: { 'accounts.google.com': 'client' } }) }, UNKNOWN],
  ...['AdminAddUserToGroup', 'AdminLinkProviderForUser', 'AdminUpdateUserAttributes', 'StartUserImportJob'].map((name): Case => [`those whom the pod may change with ${name}`, {
    ...reader([allow(`cognito-idp:${name}`)]), ...ofPool('authenticated'), ...pool(false, withUsers), ...users(true),
  }, UNKNOWN]),
  ['those whom code signs in that the pod may change', {
    ...reader([allow('lambda:UpdateFunctionCode')]), ...ofPool('authenticated'), ...pool(false, withUsers), ...triggered('VerifyAuthChallengeResponse'),
  }, UNKNOWN],
  ['the users of a pool of which a function outside the templates decides, while these have something else', {
    ...reader([allow('lambda:UpdateFunctionCode')]),
    ...ofPool('authenticated'),
    ...pool(false, withUsers),
    ...triggered('UserMigration'),
    Users: { Type: 'AWS::Cognito::UserPool', Properties: { ...users(true).Users.Properties, LambdaConfig: { UserMigration: 'arn:aws:lambda:us-west-2:111122223333:function:outside' } } },
    Method: { Type: 'AWS::ApiGateway::Method', Properties: {} },
  }, UNKNOWN],
  ['those about whom code is only told that the pod may change', {
    ...reader([allow('lambda:UpdateFunctionCode')]), ...ofPool('authenticated'), ...pool(false, withUsers), ...triggered('PostAuthentication'),
  }, DENIED],
  ['those whom other code signs in than what the pod may change', {
    ...reader([allow('lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:x')]),
    ...ofPool('authenticated'),
    ...pool(false, withUsers),
    ...triggered('VerifyAuthChallengeResponse'),
  }, DENIED],
  ['the users of a user pool, whom code signs in that the pod may change', {
    ...reader([allow('lambda:UpdateFunctionCode')]), ...byUrl, ...triggered('UserMigration'),
  }, UNKNOWN],
  ['the users of a user pool elsewhere as such', { ...reader(), ...ofUserPool }, UNKNOWN],
  ['the users of a user pool with sign-up', { ...reader(), ...byUrl, ...users(false) }, UNKNOWN],
  ['the users of a user pool without sign-up', { ...reader(), ...byUrl }, DENIED],
  ['users of a directory', { ...reader(), ...ofDirectory }, DENIED],
  ['users of a directory whose passwords the pod may set', { ...reader([allow('ds:ResetUserPassword')]), ...ofDirectory }, UNKNOWN],
  ['users of a directory whom the pod may add to groups', { ...reader([allow('ds-data:AddGroupMember')]), ...ofDirectory }, UNKNOWN],
  ['the users of a user pool whom the pod may sign in', { ...reader([allow('cognito-idp:AdminInitiateAuth')]), ...ofUserPool }, UNKNOWN],
  ['the users of a user pool of the templates whom the pod may sign in', { ...reader([allow('cognito-idp:AdminInitiateAuth')]), ...byUrl }, UNKNOWN],
  ['tokens of AWS STS', { ...reader(), ...ofSts }, DENIED],
  ['tokens of AWS License Manager that the pod may get', { ...reader([allow('license-manager:GetAccessToken')]), ...ofLicenses }, UNKNOWN],
  ['tokens of AWS License Manager', { ...reader(), ...ofLicenses }, DENIED],
  ['tokens of AWS STS that the pod may get', { ...reader([allow('sts:GetWebIdentityToken')]), ...ofSts }, UNKNOWN],
  ['certificates', { ...reader(), ...ofCertificates }, DENIED],
  ['certificates that the pod may issue', { ...reader([allow('acm-pca:IssueCertificate')]), ...ofCertificates }, UNKNOWN],
  ['certificates that the pod may get by ACME', { ...reader([allow('acm:GetAcmeExternalAccountBindingCredentials')]), ...ofCertificates }, UNKNOWN],
  ['certificates that the pod may export', { ...reader([allow('acm:ExportCertificate')]), ...ofCertificates }, UNKNOWN],
  ['certificates of an authority that the pod may choose', { ...reader([allow('rolesanywhere:UpdateTrustAnchor')]), ...ofCertificates }, UNKNOWN],
  ['AWS Lambda only, while the pod may issue certificates', { ...reader([allow('acm-pca:IssueCertificate')]), ...ofLambda }, DENIED],
  ['tokens of the cluster for another audience', { ...reader(), ...otherAudience, Second }, 'ALLOWED'],
]))('of a role that trusts %s', (_, resources, outcome) => {
  expect(decide(resources, { action: LIST_BUCKETS }).outcome).toBe(outcome);
});

test('the answer says what the pod may request, and whom the role trusts', () => {
  const { missing, outcomeByDefault } = decide({ ...reader([allow('acm-pca:IssueCertificate')]), ...ofCertificates }, { action: LIST_BUCKETS });
  expect(outcomeByDefault).toBe(DENIED);
  expect(missing).toEqual(['role Reader may request acm-pca:IssueCertificate, and so might get role Other, which trusts rolesanywhere.amazonaws.com']);
  const ofGuests = decide({ ...reader(), ...ofPool('unauthenticated'), ...pool(true) }, { action: LIST_BUCKETS });
  expect(ofGuests.missing).toEqual([`anyone might get role Other, which trusts ${COGNITO}: identities of Amazon Cognito without sign-in, or with sign-up`]);
});

test('what such a role leads to is unknown, too', () => {
  const Third = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Other') } }, allow('sqs:ListQueues'));
  const Other = role(ofPool('unauthenticated').Other.Properties.AssumeRolePolicyDocument.Statement[0], allow('sts:AssumeRole', arnOf('Third')));
  expect(decide({ ...reader(), ...pool(true), Other, Third }, { action: 'sqs:ListQueues' }).outcome).toBe(UNKNOWN);
});
