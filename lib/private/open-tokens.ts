import { CfnParameter, CfnResource, DefaultTokenResolver, IPostProcessor, IResolvable, IResolveContext, Reference, StringConcat, Tokenization } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { isPseudoParameter, looksLikeIntrinsic } from './intrinsics';
import { propertiesOf } from './resource-properties';

/** What `Ref` and `Fn::GetAtt` return for resources of a type, limited to characters that have no meaning in a text or a policy. */
interface Closed {
  /** The attributes; `Ref` is one of them. */
  readonly attributes: readonly string[];
  /** Attributes that contain a property whose characters AWS does not limit. */
  readonly with?: { readonly [attribute: string]: string };
}

const closed = (...attributes: string[]): Closed => ({ attributes });
/** Names of IAM have only letters, digits and `_+=,.@-`, but a path has any of `!` to DEL. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const inPath = (attributes: string[], ...arns: string[]): Closed => ({ attributes, with: Object.fromEntries(arns.map((arn) => [arn, 'Path'])) });

/** Each with the page that limits its name; AWS generates ids and ARNs. */
const RESOURCES: { readonly [type: string]: Closed } = {
  /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_CertificateAuthority.html */
  'AWS::ACMPCA::CertificateAuthority': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/prometheus/latest/APIReference/API_WorkspaceDescription.html */
  'AWS::APS::Workspace': closed('Ref', 'Arn', 'WorkspaceId', 'PrometheusEndpoint'),
  /** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
  'AWS::ApiGateway::RestApi': closed('Ref', 'RestApiId', 'RootResourceId'),
  'AWS::ApiGateway::Stage': closed('Ref'),
  /** @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html */
  'AWS::Athena::WorkGroup': closed('Ref'),
  /** Names have any of ASCII 33 to 126 except `:`. @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
  'AWS::AutoScaling::AutoScalingGroup': { attributes: [], with: { Ref: 'AutoScalingGroupName' } },
  /** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetInferenceProfile.html */
  'AWS::Bedrock::ApplicationInferenceProfile': closed('Ref', 'InferenceProfileArn', 'InferenceProfileId', 'InferenceProfileIdentifier'),
  /** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_GetGuardrail.html */
  'AWS::Bedrock::Guardrail': closed('Ref', 'GuardrailArn', 'GuardrailId'),
  /** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_agent_KnowledgeBase.html */
  'AWS::Bedrock::KnowledgeBase': closed('Ref', 'KnowledgeBaseArn', 'KnowledgeBaseId'),
  /** @see https://docs.aws.amazon.com/acm/latest/APIReference/API_CertificateDetail.html */
  'AWS::CertificateManager::Certificate': closed('Ref'),
  /** @see https://docs.aws.amazon.com/codeartifact/latest/APIReference/API_CreateRepository.html */
  'AWS::CodeArtifact::Domain': closed('Ref', 'Arn', 'Name'),
  'AWS::CodeArtifact::Repository': closed('Ref', 'Arn', 'DomainName', 'Name'),
  /** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html */
  'AWS::Cognito::UserPool': closed('Ref', 'Arn', 'UserPoolId'),
  /** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
  'AWS::DynamoDB::GlobalTable': closed('Ref', 'Arn', 'StreamArn', 'TableId'),
  'AWS::DynamoDB::Table': closed('Ref', 'Arn', 'StreamArn'),
  /** EC2 also knows the zones, and parses CIDR blocks. @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
  'AWS::EC2::Instance': closed('Ref', 'InstanceId'),
  'AWS::EC2::LaunchTemplate': closed('Ref', 'LaunchTemplateId', 'DefaultVersionNumber', 'LatestVersionNumber'),
  'AWS::EC2::NatGateway': closed('Ref', 'NatGatewayId'),
  'AWS::EC2::RouteTable': closed('Ref', 'RouteTableId'),
  /** `Ref` is the name if the template has no VPC for the group, and a name can contain `*`. */
  'AWS::EC2::SecurityGroup': { attributes: ['GroupId', 'VpcId'], with: { Ref: 'GroupName' } },
  'AWS::EC2::Subnet': closed('Ref', 'SubnetId', 'VpcId', 'AvailabilityZone', 'CidrBlock'),
  'AWS::EC2::VPC': closed('Ref', 'VpcId', 'CidrBlock', 'DefaultSecurityGroup'),
  'AWS::EC2::VPCEndpoint': closed('Ref', 'Id'),
  'AWS::EC2::Volume': closed('Ref', 'VolumeId'),
  /** @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
  'AWS::ECR::Repository': closed('Ref', 'Arn', 'RepositoryUri'),
  /** @see https://docs.aws.amazon.com/efs/latest/ug/API_FileSystemDescription.html */
  'AWS::EFS::AccessPoint': closed('Ref', 'AccessPointId', 'Arn'),
  'AWS::EFS::FileSystem': closed('Ref', 'FileSystemId', 'Arn'),
  /** @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
  'AWS::EKS::Cluster': closed('Ref', 'Arn', 'CertificateAuthorityData', 'ClusterSecurityGroupId', 'Endpoint', 'Id', 'OpenIdConnectIssuerUrl'),
  /** The API does not limit names; only the User Guide does. @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
  'AWS::EKS::Nodegroup': { attributes: ['ClusterName'], with: { Ref: 'NodegroupName', NodegroupName: 'NodegroupName', Arn: 'NodegroupName' } },
  /** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
  'AWS::ElastiCache::ReplicationGroup': closed('Ref'),
  /** AWS does not document the characters of names. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateServerlessCache.html */
  'AWS::ElastiCache::ServerlessCache': { attributes: [], with: { Ref: 'ServerlessCacheName', ARN: 'ServerlessCacheName' } },
  /** @see https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateUser.html */
  'AWS::ElastiCache::User': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
  'AWS::ElasticLoadBalancingV2::LoadBalancer': closed('Ref', 'LoadBalancerArn', 'LoadBalancerFullName', 'LoadBalancerName', 'DNSName', 'CanonicalHostedZoneID'),
  /** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
  'AWS::ElasticLoadBalancingV2::TargetGroup': closed('Ref', 'TargetGroupArn', 'TargetGroupFullName', 'TargetGroupName'),
  /** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
  'AWS::Events::EventBus': closed('Ref', 'Arn', 'Name'),
  'AWS::IAM::Group': inPath(['Ref'], 'Arn'),
  'AWS::IAM::InstanceProfile': inPath(['Ref'], 'Arn'),
  'AWS::IAM::ManagedPolicy': inPath(['PolicyId'], 'Ref', 'PolicyArn'),
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
  'AWS::IAM::OIDCProvider': { attributes: [], with: { Ref: 'Url', Arn: 'Url' } },
  'AWS::IAM::Role': inPath(['Ref', 'RoleId'], 'Arn'),
  'AWS::IAM::User': inPath(['Ref'], 'Arn'),
  /** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
  'AWS::KMS::Alias': closed('Ref'),
  'AWS::KMS::Key': closed('Ref', 'Arn', 'KeyId'),
  /** @see https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
  'AWS::Kinesis::Stream': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html */
  'AWS::KinesisFirehose::DeliveryStream': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
  'AWS::Lambda::Alias': closed('Ref', 'AliasArn'),
  /** A `$` is only allowed in `$LATEST`, which has no meaning. @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
  'AWS::Lambda::Function': closed('Ref', 'Arn'),
  'AWS::Lambda::Version': closed('Ref', 'FunctionArn', 'Version'),
  /** AWS ends the ARN with `:*`, whatever the name is. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html */
  'AWS::Logs::LogGroup': closed('Ref', 'Arn'),
  /** AWS does not document the characters of names. @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html */
  'AWS::MSK::Cluster': { attributes: [], with: { Ref: 'ClusterName', Arn: 'ClusterName' } },
  'AWS::MSK::ServerlessCluster': { attributes: [], with: { Ref: 'ClusterName', Arn: 'ClusterName' } },
  /** @see https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/API_CollectionDetail.html */
  'AWS::OpenSearchServerless::Collection': closed('Ref', 'Arn', 'Id'),
  /** @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html */
  'AWS::OpenSearchService::Domain': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
  'AWS::RDS::DBCluster': closed('Ref', 'DBClusterArn', 'DBClusterResourceId', 'MasterUserSecret.SecretArn'),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
  'AWS::RDS::DBInstance': closed('Ref', 'DBInstanceArn', 'DbiResourceId', 'MasterUserSecret.SecretArn'),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html */
  'AWS::RDS::DBProxy': closed('Ref', 'DBProxyArn'),
  /** @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HostedZone.html */
  'AWS::Route53::HostedZone': closed('Ref', 'Id'),
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-restrictions-limitations-naming-rules.html */
  'AWS::S3::AccessPoint': closed('Ref', 'Alias', 'Arn', 'Name'),
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
  'AWS::S3::Bucket': closed('Ref', 'Arn', 'DomainName', 'DualStackDomainName', 'RegionalDomainName', 'WebsiteURL'),
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html */
  'AWS::S3Express::DirectoryBucket': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  'AWS::SNS::Topic': closed('Ref', 'TopicArn', 'TopicName'),
  /** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
  'AWS::SQS::Queue': closed('Ref', 'Arn', 'QueueName', 'QueueUrl'),
  /** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html */
  'AWS::SSM::Parameter': closed('Ref'),
  /** @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
  'AWS::SecretsManager::Secret': closed('Ref', 'Id'),
  'AWS::SecretsManager::SecretTargetAttachment': { attributes: [], with: { Ref: 'SecretId' } },
  /** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
  'AWS::StepFunctions::Activity': closed('Ref', 'Arn', 'Name'),
  'AWS::StepFunctions::StateMachine': closed('Ref', 'Arn', 'Name'),
  /** What EKS says about a cluster. A resource of this type can get its values elsewhere, but the author of the app decides that. */
  'Custom::AWSCDK-EKS-Cluster': closed('Ref', 'Arn', 'CertificateAuthorityData', 'ClusterSecurityGroupId', 'Endpoint', 'OpenIdConnectIssuer', 'OpenIdConnectIssuerUrl'),
  'Custom::AWSCDKOpenIdConnectProvider': { attributes: [], with: { Ref: 'Url' } },
};

