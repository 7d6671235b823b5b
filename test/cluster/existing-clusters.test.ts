import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ClusterAttributes, ExistingClusterOptions, IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, ServiceAccountRole, ServiceAccountSubject, ServiceAccountWithRole } from '../../lib';
import { deployed } from '../deployed';
import { newCluster, newStack, version } from '../stacks';

const ISSUER = 'oidc.eks.eu-central-1.amazonaws.com/id/ABC123';
const env = { account: '123456789012', region: 'eu-central-1' };
const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'config', namespace: 'reports' } };

const prod = (scope: Stack, attributes: Partial<ClusterAttributes> = {}, id = 'Prod') =>
  IrsaCluster.fromClusterAttributes(scope, id, { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, ...attributes });
const reachable = { clusterEndpoint: 'https://ABC123.gr7.eu-central-1.eks.amazonaws.com', clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t' };
const withoutAwsAuth = (scope: Stack, props: Partial<eksv1.ClusterProps> = {}) => new eksv1.Cluster(scope, 'Theirs', {
  version: eksv1.KubernetesVersion.V1_33,
  defaultCapacity: 0,
  kubectlLayer: { layerVersionArn: 'arn:aws:lambda:eu-central-1:123456789012:layer:kubectl:1' } as any,
  ...props,
});
const v1Cluster = (scope: Stack, props?: Partial<eksv1.ClusterProps>) => {
  const cluster = withoutAwsAuth(scope, props);
  cluster.awsAuth.addAccount('123456789012');
  return cluster;
};
const trustOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))
  .map(({ Properties }) => Properties.AssumeRolePolicyDocument).find((document) => JSON.stringify(document).includes('WebIdentity'));

