import { App } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { rolesOf } from './account-state';
import { assemblyOf, ENV } from './assembly';
import { InTwoZones } from './in-two-zones';
import { startLocalAws } from './start-local-aws';
import { IrsaCluster, IrsaClusterProps, ObjectsAccess, PodCredentials } from '../../lib';
import { bootstrap, deploy } from '../../local-aws/deployments';
import { LocalAws } from '../../local-aws/local-aws';
import { version } from '../stacks';


let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await bootstrap(aws);
});
afterAll(() => aws?.stop());

const policy = (name: string) => iam.ManagedPolicy.fromAwsManagedPolicyName(name);

function deployCluster(clusterName: string, props: Partial<IrsaClusterProps>): Promise<unknown> {
  return deploy(aws, clusterName, assemblyOf(aws, (app: App) => {
    new IrsaCluster(new InTwoZones(app, clusterName, { env: ENV }), 'Cluster', { clusterName, version, objectsAccess: ObjectsAccess.none(), ...props });
  }));
}

const describeNodegroup = async (cluster: string) => (await aws.ask('eks', 'describe-nodegroup', '--cluster-name', cluster, '--nodegroup-name', 'nodes')).nodegroup;
const describeAddon = async (cluster: string, name: string) => (await aws.ask('eks', 'describe-addon', '--cluster-name', cluster, '--addon-name', name)).addon;
const nodegroups = [{ nodegroupName: 'nodes' }];

test.each<[string, Partial<IrsaClusterProps>]>([
  ['irsa', {}],
  ['pod-identity', { podCredentials: PodCredentials.podIdentity() }],
  ['both', { podCredentials: PodCredentials.both() }],
  ['auto-mode', { podCredentials: PodCredentials.podIdentity(), autoMode: true }],
  ['alone', { podCredentials: PodCredentials.podIdentity(), bootstrapSelfManagedAddons: false }],
])('nodes join the cluster %s with the role of the VPC CNI', async (name, props) => {
  await deployCluster(name, { ...props, addons: [{ addonName: 'coredns' }, { addonName: 'kube-proxy' }, { addonName: 'vpc-cni' }], nodegroups });
  expect((await describeNodegroup(name)).status).toBe('ACTIVE');
  const { serviceAccountRoleArn, podIdentityAssociations = [] } = await describeAddon(name, 'vpc-cni');
  const { usesIrsa, podIdentityOptions } = (props.podCredentials ?? PodCredentials.irsa())._definition;
  expect(serviceAccountRoleArn !== undefined).toBe(usesIrsa);
  expect(podIdentityAssociations).toHaveLength(podIdentityOptions ? 1 : 0);
});

test('nodes do not join if that role has no policy, because the node role has none either', async () => {
  await expect(deployCluster('without', { addons: [{ addonName: 'vpc-cni', managedPolicies: [] }], nodegroups })).rejects.toThrow('NodeCreationFailure');
});

test('the VPC CNI of a running cluster moves to its own role in two deployments, and the nodes remain', async () => {
  await deployCluster('moved', { nodegroups });
  const { nodegroupArn, nodeRole } = await describeNodegroup('moved');
  const nodePolicies = async () => (await rolesOf(aws))[nodeRole].attached;
  const addons = [{ addonName: 'vpc-cni' }];
  await deployCluster('moved', { addons, nodegroups: [{ nodegroupName: 'nodes', managedPolicies: [policy('AmazonEKS_CNI_Policy')] }] });
  expect(await nodePolicies()).toContain('AmazonEKS_CNI_Policy');
  expect((await describeAddon('moved', 'vpc-cni')).status).toBe('ACTIVE');
  await deployCluster('moved', { addons, nodegroups });
  expect(await nodePolicies()).not.toContain('AmazonEKS_CNI_Policy');
  expect(await describeNodegroup('moved')).toMatchObject({ nodegroupArn, nodeRole, status: 'ACTIVE' });
});
