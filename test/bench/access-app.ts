import '../without-validation';
import { App, Stack } from 'aws-cdk-lib';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IrsaCluster, ServiceAccountWithRole } from '../../lib';

/** Writes the cloud assembly of an app whose service accounts read the bucket of their stack. */
export function writeAccessApp(outdir: string, accounts: number, perStack = 100): void {
  const app = new App({ outdir });
  const cluster = new IrsaCluster(new Stack(app, 'Cluster'), 'Cluster', { version: eks.KubernetesVersion.of('1.36'), nodegroups: [{}] });
  for (let first = 0; first < accounts; first += perStack) {
    const stack = new Stack(app, `Accounts${first}`);
    const bucket = new s3.Bucket(stack, 'Bucket');
    for (let i = first; i < Math.min(first + perStack, accounts); i++) {
      bucket.grantRead(new ServiceAccountWithRole(stack, `Account${i}`, { cluster, serviceAccountName: `account-${i}` }));
    }
  }
  app.synth();
}