describe('a cluster by its attributes', () => {
  test('needs only a name and an issuer for a role, which is all that the template contains', () => {
    const stack = newStack();
    new ServiceAccountRole(stack, 'Sync', { cluster: prod(stack), subjects });
    const { Resources, Outputs } = Template.fromStack(stack).toJSON();
    expect(Object.values<any>(Resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::Role']);
    expect(Outputs).toBeUndefined();
    const [statement] = trustOf(stack).Statement;
    expect(statement.Condition).toEqual({ StringEquals: { [`${ISSUER}:aud`]: 'sts.amazonaws.com', [`${ISSUER}:sub`]: 'system:serviceaccount:reports:reader' } });
    expect(deployed(stack, statement.Principal)).toEqual({ Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` });
  });

  test.each(['clusterEndpoint', 'clusterCertificateAuthorityData'] as const)('needs %s for Kubernetes objects', (attribute) => {
    const stack = newStack('Apps');
    const cluster = prod(stack, { ...reachable, [attribute]: undefined });
    expect(() => new KubernetesObjects(stack, 'Config', { cluster, objects: [config] })).toThrow(
      `Apps/Prod: ${attribute} is not known, but the function that applies Kubernetes objects needs it: pass it to IrsaCluster.fromClusterAttributes, `
      + 'or define the role alone with ServiceAccountRole');
  });

  test('gets a function and an access entry in the stack of the import when the app defines the first object', () => {
    const app = new App();
    const [shared, apps] = [newStack('Shared', { env }, app), newStack('Apps', { env }, app)];
    new KubernetesObjects(apps, 'Config', { cluster: prod(shared, { ...reachable, objectsAccess: ObjectsAccess.clusterAdmin() }), objects: [config] });
    const template = Template.fromStack(shared);
    template.hasResourceProperties('AWS::EKS::AccessEntry', { ClusterName: 'prod' });
    template.hasResourceProperties('AWS::Lambda::Function', { Description: 'Applies Kubernetes objects to an EKS cluster', VpcConfig: Match.absent() });
    Template.fromStack(apps).resourceCountIs('AWS::Lambda::Function', 0);
  });

  test('needs objectsAccess if another stack defines objects, so that the function does not depend on that stack', () => {
    const app = new App();
    const [shared, apps] = [newStack('Shared', { env }, app), newStack('Apps', { env }, app)];
    new KubernetesObjects(apps, 'Config', { cluster: prod(shared, reachable), objects: [config] });
    expect(() => app.synth()).toThrow('[Shared/Prod] objectsAccess must be set, because Apps/Config, which is in another stack, defines objects in the cluster: '
      + 'for example to ObjectsAccess.clusterAdmin()');
  });

  test('has a function without any objects if objectsAccess is set', () => {
    const stack = newStack();
    prod(stack, { ...reachable, objectsAccess: ObjectsAccess.clusterAdmin() });
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test.each([
    ['region', 'eu-west-1', 'arn:aws:eks:eu-west-1:123456789012:cluster/prod'],
    ['account', '111111111111', 'arn:aws:eks:eu-central-1:111111111111:cluster/prod'],
  ])('in another %s cannot have objects', (part, theirs, clusterArn) => {
    const stack = newStack('Apps', { env });
    expect(() => new KubernetesObjects(stack, 'Config', { cluster: prod(stack, { ...reachable, clusterArn }), objects: [config] })).toThrow(
      `Apps/Prod: the stack's ${part} is "${env[part as keyof typeof env]}", but must be ${theirs}, the ${part} of the cluster`);
  });

  test('runs the function in the VPC if it is known', () => {
    const stack = newStack();
    const vpc = new ec2.Vpc(stack, 'Vpc');
    const clusterSecurityGroup = ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1');
    new KubernetesObjects(stack, 'Config', { cluster: prod(stack, { ...reachable, vpc, clusterSecurityGroup }), objects: [config] });
    Template.fromStack(stack).hasResourceProperties('AWS::Lambda::Function', { Description: 'Applies Kubernetes objects to an EKS cluster', VpcConfig: { SecurityGroupIds: ['sg-1'] } });
  });

  test('cannot be imported twice to apply objects', () => {
    const app = new App();
    const [one, two] = [newStack('One', { env }, app), newStack('Two', { env }, app)];
    new KubernetesObjects(one, 'Config', { cluster: prod(one, reachable), objects: [config] });
    expect(() => new KubernetesObjects(two, 'Config', { cluster: prod(two, reachable), objects: [] })).toThrow(
      'Two/Prod: the app already applies objects in this cluster through One/Prod: pass that construct as cluster, so that there is one function');
  });

  test('can be imported twice for roles', () => {
    const stack = newStack();
    for (const id of ['One', 'Two']) {
      new ServiceAccountRole(stack, `${id}Role`, { cluster: prod(stack, {}, id), subjects });
    }
    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 2);
  });

  test('has no namespaces created by default', () => {
    const stack = newStack();
    new ServiceAccountWithRole(stack, 'Reader', { cluster: prod(stack, reachable), serviceAccountName: 'reader', namespace: 'reports' });
    Template.fromStack(stack).resourceCountIs('Custom::KubernetesObjects', 1);
  });

  test('tells the function the issuer', () => {
    const stack = newStack();
    new KubernetesObjects(stack, 'Config', { cluster: prod(stack, reachable), objects: [config] });
    Template.fromStack(stack).hasResourceProperties('Custom::KubernetesObjects', { Issuer: `https://${ISSUER}` });
  });

  test.each<[string, Partial<ClusterAttributes>, string]>([
    ['a name that Amazon EKS does not accept', { clusterName: 'a b' },
      'Apps/Prod: clusterName is "a b", but must be 1 to 100 letters, digits, hyphens and underscores that begin with a letter or digit'],
    ['an issuer without a scheme', { issuerUrl: ISSUER },
      `Apps/Prod: issuerUrl is "${ISSUER}", but must be of the form https://oidc.eks.us-west-2.amazonaws.com/id/ABC123: it is the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text`],
    ['an unknown property', { clusterNames: 'prod' } as any, 'Apps/Prod: clusterNames is not a property of ClusterAttributes: did you mean clusterName?'],
    ['create() without an issuer', { issuerUrl: undefined, oidcProvider: OidcProvider.create() },
      'Apps/Prod: issuerUrl must be set, because OidcProvider.create() creates the provider for it'],
    ['the URL of the API server as issuer', { issuerUrl: reachable.clusterEndpoint },
      `Apps/Prod: issuerUrl is "${reachable.clusterEndpoint}", but must be of the form https://oidc.eks.us-west-2.amazonaws.com/id/ABC123: it is the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text`],
    ['the discovery document as issuer', { issuerUrl: `https://${ISSUER}/.well-known/openid-configuration` },
      `Apps/Prod: issuerUrl is "https://${ISSUER}/.well-known/openid-configuration", but must be of the form https://oidc.eks.us-west-2.amazonaws.com/id/ABC123: it is the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text`],
    ['an endpoint without a scheme', { clusterEndpoint: 'ABC123.gr7.eu-central-1.eks.amazonaws.com' },
      'Apps/Prod: clusterEndpoint is "ABC123.gr7.eu-central-1.eks.amazonaws.com", but must be https:// and a host: it is the output of aws eks describe-cluster --query cluster.endpoint'],
    ['a shortened certificate', { clusterCertificateAuthorityData: 'LS0tLS1CRUdJTi…' },
      'Apps/Prod: clusterCertificateAuthorityData must be a base64-encoded PEM certificate: it is the output of aws eks describe-cluster --query cluster.certificateAuthority.data'],
    ['a path in place of the certificate', { clusterCertificateAuthorityData: './ca.crt' },
      'Apps/Prod: clusterCertificateAuthorityData must be a base64-encoded PEM certificate: it is the output of aws eks describe-cluster --query cluster.certificateAuthority.data'],
    ['the ARN of another cluster', { clusterArn: 'arn:aws:eks:eu-central-1:123456789012:cluster/staging' },
      'Apps/Prod: clusterArn is "arn:aws:eks:eu-central-1:123456789012:cluster/staging", but must be the ARN of cluster prod'],
    ['a provider of aws-iam', { oidcProvider: iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(newStack(), 'Provider', `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`) as any },
      'Apps/Prod: oidcProvider is an Import, but must be an OidcProvider, such as OidcProvider.create()'],
  ])('%s is an error', (_, attributes, message) => {
    expect(() => prod(newStack('Apps'), attributes)).toThrow(new Error(message));
  });

  test('with a VPC needs the security group of the cluster, which the API server admits', () => {
    const stack = newStack('Apps');
    const vpc = new ec2.Vpc(stack, 'Vpc');
    expect(() => new KubernetesObjects(stack, 'Config', { cluster: prod(stack, { ...reachable, vpc }), objects: [config] })).toThrow(
      'Apps/Prod: clusterSecurityGroup must be set together with vpc: the function that applies Kubernetes objects connects to the API server with it; '
      + 'aws eks describe-cluster returns it as resourcesVpcConfig.clusterSecurityGroupId');
  });

  test('with the security group alone is an error, because the function would run outside the VPC', () => {
    const stack = newStack('Apps');
    expect(() => prod(stack, { clusterSecurityGroup: ec2.SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1') })).toThrow(
      'Apps/Prod: vpc must be set together with clusterSecurityGroup: otherwise, the function that applies Kubernetes objects runs outside the VPC');
  });

  test('a role without a known issuer is an error', () => {
    const stack = newStack('Apps');
    expect(() => new ServiceAccountRole(stack, 'Sync', { cluster: prod(stack, { issuerUrl: undefined }), subjects })).toThrow(
      'Apps/Sync: cluster must be a cluster with a known OIDC issuer: set issuerUrl of Apps/Prod to the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text; '
      + 'or set credentials of the role to PodCredentials.podIdentity(), which needs neither');
  });
});

describe('the id in an issuer', () => {
  const ID = 'EXAMPLED539D4633E53DE1B71EXAMPLE';
  const of = (issuer: string) => {
    const stack = newStack('Apps');
    prod(stack, { issuerUrl: `https://${issuer}` });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:issuer-id')).map(({ id, entry }) => `${id}: ${entry.data}`);
  };

  test.each([ID.slice(1), `${ID}0`, ID.toLowerCase()])('is probably not complete: %s', (id) => {
    const issuer = `oidc.eks.eu-central-1.amazonaws.com/id/${id}`;
    expect(of(issuer)).toEqual([`/Apps/Prod: the issuer ${issuer} does not end with an id of 32 digits and upper-case letters, as issuers of Amazon EKS do. `
      + 'If it is not the issuer of the cluster, pods get no credentials: compare it with the output of '
      + 'aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text [ack: cdk-irsa:issuer-id]']);
  });

  test.each([`oidc.eks.eu-central-1.amazonaws.com/id/${ID}`, `oidc.eks.cn-north-1.amazonaws.com.cn/id/${ID}`, 'issuer.example.com/id/1'])('is right, or not known to be wrong: %s', (issuer) => {
    expect(of(issuer)).toEqual([]);
  });

  test('is not judged if the deployment compares the issuer with that of a cluster of this app', () => {
    const stack = newStack('Apps');
    IrsaCluster.fromEksCluster(stack, 'Ours', new eks.Cluster(stack, 'Theirs', { version }), { issuerUrl: `https://${ISSUER}`, oidcProvider: OidcProvider.create() });
    expect(Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:issuer-id'))).toEqual([]);
  });
});

test('a cluster of this app that is stated by its attributes is checked like its construct', () => {
  const stack = newStack('Apps');
  const { clusterName, clusterOpenIdConnectIssuerUrl: issuerUrl } = new eks.Cluster(stack, 'Theirs', { version });
  expect(() => prod(stack, { clusterName, issuerUrl })).toThrow('Apps/Prod: issuerUrl must be a literal');
  expect(() => prod(stack, { clusterName, issuerUrl: undefined }, 'Named')).toThrow('Apps/Named: this app defines the cluster, but no OIDC provider for it');
  const pinned = prod(stack, { clusterName, oidcProvider: OidcProvider.create() }, 'Pinned');
  expect(Object.keys(Template.fromStack(stack).findOutputs('*'))).toEqual([expect.stringContaining('PinnedIssuerUrl')]);
  expect(pinned.issuer!.value).toBe(ISSUER);
});

test('a cluster whose ARN is a token can have objects from a stack with an environment', () => {
  const stack = newStack('Apps', { env });
  const clusterArn = new CfnParameter(stack, 'Arn').valueAsString;
  expect(() => new KubernetesObjects(stack, 'Config', { cluster: prod(stack, { ...reachable, clusterArn }), objects: [config] })).not.toThrow();
});

describe('a cluster of aws-eks-v2', () => {
  test('that the app defines keeps the one OIDC provider that the app created with it', () => {
    const stack = newStack();
    stack.node.setContext('@aws-cdk/aws-eks:useNativeOidcProvider', true);
    const theirs = new eks.Cluster(stack, 'Theirs', { version });
    theirs.openIdConnectProvider;
    new ServiceAccountRole(stack, 'Sync', { cluster: IrsaCluster.fromEksCluster(stack, 'Ours', theirs), subjects });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::OIDCProvider', 1);
    expect(JSON.parse(deployed(stack, trustOf(stack))).Statement[0].Condition.StringEquals).toMatchObject({ 'oidc.eks.us-west-2.amazonaws.com/id/T1:sub': 'system:serviceaccount:reports:reader' });
  });

  test('without an OIDC provider is an error, because pods would get no credentials', () => {
    const stack = newStack('Apps');
    const theirs = new eks.Cluster(stack, 'Theirs', { version });
    expect(() => IrsaCluster.fromEksCluster(stack, 'Ours', theirs)).toThrow(
      'Apps/Ours: this app defines the cluster, but no OIDC provider for it, so pods would get no credentials: set oidcProvider to OidcProvider.create() '
      + 'if the cluster has no provider; to OidcProvider.existing(eksCluster.openIdConnectProvider) if the app calls addServiceAccount or reads openIdConnectProvider; '
      + 'or to OidcProvider.existing(iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(…)) if something else created it');
    expect(theirs.node.tryFindChild('OpenIdConnectProvider')).toBeUndefined();
  });

  test('without an OIDC provider gets one with create()', () => {
    const stack = newStack();
    const theirs = new eks.Cluster(stack, 'Theirs', { version });
    const cluster = IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.create() });
    new ServiceAccountRole(stack, 'Sync', { cluster, subjects });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::OIDCProvider', { ClientIdList: ['sts.amazonaws.com'] });
  });

  test('in another stack works for roles and objects, whose function is in the stack of the import', () => {
    const app = new App();
    const [platform, apps] = [newStack('Platform', undefined, app), newStack('Apps', undefined, app)];
    const theirs = new eks.Cluster(platform, 'Theirs', { version });
    const cluster = IrsaCluster.fromEksCluster(apps, 'Ours', theirs, { oidcProvider: OidcProvider.create() });
    new ServiceAccountWithRole(apps, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
    app.synth();
    Template.fromStack(platform).resourceCountIs('AWS::EKS::AccessEntry', 0);
    Template.fromStack(apps).resourceCountIs('AWS::EKS::AccessEntry', 1);
    Template.fromStack(apps).resourceCountIs('Custom::KubernetesObjects', 2); // the account, and its namespace
  });

  test('that the app imports without an endpoint says where to give it', () => {
    const stack = newStack('Apps');
    const theirs = eks.Cluster.fromClusterAttributes(stack, 'Theirs', { clusterName: 'prod' });
    const cluster = IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { issuerUrl: `https://${ISSUER}` });
    expect(() => new KubernetesObjects(stack, 'Config', { cluster, objects: [config] })).toThrow(
      'Apps/Ours: clusterEndpoint is not known, but the function that applies Kubernetes objects needs it: pass it to eks.Cluster.fromClusterAttributes of aws-eks-v2, '
      + 'or define the role alone with ServiceAccountRole');
  });

  test('that the app imports with its provider needs no issuer', () => {
    const stack = newStack();
    const openIdConnectProvider = iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`);
    const theirs = eks.Cluster.fromClusterAttributes(stack, 'Theirs', { clusterName: 'prod', openIdConnectProvider });
    new ServiceAccountRole(stack, 'Sync', { cluster: IrsaCluster.fromEksCluster(stack, 'Ours', theirs), subjects });
    expect(trustOf(stack).Statement[0].Principal).toEqual({ Federated: `arn:aws:iam::123456789012:oidc-provider/${ISSUER}` });
  });
});

describe('a cluster of aws-eks', () => {
  const withObjects = (stack: Stack, theirs: eksv1.Cluster, options: ExistingClusterOptions = {}) => new KubernetesObjects(stack, 'Config', {
    cluster: IrsaCluster.fromEksV1Cluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.create(), objectsAccess: ObjectsAccess.clusterAdmin(), ...options }),
    objects: [config],
  });

  test.each([undefined, eksv1.AuthenticationMode.CONFIG_MAP])('with the authentication mode %s maps the function in aws-auth', (authenticationMode) => {
    const stack = newStack();
    withObjects(stack, v1Cluster(stack, { authenticationMode }));
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::EKS::AccessEntry', 0);
    const [manifest] = Object.values(template.findResources('Custom::AWSCDK-EKS-KubernetesResource')).map(({ Properties }) => JSON.stringify(Properties.Manifest));
    expect(manifest).toContain('system:masters');
    const [[, set]] = Object.entries(template.findResources('Custom::KubernetesObjects'));
    expect(set.DependsOn).toBeDefined();
  });

  test('with access entries gets one', () => {
    const stack = newStack();
    withObjects(stack, v1Cluster(stack, { authenticationMode: eksv1.AuthenticationMode.API_AND_CONFIG_MAP }));
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  });

  test('maps the function to Kubernetes groups', () => {
    const stack = newStack();
    withObjects(stack, v1Cluster(stack), { objectsAccess: ObjectsAccess.kubernetesGroups('deployers') });
    const manifests = JSON.stringify(Template.fromStack(stack).findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    expect(manifests).toContain('deployers');
    expect(manifests).not.toContain('system:masters');
  });

  test('without access entries and awsAuth is an error, because aws-cdk would remove the roles of nodes', () => {
    const stack = newStack('Apps');
    const theirs = withoutAwsAuth(stack);
    expect(() => withObjects(stack, theirs)).toThrow(
      'Apps/Ours: the app does not use awsAuth of Apps/Theirs, and aws-cdk would remove all other roles from the ConfigMap aws-auth, such as those of nodes: '
      + 'define the nodegroups of the app before this construct, and map all other roles with awsAuth.addRoleMapping; or set authenticationMode to API_AND_CONFIG_MAP');
  });

  test('without access entries and with nodegroups that the app defines first is served, and each role is mapped once', () => {
    const stack = newStack();
    const theirs = withoutAwsAuth(stack);
    theirs.addNodegroupCapacity('Nodes');
    withObjects(stack, theirs);
    const manifests = JSON.stringify(Template.fromStack(stack).findResources('Custom::AWSCDK-EKS-KubernetesResource'));
    expect([...manifests.matchAll(/system:nodes|cdk-irsa/g)].map(([found]) => found)).toEqual(['system:nodes', 'cdk-irsa']);
  });

  test('without access entries does not accept a role with a path for the function', () => {
    const stack = newStack('Apps');
    const role = new iam.Role(stack, 'Role', { path: '/functions/', assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    expect(() => withObjects(stack, v1Cluster(stack), { objectsFunction: { role } })).toThrow(
      'Apps/Ours: objectsFunction.role must be a role without a path: the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks, '
      + 'and the ConfigMap aws-auth does not accept ARNs with a path');
  });

  test('without access entries needs objectsAccess, so that its function has access until the last objects are deleted', () => {
    const stack = newStack('Apps');
    expect(() => withObjects(stack, v1Cluster(stack), { objectsAccess: undefined })).toThrow(
      'Apps/Ours: objectsAccess must be set to ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(…) for a cluster whose authenticationMode is CONFIG_MAP, the default of aws-eks: '
      + 'otherwise, the deployment that removes the last objects would first remove the access of the function from the ConfigMap aws-auth');
  });

  test('without access entries does not accept an imported role with a path for the function', () => {
    const stack = newStack('Apps');
    const role = iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/functions/objects');
    expect(() => withObjects(stack, v1Cluster(stack), { objectsFunction: { role } })).toThrow('Apps/Ours: objectsFunction.role must be a role without a path');
  });

  test('without access entries cannot limit the function to namespaces', () => {
    const stack = newStack('Apps');
    expect(() => withObjects(stack, v1Cluster(stack), { objectsAccess: ObjectsAccess.namespaces(['reports']) })).toThrow(
      'Apps/Ours: objectsAccess must be ObjectsAccess.clusterAdmin() or ObjectsAccess.kubernetesGroups(): '
      + 'the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks, so it has no access entries');
  });

  test('without access entries is used from the stack of the cluster', () => {
    const app = new App();
    const [platform, apps] = [newStack('Platform', undefined, app), newStack('Apps', undefined, app)];
    expect(() => withObjects(apps, v1Cluster(platform))).toThrow(
      'Apps/Ours: the cluster is in stack Platform, but this construct is in Apps, and both stacks would depend on each other, '
      + 'because the authenticationMode of the cluster is CONFIG_MAP, the default of aws-eks: '
      + 'define this construct in the stack of the cluster, or set authenticationMode to API_AND_CONFIG_MAP');
  });

  test.each(Object.values(eksv1.AuthenticationMode))('with the authentication mode %s can have a role in any stack, which adds only the role and the provider', (authenticationMode) => {
    const app = new App();
    const [platform, apps] = [newStack('Platform', undefined, app), newStack('Apps', undefined, app)];
    const cluster = IrsaCluster.fromEksV1Cluster(apps, 'Ours', withoutAwsAuth(platform, { authenticationMode }), { oidcProvider: OidcProvider.create() });
    new ServiceAccountRole(apps, 'Sync', { cluster, subjects });
    expect(Object.values<any>(Template.fromStack(apps).toJSON().Resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::OIDCProvider', 'AWS::IAM::Role']);
  });
});

test.each<[string, (stack: Stack) => unknown, string]>([
  ['aws-eks', (stack) => IrsaCluster.fromEksCluster(stack, 'Ours', v1Cluster(stack) as any), 'Apps/Ours: cluster must be a cluster of aws-eks-v2: for this cluster, use IrsaCluster.fromEksV1Cluster'],
  ['aws-eks-v2', (stack) => IrsaCluster.fromEksV1Cluster(stack, 'Ours', new eks.Cluster(stack, 'Theirs', { version }) as any),
    'Apps/Ours: cluster must be a cluster of aws-eks: for this cluster, use IrsaCluster.fromEksCluster'],
  ['which only the name is given', (stack) => IrsaCluster.fromEksV1Cluster(stack, 'Ours', 'prod' as any),
    'Apps/Ours: cluster is a string, but must be an ICluster, such as a Cluster of aws-eks; for a name, use IrsaCluster.fromClusterAttributes'],
])('the method of the other module refuses a cluster of %s', (_, use, message) => {
  expect(() => use(newStack('Apps'))).toThrow(new Error(message));
});

test('a provider that is none is an error where it is given', () => {
  expect(() => OidcProvider.existing(undefined as any)).toThrow(new Error('provider is undefined, but must be an IOpenIdConnectProvider'));
});

describe('logical ids of service accounts', () => {
  const idsOf = (define: (stack: Stack) => void) => {
    const stack = newStack();
    define(stack);
    return Object.keys(Template.fromStack(stack).findResources('Custom::KubernetesObjects')).filter((id) => id.startsWith('ServiceAccount'));
  };
  const reader = (stack: Stack, cluster: ReturnType<typeof prod>) =>
    new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', createNamespace: false });

  test('depend on the name of the cluster, and not on the construct that represents it', () => {
    const byAttributes = idsOf((stack) => reader(stack, prod(stack, reachable)));
    expect(byAttributes).toHaveLength(1);
    expect(idsOf((stack) => reader(stack, prod(stack, reachable, 'Other')))).toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, newCluster(stack, { clusterName: 'prod' })))).toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, IrsaCluster.fromEksCluster(stack, 'Ours', new eks.Cluster(stack, 'Theirs', { version, clusterName: 'prod' }), { oidcProvider: OidcProvider.create() }))))
      .toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, IrsaCluster.fromEksV1Cluster(stack, 'Ours', v1Cluster(stack, { clusterName: 'prod' }), { oidcProvider: OidcProvider.create(), objectsAccess: ObjectsAccess.clusterAdmin() }))))
      .toEqual(byAttributes);
    expect(idsOf((stack) => reader(stack, prod(stack, { ...reachable, clusterName: 'staging' })))).not.toEqual(byAttributes);
  });

  test('depend on the path of a cluster whose name CloudFormation generates', () => {
    const ofEksCluster = (id: string) => idsOf((stack) =>
      reader(stack, IrsaCluster.fromEksCluster(stack, id, new eks.Cluster(stack, 'Theirs', { version }), { oidcProvider: OidcProvider.create() })));
    expect(ofEksCluster('Ours')).toEqual(ofEksCluster('Renamed'));
  });

  test('depend on the parameter that names the cluster', () => {
    const ofParameter = (id: string, name = 'Name') => idsOf((stack) => reader(stack, prod(stack, { ...reachable, clusterName: new CfnParameter(stack, name).valueAsString }, id)));
    expect(ofParameter('Ours')).toEqual(ofParameter('Renamed'));
    expect(ofParameter('Ours')).not.toEqual(ofParameter('Ours', 'OtherName'));
  });
});

test('a stage of a pipeline has its own function for a cluster that another stage imports, too', () => {
  const app = new App();
  for (const id of ['Beta', 'Prod']) {
    const stack = newStack('Apps', { env: { ...env, region: id === 'Beta' ? 'eu-west-1' : env.region } }, new Stage(app, id));
    new KubernetesObjects(stack, 'Config', { cluster: prod(stack, reachable), objects: [config] });
    Template.fromStack(stack).resourceCountIs('AWS::EKS::AccessEntry', 1);
  }
});
