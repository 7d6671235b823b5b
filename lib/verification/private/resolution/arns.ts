/**
 * What `Ref` and `Fn::GetAtt` return for resources of a type, as `Fn::Sub` would write it: `${Property}` is a property of the resource, or what CloudFormation or the
 * service generates in its place, `${Property-prefix}` is a property without a prefix, and `${Property-*text}` without all up to a text, if it has that.
 */
export interface ResourceFormat {
  readonly arn: string;
  readonly ref: string;
  readonly attributes?: { readonly [name: string]: string };
  /** Generated values that differ between all resources of the type. */
  readonly unique?: readonly string[];
  /** The values of properties that are not given. */
  readonly defaults?: { readonly [property: string]: string };
}

/** `arn:partition:service:region:account:` */
const regional = (service: string) => `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:`;
const IAM = 'arn:${AWS::Partition}:iam::${AWS::AccountId}:';

/** A resource whose `Ref` is its name. */
function byName(property: string, arn: string, attributes: { readonly [name: string]: string } = {}): ResourceFormat {
  return { arn, ref: `\${${property}}`, attributes: { Arn: arn, ...attributes }, unique: [property], defaults: { Path: '/' } };
}

/** A resource whose `Ref` is its ARN. */
function byArn(arn: string, unique: string[], attributes: { readonly [name: string]: string } = {}): ResourceFormat {
  return { arn, ref: arn, attributes, unique, defaults: { Path: '/' } };
}

const ISSUER = '${IssuerHost}/id/${IssuerId}';

function cluster(name: string): ResourceFormat {
  const format = byName(name, `${regional('eks')}cluster/\${${name}}`, { OpenIdConnectIssuerUrl: `https://${ISSUER}`, OpenIdConnectIssuer: ISSUER });
  return { ...format, unique: [name, 'IssuerId'] };
}

const oidcProvider = (arn = `${IAM}oidc-provider/\${Url-https://}`) => byArn(arn, [], { Arn: arn });

const PRIMARY_KEY_ID = 'PrimaryKeyArn-*:key/';

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html#sqs-general-identifiers */
const QUEUE_URL = 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/${AWS::AccountId}/${QueueName}';

