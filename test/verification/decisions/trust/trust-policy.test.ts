import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, PodCredentials, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole, verification } from '../../../../lib';
import { ExistingCluster, version } from '../../../stacks';
import { accountRole, clusterTemplate, podIdentityTrust, role, trustOf } from '../../templates';

const { PodAccess } = verification;
const trustIn = (resource: object) => PodAccess.fromTemplates(clusterTemplate({ Role: resource })).trustPolicyNamed('Role');
const withTrust = (trust: object) => trustIn({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust } });
/** The text of the trust in `reports/reader`, with something in it replaced. */
const replaced = (from: string, to: string) => {
  const { 'Fn::Sub': [text, variables] } = trustOf('reports:reader');
  expect(text).toContain(from);
  return withTrust({ 'Fn::Sub': [text.replace(from, to), variables] });
};
const also = (statement: object) => {
  const { 'Fn::Sub': [text, variables] } = trustOf('reports:reader');
  const document = JSON.parse(text);
  return withTrust({ 'Fn::Sub': [JSON.stringify({ ...document, Statement: [...document.Statement, statement] }), variables] });
};
const TAGS = { 'aws:RequestTag/eks-cluster-arn': { 'Fn::GetAtt': ['Cluster', 'Arn'] }, 'aws:RequestTag/kubernetes-namespace': 'reports', 'aws:RequestTag/kubernetes-service-account': 'reader' };

