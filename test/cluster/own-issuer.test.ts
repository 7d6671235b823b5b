import { App, CfnParameter, Stack, Stage } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ISSUER, prod } from './existing-clusters';
import { IrsaCluster, OidcProvider } from '../../lib';
import { newCluster, newStack } from '../stacks';

const blue = (scope: Stack) => prod(scope, { clusterName: 'blue' }, 'Blue');
const green = (scope: Stack, more: object = {}) => prod(scope, { clusterName: 'green', ...more }, 'Green');
const message = (place = 'Apps/Blue') => `the issuer of cluster green is ${ISSUER}, but ${place} has it for cluster blue: each cluster has an issuer of its own. `
  + 'If two share one, the pods of each get the roles of the other. Correct the issuerUrl or the oidcProvider of the wrong one: '
  + 'the issuer is the output of aws eks describe-cluster --name <name> --query cluster.identity.oidc.issuer --output text';

describe('one issuer for two clusters is an error:', () => {
  test('of two imports', () => {
    const stack = newStack('Apps');
    blue(stack);
    expect(() => green(stack)).toThrow(new Error(`Apps/Green: ${message()}`));
  });

  test('in two stages of an app', () => {
    const app = new App();
    blue(newStack('Apps', {}, new Stage(app, 'Beta')));
    expect(() => green(newStack('Apps', {}, new Stage(app, 'Prod')))).toThrow(new Error(`Prod/Apps/Green: ${message('Beta/Apps/Blue')}`));
  });

  test('of an import and a new cluster that is pinned', () => {
    const stack = newStack('Apps');
    blue(stack);
    expect(() => newCluster(stack, { clusterName: 'green', issuerUrl: `https://${ISSUER}` })).toThrow(new Error(`Apps/Cluster: ${message()}`));
  });

  test('of the provider of another cluster', () => {
    const stack = newStack('Apps');
    blue(stack);
    const provider = iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', `arn:aws:iam::123456789012:oidc-provider/${ISSUER}`);
    expect(() => green(stack, { issuerUrl: undefined, oidcProvider: OidcProvider.existing(provider) })).toThrow(new Error(`Apps/Green: ${message()}`));
  });

  test('of a cluster of aws-eks-v2', () => {
    const stack = newStack('Apps');
    blue(stack);
    const theirs = eks.Cluster.fromClusterAttributes(stack, 'Theirs', { clusterName: 'green' });
    expect(() => IrsaCluster.fromEksCluster(stack, 'Green', theirs, { issuerUrl: `https://${ISSUER}` })).toThrow(new Error(`Apps/Green: ${message()}`));
  });
});

describe('one issuer is accepted', () => {
  test('for two imports of one cluster', () => {
    const app = new App();
    blue(newStack('Platform', {}, app));
    expect(() => blue(newStack('Apps', {}, app))).not.toThrow();
  });

  test('for a cluster whose name is known only at deployment, because it can be the same cluster', () => {
    const stack = newStack('Apps');
    blue(stack);
    expect(() => green(stack, { clusterName: new CfnParameter(stack, 'Name').valueAsString })).not.toThrow();
  });

  test('if the other cluster was removed from the app', () => {
    const stack = newStack('Apps');
    blue(stack);
    stack.node.tryRemoveChild('Blue');
    expect(() => green(stack)).not.toThrow();
  });
});
