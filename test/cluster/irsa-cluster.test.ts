import { CfnParameter, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnCluster } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as cdk8s from 'cdk8s';
import { IrsaCluster, KubernetesObjects } from '../../lib';
import { deployed, deployedObjects } from '../deployed';
import { newCluster, newStack, version } from '../stacks';

test('the cluster is a native AWS::EKS::Cluster with nodegroups and without Auto Mode', () => {
  const stack = newStack();
  newCluster(stack, { clusterName: 'irsa-test', nodegroups: [{}] });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Cluster', {
    Name: 'irsa-test', Version: '1.36', ComputeConfig: { Enabled: false }, AccessConfig: { AuthenticationMode: 'API' },
  });
  template.resourceCountIs('AWS::EKS::Nodegroup', 1);
});

test('properties of the EKS cluster are passed on', () => {
  const stack = newStack();
  newCluster(stack, {
    bootstrapClusterCreatorAdminPermissions: false,
    bootstrapSelfManagedAddons: false,
    endpointAccess: eks.EndpointAccess.PRIVATE,
    tags: { team: 'data' },
  });
  Template.fromStack(stack).hasResourceProperties('AWS::EKS::Cluster', {
    AccessConfig: { BootstrapClusterCreatorAdminPermissions: false },
    BootstrapSelfManagedAddons: false,
    ResourcesVpcConfig: { EndpointPublicAccess: false },
    Tags: [{ Key: 'team', Value: 'data' }],
  });
});

describe.each([[undefined], [true], [false]])('if the app sets the feature flag for native OIDC providers to %s', (flag) => {
  test('there is one native provider and no custom resource, also for callers that use the EKS cluster', () => {
    const stack = newStack();
    stack.node.setContext('@aws-cdk/aws-eks:useNativeOidcProvider', flag);
    const cluster = newCluster(stack);
    expect(cluster.eksCluster.openIdConnectProvider.openIdConnectProviderArn).toBe(cluster.openIdConnectProviderArn);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::IAM::OIDCProvider', 1);
    expect(template.findResources('Custom::AWSCDKOpenIdConnectProvider')).toEqual({});
    template.hasResourceProperties('AWS::IAM::OIDCProvider', { ClientIdList: ['sts.amazonaws.com'], ThumbprintList: Match.absent() });
  });
});

test('the name is the given literal, or a token', () => {
  expect(newCluster(newStack(), { clusterName: 'irsa-test' }).clusterName).toBe('irsa-test');
  expect(Token.isUnresolved(newCluster(newStack()).clusterName)).toBe(true);
});

test('the issuer is the one of the provider', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  expect(deployed(stack, stack.resolve(cluster.issuer!.subjectKey))).toBe('oidc.eks.us-west-2.amazonaws.com/id/T1:sub');
});

test('the construct IDs of nodegroups contain their names', () => {
  const cluster = newCluster(newStack(), { nodegroups: [{ nodegroupName: 'blue' }, { nodegroupName: 'red' }] });
  const added = cluster.addNodegroup('Green');
  expect(cluster.nodegroups.map(({ node }) => node.id)).toEqual(['Nodegroup-blue', 'Nodegroup-red', 'Green']);
  expect(cluster.nodegroups[2]).toBe(added);
});

test.each([[undefined], [Token.asString({ Ref: 'Name' })]])('a single nodegroup can have the name %j', (nodegroupName) => {
  const cluster = newCluster(newStack(), { nodegroups: [{ nodegroupName }] });
  expect(cluster.nodegroups.map(({ node }) => node.id)).toEqual(['Nodegroup']);
});

test.each([
  [undefined, 'nodegroups[1].nodegroupName is undefined'],
  [Token.asString({ Ref: 'Name' }), 'nodegroups[1].nodegroupName is "<token>"'],
])('fails for the name %j if there are several nodegroups, because the construct ID would depend on their order', (nodegroupName, got) => {
  expect(() => newCluster(newStack(), { nodegroups: [{ nodegroupName: 'blue' }, { nodegroupName }] })).toThrow(new Error(
    `Stack/Cluster: ${got}, but must be a literal if there are several nodegroups: set a name, or define the nodegroup with addNodegroup and its own id`));
});

test('the list of nodegroups is a copy', () => {
  const cluster = newCluster(newStack(), { nodegroups: [{}] });
  cluster.nodegroups.pop();
  expect(cluster.nodegroups).toHaveLength(1);
});

test('an added service account is a child of the cluster', () => {
  const cluster = newCluster(newStack());
  const account = cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader' });
  expect(account.node.path).toBe('Stack/Cluster/Reader');
});

