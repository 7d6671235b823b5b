import { propertiesOf, whole, within } from './permissions';
import { ANY_SERVICE, ResourceTypes, UnreadPermissions } from './resource-type';

/**
 * Grantees get other credentials, for the data of objects. For anything else, such as the catalog of AWS Glue, they also need permissions of IAM.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-get-data.html
 * @see https://docs.aws.amazon.com/lake-formation/latest/dg/lf-permissions-overview.html
 * @see https://docs.aws.amazon.com/lake-formation/latest/dg/access-control-underlying-data.html
 */
const GRANT_OF_DATA: UnreadPermissions = {
  ...whole('s3', 'AWS::S3::Bucket'),
  onlyAllows: true,
  actions: [
    's3:getobject*', 's3:listobject*', 's3:putobject*', 's3:deleteobject*', 's3:listbucket', 's3:listbucketversions', 's3:listbucketmultipartuploads',
    's3:listmultipartuploadparts', 's3:abortmultipartupload',
  ],
};

/**
 * The types of which nothing is known but that they are, or that they have, a policy that is not read.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
 */
export const UNREAD: ResourceTypes = {
  'AWS::AIOps::InvestigationGroup': { unread: within('aiops', 'InvestigationGroupPolicy') },
  'AWS::APS::ResourcePolicy': { unread: whole('aps', 'AWS::APS::Workspace') },
  'AWS::ApiGateway::DomainNameV2': { unread: within('execute-api', 'Policy') },
  'AWS::Backup::LogicallyAirGappedBackupVault': { unread: within('backup', 'AccessPolicy') },
  'AWS::CloudTrail::ResourcePolicy': { unread: whole('cloudtrail') },
  'AWS::CodeArtifact::Domain': { unread: within('codeartifact', 'PermissionsPolicyDocument') },
  'AWS::CodeArtifact::Repository': { unread: within('codeartifact', 'PermissionsPolicyDocument') },
  /** @see https://docs.aws.amazon.com/codeguru/latest/profiler-ug/resource-based-policies.html */
  'AWS::CodeGuruProfiler::ProfilingGroup': { unread: within('codeguru-profiler', 'AgentPermissions') },
  'AWS::Comprehend::DocumentClassifier': { unread: within('comprehend', 'ModelPolicy') },
  'AWS::DSQL::Cluster': { unread: within('dsql', 'PolicyDocument') },
  'AWS::ECR::PublicRepository': { unread: within('ecr-public', 'RepositoryPolicyText') },
  'AWS::ECR::RegistryPolicy': { unread: whole('ecr', 'AWS::ECR::Repository') },
  'AWS::ECR::RepositoryCreationTemplate': { unread: within('ecr', 'RepositoryPolicy') },
  'AWS::EntityResolution::PolicyStatement': { unread: whole('entityresolution') },
  'AWS::EventSchemas::RegistryPolicy': { unread: whole('schemas') },
  'AWS::Events::EventBusPolicy': { unread: whole('events', 'AWS::Events::EventBus') },
  'AWS::FSx::S3AccessPointAttachment': { unread: within('s3', 'S3AccessPoint.Policy') },
  'AWS::Glue::Catalog': { unread: { ...GRANT_OF_DATA, ...propertiesOf('CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions') } },
  'AWS::IoTSiteWise::AccessPolicy': { unread: whole('iotsitewise') },
  'AWS::Kinesis::ResourcePolicy': { unread: whole('kinesis', 'AWS::Kinesis::Stream') },
  'AWS::LakeFormation::DataLakeSettings': { unread: { ...GRANT_OF_DATA, ...propertiesOf('Admins', 'CreateDatabaseDefaultPermissions', 'CreateTableDefaultPermissions') } },
  'AWS::LakeFormation::Permissions': { unread: GRANT_OF_DATA },
  'AWS::LakeFormation::PrincipalPermissions': { unread: GRANT_OF_DATA },
  /** Grants can be about all resources with a tag. @see https://docs.aws.amazon.com/lake-formation/latest/dg/tag-based-access-control.html */
  'AWS::LakeFormation::TagAssociation': { unread: GRANT_OF_DATA },
  'AWS::Lambda::LayerVersionPermission': { unread: { ...whole('lambda'), onlyAllows: true } },
  'AWS::Lex::ResourcePolicy': { unread: whole('lex') },
  /** @see https://docs.aws.amazon.com/lightsail/latest/userguide/amazon-lightsail-understanding-bucket-permissions.html */
  'AWS::Lightsail::Bucket': { unread: within('s3', 'AccessRules', 'ReadOnlyAccessAccounts', 'ResourcesReceivingAccess') },
  'AWS::Logs::DeliveryDestination': { unread: within('logs', 'DeliveryDestinationPolicy') },
  'AWS::Logs::Destination': { unread: within('logs', 'DestinationPolicy') },
  /** @see https://docs.aws.amazon.com/msk/latest/developerguide/mvpc-cluster-owner-action-policy.html */
  'AWS::MSK::ClusterPolicy': { unread: whole(['kafka', 'kafka-cluster'], 'AWS::MSK::Cluster', 'AWS::MSK::ServerlessCluster') },
  'AWS::MediaPackageV2::ChannelPolicy': { unread: whole('mediapackagev2') },
  'AWS::MediaPackageV2::OriginEndpointPolicy': { unread: whole('mediapackagev2') },
  'AWS::MediaStore::Container': { unread: within('mediastore', 'Policy') },
  'AWS::MediaTailor::ChannelPolicy': { unread: whole('mediatailor') },
  'AWS::Oam::Sink': { unread: within('oam', 'Policy') },
  /** @see https://docs.aws.amazon.com/omics/latest/dev/s3-access.html */
  'AWS::Omics::SequenceStore': { unread: within('s3', 'S3AccessPolicy') },
  'AWS::Organizations::ResourcePolicy': { unread: whole('organizations') },
  'AWS::QBusiness::DataAccessor': { unread: whole('qbusiness') },
  'AWS::QBusiness::Permission': { unread: whole('qbusiness') },
  'AWS::RAM::ResourceShare': { unread: { ...whole(ANY_SERVICE), isShare: true } },
  'AWS::RUM::AppMonitor': { unread: within('rum', 'ResourcePolicy') },
  'AWS::S3::AccessGrant': { unread: GRANT_OF_DATA },
  'AWS::S3::AccessPoint': { unread: within('s3', 'Policy') },
  'AWS::S3::MultiRegionAccessPointPolicy': { unread: whole('s3') },
  'AWS::S3Express::AccessPoint': { unread: within('s3express', 'Policy') },
  'AWS::S3Express::BucketPolicy': { unread: whole('s3express', 'AWS::S3Express::DirectoryBucket') },
  'AWS::S3ObjectLambda::AccessPointPolicy': { unread: whole('s3-object-lambda') },
  'AWS::S3Outposts::AccessPoint': { unread: within('s3-outposts', 'Policy') },
  'AWS::S3Outposts::BucketPolicy': { unread: whole('s3-outposts') },
  'AWS::S3Tables::TableBucketPolicy': { unread: whole('s3tables', 'AWS::S3Tables::TableBucket') },
  'AWS::S3Tables::TablePolicy': { unread: whole('s3tables', 'AWS::S3Tables::TableBucket') },
  'AWS::S3Vectors::VectorBucketPolicy': { unread: whole('s3vectors') },
  'AWS::SMSVOICE::ResourcePolicy': { unread: whole('sms-voice') },
  'AWS::SSM::ResourcePolicy': { unread: whole('ssm', 'AWS::SSM::Parameter') },
  'AWS::SageMaker::ModelPackageGroup': { unread: within('sagemaker', 'ModelPackageGroupPolicy') },
  /** @see https://docs.aws.amazon.com/security-lake/latest/userguide/subscriber-data-access.html */
  'AWS::SecurityLake::Subscriber': { unread: whole(['lakeformation', 's3']) },
  'AWS::Signer::ProfilePermission': { unread: whole('signer') },
  'AWS::VpcLattice::AuthPolicy': { unread: whole('vpc-lattice-svcs') },
  'AWS::VpcLattice::ResourcePolicy': { unread: whole('vpc-lattice') },
  'AWS::XRay::ResourcePolicy': { unread: whole('xray') },
};
