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
  ])('does not find %s', (_, Role) => {
    expect(broken({ Role }, { Parameters: { Policy: { Type: 'String' } } })).not.toContainEqual(['trust-without-subject', 'Role']);
  });
});

describe('unmatched-trust-key', () => {
  test.each<[string, object]>([
    ['a key that CloudFormation does not replace', { '${Issuer}:sub': 'system:serviceaccount:default:app', ...audience }],
    ['the issuer of another cluster', { 'oidc.eks.eu-west-1.amazonaws.com/id/OTHER:sub': 'system:serviceaccount:default:app', ...audience }],
  ])('finds %s', (_, keys) => {
    expect(broken({ Role: trusting({ StringEquals: keys }) })).toContainEqual(['unmatched-trust-key', 'Role']);
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
});

describe('trust-of-namespaces', () => {
  test.each(['*:app', 'team-*:app', '*'])('finds %s', (name) => {
    expect(broken({ Role: trusting({ StringEquals: audience, StringLike: subject(name) }) })).toEqual([['trust-of-namespaces', 'Role']]);
  });

  test('does not find a pattern in one namespace, nor a wildcard that StringEquals compares as text', () => {
    expect(broken({ Role: trusting({ StringEquals: audience, StringLike: subject('default:app-*') }) })).toEqual([]);
    expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('*:app') } }) })).toEqual([]);
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
  test('does not find an account with EKS Pod Identity, which aws-cdk annotates, too', () => {
    const limited = role(podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } }));
    expect(broken({ Role: limited, Objects: objects(account('app', 'Role')), Association: association('app', 'Role') })).toEqual([]);
    expect(broken({ Role: limited, Objects: objects(account('app', 'Role')), Association: association('other', 'Role') })).toEqual([['untrusted-account', 'Objects']]);
  });


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
  test('does not find a statement that only tags the session, nor a denial of other clusters', () => {
    const limited = podIdentityTrust({ StringEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } });
    expect(broken({ Role: role([{ ...limited, Action: 'sts:AssumeRole' }, { ...podIdentityTrust(), Action: 'sts:TagSession' }]) })).toEqual([]);
    expect(broken({ Role: role([podIdentityTrust(), { ...limited, Effect: 'Deny', Condition: { StringNotEquals: { 'aws:RequestTag/eks-cluster-name': 'prod' } } }]) })).toEqual([]);
  });

