import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PodAccessPlugin } from '../../../lib/verification';
import { assemblyOf } from '../../cli/assemblies';
import { account, accountRole, allow, association, clusterTemplate, objects, podIdentityTrust, role, trustOf } from '../templates';

type Resources = { [logicalId: string]: any };

/** The rules that resources break beside a cluster, its provider and its nodes, with the logical IDs of those that break them. */
function broken(resources: Resources, sections = {}): Array<[string, string]> {
  const directory = assemblyOf(clusterTemplate(resources, sections));
  return violationsOf(directory).flatMap(({ ruleName, violatingResources: [{ resourceLogicalId }] }) => [[ruleName, resourceLogicalId]]);
}

function violationsOf(directory: string) {
  jest.spyOn(console, 'error').mockImplementation(() => {}); // violations that do not fail
  return new PodAccessPlugin().validate({ templatePaths: [join(directory, 'stack.template.json')] }).violations;
}

const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE';
const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

/** A role that trusts an existing cluster, on conditions. */
const trusting = (Condition: object | undefined, Federated: unknown = PROVIDER) =>
  role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated }, Condition });
const audience = { [`${ISSUER}:aud`]: 'sts.amazonaws.com' };
const subject = (name: string) => ({ [`${ISSUER}:sub`]: `system:serviceaccount:${name}` });

const OTHER = 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER';
const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const sub = `${ISSUER}:sub`;

/** A role with several statements of its trust policy, each about tokens of an existing cluster. */
const trustingIn = (...statements: object[]) =>
  role(statements.map((statement) => ({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: PROVIDER }, ...statement })));

/** A trust policy as a text that CloudFormation completes. */
const asText = (Statement: object) => ({ 'Fn::Sub': JSON.stringify({ Statement }) });
const withTrust = (trust: unknown) => ({ ...role({}), Properties: { AssumeRolePolicyDocument: trust } });

test('a cluster with a role for one of its service accounts breaks no rule', () => {
  expect(broken({ Role: accountRole('default:app'), Objects: objects(account('app', 'Role')) })).toEqual([]);
  expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('default:app') } }) })).toEqual([]);
});

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

describe('untrusted-account', () => {
  test.each<[string, object]>([
    ['another name', accountRole('default:other')],
    ['another namespace', accountRole('other:app')],
    ['another audience', withTrust(trustOf('default:app', { audience: 'vault' }))],
  ])('finds %s', (_, Role) => {
    expect(broken({ Role, Objects: objects(account('app', 'Role')) }).map(([rule]) => rule)).toContain('untrusted-account');
  });

  test('does not find an account that a pattern admits, nor one whose role is not known to refuse it', () => {
    expect(broken({ Role: withTrust(trustOf('default:*', { operator: 'StringLike' })), Objects: objects(account('app', 'Role')) })).toEqual([]);
    expect(broken({ Role: withTrust({ Ref: 'Policy' }), Objects: objects(account('app', 'Role')) }, { Parameters: { Policy: { Type: 'String' } } })).toEqual([]);
    expect(broken({ Role: accountRole('default:other'), Objects: objects(account('app', 'Role')) }, { Transform: 'Macro' })).toEqual([]);
    expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('default:app') } }), Objects: objects(account('app', 'Role')) })).toEqual([]); // it may be the issuer
  });

  test('does not find an account with EKS Pod Identity, which aws-cdk annotates, too', () => {
    const limited = role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } }));
    expect(broken({ Role: limited, Objects: objects(account('app', 'Role')), Association: association('app', 'Role') })).toEqual([]);
    expect(broken({ Role: limited, Objects: objects(account('app', 'Role')), Association: association('other', 'Role') })).toEqual([['untrusted-account', 'Objects']]);
  });

  test('says which cluster the role trusts', () => {
    const directory = assemblyOf(clusterTemplate({
      Other: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } },
      OtherProvider: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: { 'Fn::GetAtt': ['Other', 'OpenIdConnectIssuerUrl'] }, ClientIdList: ['sts.amazonaws.com'] } },
      Role: JSON.parse(JSON.stringify(accountRole('default:app')).replaceAll('${Provider}', '${OtherProvider}').replace('"Cluster"', '"Other"')),
      Objects: objects(account('app', 'Role')),
    }));
    expect(violationsOf(directory)).toEqual([expect.objectContaining({
      ruleName: 'untrusted-account',
      severity: 'error',
      description: expect.stringMatching(/^role Role does not trust service account default\/app, which is annotated with it: it trusts cluster other, and the account is in cluster prod\. AWS STS/),
    })]);
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

describe('reachable-node-role', () => {
  const nodes = (HttpPutResponseHopLimit: unknown) => ({
    Template: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpPutResponseHopLimit, HttpTokens: 'required' } } } },
    More: {
      Type: 'AWS::EKS::Nodegroup',
      Properties: {
        ClusterName: { Ref: 'Cluster' },
        NodeRole: { 'Fn::GetAtt': ['NodeRole', 'Arn'] },
        AmiType: 'AL2023_x86_64_STANDARD',
        LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } },
      },
    },
  });

  test('finds a hop limit of 2, and neither 1 nor what only the deployment knows', () => {
    expect(broken(nodes(2))).toEqual([['reachable-node-role', 'More']]);
    expect(broken(nodes(1))).toEqual([]);
    expect(broken(nodes({ Ref: 'Hops' }), { Parameters: { Hops: { Type: 'Number' } } })).toEqual([]);
  });
});

