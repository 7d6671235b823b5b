import { DATA, HALF, NO_ROLE, OWN, PASSES, REPORTS, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** AWS CodeConnections, which was AWS CodeStar Connections: the actions have both prefixes. */
const CONNECTIONS = {
  [PASSES]: 'CreateSyncConfiguration',
  [SETTINGS]: 'UpdateSyncBlocker',
  [NO_ROLE]: `
    CreateConnection CreateHost CreateRepositoryLink UpdateConnectionInstallation RegisterAppCode StartAppRegistrationHandshake
    StartOAuthHandshake
  `,
  [OWN]: 'PassConnection UseConnection PassRepository',
};

/** What creates, changes or calls other resources. */
export const OF_DEPLOYERS: RequestsOfServices = {
  'apigateway': {
    [NO_ROLE]: 'PreviewPortal DELETE GET',
    [SETTINGS]: `
      AddCertificateToDomain SetWebACL CreatePortal PublishPortal UpdatePortal CreatePortalProduct UpdatePortalProduct CreateProductPage
      UpdateProductPage CreateProductRestEndpointPage UpdateProductRestEndpointPage
    `,
    [STARTS]: 'CreateRoutingRule UpdateRoutingRule',
    [SHARES]: 'CreateAccessAssociation UpdateDomainNameManagementPolicy UpdateDomainNamePolicy UpdateRestApiPolicy PutPortalProductSharingPolicy',
  },
  'appsync': {
    [PASSES]: 'CreateGraphqlApi CreateDataSource',
    [STARTS]: 'EventPublish EventSubscribe EventConnect GraphQL SourceGraphQL StartSchemaMerge CreateApiKey UpdateApiKey',
    [SETTINGS]: `
      AssociateApi CreateDomainName UpdateDomainName AssociateWebACL SetWebACL CreateApi CreateApiCache UpdateApiCache FlushApiCache
      CreateType UpdateType StartSchemaCreation
    `,
    [DATA]: 'PutGraphqlApiEnvironmentVariables',
    [OWN]: 'EvaluateCode EvaluateMappingTemplate StartDataSourceIntrospection',
    [SHARES]: 'PutResourcePolicy',
  },
  'budgets': {
    [PASSES]: 'CreateBudgetAction',
    [STARTS]: 'ExecuteBudgetAction',
    [SETTINGS]: 'ModifyBudget',
  },
  'chatbot': {
    [PASSES]: `
      CreateChimeWebhookConfiguration UpdateChimeWebhookConfiguration CreateMicrosoftTeamsChannelConfiguration CreateSlackChannelConfiguration
    `,
    [SETTINGS]: 'UpdateAccountPreferences',
    [HALF]: 'CreateCustomAction RedeemMicrosoftTeamsOauthCode RedeemSlackOauthCode',
  },
  'cloudformation': {
    [PASSES]: 'ActivateType CreateStackSet RegisterType',
    [STARTS]: 'ContinueUpdateRollback RollbackStack ImportStacksToStackSet SetTypeDefaultVersion TestType PublishType',
    [SETTINGS]: 'ActivateOrganizationsAccess SetStackPolicy UpdateTerminationProtection CreateStackRefactor ExecuteStackRefactor',
    [NO_ROLE]: `
      CreateGeneratedTemplate UpdateGeneratedTemplate CreateUploadBucket RegisterPublisher StartResourceScan EstimateTemplateCost DetectStackDrift
      DetectStackResourceDrift DetectStackSetDrift
    `,
    [REPORTS]: 'RecordHandlerProgress SignalResource',
  },
  'codeconnections': CONNECTIONS,
  'codedeploy': {
    [PASSES]: 'CreateDeploymentGroup',
    [STARTS]: 'ContinueDeployment SkipWaitTimeForInstanceTermination',
    [SETTINGS]: 'AddTagsToOnPremisesInstances RegisterOnPremisesInstance CreateApplication UpdateApplication CreateDeploymentConfig',
    [NO_ROLE]: 'RegisterApplicationRevision CreateCloudFormationDeployment',
    [REPORTS]: 'PutLifecycleEventHookExecutionStatus',
  },
  'codestar-connections': CONNECTIONS,
  'deadline': {
    [PASSES]: 'CreateFleet CreateQueue UpdateQueue CreateMonitor UpdateMonitor',
    [STARTS]: 'UpdateJob UpdateSession UpdateStep UpdateTask StartSessionsStatisticsAggregation',
    [SETTINGS]: `
      CreateFarm UpdateFarm CreateLimit UpdateLimit CreateStorageProfile UpdateStorageProfile CreateBudget UpdateBudget CreateLicenseEndpoint
      PutMeteredProduct UpdateMonitorSettings CreateQueueFleetAssociation UpdateQueueFleetAssociation CreateQueueLimitAssociation
      UpdateQueueLimitAssociation
    `,
    [HALF]: 'AssociateMemberToFarm AssociateMemberToFleet AssociateMemberToJob AssociateMemberToQueue CreateWorker',
    [REPORTS]: 'UpdateWorker UpdateWorkerSchedule',
    [OWN]: 'CopyJobTemplate',
  },
  'devicefarm': {
    [PASSES]: 'CreateProject UpdateProject',
    [SETTINGS]: `
      CreateDevicePool UpdateDevicePool CreateNetworkProfile UpdateNetworkProfile CreateInstanceProfile UpdateInstanceProfile UpdateDeviceInstance
      CreateVPCEConfiguration UpdateVPCEConfiguration PurchaseOffering RenewOffering
    `,
    [NO_ROLE]: 'CreateTestGridProject UpdateTestGridProject CreateTestGridUrl',
    [HALF]: 'CreateUpload InstallToRemoteAccessSession',
  },
  'dlm': {
    [PASSES]: 'CreateLifecyclePolicy',
  },
  'fis': {
    [PASSES]: 'CreateExperimentTemplate CreateTargetAccountConfiguration UpdateTargetAccountConfiguration',
    [STARTS]: 'StartExperiment InjectApiInternalError InjectApiThrottleError InjectApiUnavailableError',
    [SETTINGS]: 'UpdateSafetyLeverState',
  },
  'grafana': {
    [PASSES]: 'CreateWorkspace',
    [SETTINGS]: 'AssociateLicense UpdateWorkspace UpdateWorkspaceConfiguration',
    [HALF]: 'CreateWorkspaceServiceAccount',
  },
  'kafkaconnect': {
    [PASSES]: 'CreateConnector',
    [NO_ROLE]: 'CreateCustomPlugin CreateWorkerConfiguration',
  },
  'proton': {
    [PASSES]: `
      UpdateEnvironmentAccountConnection CreateEnvironmentAccountConnection AcceptEnvironmentAccountConnection UpdateAccountRoles
      UpdateAccountSettings
    `,
    [SETTINGS]: `
      UpdateServiceSyncBlocker UpdateEnvironmentTemplate UpdateEnvironmentTemplateMajorVersion UpdateEnvironmentTemplateMinorVersion
      UpdateEnvironmentTemplateVersion UpdateServiceTemplate UpdateServiceTemplateMajorVersion UpdateServiceTemplateMinorVersion
      UpdateServiceTemplateVersion
    `,
    [HALF]: `
      CreateEnvironmentTemplate CreateEnvironmentTemplateMajorVersion CreateServiceTemplate CreateServiceTemplateMajorVersion CreateRepository
    `,
    [REPORTS]: 'NotifyResourceDeploymentStatusChange',
  },
  'rolesanywhere': {
    [PASSES]: 'CreateProfile UpdateProfile',
    [STARTS]: 'EnableProfile EnableTrustAnchor',
    [SETTINGS]: 'ImportCrl EnableCrl UpdateCrl PutNotificationSettings ResetNotificationSettings',
    [HALF]: 'PutAttributeMapping',
  },
  'servicecatalog': {
    [PASSES]: 'CreateConstraint UpdateConstraint UpdateProvisionedProductProperties',
    [STARTS]: `
      ExecuteProvisionedProductServiceAction
      ImportAsProvisionedProduct SyncResource UpdateProvisioningArtifact
    `,
    [SETTINGS]: `
      UpdatePortfolio AssociateBudgetWithResource CreateTagOption UpdateTagOption AssociateTagOptionWithResource EnableAWSOrganizationsAccess
      PutConfiguration
    `,
    [NO_ROLE]: `
      AssociateAttributeGroup AssociateResource CreateApplication UpdateApplication CreateAttributeGroup UpdateAttributeGroup CreatePortfolio
      AssociateProductWithPortfolio CreateProduct
    `,
    [HALF]: 'CreateServiceAction',
    [SHARES]: 'AcceptPortfolioShare AssociatePrincipalWithPortfolio CreatePortfolioShare UpdatePortfolioShare PutResourcePolicy',
    [REPORTS]: `
      NotifyProvisionProductEngineWorkflowResult NotifyTerminateProvisionedProductEngineWorkflowResult
      NotifyUpdateProvisionedProductEngineWorkflowResult
    `,
  },
  'ssm': {
    [PASSES]: `
      CreateActivation StartAutomationExecution StartChangeRequestExecution UpdateManagedInstanceRole UpdateServiceSetting ResetServiceSetting
      CreateCloudConnector UpdateCloudConnector
    `,
    [STARTS]: 'StartAssociationsOnce SendAutomationSignal StartExecutionPreview PutCalendar',
    [SETTINGS]: `
      AddTagsToResource CreateMaintenanceWindow UpdateMaintenanceWindow UpdateDocumentMetadata LabelParameterVersion UnlabelParameterVersion
      CreateResourceDataSync UpdateResourceDataSync
    `,
    [DATA]: 'PutParameter',
    [NO_ROLE]: 'AssociateOpsItemRelatedItem UpdateOpsItem CreateOpsItem CreateOpsMetadata UpdateOpsMetadata CreateDocument ExecuteAPI',
    [REPORTS]: `
      PutConfigurePackageResult PutInventory PutComplianceItems UpdateAssociationStatus UpdateInstanceInformation UpdateInstanceAssociationStatus
    `,
    [HALF]: 'CreatePatchBaseline RegisterManagedInstance StartAccessRequest',
    [SHARES]: 'ModifyDocumentPermission PutResourcePolicy',
  },
  'synthetics': {
    [PASSES]: 'CreateCanary',
    [STARTS]: 'StartCanary',
    [SETTINGS]: 'AssociateResource CreateGroup',
  },
};
