import { ACCOUNT, accessTo, ALLOWED, DENIED, REGION, UNKNOWN } from './questions';
import { account, allow, clusterTemplate, objects, role } from '../../templates';

const LIST = 'sqs:ListQueues';
const issuer = (id: string) => `oidc.eks.${REGION}.amazonaws.com/id/${id}`;
const arnWith = (id: string) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer(id)}`;
const byToken = (Principal: unknown, id: string) =>
  ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal, Condition: { StringEquals: { [`${issuer(id)}:sub`]: 'system:serviceaccount:default:app' } } });
const from = (id: string) => allow(LIST, '*', { Condition: { StringEquals: { 'aws:FederatedProvider': arnWith(id) } } });

/** What pods of a cluster can do that no template creates, with a role. */
const outcomeIn = (cluster: object, Role: object, attributes?: { [name: string]: string }) =>
  accessTo(clusterTemplate({ Role, Objects: { ...objects(account('app')), Properties: { ...objects(account('app')).Properties, ...cluster } } }))
    .assume({ noOtherNodes: true, attributes }).pod({ serviceAccountName: 'app', cluster: attributes ? 'prod' : 'other' }).decide(LIST).outcome;
const outcomeElsewhere = (Role: object) => outcomeIn({ ClusterName: 'other' }, Role);
const outcomeWith = (id: string, Role: object) => outcomeIn({}, Role, { 'Cluster.OpenIdConnectIssuerUrl': `https://${issuer(id)}` });

describe('a role that trusts the providers of two clusters', () => {
  const trusts = [byToken({ Federated: arnWith('A') }, 'A'), byToken({ Federated: arnWith('B') }, 'B')];

  test.each(['A', 'B'])('might allow pods what it allows to sessions from provider %s, if their issuer is not known', (id) => {
    expect(outcomeElsewhere(role(trusts, from(id)))).toBe(UNKNOWN);
  });

  test('allows pods what it allows to sessions from their own', () => {
    const any = allow(LIST, '*', { Condition: { Null: { 'aws:FederatedProvider': 'false' } } });
    expect([from('A'), from('B'), any].map((statement) => outcomeWith('A', role(trusts, statement)))).toEqual([ALLOWED, DENIED, ALLOWED]);
  });
});

describe('a role that trusts everyone', () => {
  const EVERYONE = byToken('*', 'A');

  test.each<[string, object, string]>([
    ['with a token', EVERYONE, UNKNOWN],
    ['with a token but an account', { ...EVERYONE, Principal: undefined, NotPrincipal: { AWS: '444455556666' } }, UNKNOWN],
    ['with an assertion', { ...EVERYONE, Action: 'sts:AssumeRoleWithSAML' }, DENIED],
  ])('%s may admit pods by a provider that the templates do not show', (_, trust, expected) => {
    expect(outcomeElsewhere(role(trust, allow(LIST)))).toBe(expected);
  });

  test('admits pods by the provider that the templates show', () => {
    expect(['A', 'B'].map((id) => outcomeWith(id, role(EVERYONE, allow(LIST))))).toEqual([ALLOWED, DENIED]);
  });
});
