import { verification } from '../../lib';
import { refusesRoles } from '../../replay/proof';
import { clusterTemplate, podIdentityTrust, role } from '../verification/templates';

const { PodAccess } = verification;
const trustOf = (...statements: object[]) => PodAccess.fromTemplates(clusterTemplate({ Role: role(statements) })).trustPolicyNamed('Role');
const allow = (principal: object) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', ...principal });

describe('a trust policy', () => {
  test.each<[string, boolean, object[]]>([
    ['that names a service refuses roles', true, [podIdentityTrust()]],
    ['that names an identity provider refuses roles', true, [allow({ Principal: { Federated: 'arn:aws:iam::123456789012:oidc-provider/example.com' } })]],
    ['that denies roles refuses them', true, [podIdentityTrust(), { ...allow({ Principal: '*' }), Effect: 'Deny' }]],
    ['that names an account might admit its roles', false, [podIdentityTrust(), allow({ Principal: { AWS: '123456789012' } })]],
    ['that names everyone might admit roles', false, [allow({ Principal: '*' })]],
    ['that names whom it does not admit might admit roles', false, [allow({ NotPrincipal: { Service: 'ec2.amazonaws.com' } })]],
  ])('%s', (_, refuses, statements) => {
    expect(refusesRoles(trustOf(...statements))).toBe(refuses);
  });

  test('that cannot be read might admit roles', () => {
    const unreadable = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { 'Fn::Sub': ['{"Statement": ${Any}', { Any: { Ref: 'AWS::StackId' } }] } } };
    expect(refusesRoles(PodAccess.fromTemplates(clusterTemplate({ Role: unreadable })).trustPolicyNamed('Role'))).toBe(false);
  });
});
