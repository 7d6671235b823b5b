/** A cluster with 40 service accounts in 4 namespaces. Each account can read its own bucket. */
import { App, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ENV } from './assembly';
import { IrsaCluster } from '../../lib';

export class Many extends Stack {
  constructor(scope: App) {
    super(scope, 'Many', { env: ENV });
    const vpc = new ec2.Vpc(this, 'Vpc', { natGateways: 1 });
    const cluster = new IrsaCluster(this, 'Cluster', { clusterName: 'many', version: eks.KubernetesVersion.of('1.36'), vpc });
    for (let i = 0; i < 40; i++) {
      const account = cluster.addServiceAccountWithRole(`Account${i}`, { serviceAccountName: `account-${i}`, namespace: `team-${i % 4}` });
      account.role.addToPrincipalPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [`arn:aws:s3:::bucket-${i}/*`] }));
    }
  }

  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b'];
  }
}