/**
 * Types whose values CloudFormation compares with what is in the account, or parses. Names of key pairs and security groups are open: they
 * can contain `*`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 */
const PARAMETERS = [
  'Number', 'AWS::EC2::AvailabilityZone::Name', 'AWS::EC2::Image::Id', 'AWS::EC2::Instance::Id', 'AWS::EC2::SecurityGroup::Id', 'AWS::EC2::Subnet::Id',
  'AWS::EC2::VPC::Id', 'AWS::EC2::Volume::Id', 'AWS::Route53::HostedZone::Id',
];
/** Functions whose results have no characters with a meaning, unless their arguments do. */
const FUNCTIONS = ['Fn::Join', 'Fn::Select', 'Fn::Split', 'Fn::If', 'Fn::Base64', 'Fn::Cidr', 'Fn::GetAZs'];
/** In the JSON of a value: what has a meaning in a policy, in JSON or in a dynamic reference. */
const HAS_MEANING = /[*?$]|\\|\{\{/;

/**
 * Whether someone who sets a value of the deployment could put characters with a meaning into a value: `*`, `?`, `$`, quotes. AWS limits the
 * characters of what is closed. Everything that is not known to be closed is open. Literals are closed: they are what the author wants.
 */
export function isOpen(scope: IConstruct, value: unknown): boolean {
  const judge = new Judge();
  const resolved = Tokenization.resolve(value, { scope, resolver: judge, preparing: true });
  return judge.foundOpen || !isClosedData(resolved);
}

/** Replaces each reference, wherever its resource is, so that what remains is data of the app. */
class Judge extends DefaultTokenResolver {
  public foundOpen = false;

  constructor() {
    super(new StringConcat());
  }

  public resolveToken(token: IResolvable, context: IResolveContext, postProcessor: IPostProcessor): any {
    const closedReference = Reference.isReference(token) && isClosedReference(token);
    const resolved = closedReference ? '' : super.resolveToken(token, context, postProcessor);
    this.foundOpen ||= !isClosedData(resolved);
    return resolved;
  }
}

function isClosedReference({ target, displayName }: Reference): boolean {
  if (target instanceof CfnParameter) {
    return isClosedParameter(target);
  }
  if (!CfnResource.isCfnResource(target)) {
    return displayName.startsWith('AWS::'); // a pseudo parameter
  }
  const { attributes, with: properties = {} }: Closed = RESOURCES[target.cfnResourceType] ?? closed();
  return attributes.includes(displayName) || (displayName in properties && hasNoMeaning(target, properties[displayName]));
}

function isClosedParameter({ type, allowedValues }: CfnParameter): boolean {
  const item = /^List<(.+)>$/.exec(type)?.[1] ?? type;
  return PARAMETERS.includes(item) || (allowedValues !== undefined && !HAS_MEANING.test(JSON.stringify(allowedValues)));
}

/** Whether neither a token nor a literal in a property has characters with a meaning. */
function hasNoMeaning(resource: CfnResource, property: string): boolean {
  const { Properties: overrides = {} } = (resource as unknown as { readonly rawOverrides: { readonly Properties?: any } }).rawOverrides;
  const given = propertiesOf(resource);
  const values = [overrides[property], given[property], given[property[0].toLowerCase() + property.slice(1)]].filter((value) => value !== undefined);
  return values.every((value) => !isOpen(resource, value) && !HAS_MEANING.test(JSON.stringify(resource.stack.resolve(value))));
}

/** Whether what remains after tokens were replaced has no function that returns other values. */
function isClosedData(value: unknown): boolean {
  if (typeof value === 'string') {
    return !value.includes('{{resolve:');
  }
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  if (looksLikeIntrinsic(value) && !isPseudoParameter(value) && !FUNCTIONS.some((name) => name in value)) {
    return false;
  }
  return Object.values(value).every(isClosedData);
}
