import { Findings } from './findings';
import { UnreadPolicy } from './model';
import { StackResource, StackResources } from './stack-resources';

/** A resource policy that is not read. */
interface Unread {
  /** The prefix of the actions that it can allow. */
  readonly service: string;
  /** The properties with the policy, one of them. Without them, the whole resource is a policy. */
  readonly properties?: ReadonlyArray<readonly string[]>;
  /** The types of the resources that it can be the policy of, as far as their ARNs are known. */
  readonly of?: readonly string[];
}

const whole = (service: string, ...of: string[]): Unread => ({ service, of });
const within = (service: string, ...properties: string[]): Unread => ({ service, properties: properties.map((property) => property.split('.')) });

/**
 * The types of resources that are, or that have, a policy that is not read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const UNREAD: { readonly [type: string]: Unread } = {
  'AWS::ACMPCA::Permission': whole('acm-pca'),
  'AWS::APS::ResourcePolicy': whole('aps'),
  'AWS::ApiGateway::RestApi': within('execute-api', 'Policy'),
  'AWS::Backup::BackupVault': within('backup', 'AccessPolicy'),
  'AWS::CloudTrail::ResourcePolicy': whole('cloudtrail'),
  'AWS::CodeArtifact::Domain': within('codeartifact', 'PermissionsPolicyDocument'),
  'AWS::CodeArtifact::Repository': within('codeartifact', 'PermissionsPolicyDocument'),
  'AWS::DSQL::Cluster': within('dsql', 'PolicyDocument'),
  'AWS::DynamoDB::Table': { ...within('dynamodb', 'StreamSpecification.ResourcePolicy'), of: ['AWS::DynamoDB::Table'] },
  'AWS::ECR::PublicRepository': within('ecr-public', 'RepositoryPolicyText'),
  'AWS::ECR::RegistryPolicy': whole('ecr', 'AWS::ECR::Repository'),
  'AWS::ECR::RepositoryCreationTemplate': within('ecr', 'RepositoryPolicy'),
  'AWS::Elasticsearch::Domain': within('es', 'AccessPolicies'),
  'AWS::EventSchemas::RegistryPolicy': whole('schemas'),
  'AWS::Events::EventBus': within('events', 'Policy'),
  'AWS::Events::EventBusPolicy': whole('events'),
  'AWS::FSx::S3AccessPointAttachment': within('s3', 'S3AccessPoint.Policy'),
  'AWS::Kinesis::ResourcePolicy': whole('kinesis'),
  'AWS::Lambda::LayerVersionPermission': whole('lambda'),
  'AWS::Lex::ResourcePolicy': whole('lex'),
  'AWS::Logs::Destination': within('logs', 'DestinationPolicy'),
  'AWS::Logs::ResourcePolicy': whole('logs', 'AWS::Logs::LogGroup'),
  'AWS::MSK::ClusterPolicy': whole('kafka-cluster'),
  'AWS::MediaPackageV2::ChannelPolicy': whole('mediapackagev2'),
  'AWS::MediaPackageV2::OriginEndpointPolicy': whole('mediapackagev2'),
  'AWS::MediaStore::Container': within('mediastore', 'Policy'),
  'AWS::Oam::Sink': within('oam', 'Policy'),
  'AWS::OpenSearchService::Domain': within('es', 'AccessPolicies'),
  'AWS::Organizations::ResourcePolicy': whole('organizations'),
  'AWS::QBusiness::Permission': whole('qbusiness'),
  'AWS::RedshiftServerless::Namespace': within('redshift-serverless', 'NamespaceResourcePolicy'),
  'AWS::S3::AccessPoint': within('s3', 'Policy'),
  'AWS::S3::MultiRegionAccessPointPolicy': whole('s3'),
  'AWS::S3Express::AccessPoint': within('s3express', 'Policy'),
  'AWS::S3Express::BucketPolicy': whole('s3express'),
  'AWS::S3ObjectLambda::AccessPointPolicy': whole('s3-object-lambda'),
  'AWS::S3Outposts::AccessPoint': within('s3-outposts', 'Policy'),
  'AWS::S3Outposts::BucketPolicy': whole('s3-outposts'),
  'AWS::S3Tables::TableBucketPolicy': whole('s3tables'),
  'AWS::S3Tables::TablePolicy': whole('s3tables'),
  'AWS::S3Vectors::VectorBucketPolicy': whole('s3vectors'),
  'AWS::SMSVOICE::ResourcePolicy': whole('sms-voice'),
  'AWS::SSM::ResourcePolicy': whole('ssm', 'AWS::SSM::Parameter'),
  'AWS::SageMaker::ModelPackageGroup': within('sagemaker', 'ModelPackageGroupPolicy'),
  'AWS::Signer::ProfilePermission': whole('signer'),
  'AWS::VpcLattice::AuthPolicy': whole('vpc-lattice-svcs'),
  'AWS::VpcLattice::ResourcePolicy': whole('vpc-lattice'),
  'AWS::XRay::ResourcePolicy': whole('xray'),
};

/** The resource policies of the templates that are not read, each with a finding: what they allow is not known. */
export const readUnreadPolicies = (resources: StackResources, findings: Findings): UnreadPolicy[] =>
  resources.ofType(...Object.keys(UNREAD)).filter((resource) => hasPolicy(resource, UNREAD[resource.type])).map((resource) => {
    const { service, of = [] } = UNREAD[resource.type];
    const [what, place] = [`the policy of ${resource.logicalId}, of type ${resource.type}, is not read`, resource.place()];
    findings.add('unread-policy', `${what}: it can allow actions of ${service}`, place);
    return { service, of, what, place };
  });

const hasPolicy = (resource: StackResource, { properties = [] }: Unread) =>
  properties.length === 0 || properties.some((path) => resource.property(...path) !== undefined);
