import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { policies } from '../../lib';

const hostedZones = (stack: Stack) => [HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789ABCDEFGHIJ', zoneName: 'example.com' })];
const fileSystems = (stack: Stack) => [FileSystem.fromFileSystemAttributes(stack, 'FileSystem', {
  fileSystemId: 'fs-0123456789abcdef0', securityGroup: undefined as any,
})];
const secrets = (stack: Stack) => [Secret.fromSecretNameV2(stack, 'Secret', 'apps/db')];
const vpc = (stack: Stack) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-0123456789abcdef0', availabilityZones: ['us-west-2a'] });
const bucket = (stack: Stack) => Bucket.fromBucketName(stack, 'Bucket', 'example-bucket');
const workspaceArns = ['arn:aws:aps:us-west-2:123456789012:workspace/ws-0123456789abcdef'];

/** One policy of each class, with the inputs that it requires, one of each. */
export const EXAMPLES: { readonly [name: string]: (stack: Stack) => policies.IControllerPolicy } = {
  AwsLoadBalancerControllerPolicy: () => new policies.AwsLoadBalancerControllerPolicy(),
  CertManagerPolicy: (stack) => new policies.CertManagerPolicy({ hostedZones: hostedZones(stack) }),
  CloudWatchObservabilityPolicy: () => new policies.CloudWatchObservabilityPolicy(),
  ClusterAutoscalerPolicy: () => new policies.ClusterAutoscalerPolicy(),
  EbsCsiDriverPolicy: () => new policies.EbsCsiDriverPolicy(),
  EcrImageBuilderPolicy: (stack) => new policies.EcrImageBuilderPolicy({ repositories: [Repository.fromRepositoryName(stack, 'Repository', 'apps/shop')] }),
  EfsCsiDriverNodePolicy: (stack) => new policies.EfsCsiDriverNodePolicy({ fileSystems: fileSystems(stack) }),
  EfsCsiDriverPolicy: (stack) => new policies.EfsCsiDriverPolicy({ fileSystems: fileSystems(stack) }),
  ExternalDnsPolicy: (stack) => new policies.ExternalDnsPolicy({ hostedZones: hostedZones(stack) }),
  ExternalSecretsPolicy: (stack) => new policies.ExternalSecretsPolicy({ secrets: secrets(stack) }),
  FluentBitPolicy: (stack) => new policies.FluentBitPolicy({ logGroups: [LogGroup.fromLogGroupName(stack, 'Logs', '/apps/prod')] }),
  KarpenterPolicy: (stack) => new policies.KarpenterPolicy({ nodeRoles: [Role.fromRoleName(stack, 'Nodes', 'nodes')] }),
  MountpointS3CsiDriverPolicy: (stack) => new policies.MountpointS3CsiDriverPolicy({ mounts: [{ bucket: bucket(stack) }] }),
  PrometheusQueryPolicy: () => new policies.PrometheusQueryPolicy({ workspaceArns }),
  PrometheusWritePolicy: () => new policies.PrometheusWritePolicy({ workspaceArns }),
  SecretsStoreCsiProviderPolicy: (stack) => new policies.SecretsStoreCsiProviderPolicy({ secrets: secrets(stack) }),
  VeleroPolicy: (stack) => new policies.VeleroPolicy({ bucket: bucket(stack) }),
  VpcCniIpv6Policy: (stack) => new policies.VpcCniIpv6Policy({ vpc: vpc(stack) }),
  VpcCniPolicy: (stack) => new policies.VpcCniPolicy({ vpc: vpc(stack) }),
  XRayPolicy: () => new policies.XRayPolicy(),
};
