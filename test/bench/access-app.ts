import '../without-validation';
import { App, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';

const version = eks.KubernetesVersion.of('1.36');

/** Writes the cloud assembly of an app whose service accounts read the bucket of their stack. */
export function writeAccessApp(outdir: string, accounts: number, perStack = 100): void {
  const app = new App({ outdir });
  const cluster = new IrsaCluster(new Stack(app, 'Cluster'), 'Cluster', { version, nodegroups: [{}] });
  for (let first = 0; first < accounts; first += perStack) {
    const stack = new Stack(app, `Accounts${first}`);
    const bucket = new s3.Bucket(stack, 'Bucket');
    for (let i = first; i < Math.min(first + perStack, accounts); i++) {
      bucket.grantRead(new ServiceAccountWithRole(stack, `Account${i}`, { cluster, serviceAccountName: `account-${i}` }));
    }
  }
  app.synth();
}

/** How many of these accounts, each with a bucket and its policy, make a template of 500 resources, which is all that CloudFormation allows. */
const IN_TEMPLATE = 90;

/**
 * Writes the cloud assembly of an app of one template, whose service accounts each read a bucket of their own. Each of the conditions decides about the policy of
 * one account, about a statement in that of another, and about the policy of a bucket. Returns the number of resources of the template.
 */
export function writeConditionsApp(outdir: string, conditions: number): number {
  const app = new App({ outdir });
  const stack = new Stack(app, 'Stack');
  const cluster = new IrsaCluster(stack, 'Cluster', { version, nodegroups: [{}] });
  const all = Array.from({ length: conditions }, (_, i) =>
    new CfnCondition(stack, `Condition${i}`, { expression: Fn.conditionEquals(new CfnParameter(stack, `Parameter${i}`).valueAsString, 'yes') }));
  const parts = Array.from({ length: IN_TEMPLATE }, (_, i) => {
    const bucket = new s3.Bucket(stack, `Bucket${i}`, { enforceSSL: true });
    const account = new ServiceAccountWithRole(stack, `Account${i}`, { cluster, serviceAccountName: `account-${i}` });
    return { bucket, account, policy: new iam.CfnRolePolicy(stack, `Policy${i}`, { policyName: 'read', roleName: account.role.roleName, policyDocument: reading(bucket) }) };
  });
  all.forEach((condition, i) => {
    const [{ policy }, { policy: other, bucket: read }, { bucket }] = [1, 2, 3].map((n) => parts[n * all.length + i]);
    policy.cfnOptions.condition = condition;
    other.policyDocument = Fn.conditionIf(condition.logicalId, reading(read, 's3:GetObject', 's3:PutObject'), reading(read));
    (bucket.policy!.node.defaultChild as s3.CfnBucketPolicy).cfnOptions.condition = condition;
  });
  return Object.keys(app.synth().getStackByName('Stack').template.Resources).length;
}

const reading = (bucket: s3.Bucket, ...actions: string[]) =>
  ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions.length > 0 ? actions : 's3:GetObject', Resource: bucket.arnForObjects('*') }] });