test('objects are in the stack of their scope', () => {
  const clusterStack = newStack('ClusterStack');
  const cluster = newCluster(clusterStack);
  const stack = newStack('Other', {}, clusterStack.node.root);
  new KubernetesObjects(stack, 'Config', { cluster, objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } }] });
  expect(deployedObjects(stack)).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } }]);
  Template.fromStack(clusterStack).resourceCountIs('Custom::KubernetesObjects', 0);
});

test('fails for a chart that is part of the CDK app', () => {
  const stack = newStack();
  expect(() => newCluster(stack).addKubernetesObjects('Objects', { charts: [new cdk8s.Chart(stack, 'Chart')] })).toThrow(
    new Error('Stack/Cluster/Objects: chart Stack/Chart is part of the CDK app, but must be in a cdk8s app: new cdk8s.Chart(new cdk8s.App(), …)'));
});

test('objects that are added to a chart later are applied', () => {
  const stack = newStack();
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Chart');
  const add = (name: string) => new cdk8s.ApiObject(chart, name, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
  add('early');
  newCluster(stack).addKubernetesObjects('Objects', { charts: [chart] });
  add('late');
  expect(deployedObjects(stack).map(({ metadata }) => metadata.name)).toEqual(['early', 'late']);
});

test.each([
  ['1.17', '"1.17", but must be 1.32 or later: Amazon EKS no longer offers Kubernetes 1.17'],
  ['1.31', '"1.31", but must be 1.32 or later: Amazon EKS no longer offers Kubernetes 1.31'],
  ...['latest', '1', '1.36.3', 'v1.36', '1.036', '', ' 1.36'].map((v) => [v, `"${v}", but must be a Kubernetes minor version, such as 1.36`]),
])('fails for version "%s"', (wrong, message) => {
  expect(() => newCluster(newStack(), { version: eks.KubernetesVersion.of(wrong) })).toThrow(new Error(`Stack/Cluster: version is ${message}`));
});

test('a version that is newer than this library is accepted, and so is a token', () => {
  const stack = newStack();
  const parameter = new CfnParameter(stack, 'Version').valueAsString;
  for (const [id, given, rendered] of [['New', '1.99', '1.99'], ['Token', parameter, { Ref: 'Version' }]] as const) {
    const { eksCluster: cluster } = new IrsaCluster(stack, id, { version: eks.KubernetesVersion.of(given) });
    expect(stack.resolve((cluster.node.defaultChild as CfnCluster).version)).toEqual(rendered);
  }
});

test('fails for albController, which adds its own OIDC provider and trust policy', () => {
  expect(() => newCluster(newStack(), { albController: { version: eks.AlbControllerVersion.V2_8_2 } })).toThrow(new Error(
    'Stack/Cluster: albController is "v2.8.2", but must be omitted: it would add its own OIDC provider and trust policy; '
    + 'define its service account with addServiceAccountWithRole, and install its Helm chart'));
});

test.each([[''], ['-a'], ['a b'], ['a'.repeat(101)]])('fails for the name "%s"', (clusterName) => {
  expect(() => newCluster(newStack(), { clusterName })).toThrow(
    new Error(`Stack/Cluster: clusterName is "${clusterName}", but must be 1 to 100 letters, digits, hyphens and underscores that begin with a letter or digit`));
});

test('fails for two nodegroups with the same name, however they are added', () => {
  const message = 'Stack/Cluster: nodegroupName is "blue", but must be unique: the cluster already has a nodegroup with this name';
  expect(() => newCluster(newStack(), { nodegroups: [{ nodegroupName: 'blue' }, { nodegroupName: 'blue' }] })).toThrow(new Error(message));
  const cluster = newCluster(newStack(), { nodegroups: [{ nodegroupName: 'blue' }] });
  ['One', 'Two'].forEach((id) => cluster.addNodegroup(id));
  expect(() => cluster.addNodegroup('Again', { nodegroupName: 'blue' })).toThrow(new Error(message));
});

test('the name of a rejected nodegroup can be used again', () => {
  const cluster = newCluster(newStack());
  expect(() => cluster.addNodegroup('Refused', { nodegroupName: 'blue', minSize: -1 })).toThrow(/minSize/);
  expect(() => cluster.addNodegroup('Blue', { nodegroupName: 'blue' })).not.toThrow();
});

test('each of two clusters in one stack has its own provider and function', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  for (const id of ['Blue', 'Green']) {
    const cluster = new IrsaCluster(stack, id, { version, vpc });
    cluster.addServiceAccountWithRole('Reader', { serviceAccountName: 'reader' });
  }
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::IAM::OIDCProvider', 2);
  template.resourcePropertiesCountIs('AWS::Lambda::Function', { Handler: 'index.handler' }, 2);
});
