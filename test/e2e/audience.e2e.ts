import { App, CfnOutput } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { assemblyOf, ENV } from './assembly';
import { startForReplay } from './broken-stack';
import { InTwoZones } from './in-two-zones';
import { ServiceAccountWithRole } from '../../lib';
import { deploy, outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { assumeWithToken } from '../../replay/attacks';
import { jobsOf } from '../../replay/jobs';
import { verdict } from '../../replay/outcome';
import { newCluster } from '../stacks';


const AUDIENCE = 'pods.example.com';

/** A cluster with its own audience, in which a Job lists buckets as a service account. */
class WithAudience extends InTwoZones {
  constructor(app: App) {
    super(app, 'WithAudience', { env: ENV });
    const cluster = newCluster(this, { clusterName: 'audience', audience: AUDIENCE, nodegroups: [{}] });
    const reader = new ServiceAccountWithRole(this, 'Reader', {
      cluster, serviceAccountName: 'reader', managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
    });
    const containers = [{ name: 'main', image: 'amazon/aws-cli', command: ['aws', 's3', 'ls'] }];
    cluster.addKubernetesObjects('Jobs', {
      objects: [{
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'list', namespace: 'default' },
        spec: { template: { spec: { serviceAccountName: 'reader', restartPolicy: 'Never', containers } }, backoffLimit: 0 },
      }],
    }).node.addDependency(reader, ...cluster.nodegroups);
    new CfnOutput(this, 'RoleArn', { value: reader.roleArn });
  }
}

let aws: LocalAws;
beforeAll(async () => {
  aws = await startForReplay();
  await deploy(aws, 'WithAudience', assemblyOf(aws, (app) => new WithAudience(app)));
});
afterAll(() => aws?.stop());

test('a Job gets credentials with a token for the audience of its cluster', async () => {
  expect(await (await jobsOf(aws, 'audience')).wait('list')).toMatchObject({ succeeded: true, log: expect.stringContaining('first-bucket') });
});

test.each([
  ['the audience of the cluster', AUDIENCE, 'accepted'],
  ['the default audience', 'sts.amazonaws.com', 'InvalidIdentityToken'],
])('a token for %s, %s, is %s', async (_, audience, expected) => {
  const { RoleArn } = await outputsOf(aws, 'WithAudience');
  const token = await aws.control({ do: 'token', cluster: 'audience', namespace: 'default', account: 'reader', audience });
  const { code, output } = await assumeWithToken(aws, RoleArn, token);
  expect(verdict({ succeeded: code === 0, log: output }, 'accepted')).toBe(expected);
});