/** @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
export const FORMATS: { readonly [type: string]: ResourceFormat } = {
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html */
  'AWS::IAM::Role': byName('RoleName', `${IAM}role\${Path}\${RoleName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-user.html */
  'AWS::IAM::User': byName('UserName', `${IAM}user\${Path}\${UserName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-group.html */
  'AWS::IAM::Group': byName('GroupName', `${IAM}group\${Path}\${GroupName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-instanceprofile.html */
  'AWS::IAM::InstanceProfile': byName('InstanceProfileName', `${IAM}instance-profile\${Path}\${InstanceProfileName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html */
  'AWS::IAM::ManagedPolicy': byArn(`${IAM}policy\${Path}\${ManagedPolicyName}`, ['ManagedPolicyName'], { PolicyArn: `${IAM}policy\${Path}\${ManagedPolicyName}` }),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-oidcprovider.html */
  'AWS::IAM::OIDCProvider': oidcProvider(),
  /** Of the aws-cdk: the ID of its resource is the ARN. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_iam.OpenIdConnectProvider.html */
  'Custom::AWSCDKOpenIdConnectProvider': oidcProvider(),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html */
  'AWS::S3::Bucket': byName('BucketName', 'arn:${AWS::Partition}:s3:::${BucketName}'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
  'AWS::SQS::Queue': { ...byName('QueueName', `${regional('sqs')}\${QueueName}`, { QueueName: '${QueueName}', QueueUrl: QUEUE_URL }), ref: QUEUE_URL },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html */
  'AWS::SNS::Topic': byArn(`${regional('sns')}\${TopicName}`, ['TopicName'], { TopicArn: `${regional('sns')}\${TopicName}`, TopicName: '${TopicName}' }),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html */
  'AWS::KMS::Key': byName('KeyId', `${regional('kms')}key/\${KeyId}`, { KeyId: '${KeyId}' }),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html */
  'AWS::SecretsManager::Secret': byArn(`${regional('secretsmanager')}secret:\${Name}-\${Suffix}`, ['Name'], { Id: `${regional('secretsmanager')}secret:\${Name}-\${Suffix}` }),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html */
  'AWS::ECR::Repository': byName('RepositoryName', `${regional('ecr')}repository/\${RepositoryName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
  'AWS::Lambda::Function': byName('FunctionName', `${regional('lambda')}function:\${FunctionName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
  'AWS::Lambda::Alias': byArn(`${regional('lambda')}function:\${FunctionName-*:function:}:\${Name}`, []),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html */
  'AWS::DynamoDB::Table': byName('TableName', `${regional('dynamodb')}table/\${TableName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html */
  'AWS::DynamoDB::GlobalTable': byName('TableName', `${regional('dynamodb')}table/\${TableName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html */
  'AWS::SSM::Parameter': { arn: `${regional('ssm')}parameter/\${Name-/}`, ref: '${Name}', unique: ['Name'] },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-route53-hostedzone.html */
  'AWS::Route53::HostedZone': { arn: 'arn:${AWS::Partition}:route53:::hostedzone/${Id}', ref: '${Id}', attributes: { Id: '${Id}' }, unique: ['Id'] },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-cluster.html */
  'AWS::EKS::Cluster': cluster('Name'),
  /** Of the aws-cdk. @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.Cluster.html */
  'Custom::AWSCDK-EKS-Cluster': cluster('Config.name'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-nodegroup.html */
  'AWS::EKS::Nodegroup': {
    arn: `${regional('eks')}nodegroup/\${ClusterName}/\${NodegroupName}/\${Uuid}`,
    ref: '${Id}',
    attributes: { Arn: `${regional('eks')}nodegroup/\${ClusterName}/\${NodegroupName}/\${Uuid}`, Id: '${Id}', ClusterName: '${ClusterName}', NodegroupName: '${NodegroupName}' },
    unique: ['Id', 'NodegroupName'],
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html */
  'AWS::AutoScaling::AutoScalingGroup':
    byName('AutoScalingGroupName', `${regional('autoscaling')}autoScalingGroup:\${Uuid}:autoScalingGroupName/\${AutoScalingGroupName}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html */
  'AWS::Logs::LogGroup': byName('LogGroupName', `${regional('logs')}log-group:\${LogGroupName}`, { Arn: `${regional('logs')}log-group:\${LogGroupName}:*` }),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html */
  'AWS::EFS::FileSystem': byName('FileSystemId', `${regional('elasticfilesystem')}file-system/\${FileSystemId}`, { FileSystemId: '${FileSystemId}' }),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-accesspoint.html */
  'AWS::EFS::AccessPoint': byName('AccessPointId', `${regional('elasticfilesystem')}access-point/\${AccessPointId}`, { AccessPointId: '${AccessPointId}' }),
  /** It has the ID of its primary key. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html */
  'AWS::KMS::ReplicaKey': { ...byName(PRIMARY_KEY_ID, `${regional('kms')}key/\${${PRIMARY_KEY_ID}}`, { KeyId: `\${${PRIMARY_KEY_ID}}` }), unique: [] },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesis-stream.html */
  'AWS::Kinesis::Stream': byName('Name', `${regional('kinesis')}stream/\${Name}`),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-aps-workspace.html */
  'AWS::APS::Workspace':
    byArn(`${regional('aps')}workspace/\${WorkspaceId}`, ['WorkspaceId'], { Arn: `${regional('aps')}workspace/\${WorkspaceId}`, WorkspaceId: '${WorkspaceId}' }),
};

/** Whether the ARNs of resources of a type are known. */
export const hasFormat = (type: string): boolean => Object.hasOwn(FORMATS, type);
