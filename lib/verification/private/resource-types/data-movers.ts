import { byName, regional } from './formats';
import { within } from './permissions';
import { ResourceTypes } from './resource-type';
import { at, byRequests, elsewhere } from './takeovers';

/** A task has two locations, and the other one can change, too. */
const TASKS_OF_DATASYNC = [
  'datasync:CreateTask', 'datasync:UpdateTask', 'datasync:StartTaskExecution', 'datasync:UpdateLocationAzureBlob', 'datasync:UpdateLocationFsxLustre',
  'datasync:UpdateLocationFsxOntap', 'datasync:UpdateLocationFsxOpenZfs', 'datasync:UpdateLocationFsxWindows', 'datasync:UpdateLocationHdfs',
  'datasync:UpdateLocationNfs', 'datasync:UpdateLocationObjectStorage', 'datasync:UpdateLocationSmb',
];

const TASKS_OF_DMS = ['dms:CreateReplicationTask', 'dms:ModifyReplicationTask', 'dms:CreateReplicationConfig', 'dms:ModifyReplicationConfig'];

/** The settings of endpoints by the service or the database: those with a role for the data, and those with a role for the secret with the password. */
const DATA_OF_DMS = ['DynamoDb', 'Elasticsearch', 'Kinesis', 'Neptune', 'Redshift', 'S3'].map((name) => `${name}Settings.ServiceAccessRoleArn`);
const SECRETS_OF_DMS = ['DocDb', 'GcpMySQL', 'IbmDb2', 'MicrosoftSqlServer', 'MongoDb', 'MySql', 'Oracle', 'PostgreSql', 'Redshift', 'Sybase']
  .map((name) => `${name}Settings.SecretsManagerAccessRoleArn`);

/** Each destination may have a role of its own for each of its parts. */
const ofDestinations = (part: string, ...names: string[]) => names.map((name) => `${name}DestinationConfiguration.${part}RoleARN`);
const ROLES_OF_FIREHOSE = [
  ...ofDestinations('', 'AmazonOpenSearchServerless', 'Amazonopensearchservice', 'Elasticsearch', 'ExtendedS3', 'HttpEndpoint', 'Iceberg', 'Redshift', 'S3', 'Snowflake'),
  ...ofDestinations('DataFormatConversionConfiguration.SchemaConfiguration.', 'ExtendedS3'),
  ...ofDestinations('S3BackupConfiguration.', 'ExtendedS3', 'Redshift'),
  ...ofDestinations(
    'S3Configuration.', 'AmazonOpenSearchServerless', 'Amazonopensearchservice', 'Elasticsearch', 'HttpEndpoint', 'Iceberg', 'Redshift', 'Snowflake', 'Splunk',
  ),
  ...ofDestinations('SecretsManagerConfiguration.', 'HttpEndpoint', 'Redshift', 'Snowflake', 'Splunk'),
];

const CHANGES_OF_ANALYTICS = [
  'kinesisanalytics:AddApplicationInput', 'kinesisanalytics:AddApplicationOutput', 'kinesisanalytics:AddApplicationReferenceDataSource', 'kinesisanalytics:UpdateApplication',
];

/** What a bot answers, with which other services, and where it logs. @see https://docs.aws.amazon.com/lexv2/latest/dg/conversation-logs-create.html */
const OF_BOTS = [
  'lex:CreateBotAlias', 'lex:CreateBotLocale', 'lex:CreateIntent', 'lex:StartImport', 'lex:UpdateBotAlias', 'lex:UpdateBotLocale', 'lex:UpdateIntent',
];

const OF_TWINMAKER = [
  'iottwinmaker:CreateComponentType', 'iottwinmaker:CreateEntity', 'iottwinmaker:CreateMetadataTransferJob', 'iottwinmaker:UpdateComponentType',
  'iottwinmaker:UpdateEntity', 'iottwinmaker:UpdateWorkspace',
];

/** The data of the model of a container, which can be in a folder. */
const OF_MODEL = ['ModelDataUrl', 'ModelDataSource.S3DataSource.S3Uri', 'AdditionalModelDataSources.S3DataSource.S3Uri', 'Environment.SAGEMAKER_SUBMIT_DIRECTORY'];

