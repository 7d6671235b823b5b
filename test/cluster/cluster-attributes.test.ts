import { App, CfnParameter } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { config, env, ISSUER, prod, reachable, subjects, trustOf } from './existing-clusters';
import { IrsaClusterAttributes, IrsaCluster, KubernetesObjects, ObjectsAccess, OidcProvider, ServiceAccountRole, ServiceAccountWithRole } from '../../lib';
import { deployed } from '../deployed';
import { newStack, version } from '../stacks';

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
      `Apps/Prod: ${attribute} is not known, but the function that applies Kubernetes objects needs it: pass it to IrsaCluster.fromIrsaClusterAttributes, `
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

  test.each<[string, Partial<IrsaClusterAttributes>, string]>([
    ['a name that Amazon EKS does not accept', { clusterName: 'a b' },
      'Apps/Prod: clusterName is "a b", but must be 1 to 100 letters, digits, hyphens and underscores that begin with a letter or digit'],
    ['an issuer without a scheme', { issuerUrl: ISSUER },
      `Apps/Prod: issuerUrl is "${ISSUER}", but must be of the form https://oidc.eks.us-west-2.amazonaws.com/id/ABC123: it is the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text`],
    ['an unknown property', { clusterNames: 'prod' } as any, 'Apps/Prod: clusterNames is not a property of IrsaClusterAttributes: did you mean clusterName?'],
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
      + 'or set podCredentials of the role to PodCredentials.podIdentity(), which needs no issuer and no provider');
  });
});

describe('the id in an issuer', () => {
  const ID = 'EXAMPLED539D4633E53DE1B71EXAMPLE';
  const of = (issuer: string) => {
    const stack = newStack('Apps');
    prod(stack, { issuerUrl: `https://${issuer}` });
    return Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:issuer-id')).map(({ id, entry }) => `${id}: ${entry.data}`);
  };

  test.each([
    ...[ID.slice(1), `${ID}0`, ID.toLowerCase()].map((id) => `oidc.eks.eu-central-1.amazonaws.com/id/${id}`), `oidc-eks.eu-central-1.api.aws/id/${ID.slice(1)}`,
  ])('is probably not complete: %s', (issuer) => {
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
