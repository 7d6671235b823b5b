import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import { IrsaCluster, policies, ServiceAccountRole, ServiceAccountSubject, verification } from '../../../lib';

const ACCOUNT = { namespace: 'kube-system', serviceAccountName: 'cluster-autoscaler' };
const SCALE = 'autoscaling:SetDesiredCapacity';
const GROUP = 'arn:aws:autoscaling:us-west-2:123456789012:autoScalingGroup:1:autoScalingGroupName/nodes';
const TAG = 'aws:ResourceTag/eks:cluster-name';

/** A Cluster Autoscaler for a cluster whose name is a parameter. */
function autoscaler() {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'us-west-2' } });
  const clusterName = new CfnParameter(stack, 'Name').valueAsString;
  const issuerUrl = 'https://oidc.eks.us-west-2.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF';
  const cluster = IrsaCluster.fromIrsaClusterAttributes(stack, 'Cluster', { clusterName, issuerUrl });
  const subjects = [ServiceAccountSubject.exact(ACCOUNT.namespace, ACCOUNT.serviceAccountName)];
  const { roleArn } = new ServiceAccountRole(stack, 'Role', { cluster, subjects, controllerPolicies: [new policies.ClusterAutoscalerPolicy()] });
  const nodegroup = (name: string) => stack.formatArn({ service: 'eks', resource: 'nodegroup', resourceName: `${name}/nodes/1` });
  return { access: verification.PodAccess.fromStack(stack), account: { ...ACCOUNT, annotatedRoleArn: roleArn }, nodegroup, clusterName };
}

test.each(['*', '${aws:ResourceTag/eks:cluster-name}', '${aws:PrincipalTag/none, \'other\'}'])('the value %j of a parameter allows nothing but itself', (Name) => {
  const { access, account, nodegroup } = autoscaler();
  const pod = access.assume({ parameters: { Name }, noOtherNodes: true }).pod(account);
  pod.assertDenied(SCALE, { resource: GROUP, context: { [TAG]: ['other'] } });
  pod.assertDenied('eks:DescribeNodegroup', { resource: nodegroup('other') });
});

test('a parameter without a value allows what is named with it', () => {
  const { access, account, nodegroup, clusterName } = autoscaler();
  access.pod(account).assertAllowed('eks:DescribeNodegroup', { resource: nodegroup(clusterName) });
});

test('a parameter with a value without wildcards allows what has this name', () => {
  const { access, account, nodegroup } = autoscaler();
  const pod = access.assume({ parameters: { Name: 'prod' } }).pod(account);
  pod.assertAllowed('eks:DescribeNodegroup', { resource: nodegroup('prod') });
  pod.assertAllowed(SCALE, { resource: GROUP, context: { [TAG]: ['prod'] } });
});
