import { App, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountWithRole, verification } from '../../../lib';
import { version } from '../../stacks';

const stack = new Stack(new App(), 'Stack');
const admin = new iam.Role(stack, 'Admin', { assumedBy: new iam.AccountRootPrincipal() });
const cluster = new IrsaCluster(stack, 'Cluster', { version, nodegroups: [{ nodegroupName: 'nodes' }] });
new iam.Role(stack, 'Flow', { assumedBy: new iam.ServicePrincipal('vpc-flow-logs.amazonaws.com') });
const reader = new ServiceAccountWithRole(stack, 'Reader', { cluster, serviceAccountName: 'reader', namespace: 'reports' });
const key = new kms.Key(stack, 'Key');
const bucket = new s3.Bucket(stack, 'Bucket', { enforceSSL: true, encryptionKey: key });
bucket.grantRead(reader);
const code = lambda.Code.fromInline('exports.handler = () => {};');
const fn = new lambda.Function(stack, 'Export', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
bucket.grantWrite(fn);
const access = verification.PodAccess.fromStack(stack);
const pod = access.pod({ namespace: 'reports', serviceAccountName: 'reader' });

test('in an app with functions, keys and an administrator of the cluster, only the pods can read the bucket and use its key, and only the function can write to it', () => {
  access.assertOnly('s3:GetObject', { resource: bucket.arnForObjects('*'), principals: [pod] });
  access.assertOnly('s3:ListBucket', { resource: bucket.bucketArn, principals: [pod] });
  access.assertOnly('s3:PutObject', { resource: bucket.arnForObjects('*'), principals: [access.role(fn)] });
  access.assertOnly('kms:Decrypt', { resource: key.keyArn, principals: [pod], exceptions: [access.role(fn)] });
  access.assertOnly('s3:DeleteBucket', { resource: bucket.bucketArn, principals: [] });
  access.role(admin).assertDenied('s3:GetObject');
});
