import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { s3ListOnly } from './s3-list-only';
import { IrsaCluster, ServiceAccountWithRole, Wait } from '../lib';

/** Properties of the stack, which `-c` sets on the command line. */
export interface IrsaTestStackProps extends StackProps {
  /** Minor version of Kubernetes. @default '1.36' */
  readonly kubernetesVersion?: string;
  /** ARN of an IAM role or user that becomes an administrator of the cluster. @default - only the role that CloudFormation deploys with */
  readonly adminPrincipalArn?: string;
  /**
   * Whether pods can use the credentials of their node. Only to show what happens then: omit it in your own stack.
   *
   * @default false
   */
  readonly allowPodImdsAccess?: boolean;
}

const managedPolicies = (...names: string[]) => names.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name));

/**
 * A cluster, and a Job in it that lists the account's S3 buckets: the pod may do so, and its node may not.
 *
 * This is a stack to copy. It reproduces a walk-through of IAM Roles for Service Accounts with eksctl, and a comment that starts with
 * "Walk-through" marks what your own stack does not need.
 */
export class IrsaTestStack extends Stack {
  public readonly cluster: IrsaCluster;

  constructor(scope: Construct, id: string, props: IrsaTestStackProps = {}) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', {
      // Walk-through: the range that eksctl uses
      ipAddresses: ec2.IpAddresses.cidr('192.168.0.0/16'),
      // One is enough for a test. In production, one for each Availability Zone keeps nodes online if a zone fails
      natGateways: 1,
    });

    const cluster = this.cluster = new IrsaCluster(this, 'Cluster', {
      clusterName: 'irsa-test',
      version: eks.KubernetesVersion.of(props.kubernetesVersion ?? '1.36'),
      vpc,
      // For PodIdentityTestStack. Omit it if all your roles use IRSA
      addons: [{ addonName: 'eks-pod-identity-agent' }],
      nodegroups: [{
        nodegroupName: 'nodegroup',
        instanceTypes: [new ec2.InstanceType('t3.medium')],
        minSize: 3,
        maxSize: 3,
        desiredSize: 3,
        allowPodImdsAccess: props.allowPodImdsAccess,
        // Walk-through: eksctl attaches only the policies that its file lists. A nodegroup of this library has a baseline for nodes without
        // this list, with AmazonEC2ContainerRegistryPullOnly for images, and AmazonSSMManagedInstanceCore unless `ssm` is false. List only
        // what your nodes need in addition, and give pods permissions with service accounts.
        managedPolicies: managedPolicies(
          'AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKS_CNI_Policy', 'AmazonSSMManagedInstanceCore',
        ),
        // Walk-through: in 2020, the Amazon EKS optimized AMI did not have the SSM Agent that Session Manager needs. That of Amazon Linux 2023
        // does: https://github.com/awslabs/amazon-eks-ami/blob/main/templates/al2023/provisioners/install-worker.sh
        preBootstrapCommands: [
          '#!/bin/bash\n'
          + 'sudo yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm\n'
          + 'sudo systemctl enable amazon-ssm-agent\n'
          + 'sudo systemctl start amazon-ssm-agent\n',
        ],
      }],
    });
    if (props.adminPrincipalArn) {
      cluster.eksCluster.grantClusterAdmin('Admin', props.adminPrincipalArn);
    }

    const reader = new ServiceAccountWithRole(this, 'S3Reader', {
      cluster,
      serviceAccountName: 's3-reader-sa',
      // Walk-through: it allows reading every bucket of the account. In your own stack, grant what the pod needs: bucket.grantRead(reader)
      managedPolicies: managedPolicies('AmazonS3ReadOnlyAccess'),
    });

    const job = cluster.addKubernetesObjects('Jobs', {
      charts: [s3ListOnly('s3-listonly', reader)],
      // The deployment succeeds only if the pod can list the buckets
      waitFor: [Wait.jobComplete('s3-listonly')],
    });
    // The Job has no retries (backoffLimit: 0): its pod must not start before the role has its policies
    job.node.addDependency(reader, ...cluster.nodegroups);

    new CfnOutput(this, 'ClusterName', { value: cluster.clusterName });
    new CfnOutput(this, 'ReaderRoleArn', { value: reader.roleArn });
    new CfnOutput(this, 'UpdateKubeconfig', { value: `aws eks update-kubeconfig --name ${cluster.clusterName} --region ${this.region}` });
    new CfnOutput(this, 'ShowJob', { value: 'kubectl get job s3-listonly' });
    new CfnOutput(this, 'ShowLog', { value: 'kubectl logs job/s3-listonly' });
  }

  /**
   * Walk-through: fixed, so that the template is the same for every account and no lookup needs credentials. In your own stack, omit it
   * and set `env`.
   */
  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b', 'us-west-2c'];
  }
}
