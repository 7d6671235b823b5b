import { DATA, HALF, NO_ROLE, OWN, PASSES, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What reads and writes data. */
export const OF_DATA: RequestsOfServices = {
  glue: {
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
  iotanalytics: {
    [PASSES]: `
      CreateDataset UpdateDataset CreateChannel UpdateChannel CreateDatastore UpdateDatastore CreatePipeline UpdatePipeline PutLoggingOptions
    `,
    [STARTS]: 'CreateDatasetContent StartPipelineReprocessing RunPipelineActivity',
    [DATA]: 'BatchPutMessage SampleChannelData',
  },
};
