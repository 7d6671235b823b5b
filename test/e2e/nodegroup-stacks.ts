import { changeStack } from './change-sets';
import { eksCluster } from './eks-clusters';
import { makeRole } from './pod-identities';
import { arnOf } from './scene';
import { LocalAws } from '../../local-aws/local-aws';
import { TestCluster } from '../../local-aws/test-cluster';

/** A cluster with one managed nodegroup, which is named `nodes`. `others` are further resources of the stack. */
export async function clusterWithNodes(aws: LocalAws, name: string, nodegroup: object, others: object = {}): Promise<TestCluster> {
  await makeRole(aws, `${name}-nodes`);
  await aws.ask('iam', 'attach-role-policy', '--role-name', `${name}-nodes`, '--policy-arn', 'arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy');
  const { Subnets } = await aws.ask('ec2', 'describe-subnets');
  const { failures } = await changeStack(aws, name, {
    Resources: {
      Cluster: eksCluster(name),
      Nodes: {
        Type: 'AWS::EKS::Nodegroup',
        Properties: {
          ClusterName: { Ref: 'Cluster' }, NodegroupName: 'nodes', NodeRole: arnOf(`${name}-nodes`), Subnets: Subnets.slice(0, 2).map(({ SubnetId }: any) => SubnetId), ...nodegroup,
        },
      },
      ...others,
    },
  });
  expect(failures).toEqual([]);
  return aws.cluster(name);
}

/** The only Auto Scaling group of a nodegroup, as Amazon EC2 Auto Scaling describes it. */
export async function groupOf(aws: LocalAws, cluster: string): Promise<any> {
  const { nodegroup: { resources: { autoScalingGroups: [{ name }] } } } = await aws.ask('eks', 'describe-nodegroup', '--cluster-name', cluster, '--nodegroup-name', 'nodes');
  const { AutoScalingGroups: [group] } = await aws.ask('autoscaling', 'describe-auto-scaling-groups', '--auto-scaling-group-names', name);
  return group;
}

/** The provider IDs of the instances of the group. */
export async function instancesOf(aws: LocalAws, cluster: string): Promise<string[]> {
  const { Instances } = await groupOf(aws, cluster);
  return Instances.map(({ AvailabilityZone, InstanceId }: any) => `aws:///${AvailabilityZone}/${InstanceId}`).sort();
}

/** The provider IDs of the nodes that are ready. */
export async function readyNodes(cluster: TestCluster): Promise<string[]> {
  const { items } = await cluster.ask('GET', '/api/v1/nodes');
  return items.filter(({ status: { conditions } }: any) => conditions.some(({ type, status }: any) => type === 'Ready' && status === 'True'))
    .map(({ spec }: any) => spec.providerID).sort();
}

/** The state of a pod in Kubernetes. */
export async function podState(cluster: TestCluster, name: string): Promise<{ phase: string; reason?: string; node?: string }> {
  const { status, spec } = await cluster.ask('GET', `/api/v1/namespaces/default/pods/${name}`);
  return { phase: status.phase, reason: (status.conditions ?? []).find(({ type }: any) => type === 'PodScheduled')?.reason, node: spec.nodeName };
}

/** A pod that sleeps, and requests these CPUs. */
export const sleeping = (name: string, cpu: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'main', image: 'any', command: ['sleep', '600'], resources: { requests: { cpu } } }] },
});

/** A statement of the policy of Cluster Autoscaler, bound to the groups of a cluster by a condition key. */
export const boundToCluster = (key: string, cluster: string) => ({
  Effect: 'Allow',
  Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
  Resource: '*',
  Condition: { StringEquals: { [`${key}/eks:cluster-name`]: cluster } },
});
