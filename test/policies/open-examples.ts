import { CfnDynamicReference, CfnDynamicReferenceService, CfnParameter, Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { NetworkTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { policies } from '../../lib';

/** Values of a deployment. */
class Given {
  /** The name of everything. */
  public readonly name: string;

  constructor(public readonly stack: Stack, private readonly value: (stack: Stack, id: string) => string) {
    this.name = value(stack, 'Name');
  }

  /** The ARN of something. */
  public arn(of: keyof typeof ARNS): string {
    return this.value(this.stack, of);
  }
}

export const parameter = (stack: Stack, id: string) => (stack.node.tryFindChild(id) as CfnParameter ?? new CfnParameter(stack, id)).valueAsString;
export const dynamicReference = (_: Stack, id: string) => new CfnDynamicReference(CfnDynamicReferenceService.SSM, `/${id}`).toString();

const ARNS = {
  Key: 'kms:us-west-2:123456789012:key/',
  Queue: 'sqs:us-west-2:123456789012:',
  Role: 'iam::123456789012:role/',
  TargetGroup: 'elasticloadbalancing:us-west-2:123456789012:targetgroup/group/',
  UserPool: 'cognito-idp:us-west-2:123456789012:userpool/',
  WebAcl: 'wafv2:us-west-2:123456789012:regional/webacl/acl/',
  Workspace: 'aps:us-west-2:123456789012:workspace/',
};

/** The parameters of a deployment in which everything has this name. */
export const parametersOf = (name: string): { [parameter: string]: string } =>
  ({ Name: name, ...Object.fromEntries(Object.entries(ARNS).map(([id, beginning]) => [id, `arn:aws:${beginning}${name}`])) });

const zones = ({ stack, name }: Given) => [HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: name, zoneName: 'example.com' })];
const fileSystems = ({ stack, name }: Given) => [FileSystem.fromFileSystemAttributes(stack, 'Files', { fileSystemId: name, securityGroup: undefined as any })];
const secrets = ({ stack, name }: Given) => [Secret.fromSecretNameV2(stack, 'Secret', name)];
const parameters = ({ stack, name }: Given) => [StringParameter.fromStringParameterAttributes(stack, 'Parameter', { parameterName: name, simpleName: true })];
const keys = (given: Given) => [Key.fromKeyArn(given.stack, 'TheKey', given.arn('Key'))];
const vpc = ({ stack, name }: Given) => Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: name, availabilityZones: ['us-west-2a'] });
const bucket = ({ stack, name }: Given) => Bucket.fromBucketName(stack, 'Bucket', name);

const open: { readonly [name: string]: (given: Given) => policies.IControllerPolicy } = {
  AwsLoadBalancerControllerPolicy: (given) => new policies.AwsLoadBalancerControllerPolicy({
    targetGroups: [NetworkTargetGroup.fromTargetGroupAttributes(given.stack, 'Targets', { targetGroupArn: given.arn('TargetGroup') })],
    securityGroups: [SecurityGroup.fromSecurityGroupId(given.stack, 'Group', given.name)],
    userPools: [UserPool.fromUserPoolArn(given.stack, 'Users', given.arn('UserPool'))],
    webAclArns: [given.arn('WebAcl')],
  }),
  CertManagerPolicy: (given) => new policies.CertManagerPolicy({ hostedZones: zones(given), recordNames: [given.name, `_acme-challenge.${given.name}`] }),
  CloudWatchObservabilityPolicy: () => new policies.CloudWatchObservabilityPolicy({ otelContainerInsights: true }),
  ClusterAutoscalerPolicy: ({ stack, name }) => new policies.ClusterAutoscalerPolicy({
    autoScalingGroups: [AutoScalingGroup.fromAutoScalingGroupName(stack, 'Nodes', name)],
  }),
  EbsCsiDriverPolicy: (given) => new policies.EbsCsiDriverPolicy({ encryptionKeys: keys(given) }),
  EcrImageBuilderPolicy: ({ stack, name }) => new policies.EcrImageBuilderPolicy({
    repositories: [Repository.fromRepositoryName(stack, 'Repository', name)], baseRepositories: [Repository.fromRepositoryName(stack, 'Base', name)],
  }),
  EfsCsiDriverNodePolicy: (given) => new policies.EfsCsiDriverNodePolicy({ fileSystems: fileSystems(given) }),
  EfsCsiDriverPolicy: (given) => new policies.EfsCsiDriverPolicy({ fileSystems: fileSystems(given), allowDeleteDirectories: true }),
  ExternalDnsPolicy: (given) => new policies.ExternalDnsPolicy({ hostedZones: zones(given), recordNames: [given.name] }),
  ExternalSecretsPolicy: (given) => new policies.ExternalSecretsPolicy({
    secrets: secrets(given), parameters: parameters(given), encryptionKeys: keys(given), assumedRoles: [Role.fromRoleArn(given.stack, 'Assumed', given.arn('Role'))],
  }),
  FluentBitPolicy: ({ stack, name }) => new policies.FluentBitPolicy({ logGroups: [LogGroup.fromLogGroupName(stack, 'Logs', name)], createLogGroups: true }),
  KarpenterPolicy: (given) => new policies.KarpenterPolicy({
    nodeRoles: [Role.fromRoleName(given.stack, 'Named', given.name), Role.fromRoleArn(given.stack, 'Given', given.arn('Role'))],
    interruptionQueue: Queue.fromQueueArn(given.stack, 'Interruptions', given.arn('Queue')),
    zonalShift: true,
  }),
  MountpointS3CsiDriverPolicy: (given) => new policies.MountpointS3CsiDriverPolicy({ mounts: [{ bucket: bucket(given), prefix: `${given.name}/` }] }),
  PrometheusQueryPolicy: (given) => new policies.PrometheusQueryPolicy({ workspaceArns: [given.arn('Workspace')] }),
  PrometheusWritePolicy: (given) => new policies.PrometheusWritePolicy({ workspaceArns: [given.arn('Workspace')] }),
  SecretsStoreCsiProviderPolicy: (given) => new policies.SecretsStoreCsiProviderPolicy({
    secrets: secrets(given), parameters: parameters(given), encryptionKeys: keys(given),
  }),
  VeleroPolicy: (given) => new policies.VeleroPolicy({ bucket: bucket(given), bucketEncryptionKey: keys(given)[0], volumeSnapshots: true }),
  VpcCniIpv6Policy: (given) => new policies.VpcCniIpv6Policy({ vpc: vpc(given) }),
  VpcCniPolicy: (given) => new policies.VpcCniPolicy({ vpc: vpc(given) }),
  XRayPolicy: () => new policies.XRayPolicy(),
};

type Examples = { readonly [name: string]: (stack: Stack) => policies.IControllerPolicy };
const examplesWith = (value: (stack: Stack, id: string) => string): Examples =>
  Object.fromEntries(Object.entries(open).map(([name, policy]) => [name, (stack: Stack) => policy(new Given(stack, value))]));

/** One policy of each class, with all that it can be about from parameters of the deployment. */
export const OPEN_EXAMPLES = examplesWith(parameter);
/** The same from dynamic references. */
export const DYNAMIC_EXAMPLES = examplesWith(dynamicReference);
