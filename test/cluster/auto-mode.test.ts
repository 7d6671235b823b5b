import { Template } from 'aws-cdk-lib/assertions';
import { IrsaClusterProps, ServiceAccountWithRole } from '../../lib';
import { newCluster, newStack } from '../stacks';

test('a cluster with Auto Mode has its node pools, and service accounts with roles', () => {
  const stack = newStack();
  const cluster = newCluster(stack, { autoMode: true });
  new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader' });
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::EKS::Cluster', {
    ComputeConfig: { Enabled: true, NodePools: ['system', 'general-purpose'] },
    StorageConfig: { BlockStorage: { Enabled: true } },
    KubernetesNetworkConfig: { ElasticLoadBalancing: { Enabled: true } },
  });
  template.resourceCountIs('AWS::EKS::Nodegroup', 0);
  template.resourceCountIs('Custom::KubernetesObjects', 1);
});

const reason = 'omitted with autoMode, unless the cluster has the add-ons vpc-cni, kube-proxy and coredns: nodes of nodegroups require them; '
  + 'add vpc-cni, kube-proxy, coredns to addons';

test.each<[string, Partial<IrsaClusterProps>, string]>([
  ['nodegroups', { nodegroups: [{}] }, `Platform/Cluster: nodegroups must be ${reason}`],
  ['self-managed add-ons', { bootstrapSelfManagedAddons: true },
    'Platform/Cluster: bootstrapSelfManagedAddons is true, but must be omitted or false with autoMode: Auto Mode nodes contain what these add-ons do'],
])('Auto Mode cannot be combined with %s', (_, props, message) => {
  expect(() => newCluster(newStack('Platform'), { autoMode: true, ...props })).toThrow(new Error(message));
});

test('a nodegroup that something else adds to a cluster with Auto Mode is an error', () => {
  const stack = newStack('Platform');
  newCluster(stack, { autoMode: true }).eksCluster.addNodegroupCapacity('Nodes');
  expect(() => Template.fromStack(stack)).toThrow(`[Platform/Cluster] Platform/Cluster/Cluster/NodegroupNodes/Resource must be ${reason}`);
});

test('a nodegroup cannot be added to a cluster with Auto Mode', () => {
  expect(() => newCluster(newStack('Platform'), { autoMode: true }).addNodegroup('Nodes')).toThrow(new Error(`Platform/Cluster: addNodegroup must be ${reason}`));
});