describe('a trust policy', () => {
  test('is shown as IAM gets it', () => {
    const trust = trustIn(accountRole('reports:reader'));
    const issuer = '${Cluster.IssuerHost}/id/${Cluster.IssuerId}';
    expect(trust.statements).toEqual([{
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${issuer}` },
      Condition: { StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:reports:reader', [`${issuer}:aud`]: 'sts.amazonaws.com' } },
    }]);
    expect(trust.document).toEqual({ Version: '2012-10-17', Statement: trust.statements });
    expect([trust.role, trust.place.logicalId, trust.problem]).toEqual(['Role', 'Role', undefined]);
  });

  test('that depends on conditions has a problem, because no single document is the policy', () => {
    const trust = PodAccess.fromTemplates(clusterTemplate({
      Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { 'Fn::If': ['IsProd', trustOf('reports:reader'), trustOf('reports:writer')] } } },
    }, { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } })).trustPolicyNamed('Role');
    expect([trust.document, trust.statements]).toEqual([undefined, []]);
    expect(trust.problem).toMatch(/^it depends on conditions: it is not the same with IsProd \(.*\) and with IsProd \(.*\)$/);
  });

  test('with a statement that is no object has a problem, so that all statements are objects in every language', () => {
    const trust = withTrust({ Version: '2012-10-17', Statement: [{ Ref: 'Provider' }] });
    expect([trust.problem, trust.document, trust.statements]).toEqual(['Statement[0] must be an object', undefined, []]);
  });

  test('that cannot be read has a problem, and admits nobody for certain', () => {
    const trust = withTrust({ 'Fn::Sub': ['{"Statement": ${Any}', { Any: { Ref: 'AWS::StackId' } }] });
    expect([trust.document, trust.statements]).toEqual([undefined, []]);
    expect(trust.problem).toEqual(expect.any(String));
    expect(() => trust.assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('the trust policy of role Role must admit reports/reader, but might not');
  });

  test.each<[string, () => verification.TrustPolicy, string | undefined]>([
    ['in the tokens of one account', () => trustIn(accountRole('reports:reader')), undefined],
    ['with a pattern that has no wildcard', () => withTrust(trustOf('reports:reader', { operator: 'StringLike' })), undefined],
    ['in EKS Pod Identity with session tags', () => trustIn(role(podIdentityTrust({ StringEquals: TAGS }))), undefined],
    ['with a statement that denies somebody', () => also({ Effect: 'Deny', Action: 'sts:AssumeRole', Principal: '*' }), undefined],
    ['in another account', () => trustIn(accountRole('reports:writer')), 'must admit reports/reader, but does not'],
    ['for another audience', () => withTrust(trustOf('reports:reader', { audience: 'another' })), 'must admit reports/reader, but does not'],
    ['in no identity provider', () => trustIn(role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } })), 'must admit reports/reader, but does not'],
    ['with a wildcard', () => withTrust(trustOf('reports:*', { operator: 'StringLike' })), 'is StringLike system:serviceaccount:reports:*, but must be StringEquals system:serviceaccount:reports:reader: it admits other service accounts'],
    ['in another account, too', () => replaced('"system:serviceaccount:reports:reader"', '["system:serviceaccount:reports:reader","system:serviceaccount:reports:writer"]'), 'it admits other service accounts'],
    ['without audience', () => replaced(',"${Issuer}:aud":"sts.amazonaws.com"', ''), ':aud is missing or is not an exact match'],
    ['without subject', () => replaced('"${Issuer}:sub":"system:serviceaccount:reports:reader",', ''), 'it has no condition for ${Cluster.IssuerHost}/id/${Cluster.IssuerId}:sub: it admits other service accounts'],
    ['in a role, too', () => also({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }), 'it also admits the AWS principal arn:aws:iam::111122223333:root'],
    ['in everyone, too', () => also({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }), 'it also admits everyone'],
    ['in everyone but one, too', () => also({ Effect: 'Allow', Action: 'sts:AssumeRole', NotPrincipal: { AWS: '111122223333' } }), 'it admits everyone except the principals in NotPrincipal'],
    ['in EKS Pod Identity without conditions, too', () => also(podIdentityTrust()), 'anyone who can create EKS Pod Identity associations can give the role to other pods'],
    ['in another provider, too', () => also({
      Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com' },
    }), 'it also admits the Federated principal arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com'],
  ])('%s', (_, trust, refusal) => {
    const admitsOnly = () => trust().assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' });
    if (refusal === undefined) {
      expect(admitsOnly).not.toThrow();
    } else {
      expect(admitsOnly).toThrow(refusal);
    }
  });

  test('says where it admits others', () => {
    expect(() => withTrust(trustOf('reports:*', { operator: 'StringLike' })).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('at stack: Role.Properties.AssumeRolePolicyDocument.Statement[0]');
  });
});

describe('a trust policy, without the name of a cluster,', () => {
  const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/A1';
  const trusting = (issuer: string, more: object = {}) => role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Condition: { StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:reports:reader', [`${issuer}:aud`]: 'sts.amazonaws.com' }, ...more },
  });
  const alone = (resource: object) => PodAccess.fromTemplates({ stack: { Resources: { Role: resource } } }).trustPolicyNamed('Role');
  const second = { Second: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'second' } } };
  const ofTwo = (resource: object) => PodAccess.fromTemplates(clusterTemplate({ ...second, Role: resource })).trustPolicyNamed('Role');

  test('is for the one of several clusters whose issuer it names', () => {
    ofTwo(accountRole('reports:reader')).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' });
    expect(() => ofTwo(accountRole('reports:writer')).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('must admit reports/reader, but does not');
    expect(ofTwo(accountRole('reports:reader')).decideToken({ namespace: 'reports', serviceAccountName: 'reader' }).outcome).toBe('ALLOWED');
  });

  test('is for one of several clusters that it does not tell, so that an error says what to pass', () => {
    const several = 'the templates have several clusters: pass one of them as the option cluster: prod, second';
    expect(() => ofTwo(role(podIdentityTrust({ StringEquals: TAGS }))).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow(several);
    ofTwo(role(podIdentityTrust({ StringEquals: TAGS }))).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader', cluster: 'prod' });
  });

  test('is enough if the templates have only the role', () => {
    alone(trusting(ISSUER)).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' });
    alone(role(podIdentityTrust())).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' });
    expect(() => alone(role(podIdentityTrust())).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('anyone who can create EKS Pod Identity associations');
    expect(() => alone(role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } }))).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('might not');
    expect(() => alone(role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'x' } }))).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('does not');
    expect(() => alone(role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '111122223333' } })).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('does not');
  });

  test('is enough if the issuer is a parameter', () => {
    const trust = JSON.stringify(trusting('${Issuer}').Properties.AssumeRolePolicyDocument);
    const inTemplate = (parameter: object) => PodAccess.fromTemplates({
      stack: { Parameters: { Issuer: parameter }, Resources: { Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { 'Fn::Sub': trust } } } } },
    }).trustPolicyNamed('Role');
    const limited = inTemplate({ Type: 'String', AllowedPattern: '[a-zA-Z0-9./-]+' });
    limited.assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' });
    expect(() => limited.assertAdmits({ namespace: 'reports', serviceAccountName: 'writer' })).toThrow('must admit reports/writer, but does not');
    expect(() => inTemplate({ Type: 'String' }).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow("assume parameters: { Issuer: '…' }");
  });

  test('is not enough if its issuer may be that of something else than a cluster', () => {
    const trust = alone(trusting('token.actions.githubusercontent.com'));
    expect(() => trust.assertAdmits({ namespace: 'reports', serviceAccountName: 'reader' })).toThrow('state which issuer is that of the cluster');
    const stated = { clusterIssuers: { prod: 'https://token.actions.githubusercontent.com' } };
    PodAccess.fromTemplates({ stack: { Resources: { Role: trusting('token.actions.githubusercontent.com') } } }).assume(stated)
      .trustPolicyNamed('Role').assertAdmits({ namespace: 'reports', serviceAccountName: 'reader', cluster: 'prod' });
  });
});

describe('a trust policy of this library', () => {
  const app = new App();
  const stack = new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-central-1' } });
  const cluster = new IrsaCluster(stack, 'Cluster', { version, podCredentials: PodCredentials.both() });
  const other = new Stack(app, 'Other', { env: { account: '123456789012', region: 'eu-central-1' } });
  const reader = new ServiceAccountWithRole(other, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', podCredentials: PodCredentials.irsa() });
  const team = new ServiceAccountRole(stack, 'Team', { cluster, subjects: [ServiceAccountSubject.pattern('team-*', 'reader')], podCredentials: PodCredentials.irsa() });
  const sync = new ServiceAccountRole(stack, 'Sync', { cluster, subjects: [ServiceAccountSubject.exact('reports', 'sync')], podCredentials: PodCredentials.podIdentity() });
  const existing = new ExistingCluster(other, 'Existing');
  const imported = new ServiceAccountRole(other, 'Imported', { cluster: existing, subjects: [ServiceAccountSubject.exact('reports', 'imported')], podCredentials: PodCredentials.irsa() });
  const shared = new iam.Role(stack, 'Shared', { assumedBy: new iam.AccountRootPrincipal() });
  const access = PodAccess.fromStack(stack);
  const inOwn = { cluster: cluster.clusterName };

  test('admits only its account, in the stack of the cluster and in another one', () => {
    access.trustPolicyOf(reader).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader', ...inOwn });
    access.trustPolicyOf(sync).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'sync', ...inOwn });
    expect(() => access.trustPolicyOf(reader).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'other', ...inOwn })).toThrow('must admit reports/other, but does not');
    expect(() => access.trustPolicyOf(reader).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader', cluster: 'existing' })).toThrow();
    expect(() => access.trustPolicyOf(team).assertAdmitsOnly({ namespace: 'team-a', serviceAccountName: 'reader', ...inOwn })).toThrow('it admits other service accounts');
    access.trustPolicyOf(team).assertAdmits({ namespace: 'team-a', serviceAccountName: 'reader', ...inOwn });
    expect(() => access.trustPolicyOf(shared).assertAdmits({ namespace: 'reports', serviceAccountName: 'reader', ...inOwn })).toThrow('does not');
  });

  test('of a cluster that exists already names its provider, which is assumed to exist', () => {
    expect(access.trustPolicyOf(imported).statements[0].Principal).toEqual({ Federated: 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/E1' });
  });

  test('of a cluster that no template names is proved, too', () => {
    const roles = new Stack(new App(), 'Roles');
    const reporter = new ServiceAccountRole(roles, 'Reporter', { cluster: new ExistingCluster(roles, 'Existing'), subjects: [ServiceAccountSubject.exact('reports', 'reporter')] });
    const trust = PodAccess.fromStack(roles).trustPolicyOf(reporter);
    trust.assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reporter' });
    expect(() => trust.assertAdmits({ namespace: 'reports', serviceAccountName: 'other' })).toThrow('must admit reports/other, but does not');
  });

  test('is found by the construct, the logical ID or the name', () => {
    expect(() => access.trustPolicyOf(stack)).toThrow('Stack has several roles: pass one of ');
    expect(access.trustPolicies.map(({ role: id }) => id)).toContain(access.trustPolicyOf(shared).role);
    expect(access.trustPolicyNamed(access.trustPolicyOf(shared).role).statements).toEqual(access.trustPolicyOf(shared).statements);
  });
});
