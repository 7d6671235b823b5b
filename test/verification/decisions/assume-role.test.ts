import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, deny, objects, role } from '../templates';

const { PodAccess } = verification;
const ACCOUNT = '123456789012';
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const named = (RoleName: string, { Type, Properties }: any) => ({ Type, Properties: { ...Properties, RoleName } });
const trusting = (AWS: string) => ({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { AWS } });
const ASSUME = ['sts:AssumeRole', 'sts:TagSession'];

const pod = (own: object[], second: object = trusting(arnOf('first')), serviceAccountName = 'app') => PodAccess.fromTemplates(clusterTemplate({
  First: named('first', accountRole('default:app', ...own)), Second: named('second', role(second, allow('sqs:ListQueues'))), Objects: objects(account('app', 'First'), account('other')),
})).assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': ACCOUNT, 'AWS::Region': 'eu-central-1' } }).pod({ serviceAccountName });

describe('the trust policy of a role is its resource policy', () => {
  test.each<[string, object[], object | undefined, string]>([
    ['allows it, and so does the other role', [allow(ASSUME, arnOf('second'))], undefined, 'ALLOWED'],
    ['allows it to the role itself, which is enough', [], undefined, 'ALLOWED'],
    ['trusts another role', [allow(ASSUME, arnOf('second'))], trusting(arnOf('third')), 'DENIED'],
    ['trusts the account, which is not enough', [], trusting(ACCOUNT), 'DENIED'],
    ['trusts the account, and the other role allows it', [allow(ASSUME, arnOf('second'))], trusting(ACCOUNT), 'ALLOWED'],
    ['allows it, and the other role denies it', [deny(ASSUME)], undefined, 'DENIED'],
  ])('and %s', (_, own, trust, expected) => {
    const outcomes = ASSUME.map((action) => pod(own, trust).decide(action, { resource: arnOf('second') }).outcome);
    expect(outcomes).toEqual([expected, expected]);
  });

  test('also if the question is about any role', () => {
    expect(pod([]).decide('sts:AssumeRole').outcome).toBe('ALLOWED');
  });
});

describe('a role that takes a token', () => {
  const ask = (resource?: string, serviceAccountName?: string) => pod([], undefined, serviceAccountName).decide('sts:AssumeRoleWithWebIdentity', { resource }).outcome;

  test('is one that the principal reaches with its token, whatever the policies of its credentials say', () => {
    expect([ask(arnOf('first')), ask(), ask(arnOf('second'))]).toEqual(['ALLOWED', 'ALLOWED', 'DENIED']);
  });

  test('does not take that of others', () => {
    expect([ask(arnOf('first'), 'other'), ask(undefined, 'other')]).toEqual(['DENIED', 'DENIED']);
  });

  test('is unknown if the templates do not have it', () => {
    const decision = pod([]).decide('sts:AssumeRoleWithWebIdentity', { resource: arnOf('elsewhere') });
    expect([decision.outcome, decision.missing]).toEqual(['UNKNOWN', [`the trust policy of role ${arnOf('elsewhere')}, which is not in the templates`]]);
  });
});
