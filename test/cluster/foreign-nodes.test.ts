import { Annotations, App, Aspects, CfnParameter, Fn, IAspect, Stack, Stage, Tags } from 'aws-cdk-lib';
import { Annotations as Found, Match } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eksV1 from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { IrsaCluster, IrsaNodegroup } from '../../lib';
import { newCluster, newStack } from '../stacks';

const NODEGROUP = (path: string) => `/${path}: this nodegroup is not an IrsaNodegroup, so pods might be able to act as their node: `
  + 'anyone who can reach the instance metadata gets the credentials of the node role. Define it with addNodegroup of the IrsaCluster or as an IrsaNodegroup, '
  + 'or require IMDSv2 with a hop limit of 1 in its launch template, and acknowledge this warning on the construct that contains it: Annotations.of(construct).acknowledgeWarning(\'cdk-irsa:foreign-nodegroup\') '
  + '[ack: cdk-irsa:foreign-nodegroup]';

/** The warnings of a stack as the CDK CLI prints them: each with the path of its construct. */
const warnings = (stack: Stack) => Found.fromStack(stack).findWarning('*', Match.stringLikeRegexp('cdk-irsa:(foreign|self)')).map(({ id, entry }) => `${id}: ${entry.data}`);

const nodegroup = (stack: Stack, clusterName: string) => new eksV1.CfnNodegroup(stack, 'Foreign', { clusterName, nodeRole: 'arn:aws:iam::123456789012:role/node', subnets: ['subnet-1'] });

/** A cluster and another stack, in the same account and region unless `props` says otherwise. */
function scene(props: { name?: string; region?: string } = {}) {
  const app = new App();
  const env = { account: '123456789012', region: 'us-west-2' };
  const clusterStack = new Stack(app, 'ClusterStack', { env });
  return { app, clusterStack, cluster: newCluster(clusterStack, { clusterName: props.name }), other: new Stack(app, 'Other', { env: { ...env, region: props.region ?? env.region } }) };
}

test('nodegroups of this library get no warning, wherever they are defined', () => {
  const { clusterStack, cluster, other } = scene();
  cluster.addNodegroup('Nodes');
  new IrsaNodegroup(other, 'Nodes', { cluster: cluster.eksCluster });
  expect([warnings(clusterStack), warnings(other)]).toEqual([[], []]);
});

test('a nodegroup that is added through the escape hatch gets a warning', () => {
  const stack = newStack();
  newCluster(stack).eksCluster.addNodegroupCapacity('Capacity');
  expect(warnings(stack)).toEqual([NODEGROUP('Stack/Cluster/Cluster/NodegroupCapacity/Resource')]);
});

test('a nodegroup inside a nodegroup of this library gets a warning', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  new eks.Nodegroup(cluster.addNodegroup('Nodes'), 'Another', { cluster: cluster.eksCluster });
  expect(warnings(stack)).toEqual([NODEGROUP('Stack/Cluster/Nodes/Another/Resource')]);
});

test.each<[string, string | undefined, (stack: Stack, cluster: IrsaCluster) => IConstruct]>([
  ['refers to the cluster by its construct', undefined, (stack, { eksCluster: cluster }) => new eks.Nodegroup(stack, 'Foreign', {
    cluster, nodeRole: iam.Role.fromRoleName(stack, 'Role', 'node'), subnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  }).node.defaultChild!],
  ['refers to the cluster by an import', undefined, (stack, { clusterName, eksCluster: { vpc } }) => new eks.Nodegroup(stack, 'Foreign', {
    cluster: eks.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName, vpc }),
  }).node.defaultChild!],
  ['is of aws-eks', undefined, (stack, { clusterName, eksCluster: { vpc } }) => new eksV1.Nodegroup(stack, 'Foreign', {
    cluster: eksV1.Cluster.fromClusterAttributes(stack, 'Imported', { clusterName, vpc }),
  }).node.defaultChild!],
  ['refers to the cluster by its literal name', 'main', (stack) => nodegroup(stack, 'main')],
  ['refers to the cluster by a token although it has a literal name', 'main', (stack, { eksCluster: cluster }) => nodegroup(stack, cluster.clusterName)],
  ['refers to the cluster by a part of its ARN', undefined, (stack, { eksCluster: cluster }) => nodegroup(stack, Fn.select(1, Fn.split('/', cluster.clusterArn)))],
])('a nodegroup of another stack gets a warning if it %s', (_, name, define) => {
  const { cluster, other } = scene({ name });
  const { node: { path } } = define(other, cluster);
  expect(warnings(other)).toEqual([NODEGROUP(path)]);
});

