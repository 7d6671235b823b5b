import { App, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as eksv1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ExistingObjects, IIrsaCluster, IrsaCluster, ObjectsAccess, OidcProvider, ServiceAccountWithRole, ServiceAccountWithRoleOptions } from '../../lib';
import { newCluster, newStack, version } from '../stacks';

process.env.JSII_DEPRECATED = 'quiet'; // aws-cdk itself uses its deprecated OIDC provider

const kubectlLayerOf = (stack: Stack) => lambda.LayerVersion.fromLayerVersionArn(stack, 'Kubectl', 'arn:aws:lambda:us-west-2:123456789012:layer:kubectl:1');
const ofEksV2 = (stack: Stack, clusterName?: string) => new eks.Cluster(stack, 'Theirs', { version, clusterName, kubectlProviderOptions: { kubectlLayer: kubectlLayerOf(stack) } });
const ofEksV1 = (stack: Stack, clusterName?: string) => {
  const cluster = new eksv1.Cluster(stack, 'Theirs', { version: eksv1.KubernetesVersion.V1_33, clusterName, defaultCapacity: 0, kubectlLayer: kubectlLayerOf(stack) });
  cluster.awsAuth.addAccount('123456789012');
  return cluster;
};
const imported = (stack: Stack) => eks.Cluster.fromClusterAttributes(stack, 'Theirs', {
  clusterName: 'prod',
  clusterEndpoint: 'https://E1.gr7.us-west-2.eks.amazonaws.com',
  clusterCertificateAuthorityData: 'LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t',
  openIdConnectProvider: iam.OpenIdConnectProvider.fromOpenIdConnectProviderArn(stack, 'Provider', 'arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-west-2.amazonaws.com/id/E1'),
  kubectlProvider: eks.KubectlProvider.fromKubectlProviderAttributes(stack, 'KubectlProvider', {
    serviceToken: 'arn:aws:lambda:us-west-2:123456789012:function:kubectl', role: iam.Role.fromRoleName(stack, 'KubectlRole', 'kubectl'),
  }),
});
const objectsAccess = ObjectsAccess.clusterAdmin();
const reader = (stack: Stack, cluster: IIrsaCluster, options: Partial<ServiceAccountWithRoleOptions> = {}) =>
  new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports', ...options });
const theirs = { name: 'reader', namespace: 'reports' };

const warnings = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.stringLikeRegexp('aws-cdk-service-account')).map(({ id, entry }) => `${id}: ${entry.data}`);
const warning = (path: string) => [`/Stack/Reader: ${path} of aws-cdk defines the service account reports/reader, too. The one that is deployed second fails, or overwrites the first one: `
  + 'remove one of them. To move the service account to this library, set existing: ExistingObjects.TAKE_OVER [ack: cdk-irsa:aws-cdk-service-account]'];

test.each<[string, (stack: Stack) => eks.Cluster | eksv1.Cluster]>([
  ['aws-eks-v2', ofEksV2],
  ['aws-eks-v2, with a literal name', (stack) => ofEksV2(stack, 'prod')],
  ['aws-eks', ofEksV1],
  ['aws-eks, with a literal name', (stack) => ofEksV1(stack, 'prod')],
])('a service account that a cluster of %s defines, too, gets a warning', (_, define) => {
  const stack = newStack();
  const eksCluster = define(stack);
  eksCluster.addServiceAccount('Theirs', theirs);
  const options = { oidcProvider: OidcProvider.existing(eksCluster.openIdConnectProvider), objectsAccess };
  const cluster = eksCluster instanceof eks.Cluster
    ? IrsaCluster.fromEksCluster(stack, 'Ours', eksCluster, options)
    : IrsaCluster.fromEksV1Cluster(stack, 'Ours', eksCluster, options);
  reader(stack, cluster);
  expect(warnings(stack)).toEqual(warning('Stack/Theirs/Theirs'));
});

test('a service account that the eksCluster of a new cluster defines, too, gets a warning', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { clusterName: 'prod', kubectlProviderOptions: { kubectlLayer: kubectlLayerOf(stack) } });
  cluster.eksCluster.addServiceAccount('Theirs', theirs);
  reader(stack, cluster);
  expect(warnings(stack)).toEqual(warning('Stack/Cluster/Cluster/Theirs'));
});

test('a service account that an imported cluster defines, too, gets a warning', () => {
  const stack = newStack();
  const eksCluster = imported(stack);
  eksCluster.addServiceAccount('Theirs', theirs);
  reader(stack, IrsaCluster.fromEksCluster(stack, 'Ours', eksCluster));
  expect(warnings(stack)).toEqual(warning('Stack/Theirs/Theirs'));
});

describe('there is no warning for', () => {
  const scene = (their: eks.ServiceAccountOptions, our: Partial<ServiceAccountWithRoleOptions> = {}) => {
    const stack = newStack();
    const eksCluster = ofEksV2(stack);
    eksCluster.addServiceAccount('Theirs', their);
    const cluster = IrsaCluster.fromEksCluster(stack, 'Ours', eksCluster);
    reader(stack, cluster, our);
    return warnings(stack);
  };

  test('a service account with another name or namespace', () => {
    expect([scene({ ...theirs, name: 'writer' }), scene({ ...theirs, namespace: 'web' }), scene({ name: 'reader' })]).toEqual([[], [], []]);
    expect(scene({ name: 'reader' }, { namespace: undefined })).toHaveLength(1);
  });

  test('a service account that takes over another one', () => {
    expect(scene(theirs, { existing: ExistingObjects.TAKE_OVER })).toEqual([]);
  });

  test('a service account of another cluster', () => {
    const stack = newStack();
    ofEksV2(stack).addServiceAccount('Theirs', theirs);
    reader(stack, newCluster(stack));
    expect(warnings(stack)).toEqual([]);
  });

  test('a service account of another stage', () => {
    const app = new App();
    const [beta, prod] = ['Beta', 'Prod'].map((id) => newStack('Stack', undefined, new Stage(app, id)));
    imported(beta).addServiceAccount('Theirs', theirs);
    reader(prod, IrsaCluster.fromEksCluster(prod, 'Ours', imported(prod)));
    expect(warnings(prod)).toEqual([]);
  });
});
