import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IrsaCluster, IrsaClusterProps, OidcProvider, ServiceAccountRole, ServiceAccountSubject } from '../../lib';
import { deployed } from '../deployed';
import { newCluster, newStack, version } from '../stacks';

process.env.JSII_DEPRECATED = 'quiet'; // aws-cdk itself uses its deprecated OIDC provider

const ISSUER = 'oidc.eks.us-west-2.amazonaws.com/id/T1';
const ARN = `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`;
const subjects = [ServiceAccountSubject.exact('reports', 'reader')];
const imported = (stack: Stack) => iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', ARN);
const withRole = (props: (stack: Stack) => Partial<IrsaClusterProps>) => {
  const stack = newStack('Platform');
  const cluster = newCluster(stack, props(stack));
  new ServiceAccountRole(stack, 'Sync', { cluster, subjects });
  return { stack, cluster };
};
const trustIn = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'))
  .map(({ Properties }) => Properties.AssumeRolePolicyDocument).find((document) => JSON.stringify(document).includes('WebIdentity'));

test('a cluster whose construct has a provider cannot create a second one', () => {
  const stack = newStack('Apps');
  const theirs = new eks.Cluster(stack, 'Theirs', { version });
  const { node } = theirs.openIdConnectProvider;
  expect(() => IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.create() })).toThrow(new Error(
    'Apps/Ours: oidcProvider must be OidcProvider.existing(eksCluster.openIdConnectProvider): '
    + `the cluster already has the OIDC provider ${node.path}, and an AWS account can have only one for its issuer`));
});

describe('a new cluster', () => {
  test('uses an existing provider, and creates none', () => {
    const { stack } = withRole((scope) => ({ oidcProvider: OidcProvider.existing(imported(scope)) }));
    Template.fromStack(stack).resourceCountIs('AWS::IAM::OIDCProvider', 0);
    expect(trustIn(stack).Statement[0].Principal).toEqual({ Federated: ARN });
  });

  test('without a provider has no roles for service accounts', () => {
    expect(() => withRole(() => ({ oidcProvider: OidcProvider.none() }))).toThrow(
      'Platform/Sync: cluster must be a cluster with an IAM OIDC provider: set oidcProvider of Platform/Cluster to OidcProvider.create(); or set podCredentials of the role to PodCredentials.podIdentity(), which needs no issuer and no provider');
  });

  test('without a provider contains none', () => {
    const stack = newStack();
    newCluster(stack, { oidcProvider: OidcProvider.none() });
    Template.fromStack(stack).resourceCountIs('AWS::IAM::OIDCProvider', 0);
  });

  test('cannot have a provider that exists before it', () => {
    expect(() => newCluster(newStack('Platform'), { oidcProvider: OidcProvider.alreadyInAccount() })).toThrow(
      'Platform/Cluster: this app defines the cluster, but no OIDC provider for it, so pods would get no credentials: set oidcProvider to OidcProvider.create() '
      + 'if the cluster has no provider; to OidcProvider.existing(eksCluster.openIdConnectProvider) if the app calls addServiceAccount or reads openIdConnectProvider; '
      + 'or to OidcProvider.existing(iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(…)) if something else created it');
  });
});

