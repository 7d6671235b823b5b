import { verification } from '../../../../lib';
import { account, clusterTemplate, objects, trustOf } from '../../templates';

const STS = 'sts.amazonaws.com';
const Annotated = objects({ ...account('app'), metadata: { name: 'app', namespace: 'default', annotations: { 'eks.amazonaws.com/audience': 'vault' } } });

/** A role that requires audiences, and a provider that accepts some. */
function trust(required: string | string[], accepted: string[], more: object = {}): verification.TrustPolicy {
  const Provider = { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] }, ClientIdList: accepted } };
  const { 'Fn::Sub': [text, variables] } = trustOf('default:app');
  const AssumeRolePolicyDocument = { 'Fn::Sub': [text.replace(JSON.stringify(STS), JSON.stringify(required)), variables] };
  const Reader = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument } };
  return verification.PodAccess.fromTemplates(clusterTemplate({ Provider, Reader, ...more })).trustPolicyNamed('Reader');
}

test.each<[string, verification.TrustPolicy]>([
  ['that of AWS', trust(STS, [STS, 'vault'])],
  ['that of AWS, and one that the provider does not accept', trust([STS, 'vault'], [STS])],
  ['the only one that the provider accepts', trust('vault', ['vault'])],
  ['that in the annotation of the service account', trust('vault', [STS, 'vault'], { Annotated })],
])('only the service account is admitted with %s', (_, policy) => {
  expect(() => policy.assertAdmitsOnly({ serviceAccountName: 'app' })).not.toThrow();
});

test.each<[string, verification.TrustPolicy, string]>([
  ['that of AWS and another', trust([STS, 'vault'], [STS, 'vault']), 'vault instead of only sts.amazonaws.com'],
  ['another', trust('vault', [STS, 'vault']), 'vault instead of only sts.amazonaws.com'],
  ['one that is not in the annotation of the service account', trust(STS, [STS, 'vault'], { Annotated }), 'sts.amazonaws.com instead of only vault'],
])('others are admitted with %s', (_, policy, refusal) => {
  expect(() => policy.assertAdmitsOnly({ serviceAccountName: 'app' })).toThrow(refusal);
});
