import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asText, audience, broken, GITHUB, ISSUER, OTHER, PROVIDER, Resources, sub, subject, trusting, trustingIn, violationsOf, withTrust } from './broken-rules';
import { assemblyOf } from '../../cli/assemblies';
import { account, clusterTemplate, objects, role, trustOf } from '../templates';

describe('trust-without-subject', () => {
  test.each<[string, object]>([
    ['no condition', trusting(undefined)],
    ['a condition for the audience only', trusting({ StringEquals: audience })],
    ['a subject that is any', trusting({ StringEquals: audience, StringLike: { [`${ISSUER}:sub`]: '*' } })],
    ['any subject of Kubernetes', trusting({ StringEquals: audience, StringLike: { [sub]: 'system:serviceaccount:*' } })],
    ['any namespace and any name', trusting({ StringEquals: audience, StringLike: { [sub]: ['system:serviceaccount:default:app', 'system:serviceaccount:*:*'] } })],
    ['a condition that there is a subject', trusting({ StringEquals: audience, Null: { [sub]: 'false' } })],
    ['a condition on another issuer that holds without its key', trusting({ StringEquals: audience, StringEqualsIfExists: { [`${OTHER}:sub`]: 'system:serviceaccount:default:app' } })],
    ['one statement of several', trustingIn({ Condition: { StringEquals: { ...audience, ...subject('default:app') } } }, { Condition: { StringEquals: audience } })],
    ['the partition of China', trusting(undefined, `${PROVIDER.replace('arn:aws:', 'arn:aws-cn:').replace('amazonaws.com', 'amazonaws.com.cn')}`)],
    ['an issuer of IPv6', trusting(undefined, 'arn:aws:iam::111122223333:oidc-provider/oidc-eks.eu-west-1.api.aws/id/EXAMPLE')],
    ['a text without subject', withTrust(asText({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: '${Provider}' } }))],
  ])('finds %s', (_, Role) => {
    expect(broken({ Role })).toContainEqual(['trust-without-subject', 'Role']);
  });

  test.each<[string, object]>([
    ['a subject', trusting({ StringEquals: { ...audience, ...subject('default:app') } })],
    ['a key that only the deployment knows', withTrust(trustOf('default:app'))],
    ['a denial', role({ Effect: 'Deny', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: PROVIDER } })],
    ['a provider of another service', trusting(undefined, 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com')],
    ['a trust policy that is not known', withTrust({ Ref: 'Policy' })],
    ['a key that CloudFormation does not replace', trusting({ StringEquals: { '${Issuer}:sub': 'system:serviceaccount:default:app', ...audience } })],
    ['a denial of other subjects', trustingIn({}, { Effect: 'Deny', Condition: { StringNotEquals: subject('default:app') } })],
    ['a denial of other subjects by whoever they are', trustingIn({}, { Effect: 'Deny', Principal: '*', Condition: { StringNotLike: subject('default:*') } })],
    ['another condition that may not hold', trusting({ StringEquals: audience, IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } })],
    ['another action', trustingIn({ Action: 'sts:TagSession' })],
    ['some subjects', trusting({ StringEquals: audience, StringNotLike: subject('kube-system:*') })],
    ['a literal asterisk', trusting({ StringEquals: { ...audience, ...subject('*') } })],
    ['an audience that the provider may not accept', trusting({ StringEquals: { [`${ISSUER}:aud`]: 'vault' } })],
    ['a provider of SAML', trusting(undefined, 'arn:aws:iam::111122223333:saml-provider/corporate')],
    ['Amazon Cognito', trusting({ StringEquals: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1' } }, 'cognito-identity.amazonaws.com')],
  ])('does not find %s', (_, Role) => {
    expect(broken({ Role }, { Parameters: { Policy: { Type: 'String' } } })).not.toContainEqual(['trust-without-subject', 'Role']);
  });

  test('does not take the only provider of an app for that of a cluster that the templates only name', () => {
    const Role = trusting({ StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }, GITHUB);
    const Objects = { ...objects(account('app')), Properties: { ...objects(account('app')).Properties, ClusterName: 'existing' } };
    expect(violationsOf(assemblyOf({ stack: { Resources: { Role, Objects } } }))).toEqual([]);
  });

  test('does not find a role of an account that has no such provider', () => {
    const directory = assemblyOf(clusterTemplate({ Role: trusting(undefined, PROVIDER.replace('111122223333', '444455556666')) }));
    const manifest = join(directory, 'manifest.json');
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('unknown-account', '111122223333'));
    expect(violationsOf(directory)).toEqual([]);
  });
});

describe('unmatched-trust-key', () => {
  test.each<[string, object]>([
    ['a key that CloudFormation does not replace', { '${Issuer}:sub': 'system:serviceaccount:default:app', ...audience }],
    ['the issuer of another cluster', { 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER:sub': 'system:serviceaccount:default:app', ...audience }],
  ])('finds %s', (_, keys) => {
    expect(broken({ Role: trusting({ StringEquals: keys }) })).toContainEqual(['unmatched-trust-key', 'Role']);
  });

  test('finds conditions for all providers in one statement, which no token meets', () => {
    const Federated = [PROVIDER, PROVIDER.replace('EXAMPLE', 'OTHER')];
    const keys = { ...subject('default:app'), [`${OTHER}:sub`]: 'system:serviceaccount:default:app' };
    expect(broken({ Role: trusting({ StringEquals: keys }, Federated) }).filter(([rule]) => rule === 'unmatched-trust-key')).toHaveLength(2);
    expect(broken({ Role: trusting({ StringEqualsIfExists: keys }, Federated) }).map(([rule]) => rule)).not.toContain('unmatched-trust-key');
    expect(broken({ Role: trusting({ StringEquals: { ...subject('default:app'), ...audience } }, Federated) })).toEqual([]);
  });

  test.each<[string, object]>([
    ['a negated operator', { StringNotEquals: { [`${OTHER}:sub`]: 'system:serviceaccount:default:app' } }],
    ['IfExists', { StringEqualsIfExists: { [`${OTHER}:sub`]: 'system:serviceaccount:default:app' } }],
    ['ForAllValues', { 'ForAllValues:StringEquals': { [`${OTHER}:sub`]: 'system:serviceaccount:default:app' } }],
    ['Null', { Null: { [`${OTHER}:sub`]: 'true' } }],
  ])('does not find a condition that holds without its key: %s', (_, condition) => {
    expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('default:app') }, ...condition }) })).toEqual([]);
  });

  test('does not find keys in other case, nor those of other services', () => {
    const keys = { [`${ISSUER.toUpperCase()}:SUB`]: 'system:serviceaccount:default:app', ...audience, 'aws:SourceIp': '10.0.0.0/8' };
    expect(broken({ Role: trusting({ StringEquals: keys }) })).toEqual([]);
  });
});

