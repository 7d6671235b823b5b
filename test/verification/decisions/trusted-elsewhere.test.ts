import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, association, clusterTemplate, objects, podIdentityTrust, role, trustOf } from '../templates';

const { PodAccess } = verification;
const LIST = 'sqs:ListQueues';
const ASSUMED = { noOtherNodes: true, noOtherCredentials: true };
const PROD = { Parameters: { Stage: { Type: 'String' } }, Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, NotProd: { 'Fn::Not': [{ Condition: 'Prod' }] } } };
const read = (resources: object, sections?: object) => PodAccess.fromTemplates(clusterTemplate(resources, sections)).assume(ASSUMED);
const outcomes = (access: verification.PodAccess, action: string, options?: verification.AccessOptions) =>
  Object.fromEntries(access.principals.map((principal) => [principal.name, principal.decide(action, options).outcome]));

test('pods that only a conditional trust policy names exist also where no role trusts them', () => {
  const nodes = { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: { 'Fn::If': ['Prod', 1, 2] } } } } };
  const nodegroup = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('NodeRole'), LaunchTemplate: { Id: { Ref: 'Template' }, Version: { 'Fn::GetAtt': ['Template', 'LatestVersionNumber'] } } } };
  const access = read({ Reader: { ...accountRole('default:app'), Condition: 'Prod' }, Template: nodes, Nodes: nodegroup }, PROD);
  expect(outcomes(access, LIST)).toMatchObject({ 'pods of service account default/app': 'UNKNOWN' });
  expect(access.principals.map(({ name, row }) => [name, row.isDefinedElsewhere])).toEqual([
    ['nodes of nodegroup Nodes', false], ['pods of service account default/app', true], ['pods of service account default/default', true],
  ]);
});

test('a gap of a cluster is compared with the cluster under the same assignment', () => {
  const resources = {
    Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Name: { 'Fn::If': ['Prod', 'prod', 'dev'] } } },
    Unread: { Type: 'AWS::EKS::PodIdentityAssociation', Condition: 'NotProd', Properties: { ClusterName: { Ref: 'Cluster' }, Namespace: 'default', ServiceAccount: 'app' } },
    Objects: objects(account('app')),
  };
  const access = read(resources, PROD);
  expect(access.pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').missing.join()).toContain('the association Unread cannot be read');
});

describe('whoever a role trusts', () => {
  const byPattern = (...statements: object[]) => ({ Type: 'AWS::IAM::Role', Properties: { ...role([], ...statements).Properties, AssumeRolePolicyDocument: trustOf('*:app', { operator: 'StringLike' }) } });
  const WHOEVER = 'whoever role Reader trusts';

  test('can assume it with a token, if it takes tokens', () => {
    expect(outcomes(read({ Reader: byPattern() }), 'sts:AssumeRoleWithWebIdentity')).toMatchObject({ [WHOEVER]: 'ALLOWED' });
    expect(outcomes(read({ Reader: role(podIdentityTrust()) }), 'sts:AssumeRoleWithWebIdentity')).toMatchObject({ [WHOEVER]: 'DENIED' });
  });

  test.each([
    ['a provider gave the session', { Null: { 'aws:FederatedProvider': 'true' } }],
    ['the session has tags that override those of the role', { StringEquals: { 'aws:PrincipalTag/kubernetes-namespace': 'payments' } }],
  ])('may be those of whom it is not known whether %s', (_, Condition) => {
    const { Type, Properties } = role(podIdentityTrust(), allow(LIST, '*', { Condition }));
    const reader = { Type, Properties: { ...Properties, Tags: [{ Key: 'kubernetes-namespace', Value: 'ops' }] } };
    expect(outcomes(read({ Reader: reader }), LIST)).toMatchObject({ [WHOEVER]: 'UNKNOWN' });
  });

  test('is everyone, if the trust policy admits everyone', () => {
    const trust = { Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: '*' };
    expect(outcomes(read({ Reader: role(trust, allow(LIST)) }), LIST)).toMatchObject({ [WHOEVER]: 'ALLOWED' });
  });
});