describe('administrator-pods', () => {
  const trust = podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } });

  test.each<[string, object]>([
    ['a role of pods that allows everything', accountRole('default:app', allow('*'))],
    ['a role for EKS Pod Identity', role(trust, allow(['s3:GetObject', '*:*']))],
    ['AdministratorAccess', { ...role(trust), Properties: { ...role(trust).Properties, ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] } }],
  ])('finds %s', (_, Role) => {
    expect(broken({ Role })).toEqual([['administrator-pods', 'Role']]);
  });

  test.each<[string, object]>([
    ['all actions of a service', accountRole('default:app', allow('s3:*'))],
    ['every action on one resource', accountRole('default:app', allow('*', 'arn:aws:s3:::reports'))],
    ['every action on a condition', accountRole('default:app', allow('*', '*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }))],
    ['a permissions boundary', { ...accountRole('default:app'), Properties: { ...accountRole('default:app', allow('*')).Properties, PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } }],
    ['the role of a function', role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, allow('*'))],
  ])('does not find %s', (_, Role) => {
    expect(broken({ Role })).toEqual([]);
  });
});

describe('unknown-managed-policy', () => {
  const having = (...arns: unknown[]) => ({ ...accountRole('default:app'), Properties: { ...accountRole('default:app').Properties, ManagedPolicyArns: arns } });
  const ofPartition = (name: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] });

  test('finds a misspelled name, and says which one is near', () => {
    const [found, ...others] = violationsOf(assemblyOf(clusterTemplate({ Role: having(ofPartition('AmazonS3ReadonlyAcces')) })));
    expect(found.description).toContain('role Role has the managed policy AmazonS3ReadonlyAcces of AWS, which is not known: did you mean AmazonS3ReadOnlyAccess?');
    expect(others).toEqual([]);
  });

  test('does not find those of AWS, of other accounts, of other partitions, and of parameters', () => {
    const Role = having(ofPartition('AmazonS3ReadOnlyAccess'), 'arn:aws:iam::111122223333:policy/own', 'arn:aws-cn:iam::aws:policy/Other', { Ref: 'Policy' });
    expect(broken({ Role }, { Parameters: { Policy: { Type: 'String' } } })).toEqual([]);
  });
});

describe('pod-identity-of-any-cluster', () => {
  test('finds a trust policy without a condition for the cluster', () => {
    expect(broken({ Role: role(podIdentityTrust()) })).toEqual([['pod-identity-of-any-cluster', 'Role']]);
    expect(broken({ Role: role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'apps' } })) })).toEqual([['pod-identity-of-any-cluster', 'Role']]);
  });

  test('does not find a statement that only tags the session, nor a denial of other clusters', () => {
    const limited = podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } });
    expect(broken({ Role: role([{ ...limited, Action: 'sts:AssumeRole' }, { ...podIdentityTrust(), Action: 'sts:TagSession' }]) })).toEqual([]);
    expect(broken({ Role: role([podIdentityTrust(), { ...limited, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } } }]) })).toEqual([]);
  });

  test.each(['aws:RequestTag/eks-cluster-name', 'aws:RequestTag/EKS-cluster-arn', 'aws:SourceArn'])('does not find one with %s', (key) => {
    expect(broken({ Role: role(podIdentityTrust({ StringEquals: { [key]: 'prod' } })) })).toEqual([]);
  });
});

describe('two-roles', () => {
  const limited = role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } }));
  const both = (annotated: string, associated: string) => ({
    Role: accountRole('default:app'), Other: limited, Objects: objects(account('app', annotated)), Association: association('app', associated),
  });

  test('finds an association with another role than that of the annotation', () => {
    expect(broken(both('Role', 'Other'))).toContainEqual(['two-roles', 'Objects']);
    expect(broken(both('Role', 'Role')).map(([rule]) => rule)).not.toContain('two-roles');
  });
});

describe('missing-agent', () => {
  const parts = { Role: role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } })), Association: association('app', 'Role') };

  test('finds an association in a cluster of the templates without the agent', () => {
    expect(broken({ ...parts, Agent: { Type: 'AWS::SNS::Topic' } })).toEqual([['missing-agent', 'Association']]);
    expect(broken(parts)).toEqual([]);
  });
});

describe('kafka-with-pod-identity', () => {
  const trust = podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } });

  test('finds a role for EKS Pod Identity with actions of Kafka', () => {
    expect(broken({ Role: role(trust, allow(['kafka-cluster:Connect', 'kafka-cluster:ReadData'])) })).toEqual([['kafka-with-pod-identity', 'Role']]);
    expect(broken({ Role: accountRole('default:app', allow('kafka-cluster:Connect')) })).toEqual([]);
    expect(broken({ Role: role(trust, allow('kafka:*')) })).toEqual([]);
  });
});
