import { audience, broken, subject, trusting, violationsOf, withTrust } from './broken-rules';
import { assemblyOf } from '../../cli/assemblies';
import { account, accountRole, allow, association, clusterTemplate, deny, objects, podIdentityTrust, role, trustOf } from '../templates';

test('a cluster with a role for one of its service accounts breaks no rule', () => {
  expect(broken({ Role: accountRole('default:app'), Objects: objects(account('app', 'Role')) })).toEqual([]);
  expect(broken({ Role: trusting({ StringEquals: { ...audience, ...subject('default:app') } }) })).toEqual([]);
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

  test('finds an account in an app that also has a role for an existing cluster, whose issuer the cluster might have', () => {
    const Existing = trusting({ StringEquals: { ...audience, ...subject('default:app') } });
    expect(broken({ Existing, Role: accountRole('default:other'), Objects: objects(account('app', 'Role')) })).toEqual([['untrusted-account', 'Objects']]);
    expect(broken({ Existing, Role: accountRole('default:app'), Objects: objects(account('app', 'Role')) })).toEqual([]);
    expect(broken({ Existing, Objects: objects(account('app', 'Existing')) })).toEqual([]);
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

describe('raised-permissions', () => {
  const own = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/own' };
  const named = (...statements: any[]) => {
    const { Type, Properties } = accountRole('default:app', ...statements);
    return { Type, Properties: { ...Properties, RoleName: 'own' } };
  };

  test.each<[string, any[]]>([
    ['put a policy', [allow('iam:PutRolePolicy', own)]],
    ['attach a policy to every role', [allow('iam:*')]],
  ])('finds a role that can %s', (_, statements) => {
    expect(broken({ Role: named(...statements) })).toEqual([['raised-permissions', 'Role']]);
  });

  test('finds a role that can rewrite a policy that is attached to it', () => {
    const Policy = {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: [allow('iam:CreatePolicyVersion', '*')] } },
    };
    expect(broken({ Role: named(), Policy })).toEqual([['raised-permissions', 'Role']]);
  });

  test.each<[string, any[]]>([
    ['other roles', [allow('iam:PutRolePolicy', 'arn:aws:iam::111122223333:role/other')]],
    ['itself on a condition', [allow('iam:PutRolePolicy', own, { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'a' } } })]],
    ['itself, and is denied it', [allow('iam:*'), deny(['iam:Put*', 'iam:Attach*'], own)]],
    ['no role, and can only read', [allow('iam:Get*')]],
  ])('does not find a role that can change %s', (_, statements) => {
    expect(broken({ Role: named(...statements) })).toEqual([]);
  });

  test('does not find the role of a function, nor one with a permissions boundary', () => {
    expect(broken({ Role: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, allow('iam:*')) })).toEqual([]);
    const { Type, Properties } = named(allow('iam:*'));
    expect(broken({ Role: { Type, Properties: { ...Properties, PermissionsBoundary: 'arn:aws:iam::aws:policy/IAMFullAccess' } } })).toEqual([]);
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
