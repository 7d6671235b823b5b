import { DATA, HALF, NO_ROLE, OWN, PASSES, REPORTS, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What reads, moves and writes data. */
export const OF_DATA: RequestsOfServices = {
  'airflow-serverless': {
    [PASSES]: 'CreateWorkflow UpdateWorkflow',
  },
  'appflow': {
    [PASSES]: 'CreateConnectorProfile UpdateConnectorProfile',
    [STARTS]: 'RunFlow StartFlow',
    [SETTINGS]: 'ResetConnectorMetadataCache',
    [NO_ROLE]: 'RegisterConnector UpdateConnectorRegistration UnRegisterConnector',
    [HALF]: 'UseConnectorProfile',
  },
  'backup': {
    [NO_ROLE]: 'ExportBackupPlanTemplate',
    [PASSES]: `
      CreateBackupSelection CreateRestoreTestingSelection StartBackupJob StartCopyJob StartRestoreJob StartScanJob UpdateRecoveryPointIndexSettings
    `,
    [STARTS]: 'CreateBackupPlan CreateRestoreTestingPlan StartReportJob',
    [SETTINGS]: `
      CreateBackupVault CreateLogicallyAirGappedBackupVault CreateRestoreAccessBackupVault PutBackupVaultLockConfiguration
      PutBackupVaultNotifications CreateLegalHold UpdateRecoveryPointLifecycle CreateFramework UpdateFramework CreateReportPlan UpdateReportPlan
      CreateTieringConfiguration UpdateTieringConfiguration UpdateGlobalSettings UpdateRegionSettings AssociateBackupVaultMpaApprovalTeam
      CreateBackupAccessPoint
    `,
    [OWN]: 'CopyIntoBackupVault CopyFromBackupVault',
    [REPORTS]: 'PutRestoreValidationResult',
    [SHARES]: 'PutBackupVaultAccessPolicy PutBackupVaultSharingPolicy',
  },
  'databrew': {
    [PASSES]: 'CreateProfileJob UpdateProfileJob CreateRecipeJob UpdateRecipeJob CreateProject UpdateProject',
    [STARTS]: 'StartJobRun',
    [SETTINGS]: 'CreateSchedule UpdateSchedule',
    [NO_ROLE]: 'CreateDataset CreateRecipe CreateRuleset UpdateRuleset',
  },
  'datasync': {
    [PASSES]: 'CreateLocationEfs CreateLocationS3',
    [SETTINGS]: 'UpdateAgent CreateAgent UpdateTaskExecution',
    [NO_ROLE]: `
      CreateLocationAzureBlob CreateLocationFsxLustre CreateLocationFsxOntap CreateLocationFsxOpenZfs CreateLocationFsxWindows CreateLocationHdfs
      CreateLocationNfs CreateLocationObjectStorage CreateLocationSmb AddStorageSystem UpdateStorageSystem StartDiscoveryJob UpdateDiscoveryJob
      GenerateRecommendations
    `,
  },
  'dms': {
    [STARTS]: `
      ExportMetadataModelAssessment StartDataMigration StartReplication StartReplicationTask StartReplicationTaskAssessment ReloadReplicationTables
      ReloadTables RefreshSchemas TestConnection AssociateExtensionPack StartMetadataModelAssessment StartMetadataModelConversion
      StartMetadataModelCreation StartMetadataModelExportAsScripts StartMetadataModelExportToTarget StartMetadataModelImport StartRecommendations
      BatchStartRecommendations RunFleetAdvisorLsaAnalysis
    `,
    [PASSES]: 'CreateDataMigration CreateEndpoint CreateMigrationProject StartReplicationTaskAssessmentRun',
    [SETTINGS]: `
      AddTagsToResource ApplyPendingMaintenanceAction CreateReplicationInstance ModifyReplicationInstance RebootReplicationInstance
      MoveReplicationTask UpdateConversionConfiguration CreateInstanceProfile UpdateInstanceProfile UpdateSubscriptionsToEventBridge
      CreateEventSubscription ModifyEventSubscription CreateReplicationSubnetGroup ModifyReplicationSubnetGroup
    `,
    [NO_ROLE]: `
      CreateDataProvider CreateFleetAdvisorCollector ModifyFleetAdvisorCollector ModifyFleetAdvisorCollectorStatuses CreateOutboundIntegration
      ModifyOutboundIntegration UploadFileMetadataList ImportCertificate
    `,
  },
  'entityresolution': {
    [PASSES]: 'CreateIdMappingWorkflow UpdateIdMappingWorkflow CreateIdNamespace CreateMatchingWorkflow UpdateMatchingWorkflow',
    [STARTS]: 'GenerateMatchId StartMatchingJob StartIdMappingJob',
    [SETTINGS]: 'CreateSchemaMapping UpdateSchemaMapping',
    [OWN]: 'UseIdNamespace UseWorkflow',
    [SHARES]: 'AddPolicyStatement PutPolicy',
  },
  'firehose': {
    [PASSES]: 'CreateDeliveryStream',
    [SETTINGS]: 'StartDeliveryStreamEncryption',
    [DATA]: 'PutRecord PutRecordBatch',
  },
  'glue': {
    [PASSES]: `
      CreateCrawler CreateDevEndpoint CreateJob CreateMLTransform CreateSession CreateBlueprint UpdateBlueprint StartBlueprintRun
      StartDataQualityRuleRecommendationRun StartDataQualityRulesetEvaluationRun CreateColumnStatisticsTaskSettings StartColumnStatisticsTaskRun
      CreateTableOptimizer UpdateTableOptimizer CreateCatalog UpdateCatalog CreateIntegrationResourceProperty UpdateIntegrationResourceProperty
      PutDataCatalogEncryptionSettings
    `,
    [STARTS]: `
      StartCrawler StartTrigger NotifyEvent PutWorkflowRunProperties ResumeWorkflowRun StartWorkflowRun UpdateWorkflow StartMLEvaluationTaskRun
      StartJobUpgradeAnalysis UpgradeJob StartColumnStatisticsTaskRunSchedule ResetJobBookmark UpdateDataQualityRuleset
    `,
    [SETTINGS]: `
      StartCrawlerSchedule UpdateCrawlerSchedule CreateClassifier UpdateClassifier CreateCustomEntityType CreateSecurityConfiguration
      CreateUsageProfile UpdateUsageProfile UpdateColumnStatisticsTaskSettings CreateIntegrationTableProperties UpdateIntegrationTableProperties
      CreateGlueIdentityCenterConfiguration UpdateGlueIdentityCenterConfiguration AccessDataQualityRuntimeConfiguration
    `,
    [DATA]: `
      BatchCreatePartition BatchUpdatePartition CreatePartition CreatePartitionIndex CreateTable RenameTable UpdateColumnStatisticsForPartition
      UpdateColumnStatisticsForTable UpdatePartition UpdateTable CreateDatabase UpdateDatabase CreateUserDefinedFunction ImportCatalogToGlue
      CreateRegistry UpdateRegistry CreateSchema PutSchemaVersionMetadata RegisterSchemaVersion UpdateSchema PutDataQualityProfileAnnotation
      PutDataQualityStatisticAnnotation PublishDataQuality
    `,
    [NO_ROLE]: `
      CreateConnection RegisterConnectionType ManagedConnector CreateDataQualityRuleset CreateScript CreateWorkflow UpdateSourceControlFromJob
      SendFeedback StartCompletion RequestLogParsing UseGlueStudio UseMLTransforms CreateInboundIntegration
    `,
    [OWN]: 'FederateAuthorization PassConnection TestConnection RefreshOAuth2Tokens',
    [HALF]: 'GlueNotebookAuthorize SendRecipeAction',
    [SHARES]: 'PutResourcePolicy AuthorizeInboundIntegration',
  },
  'iotanalytics': {
    [PASSES]: `
      CreateDataset UpdateDataset CreateChannel UpdateChannel CreateDatastore UpdateDatastore CreatePipeline UpdatePipeline PutLoggingOptions
    `,
    [STARTS]: 'CreateDatasetContent StartPipelineReprocessing RunPipelineActivity',
    [DATA]: 'BatchPutMessage SampleChannelData',
  },
  'kinesisanalytics': {
    [PASSES]: 'CreateApplication DiscoverInputSchema',
    [STARTS]: 'StartApplication RollbackApplication CreateApplicationSnapshot',
    [SETTINGS]: 'AddApplicationCloudWatchLoggingOption AddApplicationVpcConfiguration UpdateApplicationMaintenanceConfiguration',
  },
  'm2': {
    [PASSES]: 'CreateApplication',
    [STARTS]: 'StartApplication StartBatchJob CreateDeployment',
    [SETTINGS]: 'CreateEnvironment UpdateEnvironment',
  },
  'osis': {
    [PASSES]: 'CreatePipeline',
    [STARTS]: 'StartPipeline',
    [SETTINGS]: 'CreatePipelineEndpoint',
    [DATA]: 'Ingest',
    [SHARES]: 'PutResourcePolicy',
  },
  'quicksight': {
    [PASSES]: 'CreateActionConnector CreateDataSource CreateVPCConnection UpdateVPCConnection',
    [STARTS]: `
      StartDashboardSnapshotJobSchedule CreateIngestion StartDashboardSnapshotJob StartAutomationJob StartDlpJob StartExtensionInstallation
      StartAssetBundleExportJob GenerateEmbedUrlForAnonymousUser PredictQAResults RestoreAnalysis UpdateDashboardPublishedVersion
      UpdateBrandPublishedVersion UnpublishFlow CreateTopicRefreshSchedule UpdateTopicRefreshSchedule CreateRefreshSchedule UpdateRefreshSchedule
      PutDataSetRefreshProperties
    `,
    [DATA]: `
      CreateAnalysis UpdateAnalysis CreateBrand UpdateBrand CreateDashboard UpdateDashboard UpdateDashboardLinks CreateFolder UpdateFolder
      CreateSpace UpdateSpace UpdateSpaceResources CreateTemplate CreateTemplateAlias UpdateTemplate UpdateTemplateAlias CreateTheme
      CreateThemeAlias UpdateTheme UpdateThemeAlias CreateTopic UpdateTopic BatchCreateTopicReviewedAnswer
    `,
    [SETTINGS]: `
      AccountConfigurations AllowVendedLogDeliveryForResource BatchUpdatePreferences CreateAccountCustomization CreateAccountSubscription
      CreateOAuthClientApplication QuickSuiteUsageMetrics RegisterCustomerManagedKey UpdateAccountCustomPermission UpdateAccountSettings
      UpdateApplicationWithTokenExchangeGrant UpdateBrandAssignment UpdateChatConfiguration UpdateDashboardsQAConfiguration
      UpdateDefaultQBusinessApplication UpdateIpRestriction UpdateKeyRegistration UpdateQPersonalizationConfiguration UpdateQuickIndexCapacity
      UpdateQuickSightQSearchConfiguration UpdateRoleCustomPermission UpdateSPICECapacityConfiguration UpdateSelfUpgradeConfiguration
      CreateLimitsProfile UpdateLimitsProfile UpdateSelfUpgrade UpdateUserCustomPermission CreateApprovalPolicy UpdateApprovalPolicy
      CreateCustomPermissions UpdateCustomPermissions CreateDlpSetting UpdateDlpSetting CreateEmailCustomizationTemplate
      UpdateEmailCustomizationTemplate CreateExtension UpdateExtension CreateNamespace UpdateAccountCustomization UpdateOAuthClientApplication
    `,
    [HALF]: 'PassTopic PassDataSource PassDataSet UpdateDataSourcePermissions UpdateDataSetPermissions',
    [SHARES]: `
      UpdateResourcePermissions UpdateTopicPermissions UpdateKnowledgeBasePermissions UpdateActionConnectorPermissions UpdateAgentPermissions
      UpdateAnalysisPermissions UpdateDashboardPermissions UpdateExtensionPermissions UpdateFlowPermissions UpdateFolderPermissions
      UpdateSpacePermissions UpdateTemplatePermissions UpdateThemePermissions UpdateAppPermissions CreateRoleMembership SetGroupMapping
      ScopeDownPolicy Subscribe Unsubscribe CreateAdmin CreateReader CreateUser RegisterUser UpdateUser CreateGroup CreateGroupMembership
      UpdateGroup CreateIAMPolicyAssignment UpdateIAMPolicyAssignment UpdateIdentityPropagationConfig UpdatePublicSharingSettings
      CreateExtensionAccess UpdateExtensionAccess CreateFolderMembership
    `,
  },
  'transfer': {
    [PASSES]: 'CreateAccess CreateAgreement CreateConnector CreateUser CreateWebApp UpdateWebApp',
    [STARTS]: 'StartRemoteDelete StartRemoteMove TestConnection TestIdentityProvider StartServer SendWorkflowStepState',
    [SETTINGS]: 'CreateProfile UpdateProfile ImportCertificate UpdateCertificate ImportHostKey UpdateHostKey UpdateWebAppCustomization',
    [NO_ROLE]: 'CreateWorkflow',
  },
};