describe('two providers for one issuer', () => {
  const message = (one: string, other: string) => `${one} and ${other} are OIDC providers for the same issuer, but an AWS account can have only one: `;
  const ofAttributes = 'set OidcProvider.create() on only one import of the cluster, and on none if other code defines the provider; or import the cluster once, and pass the construct';
  const ofEksCluster = 'set oidcProvider to OidcProvider.existing(eksCluster.openIdConnectProvider) on all imports of the cluster, or import the cluster once, and pass the construct. '
    + 'Code that calls addServiceAccount of an EKS cluster or reads its openIdConnectProvider defines a provider, too';

  test('are an error if code reads openIdConnectProvider of the EKS cluster', () => {
    const app = new App();
    const stack = newStack('Platform', undefined, app);
    const theirs = new eks.Cluster(stack, 'Theirs', { version });
    IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { oidcProvider: OidcProvider.create() });
    theirs.openIdConnectProvider;
    expect(() => app.synth()).toThrow(
      `[Platform/Ours] ${message('Platform/Theirs/OpenIdConnectProvider/Resource/Default', 'Platform/Ours/OidcProvider')}${ofEksCluster}`);
  });

  test('are an error until all imports of an EKS cluster use its own provider, as the error says', () => {
    const synthesize = (provider: (theirs: eks.Cluster) => OidcProvider) => {
      const app = new App();
      const stack = newStack('Platform', undefined, app);
      const theirs = new eks.Cluster(stack, 'Theirs', { version });
      ['One', 'Two'].forEach((id) => IrsaCluster.fromEksCluster(stack, id, theirs, { oidcProvider: provider(theirs) }));
      app.synth();
    };
    expect(() => synthesize(() => OidcProvider.create())).toThrow(`${message('Platform/One/OidcProvider', 'Platform/Two/OidcProvider')}${ofEksCluster}`);
    expect(() => synthesize((theirs) => OidcProvider.existing(theirs.openIdConnectProvider))).not.toThrow();
  });

  test('are an error if two imports create them', () => {
    const app = new App();
    const stack = newStack('Apps', undefined, app);
    for (const id of ['One', 'Two']) {
      IrsaCluster.fromIrsaClusterAttributes(stack, id, { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, oidcProvider: OidcProvider.create() });
    }
    const once = new Error('Validation failed with the following errors:\n'
      + `  [Apps/One] ${message('Apps/One/OidcProvider', 'Apps/Two/OidcProvider')}${ofAttributes}`);
    expect(() => app.synth()).toThrow(once);
    expect(() => app.synth()).toThrow(once);
  });

  test('are right in two AWS accounts', () => {
    const app = new App();
    for (const account of ['111111111111', '222222222222']) {
      const stack = newStack(`Apps${account}`, { env: { account, region: 'us-west-2' } }, app);
      IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, oidcProvider: OidcProvider.create() });
    }
    expect(() => app.synth()).not.toThrow();
  });
});

test('the provider of another cluster is an error, because its pods could assume the roles', () => {
  const app = new App();
  const stack = newStack('Apps', undefined, app);
  const [one, other] = ['One', 'Other'].map((id) => new eks.Cluster(stack, id, { version }));
  IrsaCluster.fromEksCluster(stack, 'Ours', one, { oidcProvider: OidcProvider.existing(other.openIdConnectProvider) });
  expect(() => app.synth()).toThrow('[Apps/Ours] oidcProvider must be for this cluster, but Apps/Other/OpenIdConnectProvider/Resource/Default is for Apps/Other/Resource');
});

test('a second construct for a cluster changes neither the pin nor the client ids of its provider', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { issuerUrl: `https://${ISSUER}` });
  IrsaCluster.fromEksCluster(newStack('Other', undefined, stack.node.root as App), 'Again', cluster.eksCluster);
  expect(() => IrsaCluster.fromEksCluster(stack, 'Wrong', cluster.eksCluster, { issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/OTHER' })).toThrow(
    `Stack/Wrong: issuerUrl is "https://oidc.eks.us-west-2.amazonaws.com/id/OTHER", but must be https://${ISSUER}, which another construct states for the same cluster`);
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::OIDCProvider'));
  expect(deployed(stack, Properties.ClientIdList)).toEqual(['sts.amazonaws.com']);
  expect(JSON.stringify(Properties.ClientIdList)).toContain(`<https://${ISSUER}>`);
});

test('a provider that aws-eks-v2 defines as a custom resource checks the pin, too', () => {
  const stack = newStack();
  const theirs = new eks.Cluster(stack, 'Theirs', { version });
  theirs.openIdConnectProvider;
  IrsaCluster.fromEksCluster(stack, 'Ours', theirs, { issuerUrl: `https://${ISSUER}` });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('Custom::AWSCDKOpenIdConnectProvider'));
  expect(deployed(stack, Properties.ClientIDList)).toEqual(['sts.amazonaws.com']);
  expect(JSON.stringify(Properties.ClientIDList)).toContain(`<https://${ISSUER}>`);
});

