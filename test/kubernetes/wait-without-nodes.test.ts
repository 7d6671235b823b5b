import { CfnResource, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { CfnFargateProfile } from 'aws-cdk-lib/aws-eks';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IIrsaCluster, IrsaCluster, KubernetesObjects, OidcProvider, Wait } from '../../lib';
import { ExistingCluster, newCluster, newStack, version } from '../stacks';

const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'report', namespace: 'reports' }, spec: {} };
const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'reports' }, spec: {} };
const crd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'widgets.example.com' }, spec: {} };

const jobComplete = Wait.jobComplete('report', { namespace: 'reports' });
const available = Wait.deploymentAvailable('web', { namespace: 'reports' });
const established = Wait.condition({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name: 'widgets.example.com', type: 'Established' });

const ofAwsCdk = (stack: Stack, props: Partial<eks.ClusterProps> = {}) =>
  IrsaCluster.fromEksCluster(stack, 'Ours', new eks.Cluster(stack, 'Theirs', { version, ...props }), { oidcProvider: OidcProvider.create() });

const warningsOf = (scope: Stack) =>
  Annotations.fromStack(scope).findWarning('*', Match.stringLikeRegexp('wait-without-nodes')).map(({ id, entry: { data } }) => [id, data]);

function warnings(cluster: IIrsaCluster, waitFor: Wait[]): unknown[] {
  const stack = Stack.of(cluster);
  new KubernetesObjects(stack, 'Set', { cluster, objects: [job, deployment, crd], waitFor });
  return warningsOf(stack);
}

test.each<[string, Wait[], string]>([
  ['a Job', [established, jobComplete], 'waitFor[1] is Job reports/report'],
  ['a Deployment', [available], 'waitFor[0] is Deployment reports/web'],
])('a wait for %s in a cluster without nodes gets a warning', (_, waitFor, start) => {
  expect(warnings(newCluster(newStack()), waitFor)).toEqual([['/Stack/Set/Resource', `${start}, whose pods need nodes, but the app defines none for Stack/Cluster: `
    + 'the deployment fails after waitTimeout. Add nodes with nodegroups or autoMode of the cluster; if they come from elsewhere, acknowledge this warning '
    + '[ack: cdk-irsa:wait-without-nodes]']]);
});

test.each<[string, (stack: Stack) => IIrsaCluster]>([
  ['a nodegroup', (stack) => newCluster(stack, { nodegroups: [{}] })],
  ['Auto Mode', (stack) => newCluster(stack, { autoMode: true })],
  ['a Fargate profile', (stack) => {
    new CfnFargateProfile(stack, 'Fargate', { clusterName: 'prod', podExecutionRoleArn: 'arn', selectors: [{ namespace: 'reports' }] });
    return newCluster(stack);
  }],
  ['an Auto Scaling group', (stack) => {
    const cluster = newCluster(stack);
    cluster.eksCluster.addAutoScalingGroupCapacity('Nodes', { instanceType: new ec2.InstanceType('t3.medium') });
    return cluster;
  }],
  ['hybrid nodes', (stack) => newCluster(stack, { remoteNodeNetworks: [{ cidrs: ['10.2.0.0/16'] }], remotePodNetworks: [{ cidrs: ['10.3.0.0/16'] }] })],
  ['a fleet of Amazon EC2', (stack) => {
    new CfnResource(stack, 'Fleet', { type: 'AWS::EC2::EC2Fleet' });
    return newCluster(stack);
  }],
  ['nodes that something else defines', (stack) => new ExistingCluster(stack, 'Existing')],
  ['Auto Mode of aws-eks-v2', (stack) => ofAwsCdk(stack)],
])('a cluster with %s gets no warning', (_, define) => {
  expect(warnings(define(newStack()), [jobComplete])).toEqual([]);
});

test('a cluster of aws-eks-v2 without nodes gets the warning, too', () => {
  const cluster = ofAwsCdk(newStack(), { defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0 });
  expect(warnings(cluster, [jobComplete])).toEqual([['/Stack/Set/Resource', expect.stringMatching(/^waitFor\[0\] is Job reports\/report, whose pods need nodes/)]]);
});

test('nodegroups can be added after the wait', () => {
  const stack = newStack();
  const cluster = newCluster(stack);
  cluster.addKubernetesObjects('Set', { objects: [job], waitFor: [jobComplete] });
  cluster.addNodegroup('Nodes');
  expect(warningsOf(stack)).toEqual([]);
});

test('a wait for what has no pods gets no warning', () => {
  expect(warnings(newCluster(newStack()), [established])).toEqual([]);
});
