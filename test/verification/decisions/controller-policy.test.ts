import { App, Stack, StackProps } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { IrsaCluster, policies, ServiceAccountWithRole, verification } from '../../../lib';

const DELETE = 'ec2:DeleteVolume';
const TAG = 'aws:ResourceTag/ebs.csi.aws.com/cluster-name';

/** The pods of the EBS CSI driver of cluster `prod`, and a volume in their account and Region. */
function driver(props: StackProps = {}) {
  const stack = new Stack(new App(), 'Stack', props);
  const cluster = new IrsaCluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), clusterName: 'prod', nodegroups: [{}] });
  const account = { namespace: 'kube-system', serviceAccountName: 'ebs-csi-controller-sa' };
  new ServiceAccountWithRole(stack, 'Driver', { cluster, ...account, controllerPolicies: [new policies.EbsCsiDriverPolicy()] });
  return { pod: verification.PodAccess.fromStack(stack).pod(account), volume: stack.formatArn({ service: 'ec2', resource: 'volume', resourceName: 'vol-1' }) };
}

describe.each<[string, StackProps]>([
  ['with an account and a Region', { env: { account: '123456789012', region: 'us-west-2' } }],
  ['without an account and a Region', {}],
])('in a stack %s, the EBS CSI driver', (_, props) => {
  const { pod, volume: resource } = driver(props);

  test('can delete a volume of its cluster', () => {
    pod.assertAllowed(DELETE, { resource, context: { [TAG]: ['prod'] } });
  });

  test('cannot delete a volume of another cluster, because a volume has no resource policy', () => {
    pod.assertDenied(DELETE, { resource, context: { [TAG]: ['another'] } });
    pod.assertDenied(DELETE, { context: { [TAG]: ['another'] } });
  });
});
