import { App, CfnOutput } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { assemblyOf, ENV } from './assembly';
import { startForReplay } from './broken-stack';
import { InTwoZones } from './in-two-zones';
import { until } from './waiting';
import { PodCredentials } from '../../lib';
import { deploy, outputsOf } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';
import { newCluster } from '../stacks';


/** A cluster, and a service account with its role, whose pods get credentials in one way. */
class Reports extends InTwoZones {
  constructor(app: App, podCredentials: PodCredentials) {
    super(app, 'Reports', { env: ENV });
    const cluster = newCluster(this, { clusterName: 'reports', podCredentials, nodegroups: [{}] });
    const reader = cluster.addServiceAccountWithRole('Reader', {
      serviceAccountName: 'reader', managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
    });
    new CfnOutput(this, 'RoleArn', { value: reader.roleArn });
  }
}

let aws: LocalAws;
let cluster: TestCluster;
beforeAll(async () => {
  aws = await startForReplay();
});
afterAll(() => aws?.stop());

const deployWith = (credentials: PodCredentials) => deploy(aws, 'Reports', assemblyOf(aws, (app) => new Reports(app, credentials)));

/** What must stay the same. */
async function identities() {
  const { metadata: { uid } } = await cluster.ask('GET', '/api/v1/namespaces/default/serviceaccounts/reader');
  return { uid, role: (await outputsOf(aws, 'Reports')).RoleArn };
}

/** Starts a pod that lists the buckets every second, after the way in which it gets credentials. */
const startPod = (name: string) => cluster.create({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: {
    serviceAccountName: 'reader',
    containers: [{ name: 'main', image: 'any', command: ['sh', '-c', 'echo "${AWS_ROLE_ARN:+IRSA}${AWS_CONTAINER_CREDENTIALS_FULL_URI:+EKS Pod Identity}"; while :; do aws s3 ls; sleep 1; done'] }],
  },
});

const logOf = (name: string): Promise<string> => cluster.ask('GET', `/api/v1/namespaces/default/pods/${name}/log`);

/** Waits until a pod has listed the buckets after this moment, and returns the way in which it gets credentials. */
async function works(name: string): Promise<string> {
  const lists = async () => (await logOf(name).catch(() => '')).split('first-bucket').length;
  const before = await lists();
  await until(lists, (times) => times >= before + 2); // the first one could have started before
  return (await logOf(name)).split('\n')[0];
}

test('a service account moves from IRSA to EKS Pod Identity in three deployments', async () => {
  await deployWith(PodCredentials.irsa());
  cluster = await aws.cluster('reports');
  const before = await identities();
  await startPod('first');
  expect(await works('first')).toBe('IRSA');

  await deployWith(PodCredentials.both());
  expect(await identities()).toEqual(before);
  expect(await works('first')).toBe('IRSA'); // the running pod keeps its credentials
  await startPod('second');
  expect(await works('second')).toBe('EKS Pod Identity');

  await deployWith(PodCredentials.podIdentity());
  expect(await identities()).toEqual(before);
  const { metadata: { annotations } } = await cluster.ask('GET', '/api/v1/namespaces/default/serviceaccounts/reader');
  expect(annotations).not.toHaveProperty('eks.amazonaws.com/role-arn');
  expect(await works('second')).toBe('EKS Pod Identity');
  await startPod('third');
  expect(await works('third')).toBe('EKS Pod Identity');
  expect(await aws.ask('iam', 'list-open-id-connect-providers')).toEqual({ OpenIDConnectProviderList: [] });
});
