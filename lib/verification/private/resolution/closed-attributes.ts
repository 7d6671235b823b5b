/**
 * What `Ref` and `Fn::GetAtt` return without quotes and backslashes, although its format is not known: AWS generates IDs and ARNs, and limits the characters of
 * names. `lib/private/closed-resources.ts` has the page about each type, and a test compares the two.
 */
export const CLOSED: { readonly [type: string]: readonly string[] } = {
  'AWS::ACMPCA::CertificateAuthority': ['Ref', 'Arn'],
  'AWS::APS::Workspace': ['Ref', 'Arn', 'WorkspaceId', 'PrometheusEndpoint'],
  'AWS::ApiGateway::RestApi': ['Ref', 'RestApiId', 'RootResourceId'],
  'AWS::ApiGateway::Stage': ['Ref'],
  'AWS::ApiGatewayV2::Api': ['Ref', 'ApiId', 'ApiEndpoint'],
  'AWS::Athena::WorkGroup': ['Ref'],
  'AWS::Bedrock::ApplicationInferenceProfile': ['Ref', 'InferenceProfileArn', 'InferenceProfileId', 'InferenceProfileIdentifier'],
  'AWS::Bedrock::Guardrail': ['Ref', 'GuardrailArn', 'GuardrailId'],
  'AWS::Bedrock::KnowledgeBase': ['Ref', 'KnowledgeBaseArn', 'KnowledgeBaseId'],
  'AWS::CertificateManager::Certificate': ['Ref'],
  'AWS::CodeArtifact::Domain': ['Ref', 'Arn', 'Name'],
  'AWS::CodeArtifact::Repository': ['Ref', 'Arn', 'DomainName', 'Name'],
  'AWS::Cognito::UserPool': ['Ref', 'Arn', 'UserPoolId'],
  'AWS::DynamoDB::GlobalTable': ['StreamArn', 'TableId'],
  'AWS::DynamoDB::Table': ['StreamArn'],
  'AWS::EC2::EIP': ['Ref', 'AllocationId', 'PublicIp'],
  'AWS::EC2::Instance': ['Ref', 'InstanceId'],
  'AWS::EC2::KeyPair': ['KeyPairId', 'KeyFingerprint'],
  'AWS::EC2::LaunchTemplate': ['Ref', 'LaunchTemplateId', 'DefaultVersionNumber', 'LatestVersionNumber'],
  'AWS::EC2::NatGateway': ['Ref', 'NatGatewayId'],
  'AWS::EC2::RouteTable': ['Ref', 'RouteTableId'],
  'AWS::EC2::SecurityGroup': ['GroupId', 'VpcId'],
  'AWS::EC2::Subnet': ['Ref', 'SubnetId', 'VpcId', 'AvailabilityZone', 'CidrBlock'],
  'AWS::EC2::VPC': ['Ref', 'VpcId', 'CidrBlock', 'DefaultSecurityGroup'],
  'AWS::EC2::VPCEndpoint': ['Ref', 'Id'],
  'AWS::EC2::Volume': ['Ref', 'VolumeId'],
  'AWS::ECR::Repository': ['RepositoryUri'],
  'AWS::EKS::Cluster': ['CertificateAuthorityData', 'ClusterSecurityGroupId', 'Endpoint', 'Id'],
  'AWS::ElastiCache::ReplicationGroup': ['Ref'],
  'AWS::ElastiCache::User': ['Ref', 'Arn'],
  'AWS::ElasticLoadBalancingV2::LoadBalancer': ['Ref', 'LoadBalancerArn', 'LoadBalancerFullName', 'LoadBalancerName', 'DNSName', 'CanonicalHostedZoneID'],
  'AWS::ElasticLoadBalancingV2::TargetGroup': ['Ref', 'TargetGroupArn', 'TargetGroupFullName', 'TargetGroupName'],
  'AWS::Events::EventBus': ['Ref', 'Arn', 'Name'],
  'AWS::IAM::ManagedPolicy': ['PolicyId'],
  'AWS::IAM::Role': ['RoleId'],
  'AWS::IAM::SAMLProvider': ['Ref', 'Arn'],
  'AWS::KMS::Alias': ['Ref'],
  'AWS::Kinesis::Stream': ['Ref', 'Arn'],
  'AWS::KinesisFirehose::DeliveryStream': ['Ref', 'Arn'],
  'AWS::Lambda::Alias': ['AliasArn'],
  'AWS::Lambda::Url': ['Ref', 'FunctionArn', 'FunctionUrl'],
  'AWS::Lambda::Version': ['Ref', 'FunctionArn', 'Version'],
  'AWS::OpenSearchServerless::Collection': ['Ref', 'Arn', 'Id'],
  'AWS::OpenSearchService::Domain': ['Ref', 'Arn'],
  'AWS::RDS::DBCluster': ['Ref', 'DBClusterArn', 'DBClusterResourceId', 'Endpoint.Address', 'MasterUserSecret.SecretArn', 'ReadEndpoint.Address'],
  'AWS::RDS::DBInstance': ['Ref', 'DBInstanceArn', 'DbiResourceId', 'Endpoint.Address', 'MasterUserSecret.SecretArn'],
  'AWS::RDS::DBProxy': ['Ref', 'DBProxyArn', 'Endpoint'],
  'AWS::S3::AccessPoint': ['Ref', 'Alias', 'Arn', 'Name'],
  'AWS::S3::Bucket': ['DomainName', 'DualStackDomainName', 'RegionalDomainName', 'WebsiteURL'],
  'AWS::S3Express::DirectoryBucket': ['Ref', 'Arn'],
  'AWS::StepFunctions::Activity': ['Ref', 'Arn', 'Name'],
  'AWS::StepFunctions::StateMachine': ['Ref', 'Arn', 'Name'],
  'Custom::AWSCDK-EKS-Cluster': ['CertificateAuthorityData', 'ClusterSecurityGroupId', 'Endpoint'],
};

/** Names that AWS generates if a property does not give them. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html */
const GENERATED: { readonly [type: string]: string } = { 'AWS::EC2::SecurityGroup': 'GroupName' };

/** Whether an attribute, or `Ref`, never has quotes and backslashes. */
export function isClosedAttribute(type: string, attribute: string, properties: unknown): boolean {
  const isGenerated = attribute === 'Ref' && Object.hasOwn(GENERATED, type) && !Object.keys(Object(properties)).some((name) => name === GENERATED[type] || name.startsWith('Fn::'));
  return isGenerated || (Object.hasOwn(CLOSED, type) && CLOSED[type].includes(attribute));
}
