import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ClusterAutoscalerStack } from '../../bin/cluster-autoscaler-stack';
import { context } from '../../cdk.json';
import { verification } from '../../lib';
import { deployedObjects } from '../deployed';

const stack = new ClusterAutoscalerStack(new App({ context }), 'ClusterAutoscalerStack', { env: { account: '123456789012', region: 'us-west-2' } });
const template = Template.fromStack(stack);

test('the nodegroup can grow from 3 to 6 nodes', () => {
  template.hasResourceProperties('AWS::EKS::Nodegroup', { ScalingConfig: { MinSize: 3, MaxSize: 6, DesiredSize: 3 } });
});

describe('the Deployment of Cluster Autoscaler', () => {
  const { kind, metadata, spec: { template: { spec } } } = deployedObjects(stack).find((object) => object.kind === 'Deployment')!;

  test('discovers the groups of its cluster, in its Region', () => {
    expect({ kind, ...metadata }).toMatchObject({ name: 'cluster-autoscaler', namespace: 'kube-system' });
    expect(spec.containers[0].args).toContain('--node-group-auto-discovery=asg:tag=eks:cluster-name=autoscaler-test');
    expect(spec.containers[0].env).toEqual([{ name: 'AWS_REGION', value: 'us-west-2' }]);
  });

  test('has a token for the Kubernetes API, and a user who is not root', () => {
    expect(spec).toMatchObject({ serviceAccountName: 'cluster-autoscaler', automountServiceAccountToken: true, securityContext: { runAsNonRoot: true } });
    expect(spec.containers[0].securityContext).toMatchObject({ runAsUser: 65534, readOnlyRootFilesystem: true });
  });
});

test.each(['ClusterRoleBinding', 'RoleBinding'])('the %s names the service account in its namespace', (kind) => {
  const bindings = deployedObjects(stack).filter((object) => object.kind === kind);
  expect(bindings.map(({ subjects }) => subjects)).toEqual([[{ kind: 'ServiceAccount', apiGroup: '', name: 'cluster-autoscaler', namespace: 'kube-system' }]]);
});

test('cluster-wide, Cluster Autoscaler changes only nodes, the status and the eviction of pods, and events', () => {
  const { rules } = deployedObjects(stack).find(({ kind }) => kind === 'ClusterRole')!;
  const writes = rules.filter(({ verbs }: { verbs: string[] }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
  expect(writes.map(({ resources, verbs }: { resources: string[]; verbs: string[] }) => `${resources}: ${verbs}`)).toEqual([
    'nodes: get,list,watch,update', 'events: create,patch', 'pods/eviction: create', 'pods/status: update',
  ]);
});

describe('the pods of Cluster Autoscaler', () => {
  const autoscaler = verification.PodAccess.fromStack(stack).pod({ namespace: 'kube-system', serviceAccountName: 'cluster-autoscaler' });
  const resource = 'arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:0123:autoScalingGroupName/eks-nodegroup-0123';
  const taggedWith = (clusterName: string) => ({ resource, context: { 'aws:ResourceTag/eks:cluster-name': [clusterName] } });

  test('scale the groups of their cluster', () => {
    autoscaler.assertAllowed('autoscaling:SetDesiredCapacity', taggedWith('autoscaler-test'));
    autoscaler.assertAllowed('autoscaling:TerminateInstanceInAutoScalingGroup', taggedWith('autoscaler-test'));
  });

  test('do not scale those of another cluster, or without a tag', () => {
    autoscaler.assertDenied('autoscaling:SetDesiredCapacity', taggedWith('irsa-test'));
    autoscaler.assertDenied('autoscaling:SetDesiredCapacity', { resource, context: { 'aws:ResourceTag/eks:cluster-name': [] } });
  });

  test('do not change tags', () => {
    autoscaler.assertDenied('autoscaling:CreateOrUpdateTags');
    autoscaler.assertDenied('autoscaling:DeleteTags');
  });
});
