import { isSeparatePolicy } from './separate-policies';

/** Permissions that a resource gives, and that are not read: a resource policy, or what is like one. */
export interface UnreadType {
  /** The prefixes of the actions that it can allow. */
  readonly services: readonly string[];
  /** Patterns of the only actions of these services that it can allow. @default - all */
  readonly actions?: readonly string[];
  /** The properties with the permissions, one of them. Without them, the whole resource is a policy. */
  readonly properties?: ReadonlyArray<readonly string[]>;
  /** The types of the resources that it can be about, as far as their ARNs are known. */
  readonly of?: readonly string[];
  /** Whether the resources that it shares decide what it can allow. */
  readonly isShare?: boolean;
}

/** In place of a prefix: the actions can be of any service. */
export const ANY_SERVICE = '*';

const whole = (services: string | readonly string[], ...of: string[]): UnreadType => ({ services: [services].flat(), of });
const propertiesOf = (...properties: string[]): Pick<UnreadType, 'properties'> => ({ properties: properties.map((property) => property.split('.')) });
const within = (services: string | readonly string[], ...properties: string[]): UnreadType =>
  ({ services: [services].flat(), ...propertiesOf(...properties) });

/**
 * Grantees get other credentials, for the data of objects. For anything else, such as the catalog of AWS Glue, they also need permissions of IAM.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-get-data.html
 * @see https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-overview.html
 * @see https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-underlying-data.html
 */
const GRANT_OF_DATA: UnreadType = {
  ...whole('s3', 'AWS::S3::Bucket'),
  actions: [
    's3:getobject*', 's3:listobject*', 's3:putobject*', 's3:deleteobject*', 's3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads',
    's3:listmultipartuploadparts', 's3:abortmultipartupload',
  ],
};

