import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { s3ListOnly } from './s3-list-only';
import { IrsaCluster, KubernetesObjects, PodCredentials, ServiceAccountWithRole, Wait } from '../lib';

/** Properties of the stack. */
export interface PodIdentityTestStackProps extends StackProps {
  /** A cluster whose nodes run the EKS Pod Identity agent. */
  readonly cluster: IrsaCluster;
}

/** The Job of IrsaTestStack, in the same cluster, with a service account that gets its role by EKS Pod Identity instead of IRSA. */
export class PodIdentityTestStack extends Stack {
  constructor(scope: Construct, id: string, props: PodIdentityTestStackProps) {
    super(scope, id, props);
    const { cluster } = props;
    const reader = new ServiceAccountWithRole(this, 'S3Reader', {
      cluster,
      serviceAccountName: 's3-reader-pod-identity',
      podCredentials: PodCredentials.podIdentity(),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess')],
    });
    const job = new KubernetesObjects(this, 'Jobs', {
      cluster,
      charts: [s3ListOnly('s3-listonly-pod-identity', reader)],
      waitFor: [Wait.jobComplete('s3-listonly-pod-identity')],
    });
    job.node.addDependency(reader);
    new CfnOutput(this, 'ReaderRoleArn', { value: reader.roleArn });
  }
}
