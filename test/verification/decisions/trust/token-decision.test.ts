import { verification } from '../../../../lib';
import { accountRole, clusterTemplate, role, trustOf } from '../../templates';

const { PodAccess } = verification;
const trustIn = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections)).trustPolicyNamed('Role');
const reader = { namespace: 'reports', serviceAccountName: 'reader' };
const outcomes = ({ provider, outcome }: verification.TokenDecision) => [provider, outcome];
const withTrust = (trust: object) => trustIn({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } } });
const accepting = (...audiences: unknown[]) => ({
  Role: accountRole('reports:reader'),
  Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: audiences } },
});

describe('a token', () => {
  const trust = trustIn({ Role: accountRole('reports:reader') });

  test.each<[string, verification.TokenOptions, string[]]>([
    ['of the account that the role trusts is accepted', reader, ['ALLOWED', 'ALLOWED']],
    ['of another account is refused by the trust policy', { ...reader, serviceAccountName: 'writer' }, ['ALLOWED', 'DENIED']],
    ['of another namespace is refused by the trust policy', { ...reader, namespace: 'default' }, ['ALLOWED', 'DENIED']],
    ['is of the namespace default unless you say otherwise', { serviceAccountName: 'reader' }, ['ALLOWED', 'DENIED']],
    ['for another audience is refused by the provider', { ...reader, audience: 'https://kubernetes.default.svc' }, ['DENIED', 'DENIED']],
  ])('%s', (_, token, expected) => {
    expect(outcomes(trust.decideToken(token))).toEqual(expected);
  });

  test('for another audience is refused by the trust policy if the provider accepts it', () => {
    const decision = trustIn(accepting('sts.amazonaws.com', 'vault')).decideToken({ ...reader, audience: 'vault' });
    expect(outcomes(decision)).toEqual(['ALLOWED', 'DENIED']);
  });

  test('for an audience that only the deployment knows is not decided', () => {
    const decision = trustIn(accepting({ Ref: 'Audience' }), { Parameters: { Audience: { Type: 'String' } } }).decideToken(reader);
    expect(outcomes(decision)).toEqual(['UNKNOWN', 'UNKNOWN']);
    expect(decision.missing).toEqual([expect.stringMatching(/^the audiences that arn:.* accepts$/)]);
  });

  test('is refused if a statement denies it', () => {
    const { 'Fn::Sub': [text, variables] } = trustOf('reports:reader');
    const document = JSON.parse(text);
    const denial = { ...document.Statement[0], Effect: 'Deny' };
    const decision = withTrust({ 'Fn::Sub': [JSON.stringify({ ...document, Statement: [...document.Statement, denial] }), variables] }).decideToken(reader);
    expect(outcomes(decision)).toEqual(['ALLOWED', 'DENIED']);
    expect(decision.reasons.map(({ what }) => what)).toContainEqual(expect.stringContaining('Deny sts:AssumeRoleWithWebIdentity'));
  });

  test('is not decided if the trust policy cannot be read', () => {
    const decision = withTrust({ 'Fn::Sub': ['{"Statement": ${Any}', { Any: { Ref: 'AWS::StackId' } }] }).decideToken(reader);
    expect(outcomes(decision)).toEqual(['ALLOWED', 'UNKNOWN']);
    expect(decision.missing).not.toEqual([]);
  });

  test('is refused without an identity provider, and the reason says so', () => {
    const { Provider: _, ...resources } = clusterTemplate({ Role: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }) }).stack.Resources;
    const decision = PodAccess.fromTemplates({ stack: { Resources: resources } }).trustPolicyNamed('Role').decideToken(reader);
    expect(decision).toMatchObject({
      provider: 'DENIED', outcome: 'DENIED', missing: [], reasons: [{ what: 'the templates have no IAM OIDC provider for cluster prod, and no trust policy names one' }],
    });
  });

  test('is decided with the statement that admits it, and its place', () => {
    const [{ what, place }] = trust.decideToken(reader).reasons;
    expect(what).toMatch(/^Allow sts:AssumeRoleWithWebIdentity to arn:.*:oidc-provider\/.* in trust policy$/);
    expect(place).toEqual({ template: 'stack', logicalId: 'Role', path: 'Properties.AssumeRolePolicyDocument.Statement[0]' });
  });

  test('explains the decision', () => {
    expect(`${trust.decideToken(reader)}`).toMatch(/^ALLOWED: a token of service account reports\/reader gets credentials of role Role\n {2}Allow sts:AssumeRoleWithWebIdentity/);
    expect(`${trust.decideToken({ ...reader, audience: 'vault' })}`).toMatch(/^DENIED: a token of service account reports\/reader gets no credentials of role Role\n {2}\S/);
    const unknown = withTrust({ 'Fn::Sub': ['{"Statement": ${Any}', { Any: { Ref: 'AWS::StackId' } }] }).decideToken({ serviceAccountName: 'reader' });
    expect(`${unknown}`).toMatch(/^UNKNOWN: whether a token of service account default\/reader gets credentials of role Role\n/);
    expect(`${unknown}`).toContain(`\nIt depends on what the templates do not show (see PodAccess.assume):\n  - ${unknown.missing[0]}`);
  });
});

describe('a token for a role whose trust policy depends on conditions', () => {
  const conditional = (count: number) => {
    const names = [...Array(count).keys()].map((i) => `Is${i}`);
    const either = names.reduce<unknown>((trust, name) => ({ 'Fn::If': [name, trustOf('reports:reader'), trust] }), trustOf('reports:other'));
    return trustIn({ Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: either } } }, {
      Parameters: Object.fromEntries(names.map((name) => [`P${name}`, { Type: 'String' }])),
      Conditions: Object.fromEntries(names.map((name) => [name, { 'Fn::Equals': [{ Ref: `P${name}` }, 'yes'] }])),
    });
  };

  test('is not decided, and the conditions are named', () => {
    const decision = conditional(1).decideToken(reader);
    expect(outcomes(decision)).toEqual(['ALLOWED', 'UNKNOWN']);
    expect(decision.missing).toEqual(['with Is0 (${PIs0} is "yes"), the outcome is ALLOWED', 'with Is0 (${PIs0} is not "yes"), the outcome is DENIED']);
  });

  test('is decided if it makes no difference', () => {
    expect(outcomes(conditional(1).decideToken({ ...reader, serviceAccountName: 'third' }))).toEqual(['ALLOWED', 'DENIED']);
  });

  test('is never decided if they have too many combinations', () => {
    const trust = conditional(70);
    const missing = 'the conditions of the templates, which have too many combinations: assume values of parameters to reduce them';
    expect(trust.decideToken(reader)).toMatchObject({ provider: 'UNKNOWN', outcome: 'UNKNOWN', missing: expect.arrayContaining([missing]) });
    expect(() => trust.assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow(`must admit reports/reader, but might not:\n  it depends on ${missing}`);
    expect(() => trust.assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow(`must admit reports/reader, but might not:\n  it depends on ${missing}`);
  });
});
