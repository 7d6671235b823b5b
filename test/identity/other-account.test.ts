import { App, PhysicalName, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IIrsaCluster, IrsaCluster, OidcIssuer, OidcProvider, ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployedObjects } from '../deployed';
import { ExistingCluster, newCluster, newStack } from '../stacks';

const { exact } = ServiceAccountSubject;
const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/E1';
const PLATFORM = { account: '123456789012', region: 'eu-central-1' };
const DATA = { account: '210987654321', region: 'eu-central-1' };
const PROVIDER_OF_ROLE = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, `:oidc-provider/${ISSUER}`]] };

/** The stack of a cluster in one AWS account, and a stack in another one. */
function define(clusterIn: (stack: Stack) => IIrsaCluster = (stack) => new ExistingCluster(stack, 'Cluster'), env: object = DATA) {
  const app = new App();
  const platform = newStack('Platform', { env: PLATFORM }, app);
  return { app, platform, data: newStack('Data', { env }, app), cluster: clusterIn(platform) };
}

/** A new cluster whose issuer is pinned. */
const pinned = (stack: Stack): IIrsaCluster => {
  const issuer = OidcIssuer.fromUrl(`https://${ISSUER}`);
  return new Proxy(newCluster(stack), { get: (target, property) => (property === 'issuer' ? issuer : Reflect.get(target, property)) });
};

const trustOf = (stack: Stack) => {
  const [{ Properties }] = Object.values<any>(Template.fromStack(stack).findResources('AWS::IAM::Role'));
  return Properties.AssumeRolePolicyDocument;
};

describe.each([
  ['an existing cluster', (stack: Stack) => new ExistingCluster(stack, 'Cluster')],
  ['a new cluster with a pinned issuer', pinned],
])('for %s', (_, clusterIn) => {
  test.each([
    ['another AWS account', DATA],
    ['another region', { account: PLATFORM.account, region: 'us-east-1' }],
  ])('a role in %s trusts the provider of its own account', (where, env) => {
    const { data, cluster } = define(clusterIn, env);
    new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')] });
    const { Principal, Condition } = trustOf(data).Statement[0];
    if (where === 'another AWS account' || Token.isUnresolved(cluster.openIdConnectProviderArn)) {
      expect(Principal).toEqual({ Federated: PROVIDER_OF_ROLE });
    }
    expect(Condition).toEqual({ StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:a:x' } });
    expect(data.dependencies).toEqual([]);
  });

  test('an account in the stack of the cluster can have a role in another AWS account', () => {
    const { app, platform, data, cluster } = define(clusterIn);
    const serviceAccountRole = new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')], roleName: 'reader', path: '/pods/' });
    new s3.Bucket(data, 'Bucket').grantRead(new ServiceAccountWithRole(platform, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'a', serviceAccountRole }));
    expect(() => app.synth()).not.toThrow();
    const account = deployedObjects(platform).find(({ kind }) => kind === 'ServiceAccount')!;
    expect(account.metadata.annotations).toEqual({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::210987654321:role/pods/reader' });
    expect(trustOf(data).Statement[0].Condition.StringEquals[`${ISSUER}:sub`]).toEqual(['system:serviceaccount:a:x', 'system:serviceaccount:a:reader']);
    Template.fromStack(data).resourceCountIs('AWS::IAM::Policy', 1);
  });

  test('the name of a role in another AWS account can be generated', () => {
    const { app, platform, data, cluster } = define(clusterIn);
    const serviceAccountRole = new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')], roleName: PhysicalName.GENERATE_IF_NEEDED });
    new ServiceAccountWithRole(platform, 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole });
    expect(() => app.synth()).not.toThrow();
  });

  test('a statement that every pod satisfies is an error there as well', () => {
    const { data, cluster } = define(clusterIn);
    const role = new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')] });
    const principals = [new iam.WebIdentityPrincipal(`arn:aws:iam::210987654321:oidc-provider/${ISSUER}`, { StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com' } })];
    role.addTrustPolicyStatements(new iam.PolicyStatement({ actions: ['sts:AssumeRoleWithWebIdentity'], principals }));
    expect(() => Template.fromStack(data)).toThrow(
      '[Data/Role] assumeRolePolicy.Statement[1] would let every pod in the cluster assume the role, because it has no condition for the subject: use addTrust');
  });
});

test('a role in another AWS account names the provider once, also if its service account is of an import that does not create the provider', () => {
  const { platform, data, cluster } = define();
  const imported = IrsaCluster.fromIrsaClusterAttributes(data, 'Prod', { clusterName: 'existing', issuerUrl: `https://${ISSUER}`, oidcProvider: OidcProvider.create() });
  const serviceAccountRole = new ServiceAccountRole(data, 'Role', { cluster: imported, subjects: [exact('a', 'reader')], roleName: 'reader' });
  new ServiceAccountWithRole(platform, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'a', serviceAccountRole });
  const [provider] = Object.keys(Template.fromStack(data).findResources('AWS::IAM::OIDCProvider'));
  expect(trustOf(data).Statement).toMatchObject([{ Principal: { Federated: { Ref: provider } } }]);
});

test('a cluster without a provider in its own AWS account can have roles in others', () => {
  const without = (stack: Stack): IIrsaCluster => new Proxy(new ExistingCluster(stack, 'Cluster'),
    { get: (target, property) => (property === 'openIdConnectProviderArn' ? undefined : Reflect.get(target, property)) });
  const { data, cluster } = define(without);
  new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')] });
  expect(trustOf(data).Statement[0].Principal).toEqual({ Federated: PROVIDER_OF_ROLE });
});

test('pods can assume a second role with the credentials of their role', () => {
  const { app, platform, data, cluster } = define();
  const reader = new ServiceAccountWithRole(platform, 'Reader', { cluster, serviceAccountName: 'reader', roleName: 'reader' });
  const conditions = { ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/reader' } };
  const target = new iam.Role(data, 'Target', { assumedBy: new iam.AccountPrincipal(PLATFORM.account).withConditions(conditions), roleName: 'target' });
  target.grantAssumeRole(reader.role);
  app.synth();
  const ARN = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::210987654321:role/target']] };
  Template.fromStack(platform).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Resource: ARN }] } });
  expect(trustOf(data).Statement).toEqual([{
    Action: 'sts:AssumeRole', Condition: conditions, Effect: 'Allow', Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::123456789012:root']] } },
  }]);
});

