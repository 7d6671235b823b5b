import { byArn, byName, regional } from './formats';
import { within } from './permissions';
import { ResourceType, ResourceTypes } from './resource-type';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html#aws-resource-ecr-repository-return-values */
const IMAGES = '${AWS::AccountId}.dkr.ecr.${AWS::Region}.${AWS::URLSuffix}/${RepositoryName}';

const VAULT = `${regional('backup')}backup-vault:\${BackupVaultName}`;

const TABLE_BUCKET = `${regional('s3tables')}bucket/\${TableBucketName}`;

/** A domain of OpenSearch or Elasticsearch. */
const SEARCH: ResourceType = {
  format: byName('DomainName', `${regional('es')}domain/\${DomainName}`, { DomainArn: `${regional('es')}domain/\${DomainName}` }),
  limitedName: 'DomainName',
  unread: { ...within('es', 'AccessPolicies'), of: ['AWS::OpenSearchService::Domain', 'AWS::Elasticsearch::Domain'] },
};

/** The format of a table of DynamoDB. */
const TABLE_ARN = `${regional('dynamodb')}table/\${TableName}`;
const TABLE = byName('TableName', TABLE_ARN, { StreamArn: `${TABLE_ARN}/stream/\${StreamLabel}` });

/** Data in buckets, tables, file systems and repositories. */
export const STORAGE: ResourceTypes = {
  /**
   * An access control list is evaluated as a policy if it is public.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/WebsiteEndpoints.html
   */
  'AWS::S3::Bucket': {
    format: byName('BucketName', 'arn:${AWS::Partition}:s3:::${BucketName}', {
      DomainName: '${BucketName}.s3.${AWS::URLSuffix}',
      DualStackDomainName: '${BucketName}.s3.dualstack.${AWS::Region}.${AWS::URLSuffix}',
      RegionalDomainName: '${BucketName}.s3.${AWS::Region}.${AWS::URLSuffix}',
      WebsiteURL: 'http://${BucketName}.s3-website${DashOrDot}${AWS::Region}.${AWS::URLSuffix}',
    }),
    limitedName: 'BucketName',
    ownPolicy: ['AccessControl'],
    encryption: { service: 's3', key: ['BucketEncryption', 'ServerSideEncryptionConfiguration'] },
    changesOnly: 's3',
  },
  'AWS::S3::MultiRegionAccessPoint': { matters: 'it is another name of buckets' },
  'AWS::S3::BucketPolicy': { separatePolicy: { of: 'AWS::S3::Bucket', targets: 'Bucket', document: 'PolicyDocument' }, changesOnly: 's3' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3express-directorybucket.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-express-UsingKMSEncryption.html
   */
  'AWS::S3Express::DirectoryBucket': {
    format: byName('BucketName', `${regional('s3express')}bucket/\${BucketName}`),
    encryption: { service: 's3express', key: ['BucketEncryption', 'ServerSideEncryptionConfiguration'] },
  },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3tables-tablebucket.html
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-tables-kms-permissions.html
   */
  'AWS::S3Tables::TableBucket': {
    format: byArn(TABLE_BUCKET, ['TableBucketName'], { TableBucketARN: TABLE_BUCKET }),
    encryption: { service: 's3tables', key: ['EncryptionConfiguration', 'KMSKeyArn'] },
  },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/abac-enable-ddb.html
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
   */
  'AWS::DynamoDB::Table': {
    format: TABLE,
    limitedName: 'TableName',
    tagsMayNotCount: true,
    ownPolicy: ['ResourcePolicy', 'PolicyDocument'],
    encryption: { service: 'dynamodb', key: ['SSESpecification', 'KMSMasterKeyId'] },
    unread: { ...within('dynamodb', 'StreamSpecification.ResourcePolicy'), of: ['AWS::DynamoDB::Table'] },
    changesOnly: 'dynamodb',
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html */
  'AWS::DynamoDB::GlobalTable': {
    format: TABLE,
    limitedName: 'TableName',
    tagsMayNotCount: true,
    ownPolicy: ['Replicas', 'ResourcePolicy', 'PolicyDocument'],
    encryption: { service: 'dynamodb', key: ['Replicas', 'SSESpecification', 'KMSMasterKeyId'] },
    unread: { ...within('dynamodb', 'Replicas.ReplicaStreamSpecification.ResourcePolicy'), of: ['AWS::DynamoDB::GlobalTable'] },
    changesOnly: 'dynamodb',
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html */
  'AWS::EFS::FileSystem': {
    format: byName('FileSystemId', `${regional('elasticfilesystem')}file-system/\${FileSystemId}`, { FileSystemId: '${FileSystemId}' }),
    tags: ['FileSystemTags'],
    ownPolicy: ['FileSystemPolicy'],
    changesOnly: 'elasticfilesystem',
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-accesspoint.html */
  'AWS::EFS::AccessPoint': {
    format: byName('AccessPointId', `${regional('elasticfilesystem')}access-point/\${AccessPointId}`, { AccessPointId: '${AccessPointId}' }),
    tags: ['AccessPointTags'],
  },
  'AWS::EFS::MountTarget': { matters: 'pods mount a file system by its address', changesOnly: 'elasticfilesystem' },
  'AWS::FSx::DataRepositoryAssociation': { matters: 'it copies between a file system and a bucket' },
  'AWS::FSx::FileSystem': { matters: 'instances run what is in it, and pods mount it', changesOnly: 'fsx' },
  'AWS::FSx::StorageVirtualMachine': { matters: 'pods mount a file system by its address', changesOnly: 'fsx' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repository.html
   * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
   */
  'AWS::ECR::Repository': {
    format: byName('RepositoryName', `${regional('ecr')}repository/\${RepositoryName}`, { RepositoryUri: IMAGES }),
    limitedName: 'RepositoryName',
    ownPolicy: ['RepositoryPolicyText'],
    changesOnly: 'ecr',
  },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-opensearchservice-domain.html
   * @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_CreateDomain.html
   */
  'AWS::OpenSearchService::Domain': SEARCH,
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticsearch-domain.html */
  'AWS::Elasticsearch::Domain': SEARCH,
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html */
  'AWS::Backup::BackupVault': {
    format: {
      arn: VAULT, ref: '${BackupVaultName}', attributes: { BackupVaultArn: VAULT, BackupVaultName: '${BackupVaultName}' }, unique: ['BackupVaultName'],
    },
    tags: ['BackupVaultTags'],
    unread: { ...within('backup', 'AccessPolicy'), of: ['AWS::Backup::BackupVault'] },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html */
  'AWS::ElastiCache::ReplicationGroup': { format: byName('Identifier', `${regional('elasticache')}replicationgroup:\${Identifier}`) },
};
