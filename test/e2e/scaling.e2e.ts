import { boundToCluster, clusterWithNodes, groupOf, instancesOf, podState, readyNodes, sleeping } from './nodegroup-stacks';
import { startLocalAws } from './start-local-aws';
import { until } from './waiting';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

let aws: LocalAws;
let cluster: TestCluster;
beforeAll(async () => {
  aws = await startLocalAws();
  cluster = await clusterWithNodes(aws, 'scaling', {
    ScalingConfig: { MinSize: 1, DesiredSize: 1, MaxSize: 3 },
    InstanceTypes: ['t3.xlarge'],
    Labels: { team: 'reports' },
    Taints: [{ Key: 'example.com/spare', Value: 'yes', Effect: 'PREFER_NO_SCHEDULE' }],
  });
});
afterAll(() => aws?.stop());

const group = () => groupOf(aws, 'scaling');
/** Waits until there is one node per instance of the group, and returns their provider IDs. */
const nodesOfGroup = async (count: number) => {
  const instances = await instancesOf(aws, 'scaling');
  expect(instances).toHaveLength(count);
  return until(() => readyNodes(cluster), (nodes) => nodes.join() === instances.join());
};
const idOf = (providerId: string) => providerId.split('/').pop()!;

/** The outcome of a call of a role with a policy. */
async function attempt(role: string, statement: object, ...args: string[]): Promise<string> {
  const { roleArn, ...credentials } = await aws.control({ do: 'credentials', role });
  await aws.ask('iam', 'put-role-policy', '--role-name', role, '--policy-name', 'scaling', '--policy-document', JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
  const { code, output } = await aws.aws(args, credentials);
  return code === 0 ? 'allowed' : output.match(/\((\w+)\)/)?.[1] ?? output;
}

const capacity = async (size: number) => ['autoscaling', 'set-desired-capacity', '--auto-scaling-group-name', (await group()).AutoScalingGroupName, '--desired-capacity', `${size}`];

test('the Auto Scaling group of a nodegroup has its sizes and the tags of Amazon EKS', async () => {
  const { AutoScalingGroupName, MinSize, MaxSize, DesiredCapacity, Tags, Instances } = await group();
  expect(AutoScalingGroupName).toMatch(/^eks-nodes-[0-9a-f-]{36}$/);
  expect({ MinSize, MaxSize, DesiredCapacity }).toEqual({ MinSize: 1, MaxSize: 3, DesiredCapacity: 1 });
  const tags = {
    'eks:cluster-name': 'scaling',
    'eks:nodegroup-name': 'nodes',
    'k8s.io/cluster-autoscaler/enabled': 'true',
    'k8s.io/cluster-autoscaler/scaling': 'owned',
    'kubernetes.io/cluster/scaling': 'owned',
  };
  expect(Object.fromEntries(Tags.map(({ Key, Value }: any) => [Key, Value]))).toEqual(tags);
  const { Reservations: [{ Instances: [instance] }] } = await aws.ask('ec2', 'describe-instances', '--instance-ids', Instances[0].InstanceId);
  expect(Object.fromEntries(instance.Tags.map(({ Key, Value }: any) => [Key, Value]))).toMatchObject({ ...tags, 'aws:autoscaling:groupName': AutoScalingGroupName });
});

test('a node is an instance', async () => {
  const [instance] = (await group()).Instances;
  const { Reservations: [{ Instances: [{ PrivateDnsName, Placement: { AvailabilityZone } }] }] } = await aws.ask('ec2', 'describe-instances', '--instance-ids', instance.InstanceId);
  const { items: [{ metadata, spec, status }] } = await cluster.ask('GET', '/api/v1/nodes');
  expect(metadata.name).toBe(PrivateDnsName);
  expect(metadata.labels).toMatchObject({
    'kubernetes.io/hostname': PrivateDnsName,
    'kubernetes.io/os': 'linux',
    'kubernetes.io/arch': 'amd64',
    'node.kubernetes.io/instance-type': 't3.xlarge',
    'topology.kubernetes.io/region': 'us-west-2',
    'topology.kubernetes.io/zone': AvailabilityZone,
    'eks.amazonaws.com/nodegroup': 'nodes',
    'eks.amazonaws.com/capacityType': 'ON_DEMAND',
    'team': 'reports',
  });
  expect(spec).toMatchObject({ providerID: `aws:///${AvailabilityZone}/${instance.InstanceId}`, taints: [{ key: 'example.com/spare', value: 'yes', effect: 'PreferNoSchedule' }] });
  expect(status.allocatable).toMatchObject({ cpu: '4', memory: '16Gi' });
});

test.each(['aws:ResourceTag', 'autoscaling:ResourceTag'])('%s decides whether a role can scale a group', async (key) => {
  const role = key.replace(':', '-');
  expect(await attempt(role, boundToCluster(key, 'other'), ...await capacity(1))).toBe('AccessDenied');
  expect(await attempt(role, boundToCluster(key, 'scaling'), ...await capacity(1))).toBe('allowed');
});

test('a role can be restricted to groups by their ARN', async () => {
  const allow = (Resource: string) => ({ Effect: 'Allow', Action: 'autoscaling:*', Resource });
  const { AutoScalingGroupARN, AutoScalingGroupName } = await group();
  expect(await attempt('by-arn', allow(AutoScalingGroupARN.replace('eks-nodes', 'eks-other')), ...await capacity(1))).toBe('AccessDenied');
  expect(await attempt('by-arn', allow(AutoScalingGroupARN), ...await capacity(1))).toBe('allowed');
  // a request that describes groups is about all groups
  const describeGroups = ['autoscaling', 'describe-auto-scaling-groups', '--auto-scaling-group-names', AutoScalingGroupName];
  expect(await attempt('by-arn', allow(AutoScalingGroupARN), ...describeGroups)).toBe('AccessDenied');
  expect(await attempt('by-arn', allow('*'), ...describeGroups)).toBe('allowed');
});

test('a role can be restricted to the nodegroups of a cluster', async () => {
  const allow = (name: string) => ({ Effect: 'Allow', Action: 'eks:DescribeNodegroup', Resource: `arn:aws:eks:us-west-2:123456789012:nodegroup/${name}/*/*` });
  const args = ['eks', 'describe-nodegroup', '--cluster-name', 'scaling', '--nodegroup-name', 'nodes'];
  expect(await attempt('describes', allow('other'), ...args)).toBe('AccessDeniedException');
  expect(await attempt('describes', allow('scaling'), ...args)).toBe('allowed');
});

test('a pod that requests more than is free runs once the group has grown, and its node goes with the instance', async () => {
  const [first] = await nodesOfGroup(1);
  await cluster.create(sleeping('small', '2500m'));
  await until(() => podState(cluster, 'small'), ({ phase }) => phase === 'Running');
  await cluster.create(sleeping('large', '2500m'));
  await until(() => podState(cluster, 'large'), ({ reason }) => reason === 'Unschedulable');

  expect(await attempt('grows', boundToCluster('aws:ResourceTag', 'scaling'), ...await capacity(2))).toBe('allowed');
  const second = (await nodesOfGroup(2)).find((id) => id !== first)!;
  await until(() => podState(cluster, 'large'), ({ phase }) => phase === 'Running');
  expect(new Set([first, second].map((id) => id.split('/')[3])).size).toBe(2); // the zones of the subnets

  const terminate = ['autoscaling', 'terminate-instance-in-auto-scaling-group', '--instance-id', idOf(second), '--should-decrement-desired-capacity'];
  expect(await attempt('grows', boundToCluster('aws:ResourceTag', 'other'), ...terminate)).toBe('AccessDenied');
  expect(await attempt('grows', boundToCluster('aws:ResourceTag', 'scaling'), ...terminate)).toBe('allowed');
  expect(await nodesOfGroup(1)).toEqual([first]);
  expect((await cluster.ask('GET', '/api/v1/nodes')).items).toHaveLength(1);
  const { nodegroup } = await aws.ask('eks', 'describe-nodegroup', '--cluster-name', 'scaling', '--nodegroup-name', 'nodes');
  expect(nodegroup.scalingConfig).toEqual({ minSize: 1, maxSize: 3, desiredSize: 1 });
});

test('the group replaces an instance that is terminated in Amazon EC2', async () => {
  const [before] = await nodesOfGroup(1);
  await aws.ask('ec2', 'terminate-instances', '--instance-ids', idOf(before));
  expect(await nodesOfGroup(1)).not.toContain(before);
});

test('a nodegroup that is updated with the EKS API has other sizes', async () => {
  await aws.ask('eks', 'update-nodegroup-config', '--cluster-name', 'scaling', '--nodegroup-name', 'nodes', '--scaling-config', 'minSize=2,maxSize=2,desiredSize=2');
  const { MinSize, MaxSize } = await group();
  expect({ MinSize, MaxSize }).toEqual({ MinSize: 2, MaxSize: 2 });
  await nodesOfGroup(2);
});

test.each([
  ['more instances than its maximum', async () => capacity(3), 'is above max value 2'],
  ['fewer instances than its minimum', async () => capacity(1), 'is below min value 2'],
  ['the end of an instance that it does not have', async () => ['autoscaling', 'terminate-instance-in-auto-scaling-group', '--instance-id', 'i-0', '--no-should-decrement-desired-capacity'],
    'No managed instance found for instance ID: i-0'],
])('a group refuses %s', async (_, args, expected) => {
  const { code, output } = await aws.aws(await args());
  expect(code).not.toBe(0);
  expect(output).toContain('(ValidationError) when calling the ');
  expect(output).toContain(expected);
});

test('a nodegroup that is deleted leaves neither nodes nor instances behind', async () => {
  await aws.ask('eks', 'delete-nodegroup', '--cluster-name', 'scaling', '--nodegroup-name', 'nodes');
  expect((await cluster.ask('GET', '/api/v1/nodes')).items).toEqual([]);
  expect((await aws.ask('autoscaling', 'describe-auto-scaling-groups')).AutoScalingGroups).toEqual([]);
  const { Reservations } = await aws.ask('ec2', 'describe-instances', '--filters', 'Name=instance-state-name,Values=running');
  expect(Reservations).toEqual([]);
});
