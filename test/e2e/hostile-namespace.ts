/** A stack with a service account whose namespace is a parameter. */
import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { ENV } from './assembly';
import { IrsaCluster } from '../../lib';

export class Tenant extends Stack {
  constructor(scope: App) {
    super(scope, 'Tenant', { env: ENV });
    const cluster = new IrsaCluster(this, 'Cluster', { version: eks.KubernetesVersion.of('1.36'), vpc: new ec2.Vpc(this, 'Vpc', { natGateways: 1 }) });
    cluster.addServiceAccountWithRole('Tenant', { serviceAccountName: 'tenant', namespace: new CfnParameter(this, 'Namespace').valueAsString });
  }

  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b'];
  }
}
