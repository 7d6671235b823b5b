import { App, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IIrsaCluster, IrsaCluster, KubernetesObjects, PodCredentials, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployed, deployedTrust } from '../deployed';
import { newCluster, newStack } from '../stacks';

const { exact } = ServiceAccountSubject;
const ENV = { account: '123456789012', region: 'eu-central-1' };
const podIdentity = PodCredentials.podIdentity();

const existing = (stack: Stack): IIrsaCluster => IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod' });
const inEnv = (id = 'Stack', app?: App) => newStack(id, { env: ENV }, app);
const resourcesOf = (stack: Stack, type: string) => Object.entries(Template.fromStack(stack).findResources(type));
const associationsOf = (stack: Stack) => resourcesOf(stack, 'AWS::EKS::PodIdentityAssociation');
const tokenName = () => Token.asString({ Ref: 'Name' });

test('sessions without tags are trusted in addition to those of other service accounts with tags', () => {
  const stack = inEnv();
  const cluster = existing(stack);
  const role = new ServiceAccountRole(stack, 'Role', { cluster, subjects: [exact('a', 'one')], podCredentials: podIdentity });
  ServiceAccountRole.fromRole(stack, 'Same', role.role, { podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true }) }).addTrust(cluster, exact('a', 'two'));
  expect(deployedTrust(stack).Statement.map(({ Condition }: any) => Object.keys(Condition.StringEquals)[0])).toEqual(['aws:RequestTag/eks-cluster-arn', 'aws:SourceAccount']);
});

test('a service account that is listed twice has one association, also if a token names it', () => {
  const stack = inEnv();
  const cluster = existing(stack);
  const named = exact('a', tokenName());
  const role = new ServiceAccountRole(stack, 'Role', { cluster, subjects: [exact('a', 'one'), exact('a', 'one'), named], podCredentials: podIdentity });
  role.addTrust(cluster, named, exact('a', 'one'));
  expect(associationsOf(stack)).toHaveLength(2);
});

test('an association waits for a cluster with a literal name, even if its role is imported', () => {
  const stack = inEnv();
  const cluster = newCluster(stack, { clusterName: 'prod', podCredentials: podIdentity });
  ServiceAccountRole.fromRole(stack, 'Role', iam.Role.fromRoleName(stack, 'Theirs', 'theirs'), { podCredentials: podIdentity }).addTrust(cluster, exact('a', 'one'));
  const [[, { DependsOn }]] = associationsOf(stack);
  expect(DependsOn).toEqual(expect.arrayContaining([stack.getLogicalId(cluster.eksCluster.node.defaultChild as CfnResource)]));
});

test('an account that a token names waits for its association, and the function for its credentials', () => {
  const stack = inEnv();
  const cluster = newCluster(stack, { podCredentials: podIdentity });
  new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: tokenName() });
  const [[association]] = associationsOf(stack);
  const [, object] = resourcesOf(stack, 'Custom::KubernetesObjects').find(([, { Properties }]) => Properties.PodIdentityAccounts)!;
  expect(object.DependsOn).toEqual(expect.arrayContaining([association]));
  expect(object.Properties.PodIdentityAccounts).toEqual([{ 'Fn::Join': ['', ['default/', { Ref: 'Name' }]] }]);
});

test('the function waits for the credentials of a plain service account with an association', () => {
  const stack = inEnv();
  const cluster = newCluster(stack, { podCredentials: PodCredentials.both() });
  const role = new ServiceAccountRole(stack, 'Role', { cluster, subjects: [exact('a', 'one')] });
  const account = (name: string) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'a', annotations: role.annotations } });
  new KubernetesObjects(stack, 'Accounts', { cluster, objects: [account('one'), account('two')] });
  expect(resourcesOf(stack, 'Custom::KubernetesObjects').map(([, { Properties }]) => Properties.PodIdentityAccounts)).toEqual([['a/one']]);
});