test('a provider of this app that does not accept the audience of the cluster is an error', () => {
  const app = new App();
  const stack = newStack('Apps', undefined, app);
  const provider = new iam.OidcProviderNative(stack, 'Provider', { url: `https://${ISSUER}`, clientIds: ['other'], thumbprints: ['a'.repeat(40)] });
  IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', { clusterName: 'prod', issuerUrl: `https://${ISSUER}`, oidcProvider: OidcProvider.existing(provider as any) });
  expect(() => app.synth()).toThrow('the OIDC provider Apps/Provider/Resource does not accept the audience sts.amazonaws.com of the cluster: add it to the client ids of the provider');
});

test('an existing provider for another issuer is an error', () => {
  const stack = newStack('Apps');
  expect(() => IrsaCluster.fromIrsaClusterAttributes(stack, 'Prod', {
    clusterName: 'prod', issuerUrl: 'https://oidc.eks.us-west-2.amazonaws.com/id/OTHER', oidcProvider: OidcProvider.existing(imported(stack)),
  })).toThrow('Apps/Prod: oidcProvider must be for the issuer of the cluster, oidc.eks.us-west-2.amazonaws.com/id/OTHER: the provider is for oidc.eks.us-west-2.amazonaws.com/id/T1');
});

describe('a pinned issuer', () => {
  const pinned = (issuerUrl: string) => withRole(() => ({ clusterName: 'irsa-test', issuerUrl }));
  const provider = (stack: Stack) => deployed(stack, Object.values(Template.fromStack(stack).findResources('AWS::IAM::OIDCProvider'))[0].Properties);
  const output = (stack: Stack) => deployed(stack, Object.entries(Template.fromStack(stack).findOutputs('*')).find(([id]) => id.includes('IssuerUrl'))![1].Value);

  test('turns the trust policy into an object that means the same', () => {
    const [token, literal] = [withRole(() => ({ clusterName: 'irsa-test' })), pinned(`https://${ISSUER}`)].map(({ stack }) => ({ stack, trust: trustIn(stack) }));
    expect(typeof literal.trust.Statement).toBe('object');
    expect(deployed(literal.stack, literal.trust)).toEqual(JSON.parse(deployed(token.stack, token.trust)));
  });

  test('changes no logical id, and no property of the provider', () => {
    const [token, literal] = [withRole(() => ({ clusterName: 'irsa-test' })), pinned(`https://${ISSUER}`)];
    const ids = (stack: Stack) => Object.keys(Template.fromStack(stack).toJSON().Resources);
    expect(ids(literal.stack)).toEqual(ids(token.stack));
    expect(provider(literal.stack)).toEqual(provider(token.stack));
    expect(Object.values(Template.fromStack(literal.stack).findResources('AWS::IAM::OIDCProvider'))[0].Properties.Url)
      .toEqual(Object.values(Template.fromStack(token.stack).findResources('AWS::IAM::OIDCProvider'))[0].Properties.Url);
    expect(output(literal.stack)).toBe(output(token.stack));
  });

  test.each([
    ['another issuer', 'https://oidc.eks.us-west-2.amazonaws.com/id/T2'],
    ['a prefix of the issuer', 'https://oidc.eks.us-west-2.amazonaws.com/id/T'],
    ['a longer text', `https://${ISSUER}0`],
  ])('fails the deployment if it is %s', (_, pin) => {
    const { stack } = pinned(pin);
    const failure = 'Template error: Fn::Select cannot select nonexistent value at index 1';
    expect(() => provider(stack)).toThrow(failure);
    expect(() => output(stack)).toThrow(failure);
  });

  test.each<[string, (stack: Stack) => string, string]>([
    ['a token', (stack) => new CfnParameter(stack, 'Url').valueAsString, 'Platform/Cluster: issuerUrl must be a literal: deploy the stack without it, and copy the output whose name contains IssuerUrl'],
    ['no URL', () => ISSUER, `Platform/Cluster: issuerUrl is "${ISSUER}", but must be of the form https://oidc.eks.us-west-2.amazonaws.com/id/ABC123: it is the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text`],
  ])('cannot be %s', (_, issuerUrl, message) => {
    const stack = newStack('Platform');
    expect(() => newCluster(stack, { issuerUrl: issuerUrl(stack) })).toThrow(new Error(message));
  });
});
