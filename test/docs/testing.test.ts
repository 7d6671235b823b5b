import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../lib';

const stack = new Stack(new App(), 'Stack');
const cluster = new IrsaCluster(stack, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), nodegroups: [{ nodegroupName: 'nodes' }] });
const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
const bucket = new s3.Bucket(stack, 'Bucket');
bucket.grantRead(reader);

const access = verification.PodAccess.fromStack(stack);
const pod = access.pod({ namespace: 'reports', serviceAccountName: 'reader' });

test('the role trusts reports/reader, and nobody else', () => {
  access.trustPolicyOf(reader).assertAdmitsOnly({ namespace: 'reports', serviceAccountName: 'reader' });
});

test('pods of reports/reader can read the bucket', () => {
  pod.assertAllowed('s3:GetObject', { resource: bucket.arnForObjects('*') });
  pod.assertAllowed('s3:ListBucket', { resource: bucket.bucketArn });
});

test('they cannot write to any bucket', () => {
  pod.assertDenied('s3:PutObject');
});

test('they cannot act as their node', () => {
  access.nodegroup({ nodegroupName: 'nodes' }).assertAllowed('ec2:DescribeInstances');
  pod.assertDenied('ec2:DescribeInstances');
});

test('nobody else can read the bucket: no other pods, nodes, functions or accounts', () => {
  access.assertOnly('s3:GetObject', { resource: bucket.arnForObjects('*'), principals: [pod] });
});
