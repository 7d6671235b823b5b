import { App } from 'aws-cdk-lib';
import { issuerOf, providersOf, rolesOf, trustOf } from './account-state';
import { assemblyOf, ENV } from './assembly';
import { InTwoZones } from './in-two-zones';
import { startLocalAws } from './start-local-aws';
import { IrsaCluster, ObjectsAccess, ServiceAccountWithRole } from '../../lib';
import { bootstrap, deploy, outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';
import { newCluster } from '../stacks';


let aws: LocalAws;
let cluster: TestCluster;
let issuerUrl: string;

/** A cluster with a service account. `data` changes an object, so that a deployment has something to do. */
const deployCluster = (pin?: string, data = 'first') => deploy(aws, 'Pinned', assemblyOf(aws, (app: App) => {
  const stack = new InTwoZones(app, 'Pinned', { env: ENV });
  const irsaCluster = newCluster(stack, { clusterName: 'pinned', issuerUrl: pin });
  new ServiceAccountWithRole(stack, 'Reader', { cluster: irsaCluster, serviceAccountName: 'reader', namespace: 'reports' });
  irsaCluster.addKubernetesObjects('Config', { objects: [config(data)] });
}));
const config = (data: string, name = 'config') => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data: { data } });

/** The id of the construct of the cluster comes before the name of the output, and a hash after it. */
const outputIssuer = async () => Object.entries(await outputsOf(aws, 'Pinned')).find(([name]) => name.startsWith('ClusterIssuerUrl'))![1];

/** Everything that a replacement or another trust policy would change. */
async function look(): Promise<{ [part: string]: unknown }> {
  const { StackResources } = await aws.ask('cloudformation', 'describe-stack-resources', '--stack-name', 'Pinned');
  const { OpenIDConnectProviderList: [{ Arn }] } = await aws.ask('iam', 'list-open-id-connect-providers');
  return {
    resources: Object.fromEntries(StackResources.map(({ LogicalResourceId, PhysicalResourceId }: any) => [LogicalResourceId, PhysicalResourceId])),
    roles: await rolesOf(aws),
    roleIds: await aws.ask('iam', 'list-roles', '--query', 'Roles[].[RoleName, RoleId]'),
    providers: await providersOf(aws),
    providerSince: await aws.ask('iam', 'get-open-id-connect-provider', '--open-id-connect-provider-arn', Arn, '--query', 'CreateDate'),
    clusterSince: await aws.ask('eks', 'describe-cluster', '--name', 'pinned', '--query', 'cluster.createdAt'),
    objects: await cluster.look('reports', 'default'),
  };
}

beforeAll(async () => {
  aws = await startLocalAws();
  await bootstrap(aws);
  await deployCluster();
  cluster = await aws.cluster('pinned');
  issuerUrl = await outputIssuer();
});
afterAll(() => aws?.stop());

describe('a cluster of the app', () => {
  test('has an output with the value to pin', async () => {
    expect(issuerUrl).toBe(`https://${await issuerOf(aws, 'pinned')}`);
  });

  test('keeps its trust policies and everything else when its issuer is pinned', async () => {
    const before = await look();
    await deployCluster(issuerUrl);
    expect(await look()).toEqual(before);
    const trusts = Object.values(await rolesOf(aws)).map(({ trust }) => trust);
    expect(trusts).toContainEqual(trustOf(issuerUrl.replace('https://', ''), 'reports', 'reader'));
    expect(await outputIssuer()).toBe(issuerUrl);
  });

  test.each<[string, (url: string) => string]>([
    ['another issuer', (url) => url.replace(/\w+$/, 'EXAMPLED539D4633E53DE1B71EXAMPLE')],
    ['a part of the issuer', (url) => url.slice(0, -1)],
    ['the issuer and more', (url) => `${url}0`],
  ])('does not change when %s is pinned', async (_, wrong) => {
    const before = await look();
    await expect(deployCluster(wrong(issuerUrl), 'second')).rejects.toThrow(
      /^UPDATE_FAILED AWS::IAM::OIDCProvider \w+: Template error: Fn::Select cannot select nonexistent value at index 1\ncdk deploy Pinned failed$/);
    expect(await look()).toEqual(before);
  });
});

describe('an imported cluster', () => {
  const wrongUrl = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

  /** Another app with a service account in the cluster. Its role has the description, which is something to deploy. */
  const deployImport = (name: string, url: string, description: string, objectsAccess?: ObjectsAccess) => deploy(aws, name, assemblyOf(aws, (app) => {
    const stack = new InTwoZones(app, name, { env: ENV });
    const { endpoint: clusterEndpoint, certificateAuthority: clusterCertificateAuthorityData } = cluster.access;
    const imported = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', {
      clusterName: 'pinned', issuerUrl: url, clusterEndpoint, clusterCertificateAuthorityData, objectsAccess,
    });
    new ServiceAccountWithRole(stack, 'Account', { cluster: imported, serviceAccountName: name.toLowerCase(), description });
  }));

  test('does not change when its issuer is another one, and the function says which issuer it has', async () => {
    await deployImport('Importer', issuerUrl, 'first');
    const before = await look();
    await expect(deployImport('Importer', wrongUrl, 'second')).rejects.toThrow(
      `the OIDC issuer of the cluster is ${issuerUrl}, but issuerUrl is ${wrongUrl}: set issuerUrl to the issuer of the cluster`);
    expect(await look()).toEqual(before);
  });

  test('does not get its first objects when its issuer is another one', async () => {
    const before = await look();
    await expect(deployImport('Other', wrongUrl, 'first')).rejects.toThrow(`the OIDC issuer of the cluster is ${issuerUrl}, but`);
    expect(await look()).toEqual(before);
  });

  test('gets objects from a function that may not read the issuer', async () => {
    const objectsAccess = ObjectsAccess.namespaces(['default']);
    await deployImport('Scoped', issuerUrl, 'first', objectsAccess);
    expect(await cluster.look('default')).toHaveProperty(['ServiceAccount scoped']);
    await deployImport('Scoped', wrongUrl, 'second', objectsAccess); // it compares nothing
  });
});