describe('trust-without-audience', () => {
  test('finds a statement without one, if the provider is not known to accept only one', () => {
    expect(broken({ Role: trusting({ StringEquals: subject('default:app') }) })).toEqual([['trust-without-audience', 'Role']]);
    expect(broken({ Role: withTrust(trustOf('default:app', { audience: undefined })) })).toEqual([]);
  });

  test.each<[string, object]>([
    ['a provider of the templates that accepts only one', { Existing: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: `https://${ISSUER}`, ClientIdList: ['sts.amazonaws.com'] } }, Role: trusting({ StringEquals: subject('default:app') }, { Ref: 'Existing' }) }],
    ['a denial of other audiences', { Role: trustingIn({ Condition: { StringEquals: subject('default:app') } }, { Effect: 'Deny', Condition: { StringNotEquals: audience } }) }],
    ['a statement that admits nobody', { Role: trusting({ StringEquals: { [sub]: 'system:serviceaccount:default:app', 'aws:RequestTag/none': 'x' } }) }],
  ])('does not find %s', (_, resources) => {
    expect(broken({ ...resources } as Resources)).toEqual([]);
  });
});

describe('trust-of-namespaces', () => {
  test.each(['*:app', 'team-*:app', 'team-?:app'])('finds %s', (name) => {
    expect(broken({ Role: trusting({ StringEquals: audience, StringLike: subject(name) }) })).toEqual([['trust-of-namespaces', 'Role']]);
  });

  test('does not find a pattern in one namespace, nor a wildcard that StringEquals compares as text', () => {
    expect(broken({ Role: trusting({ StringEquals: audience, StringLike: subject('default:app-*') }) })).toEqual([]);
    expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('*:app') } }) })).toEqual([]);
    expect(broken({ Role: trusting({ StringEquals: audience, StringLike: subject('${*}:app') }) })).toEqual([]);
  });

  test('does not find a pattern that another condition or a denial limits', () => {
    expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('default:app') }, StringLike: subject('*:app') }) })).toEqual([]);
    expect(broken({ Role: trustingIn({ Condition: { StringEquals: audience, StringLike: subject('*:app') } }, { Effect: 'Deny', Condition: { StringNotLike: subject('default:*') } }) })).toEqual([]);
  });
});
