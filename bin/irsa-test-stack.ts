import { CfnOutput, Stack, StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { IrsaCluster, ServiceAccountWithRole } from '../lib';

/** What may be set with `-c` on the command line. */
export interface IrsaTestStackProps extends StackProps {
  /** Minor version of Kubernetes. @default '1.36' */
  readonly kubernetesVersion?: string;
  /** ARN of an IAM role or user that may do everything in the cluster. @default - only the role that CloudFormation deploys with */
  readonly adminPrincipalArn?: string;
  /** Whether pods reach the credentials of their node, as they should not. @default false */
  readonly podImdsAccess?: boolean;
}

const managedPolicies = (...names: string[]) => names.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name));

/** A cluster, and a Job in it that lists the account's S3 buckets: the pod may do so, and its node may not. */
export class IrsaTestStack extends Stack {
  public readonly cluster: IrsaCluster;

  constructor(scope: Construct, id: string, props: IrsaTestStackProps = {}) {
    super(scope, id, props);

    const vpc = new ec2.Vpc(this, 'Vpc', {
      ipAddresses: ec2.IpAddresses.cidr('192.168.0.0/16'),
      natGateways: 1,
    });

    const cluster = this.cluster = new IrsaCluster(this, 'Cluster', {
      clusterName: 'irsa-test',
      version: eks.KubernetesVersion.of(props.kubernetesVersion ?? '1.36'),
      vpc,
      nodegroups: [{
        nodegroupName: 'nodegroup',
        instanceTypes: [new ec2.InstanceType('t3.medium')],
        minSize: 3,
        maxSize: 3,
        desiredSize: 3,
        podImdsAccess: props.podImdsAccess,
        managedPolicies: managedPolicies(
          'AmazonEKSWorkerNodePolicy', 'AmazonEC2ContainerRegistryReadOnly', 'AmazonEKS_CNI_Policy', 'AmazonSSMManagedInstanceCore',
        ),
        preBootstrapCommands: [
          '#!/bin/bash\n'
          + 'sudo yum install -y https://s3.amazonaws.com/ec2-downloads-windows/SSMAgent/latest/linux_amd64/amazon-ssm-agent.rpm\n'
          + 'sudo systemctl enable amazon-ssm-agent\n'
          + 'sudo systemctl start amazon-ssm-agent\n',
        ],
      }],
    });
    if (props.adminPrincipalArn) {
      if (!/^arn:[^:]+:iam::\d{12}:(role|user)\/./.test(props.adminPrincipalArn)) {
        throw new Error(`adminPrincipalArn is "${props.adminPrincipalArn}", but must be the ARN of an IAM role or user: arn:aws:iam::<account>:role/<name>, `
          + 'not that of a session of it, as aws sts get-caller-identity shows');
      }
      cluster.eksCluster.grantClusterAdmin('Admin', props.adminPrincipalArn);
    }

    const reader = new ServiceAccountWithRole(this, 'S3Reader', {
      cluster,
      serviceAccountName: 's3-reader-sa',
      managedPolicies: managedPolicies('AmazonS3ReadOnlyAccess'),
    });

    const job = cluster.addKubernetesObjects('Jobs', { charts: [s3ListOnly(reader.serviceAccount)] });
    job.node.addDependency(reader, ...cluster.nodegroups);

    new CfnOutput(this, 'ClusterName', { value: cluster.clusterName });
    new CfnOutput(this, 'ReaderRoleArn', { value: reader.roleArn });
    new CfnOutput(this, 'UpdateKubeconfig', { value: `aws eks update-kubeconfig --name ${cluster.clusterName} --region ${this.region}` });
    new CfnOutput(this, 'ShowJob', { value: 'kubectl get job s3-listonly' });
    new CfnOutput(this, 'ShowLog', { value: 'kubectl logs job/s3-listonly' });
  }

  /** Named, so that the template depends on no account, and nothing is looked up in one. */
  public get availabilityZones(): string[] {
    return ['us-west-2a', 'us-west-2b', 'us-west-2c'];
  }
}

/** `aws s3 ls`, once. The image runs as root and caches credentials at home, unless told otherwise. */
function s3ListOnly(serviceAccount: kplus.IServiceAccount): cdk8s.Chart {
  const chart = new cdk8s.Chart(new cdk8s.App(), 'Jobs');
  const home = kplus.Volume.fromEmptyDir(chart, 'Home', 'home');
  new kplus.Job(chart, 'S3ListOnly', {
    metadata: { name: 's3-listonly' },
    backoffLimit: 0,
    restartPolicy: kplus.RestartPolicy.NEVER,
    serviceAccount,
    containers: [{
      name: 's3-listonly',
      image: 'amazon/aws-cli',
      command: ['aws', 's3', 'ls'],
      securityContext: { user: 1000, group: 1000 },
      envVariables: { HOME: kplus.EnvValue.fromValue('/home/reader') },
      volumeMounts: [{ path: '/home/reader', volume: home }],
      resources: { cpu: { request: kplus.Cpu.millis(100) }, memory: { request: cdk8s.Size.mebibytes(128), limit: cdk8s.Size.mebibytes(512) } },
    }],
  });
  return chart;
}
