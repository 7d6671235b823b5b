import { App, Fn, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../../lib';
import { version } from '../../stacks';

const { PodAccess } = verification;
const env = { account: '123456789012', region: 'eu-central-1' };

/** A cluster with an account that reads a bucket, which is in the stack of the cluster, in a nested one, or in another one. */
function scene(stackOfBucket: (stack: Stack) => Stack) {
  const stage = new Stage(new App(), 'Prod');
  const stack = new Stack(stage, 'Stack', { env });
  const cluster = new IrsaCluster(stack, 'Cluster', { version });
  const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
  const bucket = new s3.Bucket(stackOfBucket(stack), 'Bucket');
  bucket.grantRead(reader);
  const unused = new s3.Bucket(bucket.stack, 'Unused');
  const access = PodAccess.fromStack(stack).assume({ noOtherNodes: true });
  const pod = access.pod({ namespace: 'reports', serviceAccountName: 'reader', cluster: cluster.clusterName });
  return { stack, bucket, unused, access, pod };
}

describe.each<[string, (stack: Stack) => Stack]>([
  ['in the same stack', (stack) => stack],
  ['in a nested stack', (stack) => new NestedStack(stack, 'Nested')],
  ['in a stack that is nested twice', (stack) => new NestedStack(new NestedStack(stack, 'Nested'), 'Inner')],
  ['in another stack', (stack) => new Stack(stack.node.scope!, 'Data', { env })],
  ['in a stack that is nested in another one', (stack) => new NestedStack(new Stack(stack.node.scope!, 'Data', { env }), 'Nested')],
])('the tokens of resources %s', (_, stackOfBucket) => {
  const { pod, bucket, unused, stack } = scene(stackOfBucket);

  test('are resolved, even those that nothing else refers to', () => {
    pod.assertAllowed('s3:GetObject', { resource: bucket.arnForObjects('reports/one') });
    pod.assertAllowed('s3:ListBucket', { resource: bucket.bucketArn });
    pod.assertAllowed('s3:GetObject', { resource: `${bucket.bucketArn}/${stack.region}` });
    pod.assertAllowed('s3:GetObject', { resource: Fn.join('/', [bucket.bucketArn, 'one']) });
    pod.assertDenied('s3:PutObject', { resource: bucket.arnForObjects('*') });
    pod.assertDenied('s3:GetObject', { resource: unused.arnForObjects('*') });
    pod.assertDenied('s3:ListBucket', { resource: unused.bucketArn });
  });
});

test('a value of another stage is an error', () => {
  const { access, pod } = scene((stack) => stack);
  const other = new s3.Bucket(new Stack(new Stage(new App(), 'Prod'), 'Stack', { env }), 'Bucket');
  expect(() => pod.decide('s3:ListBucket', { resource: other.bucketArn })).toThrow('Prod/Stack is not in the stage of the stack that was read: pass only values of stacks in that stage');
  const role = new iam.Role(other.stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
  expect(() => access.trustPolicyOf(role)).toThrow('Prod/Stack/Role is not in the templates that were read: pass a role of their stacks');
});

test('a value of a resource that was defined too late is an error', () => {
  const { stack, pod, unused } = scene((one) => new Stack(one.node.scope!, 'Data', { env }));
  for (const late of [new s3.Bucket(stack, 'Late'), new s3.Bucket(unused.stack, 'Late')]) {
    expect(() => pod.decide('s3:GetObject', { resource: late.arnForObjects('*') }))
      .toThrow(`${late.node.path}/Resource is not in the templates that PodAccess.fromStack read: define it before you call PodAccess.fromStack`);
  }
});

test('an app that has changed since it was read is an error', () => {
  const { stack } = scene((one) => one);
  PodAccess.fromStack(stack);
  new s3.Bucket(stack, 'Late');
  expect(() => PodAccess.fromStack(stack)).toThrow('PodAccess.fromStack needs an app that has not changed since it was synthesized: define everything before you call it, or create a new App in each test');
});

test('a role that aws-cdk makes can be asked about, too', () => {
  const stack = new Stack(new App(), 'Stack', { env });
  const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  expect(PodAccess.fromStack(stack).trustPolicyOf(role).document).toEqual({
    Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
  });
});

test('any one stack does: all stacks of its app or its stage are read, and no other', () => {
  const app = new App();
  const withRole = (scope: App | Stage, id: string) => {
    const stack = new Stack(scope, id, { env });
    new iam.Role(stack, id, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    return stack;
  };
  const prod = new Stage(app, 'Prod');
  const [first, , inStage] = [withRole(app, 'First'), withRole(app, 'Second'), withRole(prod, 'InStage'), withRole(prod, 'AlsoInStage')];
  const rolesOf = (stack: Stack) => PodAccess.fromStack(stack).trustPolicies.map(({ role }) => role.replace(/[0-9A-F]{8}$/, '')).sort();
  expect(rolesOf(first)).toEqual(['AlsoInStage', 'First', 'InStage', 'Second']);
  expect(rolesOf(inStage)).toEqual(['AlsoInStage', 'InStage']);
});
