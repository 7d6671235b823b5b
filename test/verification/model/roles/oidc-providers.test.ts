import { equal } from '../../../../lib/verification/private/values/pattern';
import { messages, modelOf, shown } from '../models';

const URL = 'https://oidc.eks.eu-central-1.amazonaws.com/id/E1';
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';

test.each<[string, { Type: string; Properties: object }]>([
  ['AWS::IAM::OIDCProvider', { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: URL, ClientIdList: ['sts.amazonaws.com', 'own'] } }],
  ['aws-cdk', { Type: 'Custom::AWSCDKOpenIdConnectProvider', Properties: { Url: URL, ClientIDList: ['sts.amazonaws.com', 'own'] } }],
])('a provider of %s', (_, resource) => {
  expect(shown(modelOf({ Provider: resource }).oidcProviders)).toEqual([{
    arn: `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${ISSUER}`,
    issuer: ISSUER,
    audiences: ['sts.amazonaws.com', 'own'],
    place: { template: 'stack', logicalId: 'Provider' },
  }]);
});

test('the issuer of a provider is that of its cluster', () => {
  const { oidcProviders: [provider], clusters: [cluster] } = modelOf({
    Cluster: { Type: 'AWS::EKS::Cluster' },
    Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Cluster', 'OpenIdConnectIssuerUrl'] } } },
  });
  expect(equal(provider.issuer, cluster.issuer!)).toBe('yes');
  expect(provider.audiences).toEqual([]);
});

test('the issuer of a provider can be a parameter', () => {
  const { oidcProviders: [provider] } = modelOf(
    { Provider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { Ref: 'Given' } } } }, { Parameters: { Given: { Type: 'String' } } });
  expect(provider.arn.toString()).toMatch(new RegExp(`:oidc-provider/${provider.issuer.toString().replace(/\W/g, '\\$&')}$`));
  expect(provider.issuer.literal).toBeUndefined();
});

test('a provider without a URL is left out, with a finding', () => {
  const model = modelOf({ Provider: { Type: 'AWS::IAM::OIDCProvider' } });
  expect(model.oidcProviders).toEqual([]);
  expect(messages(model, 'unreadable-oidc-provider')).toEqual(['the OIDC provider Provider has no Url: it is left out']);
});