/**
 * Requests that read other data, or sign in as somebody who does.
 *
 * @see https://docs.aws.amazon.com/quicksight/latest/developerguide/embedded-analytics-full-console-for-authenticated-users.html
 */
const DATA_OF_QUICKSIGHT = [
  'quicksight:CreateDataSet', 'quicksight:CreateKnowledgeBase', 'quicksight:GenerateEmbedUrlForRegisteredUser', 'quicksight:GenerateEmbedUrlForRegisteredUserWithIdentity',
  'quicksight:StartAssetBundleImportJob', 'quicksight:UpdateDataSet', 'quicksight:UpdateDataSource', 'quicksight:UpdateKnowledgeBase',
];

/**
 * Services that read and write data with a role. The role was passed to them before, and others name what they read or where they write it, in requests that pass no
 * role.
 */
export const DATA_MOVERS: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/appflow/1.0/APIReference/API_RedshiftConnectorProfileProperties.html */
  'AWS::AppFlow::ConnectorProfile': elsewhere(
    at('ConnectorProfileConfig.ConnectorProfileProperties.Redshift.RoleArn', 'ConnectorProfileConfig.ConnectorProfileProperties.Redshift.DataApiRoleArn'),
    'appflow:CreateFlow', 'appflow:UpdateFlow',
  ),
  /** A plan copies backups to any vault. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateBackupPlan.html */
  'AWS::Backup::BackupSelection': elsewhere(at('BackupSelection.IamRoleArn'), 'backup:UpdateBackupPlan'),
  'AWS::Backup::RestoreTestingSelection': elsewhere(at('IamRoleArn'), 'backup:UpdateRestoreTestingPlan', 'backup:UpdateRestoreTestingSelection'),
  /** @see https://docs.aws.amazon.com/clean-rooms/latest/apireference/API_StartProtectedQuery.html */
  'AWS::CleanRooms::ConfiguredTableAssociation': elsewhere(
    at('RoleArn'),
    'cleanrooms:PopulateIntermediateTable', 'cleanrooms:StartProtectedJob', 'cleanrooms:StartProtectedQuery', 'cleanrooms:UpdateConfiguredTable',
    'cleanrooms:UpdateConfiguredTableReference',
  ),
  'AWS::CleanRooms::Membership': elsewhere(
    at('DefaultResultConfiguration.RoleArn', 'DefaultJobResultConfiguration.RoleArn'),
    'cleanrooms:StartProtectedQuery', 'cleanrooms:StartProtectedJob', 'cleanrooms:UpdateMembership',
  ),
  /** @see https://docs.aws.amazon.com/comprehend/latest/APIReference/API_CreateDataset.html */
  'AWS::Comprehend::Flywheel': elsewhere(at('DataAccessRoleArn'), 'comprehend:CreateDataset', 'comprehend:UpdateFlywheel'),
  /** Who uses the cluster needs no permissions for the tables. @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DAX.access-control.html */
  'AWS::DAX::Cluster': elsewhere(
    at('IAMRoleARN'), 'dax:BatchGetItem', 'dax:BatchWriteItem', 'dax:ConditionCheckItem', 'dax:DeleteItem', 'dax:GetItem', 'dax:PutItem', 'dax:Query', 'dax:Scan',
    'dax:UpdateItem',
  ),
  /** @see https://docs.aws.amazon.com/databrew/latest/dg/API_UpdateDataset.html */
  'AWS::DataBrew::Dataset': { hasData: true },
  'AWS::DataBrew::Job': elsewhere(at('RoleArn'), 'databrew:UpdateDataset', 'databrew:UpdateRecipe', 'databrew:PublishRecipe'),
  'AWS::DataBrew::Project': elsewhere(at('RoleArn'), 'databrew:UpdateDataset', 'databrew:StartProjectSession', 'databrew:SendProjectSessionAction'),
  /** @see https://docs.aws.amazon.com/datasync/latest/userguide/create-s3-location.html */
  'AWS::DataSync::LocationEFS': elsewhere(at('FileSystemAccessRoleArn'), ...TASKS_OF_DATASYNC, 'datasync:UpdateLocationEfs'),
  'AWS::DataSync::LocationS3': elsewhere(at('S3Config.BucketAccessRoleArn'), ...TASKS_OF_DATASYNC, 'datasync:UpdateLocationS3'),
  'AWS::DataSync::Task': { matters: 'it copies objects from one bucket to another' },
  /** @see https://docs.aws.amazon.com/dms/latest/APIReference/API_ModifyEndpoint.html */
  'AWS::DMS::DataMigration': elsewhere(at('ServiceAccessRoleArn'), 'dms:ModifyDataMigration', 'dms:UpdateDataProvider', 'dms:UpdateMigrationProject'),
  'AWS::DMS::Endpoint': elsewhere(at(...DATA_OF_DMS, ...SECRETS_OF_DMS, 'OracleSettings.SecretsManagerOracleAsmAccessRoleArn'), ...TASKS_OF_DMS, 'dms:ModifyEndpoint'),
  'AWS::DMS::MigrationProject': elsewhere(
    at(
      'SchemaConversionApplicationAttributes.S3BucketRoleArn', 'SourceDataProviderDescriptors.SecretsManagerAccessRoleArn',
      'TargetDataProviderDescriptors.SecretsManagerAccessRoleArn',
    ),
    'dms:UpdateDataProvider', 'dms:UpdateMigrationProject',
  ),
  /** @see https://docs.aws.amazon.com/entityresolution/latest/apireference/API_UpdateIdNamespace.html */
  'AWS::EntityResolution::IdNamespace': elsewhere(at('RoleArn'), 'entityresolution:UpdateIdNamespace'),
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-crawler.html
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateCrawler.html
   */
  'AWS::Glue::Crawler': { ...byRequests(at('Role'), 'glue:UpdateCrawler'), format: byName('Name', `${regional('glue')}crawler/\${Name}`) },
  'AWS::Glue::IntegrationResourceProperty': elsewhere(
    at('SourceProcessingProperties.RoleArn', 'TargetProcessingProperties.RoleArn'), 'glue:CreateIntegration', 'glue:ModifyIntegration',
  ),
  'AWS::Glue::MLTransform': byRequests(
    at('Role'), 'glue:StartExportLabelsTaskRun', 'glue:StartImportLabelsTaskRun', 'glue:StartMLLabelingSetGenerationTaskRun', 'glue:UpdateMLTransform',
  ),
  /** @see https://docs.aws.amazon.com/iot-twinmaker/latest/apireference/API_CreateComponentType.html */
  'AWS::IoTTwinMaker::Workspace': elsewhere(at('Role'), ...OF_TWINMAKER),
  /** @see https://docs.aws.amazon.com/iot-wireless/2020-11-22/API_UpdateFuotaTask.html */
  'AWS::IoTWireless::Destination': byRequests(at('RoleArn'), 'iotwireless:UpdateDestination'),
  'AWS::IoTWireless::FuotaTask': byRequests(at('FirmwareUpdateRole'), 'iotwireless:UpdateFuotaTask'),
  'AWS::IoTWireless::WirelessDeviceImportTask': byRequests(at('Sidewalk.Role'), 'iotwireless:UpdateWirelessDeviceImportTask'),
  /** @see https://docs.aws.amazon.com/kendra/latest/APIReference/API_UpdateDataSource.html */
  'AWS::Kendra::DataSource': elsewhere(at('RoleArn', 'CustomDocumentEnrichmentConfiguration.RoleArn'), 'kendra:UpdateDataSource'),
  /** @see https://docs.aws.amazon.com/kinesisanalytics/latest/dev/API_UpdateApplication.html */
  'AWS::KinesisAnalytics::Application': elsewhere(
    at('Inputs.KinesisStreamsInput.RoleARN', 'Inputs.KinesisFirehoseInput.RoleARN', 'Inputs.InputProcessingConfiguration.InputLambdaProcessor.RoleARN'), ...CHANGES_OF_ANALYTICS,
  ),
  'AWS::KinesisAnalytics::ApplicationOutput': elsewhere(
    at('Output.KinesisFirehoseOutput.RoleARN', 'Output.KinesisStreamsOutput.RoleARN', 'Output.LambdaOutput.RoleARN'), ...CHANGES_OF_ANALYTICS,
  ),
  'AWS::KinesisAnalytics::ApplicationReferenceDataSource': elsewhere(at('ReferenceDataSource.S3ReferenceDataSource.ReferenceRoleARN'), ...CHANGES_OF_ANALYTICS),
  /**
   * The role can stay when the bucket changes.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kinesisfirehose-deliverystream.html
   * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html
   * @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html
   */
  'AWS::KinesisFirehose::DeliveryStream': {
    ...byRequests(at(...ROLES_OF_FIREHOSE), 'firehose:UpdateDestination'),
    format: byName('DeliveryStreamName', `${regional('firehose')}deliverystream/\${DeliveryStreamName}`),
    limitedName: 'DeliveryStreamName',
  },
  'AWS::Lex::Bot': elsewhere(at('RoleArn'), ...OF_BOTS),
  /** @see https://docs.aws.amazon.com/m2/latest/APIReference/API_CreateDataSetImportTask.html */
  'AWS::M2::Application': byRequests(at('RoleArn'), 'm2:CreateDataSetExportTask', 'm2:CreateDataSetImportTask', 'm2:UpdateApplication'),
  /** @see https://docs.aws.amazon.com/medialive/latest/apireference/channels-channelid.html */
  'AWS::MediaLive::Channel': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: ['medialive:BatchUpdateSchedule', 'medialive:UpdateChannel', 'medialive:UpdateChannelClass'],
      takenOverElsewhere: ['medialive:UpdateInput'],
    },
  },
  /** @see https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_osis_UpdatePipeline.html */
  'AWS::OSIS::Pipeline': { ...byRequests(at('PipelineRoleArn'), 'osis:UpdatePipeline'), unread: within('osis', 'ResourcePolicy') },
  /** @see https://docs.aws.amazon.com/amazonq/latest/api-reference/API_UpdateDataSource.html */
  'AWS::QBusiness::DataSource': byRequests(
    at('RoleArn', 'DocumentEnrichmentConfiguration.PreExtractionHookConfiguration.RoleArn', 'DocumentEnrichmentConfiguration.PostExtractionHookConfiguration.RoleArn'),
    'qbusiness:UpdateDataSource',
  ),
  'AWS::QBusiness::Retriever': byRequests(at('RoleArn'), 'qbusiness:UpdateRetriever'),
  /** @see https://docs.aws.amazon.com/quicksight/latest/APIReference/API_S3Parameters.html */
  'AWS::QuickSight::DataSource': elsewhere(
    ['DataSourceParameters', 'AlternateDataSourceParameters', 'Credentials.CredentialPair.AlternateDataSourceParameters']
      .flatMap((name) => at(`${name}.AthenaParameters.RoleArn`, `${name}.RedshiftParameters.IAMParameters.RoleArn`, `${name}.S3Parameters.RoleArn`)),
    ...DATA_OF_QUICKSIGHT,
  ),
  /** A proxy reads any secret, and signs in to any database with it. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBProxy.html */
  'AWS::RDS::DBProxy': elsewhere(at('RoleArn'), 'rds:ModifyDBProxy', 'rds:RegisterDBProxyTargets'),
  'AWS::SageMaker::InferenceExperiment': byRequests(at('RoleArn'), 'sagemaker:UpdateInferenceExperiment'),
  /**
   * Jobs and endpoints act with the role of their model. Containers run the code that they find among its data.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTransformJob.html
   * @see https://sagemaker.readthedocs.io/en/stable/frameworks/pytorch/using_pytorch.html#model-directory-structure
   */
  'AWS::SageMaker::Model': {
    program: {
      roles: at('ExecutionRoleArn'),
      scripts: at(...['PrimaryContainer', 'Containers'].flatMap((name) => OF_MODEL.map((property) => `${name}.${property}`))),
      takenOverBy: [],
      takenOverElsewhere: ['sagemaker:CreateTransformJob', 'sagemaker:CreateEndpointConfig', 'sagemaker:InvokeEndpointAsync'],
    },
  },
  /** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_StartFileTransfer.html */
  'AWS::Transfer::Agreement': elsewhere(at('AccessRole'), 'transfer:UpdateAgreement'),
  'AWS::Transfer::Connector': byRequests(at('AccessRole'), 'transfer:StartDirectoryListing', 'transfer:StartFileTransfer', 'transfer:UpdateConnector'),
};
