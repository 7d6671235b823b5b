import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { config, ISSUER, subjects, trustOf } from './existing-clusters';
import { IrsaCluster, KubernetesObjects, OidcProvider, ServiceAccountRole, ServiceAccountWithRole } from '../../lib';
import { deployed } from '../deployed';
import { newStack, version } from '../stacks';

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