test('a cluster whose name is a parameter is found by that parameter', () => {
  const stack = newStack();
  const clusterName = new CfnParameter(stack, 'Name').valueAsString;
  newCluster(stack, { clusterName });
  nodegroup(stack, clusterName);
  expect(warnings(stack)).toEqual([NODEGROUP('Stack/Foreign')]);
});

test('nodegroups of other clusters get no warning', () => {
  const { clusterStack, other, app } = scene({ name: 'main', region: 'eu-central-1' });
  nodegroup(other, 'main'); // in another region
  nodegroup(clusterStack, 'another');
  const twin = new Stack(app, 'Twin');
  const { eksCluster: cluster } = newCluster(twin); // with the same logical IDs
  nodegroup(new Stack(app, 'OfTwin'), cluster.clusterName);
  expect(warnings(other).concat(warnings(clusterStack))).toEqual([]);
});

test('a nodegroup gets one warning if two clusters have the same logical ID', () => {
  const app = new App();
  const stacks = ['One', 'Two'].map((id) => new Stack(app, id));
  const [one] = stacks.map((stack) => newCluster(stack));
  nodegroup(stacks[0], one.eksCluster.clusterName);
  expect(stacks.map(warnings)).toEqual([[NODEGROUP('One/Foreign')], []]);
});

test('a cluster in a stage warns of nodegroups in its own stage, not of those in another stage with a cluster of the same name', () => {
  const app = new App();
  const stacks = ['Development', 'Production'].map((id) => new Stack(new Stage(app, id), 'Stack'));
  newCluster(stacks[0], { clusterName: 'main' });
  stacks.forEach((stack) => nodegroup(stack, 'main'));
  app.synth();
  expect(stacks.map(warnings)).toEqual([[NODEGROUP('Development/Stack/Foreign')], []]);
});

test('a nodegroup that an aspect adds gets a warning', () => {
  const stack = newStack();
  const { eksCluster: cluster } = newCluster(stack);
  const aspect: IAspect = { visit: (node) => { if (node === stack && !stack.node.tryFindChild('Foreign')) { nodegroup(stack, cluster.clusterName); } } };
  Aspects.of(stack).add(aspect);
  expect(warnings(stack)).toEqual([NODEGROUP('Stack/Foreign')]);
});

describe('self-managed nodes', () => {
  const SELF_MANAGED = (path: string) => `/${path}: this Auto Scaling group creates nodes of the cluster, so pods might be able to act as their node: `
    + 'anyone who can reach the instance metadata gets the credentials of the node role. Use addNodegroup of the IrsaCluster instead, '
    + 'or require IMDSv2 with a hop limit of 1 in its launch template, and acknowledge this warning on the construct that contains it: Annotations.of(construct).acknowledgeWarning(\'cdk-irsa:self-managed-nodes\') '
  + '[ack: cdk-irsa:self-managed-nodes]';
  const group = (stack: Stack, vpc: ec2.IVpc) => new autoscaling.AutoScalingGroup(stack, 'Group', {
    vpc, instanceType: new ec2.InstanceType('t3.medium'), machineImage: ec2.MachineImage.latestAmazonLinux2023(),
  });

  test('that are added through the escape hatch get a warning', () => {
    const stack = newStack();
    newCluster(stack).eksCluster.addAutoScalingGroupCapacity('Capacity', { instanceType: new ec2.InstanceType('t3.medium') });
    expect(warnings(stack)).toEqual([SELF_MANAGED('Stack/Cluster/Cluster/Capacity/ASG')]);
  });

  test('of an Auto Scaling group that is tagged manually get a warning', () => {
    const stack = newStack();
    const { vpc } = newCluster(stack, { clusterName: 'main' }).eksCluster;
    Tags.of(group(stack, vpc)).add('kubernetes.io/cluster/main', 'owned');
    expect(warnings(stack)).toEqual([SELF_MANAGED('Stack/Group/ASG')]);
  });

  test('of no cluster, or of another cluster, get no warning', () => {
    const stack = newStack();
    const { vpc } = newCluster(stack, { clusterName: 'main' }).eksCluster;
    group(stack, vpc);
    Tags.of(stack).add('kubernetes.io/cluster/another', 'owned');
    expect(warnings(stack)).toEqual([]);
  });
});

test('the warning can be acknowledged on the nodegroup', () => {
  const stack = newStack();
  const { eksCluster: cluster } = newCluster(stack);
  Annotations.of(cluster.addNodegroupCapacity('Capacity')).acknowledgeWarning('cdk-irsa:foreign-nodegroup');
  expect(warnings(stack)).toEqual([]);
});