describe('fails for', () => {
  test('an issuer that is known only at deployment', () => {
    const { data, cluster } = define((stack) => newCluster(stack));
    expect(() => new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')] })).toThrow(new Error(
      'Data/Role: the role is in AWS account 210987654321, but Platform/Cluster is in 123456789012, and its issuer is known only at deployment, '
      + 'so that the role cannot refer to it: pin the issuer: set issuerUrl on the cluster'));
  });

  test.each<[string, ServiceAccountRoleOptions]>([
    ['a role without a name, whose ARN is known only at deployment', {}],
    ['a role whose name is a token', { roleName: Token.asString({ Ref: 'Name' }) }],
  ])('%s', (_, options) => {
    const { platform, data, cluster } = define();
    const serviceAccountRole = new ServiceAccountRole(data, 'Role', { cluster, subjects: [exact('a', 'x')], ...options });
    expect(() => new ServiceAccountWithRole(platform, 'Reader', { cluster, serviceAccountName: 'reader', serviceAccountRole })).toThrow(new Error(
      'Platform/Reader: roleName of Data/Role must be a literal: stack Data has another account or region in its env than Platform, where this service account names the role by its ARN'));
  });

  test('an account in the stack of the role, because the cluster is in another one', () => {
    const { data, cluster } = define();
    expect(() => new ServiceAccountWithRole(data, 'Reader', { cluster, serviceAccountName: 'reader' })).toThrow(new Error(
      'Data/Reader/ServiceAccount: the stack\'s account is "210987654321", but must be 123456789012, the account of the cluster: define the construct in a stack there; '
      + 'only a ServiceAccountRole can be in another account, and be the serviceAccountRole of constructs there'));
  });
});