/**
 * The types of resources that are, or that have, a policy that is not read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
const TYPES: { readonly [type: string]: UnreadType } = {
  'AWS::ACMPCA::Permission': whole('acm-pca'),
  'AWS::AIOps::InvestigationGroup': within('aiops', 'InvestigationGroupPolicy'),
  'AWS::APS::ResourcePolicy': whole('aps', 'AWS::APS::Workspace'),
  'AWS::ApiGateway::DomainNameV2': within('execute-api', 'Policy'),
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html */
  'AWS::ApiGateway::RestApi': within('execute-api', 'Policy', 'Body.x-amazon-apigateway-policy', 'BodyS3Location', 'CloneFrom'),
  'AWS::Backup::BackupVault': within('backup', 'AccessPolicy'),
  'AWS::Backup::LogicallyAirGappedBackupVault': within('backup', 'AccessPolicy'),
  'AWS::CloudTrail::ResourcePolicy': whole('cloudtrail'),
  'AWS::CodeArtifact::Domain': within('codeartifact', 'PermissionsPolicyDocument'),
  'AWS::CodeArtifact::Repository': within('codeartifact', 'PermissionsPolicyDocument'),
  /** @see https://docs.aws.amazon.com/codeguru/latest/profiler-ug/resource-based-policies.html */
  'AWS::CodeGuruProfiler::ProfilingGroup': within('codeguru-profiler', 'AgentPermissions'),
  'AWS::Comprehend::DocumentClassifier': within('comprehend', 'ModelPolicy'),
  'AWS::DSQL::Cluster': within('dsql', 'PolicyDocument'),
  'AWS::DynamoDB::GlobalTable': { ...within('dynamodb', 'Replicas.ReplicaStreamSpecification.ResourcePolicy'), of: ['AWS::DynamoDB::GlobalTable'] },
  'AWS::DynamoDB::Table': { ...within('dynamodb', 'StreamSpecification.ResourcePolicy'), of: ['AWS::DynamoDB::Table'] },
  'AWS::ECR::PublicRepository': within('ecr-public', 'RepositoryPolicyText'),
  'AWS::ECR::RegistryPolicy': whole('ecr', 'AWS::ECR::Repository'),
  'AWS::ECR::RepositoryCreationTemplate': within('ecr', 'RepositoryPolicy'),
  'AWS::Elasticsearch::Domain': within('es', 'AccessPolicies'),
  'AWS::EntityResolution::PolicyStatement': whole('entityresolution'),
  'AWS::EventSchemas::RegistryPolicy': whole('schemas'),
  'AWS::Events::EventBus': within('events', 'Policy'),
  'AWS::Events::EventBusPolicy': whole('events'),
  'AWS::FSx::S3AccessPointAttachment': within('s3', 'S3AccessPoint.Policy'),
  'AWS::Glue::Catalog': { ...GRANT_OF_DATA, ...propertiesOf('CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions') },
  'AWS::IoTSiteWise::AccessPolicy': whole('iotsitewise'),
  'AWS::Kinesis::ResourcePolicy': whole('kinesis', 'AWS::Kinesis::Stream'),
  'AWS::LakeFormation::DataLakeSettings': { ...GRANT_OF_DATA, ...propertiesOf('Admins', 'CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions') },
  'AWS::LakeFormation::Permissions': GRANT_OF_DATA,
  'AWS::LakeFormation::PrincipalPermissions': GRANT_OF_DATA,
  /** Grants can be about all resources with a tag. @see https://docs.aws.amazon.com/lake-formation/latest/dg/tag-based-access-control.html */
  'AWS::LakeFormation::TagAssociation': GRANT_OF_DATA,
  'AWS::Lambda::LayerVersionPermission': whole('lambda'),
  'AWS::Lex::ResourcePolicy': whole('lex'),
  /** @see https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-understanding-bucket-permissions.html */
  'AWS::Lightsail::Bucket': within('s3', 'AccessRules', 'ReadOnlyAccessAccounts', 'ResourcesReceivingAccess'),
  'AWS::Logs::DeliveryDestination': within('logs', 'DeliveryDestinationPolicy'),
  'AWS::Logs::Destination': within('logs', 'DestinationPolicy'),
  /** It applies to services only. @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html */
  'AWS::Logs::ResourcePolicy': { services: [] },
  /** @see https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html */
  'AWS::MSK::ClusterPolicy': whole(['kafka', 'kafka-cluster']),
  'AWS::MediaPackageV2::ChannelPolicy': whole('mediapackagev2'),
  'AWS::MediaPackageV2::OriginEndpointPolicy': whole('mediapackagev2'),
  'AWS::MediaStore::Container': within('mediastore', 'Policy'),
  'AWS::MediaTailor::ChannelPolicy': whole('mediatailor'),
  'AWS::OSIS::Pipeline': within('osis', 'ResourcePolicy'),
  'AWS::Oam::Sink': within('oam', 'Policy'),
  'AWS::OpenSearchService::Domain': within('es', 'AccessPolicies'),
  /** @see https://docs.aws.amazon.com/omics/latest/dev/s3-access.html */
  'AWS::Omics::SequenceStore': within('s3', 'S3AccessPolicy'),
  'AWS::Organizations::ResourcePolicy': whole('organizations'),
  'AWS::QBusiness::DataAccessor': whole('qbusiness'),
  'AWS::QBusiness::Permission': whole('qbusiness'),
  'AWS::RAM::ResourceShare': { ...whole(ANY_SERVICE), isShare: true },
  'AWS::RUM::AppMonitor': within('rum', 'ResourcePolicy'),
  'AWS::Redshift::Cluster': within('redshift', 'NamespaceResourcePolicy'),
  /** @see https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html */
  'AWS::RedshiftServerless::Namespace': within(['redshift', 'redshift-serverless'], 'NamespaceResourcePolicy'),
  'AWS::S3::AccessGrant': GRANT_OF_DATA,
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
  /** @see https://docs.aws.amazon.com/security-lake/latest/userguide/subscriber-data-access.html */
  'AWS::SecurityLake::Subscriber': whole(['lakeformation', 's3']),
  'AWS::Signer::ProfilePermission': whole('signer'),
  'AWS::VpcLattice::AuthPolicy': whole('vpc-lattice-svcs'),
  'AWS::VpcLattice::ResourcePolicy': whole('vpc-lattice'),
  'AWS::XRay::ResourcePolicy': whole('xray'),
};

/** What a type of resources permits that is not read; undefined if there is nothing. A resource policy of a type that is not known can allow anything. */
export const unreadType = (type: string): UnreadType | undefined =>
  (Object.hasOwn(TYPES, type) ? TYPES[type] : /^AWS::\w+::ResourcePolicy$/.test(type) && !isSeparatePolicy(type) ? whole(ANY_SERVICE) : undefined);
