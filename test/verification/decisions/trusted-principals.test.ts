import { verification } from '../../../lib';
import { account, accountRole, allow, association, clusterTemplate, objects, podIdentityTrust, role, trustOf } from '../templates';

const { PodAccess } = verification;
const ADMIN = allow('*');
const DELETE = 's3:DeleteBucket';
const ASSUMED = { noOtherNodes: true, resourcesWithoutPolicy: ['*'] };

const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections)).assume(ASSUMED);
/** Who can delete buckets, or might. */
const whoCan = (access: verification.PodAccess, action = DELETE) => access.principals
  .map((principal) => [principal.name, principal.decide(action).outcome]).filter(([, outcome]) => outcome !== 'DENIED').map((row) => row.join(': '));
const rows = (access: verification.PodAccess) => access.principals.map(({ row: { kind, cluster, namespace = '', name, isDefinedElsewhere } }) =>
  [kind, cluster, `${namespace}/${name}`, isDefinedElsewhere ? 'elsewhere' : 'here'].join(' '));

test('an account that only a trust policy names is a principal', () => {
  const access = read({ Admin: accountRole('kube-system:cluster-autoscaler', ADMIN) });
  expect(rows(access)).toEqual(['Nodegroup prod /nodes here', 'ServiceAccount prod kube-system/cluster-autoscaler elsewhere']);
  expect(whoCan(access)).toEqual(['pods of service account kube-system/cluster-autoscaler: ALLOWED']);
  const [, { row: { roles } }] = access.principals;
  expect(roles[0]).toMatchObject({ role: 'Admin', by: 'the trust of the role alone', isCertain: true, isDefault: false });
});

test('an account that a trust policy names for several clusters is a principal of each that might have it', () => {
  const issuers = ['A', 'B'].map((id) => `oidc.eks.eu-central-1.amazonaws.com/id/${id}`);
  const Admin = role(issuers.map((issuer) => byToken(ofIssuer(issuer), { StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:default:app' } })), ADMIN);
  const [First, Second] = ['first', 'second'].map((ClusterName) => ({ ...objects(account('other')), Properties: { ...objects(account('other')).Properties, ClusterName } }));
  const access = read({ Admin, First, Second }).assume({ attributes: { 'Cluster.OpenIdConnectIssuerUrl': `https://${issuers[0]}` }, parameters: { 'AWS::AccountId': '123456789012', 'AWS::Region': 'eu-central-1' } });
  expect(rows(access).filter((row) => row.includes('default/app'))).toEqual(['prod', 'first', 'second'].map((cluster) => `ServiceAccount ${cluster} default/app elsewhere`));
  expect(whoCan(access)).toEqual(['ALLOWED', 'UNKNOWN', 'UNKNOWN'].map((outcome) => `pods of service account default/app: ${outcome}`));
});

test('an account of the templates is one principal, whoever names it', () => {
  const access = read({ Admin: accountRole('default:app', ADMIN), Objects: objects(account('app', 'Admin')) });
  expect(rows(access)).toEqual(['ServiceAccount prod default/app here', 'Nodegroup prod /nodes here']);
});

const WHOEVER = 'whoever role Admin trusts: ALLOWED';
const byToken = (Federated: unknown, Condition: object = {}) => ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated }, Condition });
const trusting = (subject: string, operator: string) =>
  ({ Type: 'AWS::IAM::Role', Properties: { ...role([], ADMIN).Properties, AssumeRolePolicyDocument: trustOf(subject, { operator }) } });
/** It trusts a pattern of accounts. */
const PATTERN = trusting('*:app', 'StringLike');
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/A';
const ofIssuer = (issuer: string) => `arn:aws:iam::123456789012:oidc-provider/${issuer}`;

test.each<[string, object, string[]]>([
  ['a pattern of accounts', { Admin: PATTERN }, [WHOEVER]],
  ['an account that cannot exist', { Admin: accountRole('*:app', ADMIN) }, []],
  ['all accounts of a namespace, as a literal', { Admin: accountRole('ops:*', ADMIN) }, []],
  ['an account by any of its subjects', { Admin: trusting('default:app', 'ForAnyValue:StringEquals') }, ['pods of service account default/app: ALLOWED']],
  ['an account by a pattern without wildcards', { Admin: trusting('default:app', 'ForAnyValue:StringLike') }, ['pods of service account default/app: ALLOWED']],
  ['an account, or tokens without a subject', { Admin: trusting('default:app', 'ForAllValues:StringEquals') }, [WHOEVER]],
  ['no condition for the subject', { Admin: role(byToken({ Ref: 'Provider' }), ADMIN) }, [WHOEVER]],
  ['EKS Pod Identity, and no association', { Admin: role(podIdentityTrust(), ADMIN) }, [WHOEVER]],
  ['EKS Pod Identity, and an association', { Admin: role(podIdentityTrust(), ADMIN), Association: association('app', 'Admin') }, ['pods of service account default/app: ALLOWED']],
  ['an AWS service', { Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, ADMIN) }, []],
  ['everyone, but not by token', { Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }, ADMIN) }, ['nodes of nodegroup Nodes: ALLOWED']],
  ['another identity provider in an account that only the deployment knows', {
    GitLab: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://gitlab.example.com' } }, Admin: role(byToken({ Ref: 'GitLab' }), ADMIN),
  }, []],
  ['a provider that only the deployment knows', { Admin: role(byToken({ Ref: 'AnyProvider' }), ADMIN) }, ['nodes of nodegroup Nodes: UNKNOWN', WHOEVER]],
  ['another identity provider', { Admin: role(byToken(ofIssuer('gitlab.example.com')), ADMIN) }, []],
])('a role that trusts %s', (_, resources, expected) => {
  expect(whoCan(read(resources))).toEqual(expected);
});