test('to assume a role with the tags of EKS Pod Identity takes sts:TagSession, too', () => {
  const pod = (actions: string[]) => read({
    First: role(podIdentityTrust(), allow(['sts:AssumeRole', 'sts:TagSession'])),
    Second: { Type: 'AWS::IAM::Role', Properties: { ...role({ Effect: 'Allow', Action: actions, Principal: { AWS: arnOf('First') } }).Properties, RoleName: 'second' } },
    Association: association('app', 'First'),
  }).assume({ parameters: { 'AWS::AccountId': '123456789012', 'AWS::Region': 'eu-central-1' } }).pod({ serviceAccountName: 'app' });
  const decide = (actions: string[]) => pod(actions).decide('sts:AssumeRole', { resource: 'arn:aws:iam::123456789012:role/second' }).outcome;
  expect([decide(['sts:AssumeRole']), decide(['sts:AssumeRole', 'sts:TagSession'])]).toEqual(['DENIED', 'ALLOWED']);
});

test('a token of another pod on the node is one, too', () => {
  const template = { spec: { serviceAccountName: 'agent', containers: [{ name: 'a', securityContext: { privileged: true } }] } };
  const agent = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'agent', namespace: 'default' }, spec: { template } };
  const access = PodAccess.fromTemplates(clusterTemplate({ Reader: accountRole('default:reader'), Objects: objects(account('agent'), agent) })).assume({ noOtherNodes: true });
  expect(access.pod({ serviceAccountName: 'agent' }).decide('sts:AssumeRoleWithWebIdentity').outcome).toBe('UNKNOWN');
});

test('the token of an account is no question of its default credentials', () => {
  const { Type, Properties } = accountRole('default:app');
  const access = read({ Reader: { Type, Properties: { ...Properties, RoleName: 'reader' } }, Objects: objects(account('app')) }).assume({ parameters: { 'AWS::AccountId': '123456789012', 'AWS::Region': 'eu-central-1' } });
  const options = { resource: 'arn:aws:iam::123456789012:role/reader' };
  access.pod({ serviceAccountName: 'app' }).assertAllowed('sts:AssumeRoleWithWebIdentity', options);
  expect(() => access.pod({ serviceAccountName: 'app' }).assertDenied('sts:AssumeRoleWithWebIdentity', options)).toThrow('ALLOWED');
});

test('a role that may be assumed outside the templates changes nothing by default', () => {
  const access = PodAccess.fromTemplates(clusterTemplate({ Reader: accountRole('default:app', allow('sts:AssumeRole')), Objects: objects(account('app', 'Reader')) })).assume({ noOtherNodes: true });
  const { outcome, outcomeByDefault } = access.pod({ serviceAccountName: 'app' }).decide(LIST);
  expect([outcome, outcomeByDefault]).toEqual(['UNKNOWN', 'DENIED']);
});

test('an account of another cluster is another principal, although its name is the same', () => {
  const Other = { Type: 'AWS::EKS::Cluster', Properties: { Name: 'other' } };
  const Association = { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: 'other', Namespace: 'default', ServiceAccount: 'app', RoleArn: arnOf('Second') } };
  const trust = JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: '${Provider}' },
      Condition: {
        StringEquals: { '${Issuer}:sub': 'system:serviceaccount:default:app' }, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' },
      },
    },
  });
  const { Type, Properties } = accountRole('default:app');
  const AssumeRolePolicyDocument = { 'Fn::Sub': [trust, Properties.AssumeRolePolicyDocument['Fn::Sub'][1]] };
  const Reader = { Type, Properties: { ...Properties, AssumeRolePolicyDocument } };
  const access = read({ Reader, Other, Association, Second: role(podIdentityTrust()) });
  const accounts = access.principals.filter(({ row }) => row.kind === 'ServiceAccount').map(({ row }) => `${row.cluster} ${row.isDefinedElsewhere ? 'elsewhere' : 'here'}`);
  expect(accounts).toEqual(['other here', 'prod elsewhere']);
});
