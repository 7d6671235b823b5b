import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { inventoryOf, issuerOf, rolesOf, trustOf } from './account-state';
import { assemblyOf, ENV } from './assembly';
import { startForReplay } from './broken-stack';
import { InTwoZones } from './in-two-zones';
import { IIrsaCluster, IrsaCluster, KubernetesObjects, ObjectsAccess, ServiceAccountWithRole } from '../../lib';
import { deploy, destroy, outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';
import { Jobs, jobsOf } from '../../replay/jobs';
import { replay } from '../../replay/scenario';
import { version } from '../stacks';


const NAME = 'irsa-test';

/** The stack of another app: a cluster of aws-eks-v2 with its OIDC provider and nodes, without this library. */
class Platform extends InTwoZones {
  constructor(app: App) {
    super(app, 'Platform', { env: ENV });
    const cluster = new eks.Cluster(this, 'Cluster', { clusterName: NAME, version, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });
    cluster.openIdConnectProvider;
    const template = new ec2.LaunchTemplate(this, 'Template', { httpTokens: ec2.LaunchTemplateHttpTokens.REQUIRED, httpPutResponseHopLimit: 1 });
    cluster.addNodegroupCapacity('Nodes', { nodegroupName: 'nodegroup', launchTemplateSpec: { id: template.launchTemplateId!, version: template.latestVersionNumber } });
  }
}

let aws: LocalAws;
let cluster: TestCluster;
let jobs: Jobs;
let issuer: string;
let imported: (scope: Construct, objectsAccess?: ObjectsAccess) => IIrsaCluster;

const STRONG = { '@aws-cdk/core:defaultCrossStackReferences': 'strong' }; // the local AWS only supports exports
const appOf = (build: (app: App) => void) => assemblyOf(aws, build, STRONG);

/** A service account that lists buckets, and a Job that does so. */
function lister(scope: Construct, irsaCluster: IIrsaCluster, names: { readonly account: string; readonly job: string }): ServiceAccountWithRole {
  const reader = new ServiceAccountWithRole(scope, 'Reader', {
    cluster: irsaCluster, serviceAccountName: names.account, managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
  });
  const containers = [{ name: 'main', image: 'amazon/aws-cli', command: ['aws', 's3', 'ls'] }];
  new KubernetesObjects(scope, 'Jobs', {
    cluster: irsaCluster,
    objects: [{
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: names.job, namespace: 'default' },
      spec: { template: { spec: { serviceAccountName: names.account, restartPolicy: 'Never', containers } }, backoffLimit: 0 },
    }],
  }).node.addDependency(reader);
  return reader;
}

beforeAll(async () => {
  aws = await startForReplay();
  await deploy(aws, 'Platform', assemblyOf(aws, (app) => new Platform(app)));
  cluster = await aws.cluster(NAME);
  jobs = await jobsOf(aws, NAME);
  issuer = await issuerOf(aws, NAME);
  const { cluster: { endpoint: clusterEndpoint, certificateAuthority: { data } } } = await aws.ask('eks', 'describe-cluster', '--name', NAME);
  imported = (scope, objectsAccess) => IrsaCluster.fromIrsaClusterAttributes(scope, 'Cluster', {
    clusterName: NAME, issuerUrl: `https://${issuer}`, clusterEndpoint, clusterCertificateAuthorityData: data, objectsAccess,
  });
});
afterAll(() => aws?.stop());

describe('an app that imports the cluster of another app', () => {
  let roleArn: string;

  test('deploys the scenario with the expected outcomes', async () => {
    await deploy(aws, 'Importer', appOf((app) => {
      const stack = new Stack(app, 'Importer', { env: ENV });
      const reader = lister(stack, imported(stack), { account: 's3-reader-sa', job: 's3-listonly' });
      new CfnOutput(stack, 'ReaderRoleArn', { value: reader.roleArn });
    }));
    roleArn = (await outputsOf(aws, 'Importer')).ReaderRoleArn;
    const { outcomes } = await replay(aws, jobs, roleArn);
    expect(outcomes.map(({ got, ...outcome }) => ({ ...outcome, expected: got }))).toEqual(outcomes.map(({ got, ...outcome }) => outcome));
  });

  test('has a role that only the service account can assume', async () => {
    expect((await rolesOf(aws))[roleArn].trust).toEqual(trustOf(issuer, 'default', 's3-reader-sa'));
  });
});

describe('a stack that shares an imported cluster with another stack', () => {
  const assembly = ({ withApps } = { withApps: true }) => appOf((app) => {
    const irsaCluster = imported(new Stack(app, 'Shared', { env: ENV }), ObjectsAccess.clusterAdmin());
    withApps && lister(new Stack(app, 'Apps', { env: ENV }), irsaCluster, { account: 'lister', job: 'list' });
  });
  const look = async () => [await inventoryOf(aws), await cluster.look('default')];
  const typesIn = async (stack: string) => {
    const { StackResources } = await aws.ask('cloudformation', 'describe-stack-resources', '--stack-name', stack);
    return [...new Set(StackResources.map(({ ResourceType }: any) => ResourceType))].sort();
  };
  let before: unknown[];

  test('contains the function before the app defines anything else', async () => {
    before = await look();
    await deploy(aws, 'Shared', assembly({ withApps: false }));
    expect(await typesIn('Shared')).toEqual(expect.arrayContaining(['AWS::EKS::AccessEntry', 'AWS::Lambda::Function']));
  });

  test('applies what the other stack defines, which has no function of its own', async () => {
    await deploy(aws, 'Shared', assembly()); // exports what the other stack refers to
    await deploy(aws, 'Apps', assembly());
    expect(await typesIn('Apps')).toEqual(['AWS::IAM::Role', 'Custom::KubernetesObjects']);
    expect(await jobs.wait('list')).toMatchObject({ succeeded: true, log: expect.stringContaining('first-bucket') });
  });

  test('leaves nothing behind, like the other stack', async () => {
    await destroy(aws, 'Apps', assembly());
    await destroy(aws, 'Shared', assembly());
    expect(await look()).toEqual(before);
  });
});