test.each<[string, string, string[]]>([
  ['the account of the role', '123456789012', [WHOEVER]],
  ['another account, where AWS STS does not look for it', '999999999999', []],
])('a role that trusts the provider of a cluster in %s', (_, id, expected) => {
  const access = read({ Admin: role(byToken(`arn:aws:iam::${id}:oidc-provider/${ISSUER}`), ADMIN) });
  expect(whoCan(access.assume({ parameters: { 'AWS::AccountId': '123456789012', 'AWS::Region': 'eu-central-1' } }))).toEqual(expected);
});

test('whoever a role trusts has a row of its own', () => {
  const [, { row }] = read({ Admin: PATTERN }).principals;
  expect(row).toMatchObject({ kind: 'Role', name: 'Admin', cluster: '', isDefinedElsewhere: true });
  expect(row.roles[0]).toMatchObject({ role: 'Admin', by: 'its trust policy' });
});

test('it is not known which session tags they have', () => {
  const byTag = allow(DELETE, '*', { Condition: { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'prod' } } });
  expect(whoCan(read({ Admin: role(podIdentityTrust(), byTag) }))).toEqual(['whoever role Admin trusts: UNKNOWN']);
});

test('an account is a principal, too, if only its issuer shows that there is a cluster', () => {
  const issuer = 'oidc.eks.eu-central-1.amazonaws.com/id/A';
  const trust = byToken(ofIssuer(issuer), { StringEquals: { [`${issuer}:sub`]: 'system:serviceaccount:default:app' } });
  const access = PodAccess.fromTemplates({ stack: { Resources: { Admin: role(trust, ADMIN) } } }).assume(ASSUMED);
  expect(whoCan(access)).toEqual(['pods of service account default/app: ALLOWED']);
});

describe('a role that asks for an audience', () => {
  const provider = (...ClientIdList: unknown[]) =>
    ({ Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList } } });
  const Admin = accountRole('default:app', ADMIN);

  test.each<[string, object, string[]]>([
    ['that its provider does not accept trusts nobody', provider('vault'), []],
    ['that its provider accepts, too, trusts a service account', provider('vault', 'sts.amazonaws.com'), ['pods of service account default/app: ALLOWED']],
    ['that its provider may accept trusts a service account', provider({ Ref: 'Audience' }), ['pods of service account default/app: UNKNOWN']],
  ])('%s', (_, resources, expected) => {
    expect(whoCan(read({ Admin, ...resources }, { Parameters: { Audience: { Type: 'String' } } }))).toEqual(expected);
  });
});
