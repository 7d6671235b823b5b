/** What `Ref` and `Fn::GetAtt` return for resources of a type, limited to characters that have no meaning in a text or a policy. */
export interface ClosedAttributes {
  /** The attributes; `Ref` is one of them. */
  readonly attributes: readonly string[];
  /** Attributes that contain a property whose characters AWS does not limit. */
  readonly with?: { readonly [attribute: string]: string };
}

const closed = (...attributes: string[]): ClosedAttributes => ({ attributes });
/** Names of IAM have only letters, digits and `_+=,.@-`, but a path has any of `!` to DEL. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const withPath = (...arns: string[]) => ({ with: Object.fromEntries(arns.map((arn) => [arn, 'Path'])) });

/** Each with the page that limits its name; AWS generates ids and ARNs. */
export const CLOSED_RESOURCES: { readonly [type: string]: ClosedAttributes } = {
  /** @see https://docs.aws.amazon.com/privateca/latest/APIReference/API_CertificateAuthority.html */
  'AWS::ACMPCA::CertificateAuthority': closed('Ref', 'Arn'),
  /** @see https://docs.aws.amazon.com/prometheus/latest/APIReference/API_WorkspaceDescription.html */
  'AWS::APS::Workspace': closed('Ref', 'Arn', 'WorkspaceId', 'PrometheusEndpoint'),
  /** @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
  'AWS::ApiGateway::RestApi': closed('Ref', 'RestApiId', 'RootResourceId'),
  'AWS::ApiGateway::Stage': closed('Ref'),
  /** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid.html */
  'AWS::ApiGatewayV2::Api': closed('Ref', 'ApiId', 'ApiEndpoint'),
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
  'AWS::EC2::EIP': closed('Ref', 'AllocationId', 'PublicIp'),
  'AWS::EC2::Instance': closed('Ref', 'InstanceId'),
  'AWS::EC2::KeyPair': closed('KeyPairId', 'KeyFingerprint'),
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
  'AWS::IAM::Group': { attributes: ['Ref'], ...withPath('Arn') },
  'AWS::IAM::InstanceProfile': { attributes: ['Ref'], ...withPath('Arn') },
  'AWS::IAM::ManagedPolicy': { attributes: ['PolicyId'], ...withPath('Ref', 'PolicyArn') },
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html */
  'AWS::IAM::OIDCProvider': { attributes: [], with: { Ref: 'Url', Arn: 'Url' } },
  'AWS::IAM::Role': { attributes: ['Ref', 'RoleId'], ...withPath('Arn') },
  /** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateSAMLProvider.html */
  'AWS::IAM::SAMLProvider': closed('Ref', 'Arn'),
  'AWS::IAM::User': { attributes: ['Ref'], ...withPath('Arn') },
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
  /** @see https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html */
  'AWS::Lambda::Url': closed('Ref', 'FunctionArn', 'FunctionUrl'),
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
  'AWS::RDS::DBCluster': closed('Ref', 'DBClusterArn', 'DBClusterResourceId', 'Endpoint.Address', 'MasterUserSecret.SecretArn', 'ReadEndpoint.Address'),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
  'AWS::RDS::DBInstance': closed('Ref', 'DBInstanceArn', 'DbiResourceId', 'Endpoint.Address', 'MasterUserSecret.SecretArn'),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html */
  'AWS::RDS::DBProxy': closed('Ref', 'DBProxyArn', 'Endpoint'),
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
