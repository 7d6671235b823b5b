import { DATA, HALF, NO_ROLE, OWN, PASSES, REPORTS, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What trains models, answers with them, or lets agents act. */
export const OF_MODELS: RequestsOfServices = {
  'aidevops': {
    [PASSES]: 'EnableOperatorApp',
    [STARTS]: 'DiscoverTopology UpdateApprovalAction UpdateBacklogTask UpdateGoal UpdateRecommendation',
    [SETTINGS]: 'AllowVendedLogDeliveryForResource UpdateAgentSpace',
    [NO_ROLE]: 'CreateAgentSpace RegisterService CreatePrivateConnection UpdatePrivateConnectionCertificate InitiateChatForCase EndChatForCase',
  },
  'airflow': {
    [PASSES]: 'CreateEnvironment',
    [REPORTS]: 'PublishMetrics',
  },
  'athena': {
    [NO_ROLE]: `
      ExportNotebook CreateNamedQuery UpdateNamedQuery CreateNotebook ImportNotebook CreatePreparedStatement UpdatePreparedStatement
      CreateDataCatalog UpdateDataCatalog
    `,
    [PASSES]: 'CreateWorkGroup',
    [SETTINGS]: 'UpdateNotebookMetadata CreateCapacityReservation UpdateCapacityReservation PutCapacityAssignmentConfiguration',
    [OWN]: 'StartQueryExecution RunQuery',
  },
  'bedrock': {
    [NO_ROLE]: `
      ExportAutomatedReasoningPolicyVersion CreateAutomatedReasoningPolicy CreateAutomatedReasoningPolicyTestCase
      CreateAutomatedReasoningPolicyVersion StartAutomatedReasoningPolicyBuildWorkflow StartAutomatedReasoningPolicyTestWorkflow
      UpdateAutomatedReasoningPolicy UpdateAutomatedReasoningPolicyAnnotations UpdateAutomatedReasoningPolicyTestCase InvokeAutomatedReasoningPolicy
      CreateBlueprint CopyBlueprintStage CreateBlueprintVersion UpdateBlueprint CreateDataAutomationLibrary UpdateDataAutomationLibrary
      InvokeDataAutomationLibraryIngestionJob CreateDataAutomationProject UpdateDataAutomationProject CreateDataSourceToken
    `,
    [PASSES]: `
      CreateAgent UpdateAgent CreateFlow UpdateFlow CreateKnowledgeBase UpdateKnowledgeBase CreateCustomModel CreateModelImportJob
      CreateModelCustomizationJob CreateModelEvaluationJob CreateEvaluationJob CreateModelInvocationJob CreateMarketplaceModelEndpoint
      RegisterMarketplaceModelEndpoint UpdateMarketplaceModelEndpoint CreateModelCopyJob PutModelInvocationLoggingConfiguration
      CreateAdvancedPromptOptimizationJob
    `,
    [STARTS]: `
      InvokeAgent StartIngestionJob Retrieve RetrieveAndGenerate AgenticRetrieveStream GenerateQuery PrepareAgent
      PrepareFlow CreateAgentAlias UpdateAgentAlias CreateFlowAlias UpdateFlowAlias CreateFlowVersion UpdateAgentKnowledgeBase
    `,
    [SETTINGS]: `
      PutAccountDataRetention PutEnforcedGuardrailConfiguration PutFoundationModelEntitlement PutUseCaseForModelAccess
      CreateFoundationModelAgreement AllowVendedLogDeliveryForResource CreateGuardrail CreateGuardrailVersion UpdateGuardrail
      CreateProvisionedModelThroughput UpdateProvisionedModelThroughput CreateInferenceProfile CreatePromptRouter CreateCustomModelDeployment
      UpdateCustomModelDeployment
    `,
    [DATA]: 'CreatePrompt CreatePromptVersion UpdatePrompt CreateSession UpdateSession EndSession CreateInvocation PutInvocationStep',
    [OWN]: `
      AssociateThirdPartyKnowledgeBase CallWithBearerToken InvokeInlineAgent InvokeBuilder InvokeTool InvokeGuardrailChecks ApplyGuardrail
      OptimizePrompt RenderPrompt Rerank DetectGeneratedContent InvokeModel InvokeModelWithResponseStream InvokeDataAutomation
      InvokeDataAutomationAsync InvokeBlueprintOptimizationAsync InvokeBlueprintRecommendationAsync
    `,
    [SHARES]: 'PutResourcePolicy',
  },
  'bedrock-agentcore': {
    [PASSES]: `
      CreateAgentRuntime CreateBrowser CreateCapacityProvider CreateCodeInterpreter CreateGateway UpdateGateway CreateMemory CreateHarness
      CreateOnlineEvaluationConfig CreatePaymentManager UpdatePaymentManager CreateABTest UpdateABTest
    `,
    [STARTS]: `
      SynchronizeGatewayTargets CreateGatewayRule UpdateGatewayRule CreateAgentRuntimeEndpoint UpdateAgentRuntimeEndpoint
      CreateHarnessEndpoint UpdateHarnessEndpoint InvokeAgentRuntime InvokeAgentRuntimeForUser InvokeAgentRuntimeWithWebSocketStream
      InvokeAgentRuntimeWithWebSocketStreamForUser StartMemoryExtractionJob StartBatchEvaluation StartRecommendation
    `,
    [SETTINGS]: `
      AllowVendedLogDeliveryForResource BatchPutGatewayRateLimits CreateGatewayRateLimit UpdateGatewayRateLimit GatewayAssociateWebACL
      GatewayDisassociateWebACL GatewayGetWebACLForResource GatewayListResourcesForWebACL UpdateCapacityProvider SetTokenVaultCMK
    `,
    [DATA]: `
      AddDatasetExamples CreateDataset CreateDatasetVersion UpdateDataset UpdateDatasetExamples BatchCreateMemoryRecords BatchUpdateMemoryRecords
      CreateEvent RetrieveMemoryRecords CreateConfigurationBundle UpdateConfigurationBundle CreateBrowserProfile SaveBrowserSessionProfile
    `,
    [NO_ROLE]: `
      CreateEvaluator UpdateEvaluator CreatePolicyEngine UpdatePolicyEngine CreatePolicy UpdatePolicy StartPolicyGeneration CreateRegistry
      UpdateRegistry CreateRegistryRecord UpdateRegistryRecord UpdateRegistryRecordStatus SubmitRegistryRecordForApproval CreateConsentPortal
      UpdateConsentPortal CreateApiKeyCredentialProvider UpdateApiKeyCredentialProvider CreateOauth2CredentialProvider
      UpdateOauth2CredentialProvider CreatePaymentConnector UpdatePaymentConnector CreatePaymentCredentialProvider UpdatePaymentCredentialProvider
      CreatePaymentInstrument CreatePaymentSession ProcessPayment CreateWorkloadIdentity UpdateWorkloadIdentity CompleteResourceTokenAuth
    `,
    [OWN]: 'AuthorizeAction PartiallyAuthorizeActions Evaluate InvokeRegistryMcp InvokeWebSearch PassCapacityProvider',
    [HALF]: 'StartCodeInterpreterSession UpdateBrowserStream',
    [REPORTS]: 'PutSystemLogEvents',
    [SHARES]: 'ManageAdminPolicy ManageResourceScopedPolicy PutResourcePolicy',
  },
  'comprehend': {
    [PASSES]: `
      CreateFlywheel CreateDocumentClassifier CreateEntityRecognizer ImportModel StartDominantLanguageDetectionJob StartEventsDetectionJob
      StartKeyPhrasesDetectionJob StartPiiEntitiesDetectionJob StartSentimentDetectionJob StartTargetedSentimentDetectionJob StartTopicsDetectionJob
      StartDocumentClassificationJob StartEntitiesDetectionJob CreateEndpoint UpdateEndpoint
    `,
    [STARTS]: 'StartFlywheelIteration',
    [OWN]: `
      BatchDetectDominantLanguage BatchDetectEntities BatchDetectKeyPhrases BatchDetectSentiment BatchDetectSyntax BatchDetectTargetedSentiment
      ContainsPiiEntities DetectDominantLanguage DetectEntities DetectKeyPhrases DetectPiiEntities DetectSentiment DetectSyntax
      DetectTargetedSentiment DetectToxicContent ClassifyDocument
    `,
    [SHARES]: 'PutResourcePolicy',
  },
  'kendra': {
    [PASSES]: `
      CreateIndex UpdateIndex CreateDataSource CreateFaq CreateExperience UpdateExperience CreateThesaurus UpdateThesaurus
      CreateQuerySuggestionsBlockList UpdateQuerySuggestionsBlockList PutPrincipalMapping BatchPutDocument
    `,
    [STARTS]: 'StartDataSourceSyncJob Retrieve',
    [SETTINGS]: `
      AssociateEntitiesToExperience AssociatePersonasToEntities ClearQuerySuggestions CreateAccessControlConfiguration
      UpdateAccessControlConfiguration CreateFeaturedResultsSet UpdateFeaturedResultsSet SubmitFeedback UpdateQuerySuggestionsConfig
    `,
  },
  'lex': {
    [PASSES]: 'CreateBot UpdateBot PutBotAlias StartMigration',
    [STARTS]: `
      BuildBotLocale CreateBotReplica CreateBotVersion CreateIntentVersion CreateSlotTypeVersion StartBotAnalyzer StartBotRecommendation
      UpdateBotRecommendation StartBotResourceGeneration GenerateBotElement RecognizeText RecognizeUtterance StartConversation PostContent PostText
      PutSession StartTestExecution StartTestSetGeneration CreateTestSetDiscrepancyReport
    `,
    [SETTINGS]: `
      BatchCreateCustomVocabularyItem BatchUpdateCustomVocabularyItem CreateCustomVocabulary UpdateCustomVocabulary CreateSlot UpdateSlot
      CreateSlotType UpdateSlotType
    `,
    [NO_ROLE]: 'CreateBotChannel CreateExport UpdateExport CreateUploadUrl CreateTestSet UpdateTestSet PutBot PutIntent PutSlotType',
    [SHARES]: 'CreateResourcePolicy CreateResourcePolicyStatement UpdateResourcePolicy',
  },
  'neptune-db': {
    [STARTS]: 'CreateMLEndpoint',
    [DATA]: 'ReadDataViaQuery WriteDataViaQuery ResetDatabase',
    [SETTINGS]: 'ManageStatistics',
  },
  'qbusiness': {
    [PASSES]: `
      CreateApplication UpdateApplication CreateDataSource CreateRetriever CreatePlugin UpdatePlugin CreateWebExperience UpdateWebExperience
      BatchPutDocument
    `,
    [STARTS]: 'Chat ChatSync StartDataSourceSyncJob StartDeployment CreateAnonymousWebExperienceUrl',
    [SETTINGS]: `
      AllowVendedLogDeliveryForResource CreateChatResponseConfiguration UpdateChatResponseConfiguration UpdateChatControlsConfiguration CreateIndex
      UpdateIndex CreateSubscription UpdateSubscription CreateUser UpdateUser PutGroup PutFeedback CreateIntegration UpdateIntegration
    `,
    [SHARES]: 'AssociatePermission PutResourcePolicy CreateDataAccessor CreateDataAccessorWithTti UpdateDataAccessor',
  },
  'sagemaker': {
    [PASSES]: `
      CreateAlgorithm CreateAutoMLJob CreateAutoMLJobV2 CreateCluster UpdateCluster CreateCompilationJob CreateDataQualityJobDefinition
      CreateDeviceFleet UpdateDeviceFleet CreateDomain CreateEdgePackagingJob CreateFeatureGroup CreateFlowDefinition CreateHyperParameterTuningJob
      CreateImage UpdateImage CreateInferenceExperiment CreateInferenceRecommendationsJob CreateJob CreateLabelingJob CreateMlflowApp
      UpdateMlflowApp CreateMlflowTrackingServer CreateModel CreateModelBiasJobDefinition CreateModelExplainabilityJobDefinition CreateModelPackage
      CreateModelQualityJobDefinition CreateMonitoringSchedule UpdateMonitoringSchedule CreateNotebookInstance CreateOptimizationJob
      CreatePartnerApp CreatePipeline CreateProcessingJob CreateTrainingJob CreateUserProfile DeployHubModel TrainHubModel CreateAIBenchmarkJob
      CreateAIRecommendationJob CreateEdgeDeploymentPlan UpdateClusterInference
    `,
    [STARTS]: `
      CreateEndpoint UpdateEndpoint InvokeEndpoint InvokeEndpointWithResponseStream UpdateEndpointWeightsAndCapacities
      UpdateInferenceComponentRuntimeConfig StartInferenceExperiment StartMlflowTrackingServer StartMonitoringSchedule StartNotebookInstance
      StartPipelineExecution RetryPipelineExecution UpdatePipelineExecution SendPipelineExecutionStepFailure SendPipelineExecutionStepSuccess
      StartHumanLoop CreateProject UpdateProject CreateEdgeDeploymentStage StartEdgeDeploymentStage UpdateImageVersion Sample
      SampleWithResponseStream CompleteRollout UpdateReward
    `,
    [SETTINGS]: `
      UpdatePipelineVersion AddAssociation AddTags AssociateTrialComponent AttachClusterNodeNetworkInterface BatchAddClusterNodes
      BatchRebootClusterNodes BatchReplaceClusterNodes StartClusterHealthCheck ExtendTrainingPlan CreateTrainingPlan CreateReservedCapacity
      CreateClusterSchedulerConfig UpdateClusterSchedulerConfig CreateComputeQuota UpdateComputeQuota UpdateMonitoringAlert
      EnableSagemakerServicecatalogPortfolio CreateWorkforce UpdateWorkforce CreateWorkteam UpdateWorkteam UpdateCodeRepository
    `,
    [DATA]: `
      AttachClusterNodeVolume BatchPutMetrics BatchWriteRecord PutRecord UpdateFeatureGroup UpdateFeatureMetadata CreateAction UpdateAction
      CreateArtifact UpdateArtifact CreateContext UpdateContext CreateExperiment UpdateExperiment CreateTrial UpdateTrial CreateTrialComponent
      UpdateTrialComponent CreateModelCard UpdateModelCard CreateModelCardExportJob UpdateModelPackage CreateModelPackageGroup
      CreateAIWorkloadConfig
    `,
    [NO_ROLE]: `
      AccessModelPackage CreateAppImageConfig CreateCodeRepository CreateHub UpdateHub CreateHubContentPresignedUrls CreateHubContentReference
      UpdateHubContentReference ImportHubContent UpdateHubContent CreateHumanTaskUi RenderUiTemplate CreateSharedModel UpdateSharedModel
      SendSharedModelEvent
    `,
    [HALF]: 'CreateSpace CreateStudioLifecycleConfig CreateNotebookInstanceLifecycleConfig',
    [OWN]: 'CallWithBearerToken',
    [REPORTS]: 'RegisterDevices SendHeartbeat UpdateDevices',
    [SHARES]: 'CreateLineageGroupPolicy PutLineageGroupPolicy PutModelPackageGroupPolicy PutResourcePolicy',
  },
};
