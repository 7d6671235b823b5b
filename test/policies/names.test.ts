import { Stack } from 'aws-cdk-lib';
import { AutoScalingGroup } from 'aws-cdk-lib/aws-autoscaling';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { SecurityGroup, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { FileSystem } from 'aws-cdk-lib/aws-efs';
import { ApplicationTargetGroup } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { PLACES } from './place';
import { policiesOf } from './role-policies';
import { policies } from '../../lib';

const arn = (service: string, resource: string) => `arn:aws:${service}:us-west-2:123456789012:${resource}`;
const key = (stack: Stack) => Key.fromKeyArn(stack, 'Key', arn('kms', 'key/*'));
const role = (stack: Stack, name: string) => Role.fromRoleName(stack, name, name);
const fileSystem = (stack: Stack) => FileSystem.fromFileSystemAttributes(stack, 'Files', {
  fileSystemId: 'fs-*', securityGroup: SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-1'),
});
const bucket = (stack: Stack) => Bucket.fromBucketName(stack, 'Backups', 'backups');

const POLICIES: { readonly [property: string]: (stack: Stack) => policies.IControllerPolicy } = {
  'FluentBitPolicy: logGroups[1]': (stack) =>
    new policies.FluentBitPolicy({ logGroups: ['/apps/web', '/apps/*'].map((name) => LogGroup.fromLogGroupName(stack, name, name)) }),
  'EcrImageBuilderPolicy: repositories[0]': (stack) => new policies.EcrImageBuilderPolicy({ repositories: [Repository.fromRepositoryName(stack, 'Repository', 'a*')] }),
  'EcrImageBuilderPolicy: baseRepositories[0]': (stack) =>
    new policies.EcrImageBuilderPolicy({ allRepositories: true, baseRepositories: [Repository.fromRepositoryName(stack, 'Repository', 'a*')] }),
  'ExternalSecretsPolicy: secrets[0]': (stack) => new policies.ExternalSecretsPolicy({ secrets: [Secret.fromSecretNameV2(stack, 'Secret', '*')] }),
  'SecretsStoreCsiProviderPolicy: parameters[0]': (stack) =>
    new policies.SecretsStoreCsiProviderPolicy({ parameters: [StringParameter.fromStringParameterName(stack, 'Parameter', '/apps/?')] }),
  'AwsLoadBalancerControllerPolicy: webAclArns[0]': (stack) =>
    new policies.AwsLoadBalancerControllerPolicy({ webAclArns: [stack.formatArn({ service: 'wafv2', resource: 'regional/webacl', resourceName: '*' })] }),
  'AwsLoadBalancerControllerPolicy: targetGroups[0]': (stack) => new policies.AwsLoadBalancerControllerPolicy({
    targetGroups: [ApplicationTargetGroup.fromTargetGroupAttributes(stack, 'Targets', { targetGroupArn: arn('elasticloadbalancing', 'targetgroup/*/1') })],
  }),
  'AwsLoadBalancerControllerPolicy: securityGroups[0]': (stack) =>
    new policies.AwsLoadBalancerControllerPolicy({ securityGroups: [SecurityGroup.fromSecurityGroupId(stack, 'Group', 'sg-*')] }),
  'AwsLoadBalancerControllerPolicy: userPools[0]': (stack) =>
    new policies.AwsLoadBalancerControllerPolicy({ userPools: [UserPool.fromUserPoolArn(stack, 'Users', arn('cognito-idp', 'userpool/us-west-2_*'))] }),
  'ClusterAutoscalerPolicy: autoScalingGroups[0]': (stack) =>
    new policies.ClusterAutoscalerPolicy({ autoScalingGroups: [AutoScalingGroup.fromAutoScalingGroupName(stack, 'Nodes', 'nodes-*')] }),
  'EbsCsiDriverPolicy: encryptionKeys[0]': (stack) => new policies.EbsCsiDriverPolicy({ encryptionKeys: [key(stack)] }),
  'EfsCsiDriverPolicy: fileSystems[0]': (stack) => new policies.EfsCsiDriverPolicy({ fileSystems: [fileSystem(stack)] }),
  'EfsCsiDriverNodePolicy: fileSystems[0]': (stack) => new policies.EfsCsiDriverNodePolicy({ fileSystems: [fileSystem(stack)] }),
  'ExternalSecretsPolicy: assumedRoles[1]': (stack) => new policies.ExternalSecretsPolicy({ assumedRoles: [role(stack, 'team-a'), role(stack, 'team-?')] }),
  'ExternalSecretsPolicy: encryptionKeys[0]': (stack) => new policies.ExternalSecretsPolicy({ allSecrets: true, encryptionKeys: [key(stack)] }),
  'KarpenterPolicy: nodeRoles[0]': (stack) => new policies.KarpenterPolicy({ nodeRoles: [role(stack, 'Karpenter*')] }),
  'KarpenterPolicy: interruptionQueue': (stack) =>
    new policies.KarpenterPolicy({ nodeRoles: [role(stack, 'Karpenter')], interruptionQueue: Queue.fromQueueArn(stack, 'Queue', arn('sqs', 'karpenter-*')) }),
  'PrometheusQueryPolicy: workspaceArns[0]': (stack) => new policies.PrometheusQueryPolicy({ workspaceArns: [stack.formatArn({ service: 'aps', resource: 'workspace', resourceName: '*' })] }),
  'VeleroPolicy: bucketEncryptionKey': (stack) => new policies.VeleroPolicy({ bucket: bucket(stack), bucketEncryptionKey: key(stack) }),
  'VeleroPolicy: volumeEncryptionKeys[0]': (stack) => new policies.VeleroPolicy({ bucket: bucket(stack), volumeSnapshots: true, volumeEncryptionKeys: [key(stack)] }),
  'VpcCniPolicy: vpc': (stack) => new policies.VpcCniPolicy({ vpc: Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-*', availabilityZones: ['a'] }) }),
};

test.each(Object.entries(POLICIES))('%s with a wildcard in a name is refused, because it would be access to several resources', (property, policy) => {
  const make = () => policiesOf({ policy }, PLACES[0]);
  expect(make).toThrow(`${property} is "`);
  expect(make).toThrow('", but must be without the wildcards * and ?');
});

test('An alias of a key is refused, because IAM does not find keys by their aliases', () => {
  const alias = Alias.fromAliasName(new Stack(), 'Alias', 'alias/volumes');
  const error = 'must be a key, and not an alias: import it with kms.Key.fromKeyArn or fromLookup, because IAM does not find keys by their aliases';
  expect(() => new policies.EbsCsiDriverPolicy({ encryptionKeys: [alias] })).toThrow(`EbsCsiDriverPolicy: encryptionKeys[0] ${error}`);
  expect(() => new policies.SecretsStoreCsiProviderPolicy({ allSecrets: true, encryptionKeys: [alias] })).toThrow(`SecretsStoreCsiProviderPolicy: encryptionKeys[0] ${error}`);
  expect(() => new policies.VeleroPolicy({ bucket: bucket(new Stack()), bucketEncryptionKey: alias })).toThrow(`VeleroPolicy: bucketEncryptionKey ${error}`);
});

test('An error about a name does not show the text of tokens', () => {
  const stack = new Stack();
  expect(() => new policies.KarpenterPolicy({ nodeRoles: [role(stack, 'nodes-*')] }))
    .toThrow('KarpenterPolicy: nodeRoles[0] is "arn:…:iam::…:role/nodes-*", but must be without the wildcards');
});

test.each(['*', 'my-acl'])('A web ACL that is not named by its ARN, such as %s, is refused', (webAcl) => {
  expect(() => new policies.AwsLoadBalancerControllerPolicy({ webAclArns: [webAcl] }))
    .toThrow(`webAclArns[0] is "${webAcl}", but must be the ARN of a regional web ACL: for example that of a CfnWebACL, its attrArn`);
});

test.each(['*', '/hostedzone/Z1', 'example.com'])('The hosted zone %s is refused, because it is not the ID of one', (id) => {
  const hostedZones = [HostedZone.fromHostedZoneId(new Stack(), 'Zone', id)];
  const error = `hostedZones[0] is "${id}", but must be the ID of a hosted zone, of digits and upper-case letters: leave out the prefix /hostedzone/`;
  expect(() => new policies.ExternalDnsPolicy({ hostedZones })).toThrow(`ExternalDnsPolicy: ${error}`);
  expect(() => new policies.CertManagerPolicy({ hostedZones })).toThrow(`CertManagerPolicy: ${error}`);
});

test.each<[property: string, policy: () => policies.IControllerPolicy]>([
  ['ClusterAutoscalerPolicy: autoScalingGroups', () => new policies.ClusterAutoscalerPolicy({ autoScalingGroups: [] })],
  ['EbsCsiDriverPolicy: encryptionKeys', () => new policies.EbsCsiDriverPolicy({ encryptionKeys: [] })],
  ['AwsLoadBalancerControllerPolicy: targetGroups', () => new policies.AwsLoadBalancerControllerPolicy({ targetGroups: [] })],
  ['AwsLoadBalancerControllerPolicy: webAclArns', () => new policies.AwsLoadBalancerControllerPolicy({ webAclArns: [] })],
])('%s is refused if it is empty', (property, policy) => {
  expect(policy).toThrow(`${property} must be a list of at least one, or omitted`);
});