describe('a target role', () => {
  const targetIn = (stack: Stack, roleName?: string) => new iam.Role(stack, 'Target', { roleName, assumedBy: new iam.AccountPrincipal('210987654321') });
  const trustOf = (stack: Stack) => deployed(stack, resourcesOf(stack, 'AWS::IAM::Role')[0][1].Properties.AssumeRolePolicyDocument, {
    partition: 'aws', region: 'eu-central-1', urlSuffix: 'amazonaws.com',
  }).Statement[1].Condition.StringEquals;

  test('in another stack than the cluster of the app is trusted by the literal names, so that the stacks have no circular dependency', () => {
    const app = new App();
    const data = inEnv('Data', app);
    const stack = inEnv('Platform', app);
    const cluster = newCluster(stack, { clusterName: 'prod', podCredentials: PodCredentials.podIdentity() });
    const podCredentials = PodCredentials.podIdentity({ targetRole: targetIn(data) });
    cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', roleName: 'reader', podCredentials });
    app.synth();
    expect(trustOf(data)).toEqual({
      'aws:RequestTag/eks-cluster-arn': 'arn:aws:eks:eu-central-1:123456789012:cluster/prod',
      'aws:RequestTag/kubernetes-namespace': 'default',
      'aws:RequestTag/kubernetes-service-account': 'reader',
      'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/reader',
    });
  });

  test('in another stack requires that the cluster has a literal name', () => {
    const app = new App();
    const podCredentials = PodCredentials.podIdentity({ targetRole: targetIn(inEnv('Data', app)) });
    const cluster = newCluster(inEnv('Platform', app), { podCredentials: PodCredentials.podIdentity() });
    expect(() => cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader', roleName: 'reader', podCredentials })).toThrow(new Error(
      'Platform/Cluster/Reader/Role: clusterName of Platform/Cluster must be a literal: the target role Data/Target is in another stack, and its trust policy names the cluster'));
  });

  test.each([[undefined, ENV], [ENV, undefined]])('must be in a stack whose env is as well known as that of the role: %j, %j', (ofData, ofPlatform) => {
    const app = new App();
    const targetRole = targetIn(newStack('Data', { env: ofData }, app), 'target');
    const stack = newStack('Platform', { env: ofPlatform }, app);
    expect(() => new ServiceAccountRole(stack, 'Reader', {
      cluster: existing(stack), subjects: [exact('a', 'one')], roleName: 'reader', podCredentials: PodCredentials.podIdentity({ targetRole }),
    })).toThrow(/give both stacks the same env, or neither$/);
  });

  test('is deployed with its policies before the association, and so before a service account', () => {
    const stack = inEnv();
    const targetRole = targetIn(stack);
    const role = new ServiceAccountRole(stack, 'Reader', { cluster: existing(stack), subjects: [exact('a', 'one')], podCredentials: PodCredentials.podIdentity({ targetRole }) });
    new s3.Bucket(stack, 'Bucket').grantRead(role);
    const [[, { DependsOn }]] = associationsOf(stack);
    expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^TargetDefaultPolicy/)]));
  });

  test.each<[string, (stack: Stack, podCredentials: PodCredentials) => unknown]>([
    ['new', (stack, podCredentials) => newCluster(stack, { podCredentials })],
    ['existing', (stack, podCredentials) => IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName: 'prod', podCredentials })],
  ])('cannot be that of all service accounts of a cluster that is %s, because a grant to one would be a grant to all', (_, define) => {
    const stack = inEnv();
    expect(() => define(stack, PodCredentials.podIdentity({ targetRole: targetIn(stack) }))).toThrow(new Error('Stack/Cluster: podCredentials must be without a targetRole '
      + 'for a cluster: all service accounts of the cluster would get the permissions of this role: set podCredentials of the single role that needs it'));
  });
});

test('an imported role of another AWS account is an error', () => {
  const stack = inEnv();
  const role = iam.Role.fromRoleArn(stack, 'Theirs', 'arn:aws:iam::210987654321:role/theirs');
  expect(() => ServiceAccountRole.fromRole(stack, 'Role', role, { podCredentials: podIdentity }).addTrust(existing(stack), exact('a', 'one'))).toThrow(new Error(
    'Stack/Role: the AWS account of the role is "210987654321", but must be 123456789012, that of the cluster, with EKS Pod Identity: '
    + 'a role in another account can be the targetRole of PodCredentials.podIdentity'));
});

test.each([
  ['no statement', new iam.PolicyDocument(), 'sessionPolicy must contain at least one statement'],
  ['a statement without resources', new iam.PolicyDocument({ statements: [new iam.PolicyStatement({ actions: ['s3:GetObject'] })] }), 'sessionPolicy: A PolicyStatement used in an identity-based policy must specify at least one resource.'],
])('a session policy with %s is an error', (_, sessionPolicy, message) => {
  const stack = inEnv();
  new ServiceAccountRole(stack, 'Role', { cluster: existing(stack), subjects: [exact('a', 'one')], podCredentials: PodCredentials.podIdentity({ unsafeWithoutSessionTags: true, sessionPolicy }) });
  expect(() => Template.fromStack(stack)).toThrow(`[Stack/Role/Association] ${message}`);
});
