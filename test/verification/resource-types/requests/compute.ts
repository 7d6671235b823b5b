import { HALF, NO_ROLE, PASSES, REPORTS, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What runs code: functions, jobs, builds and instances. */
export const OF_COMPUTE: RequestsOfServices = {
  'amplify': {
    [PASSES]: 'CreateApp',
    [STARTS]: 'StartJob CreateWebHook UpdateWebHook',
    [SETTINGS]: 'AssociateWebACL GenerateAccessLogs CreateDomainAssociation UpdateDomainAssociation',
    [NO_ROLE]: 'CreateBackendEnvironment',
  },
  'apprunner': {
    [PASSES]: 'CreateService',
    [STARTS]: 'ResumeService StartDeployment',
    [SETTINGS]: `
      AssociateCustomDomain AssociateWebAcl CreateAutoScalingConfiguration UpdateDefaultAutoScalingConfiguration CreateObservabilityConfiguration
      CreateVpcConnector CreateVpcIngressConnection UpdateVpcIngressConnection
    `,
    [NO_ROLE]: 'CreateConnection',
  },
  'batch': {
    [PASSES]: 'CreateComputeEnvironment SubmitServiceJob',
    [SETTINGS]: `
      SetCapacityTags CreateConsumableResource UpdateConsumableResource CreateJobQueue CreateQuotaShare CreateSchedulingPolicy
      UpdateSchedulingPolicy CreateServiceEnvironment UpdateServiceEnvironment UpdateQuotaShare UpdateServiceJob UpdateJobQueue
    `,
  },
  'codebuild': {
    [PASSES]: 'CreateProject CreateFleet',
    [SETTINGS]: 'InvalidateProjectCache UpdateProjectVisibility',
    [REPORTS]: 'BatchPutCodeCoverages BatchPutTestCases CreateReport CreateReportGroup UpdateReport UpdateReportGroup',
    [NO_ROLE]: 'ImportSourceCredentials PersistOAuthToken',
    [SHARES]: 'PutResourcePolicy',
  },
  'codepipeline': {
    [PASSES]: 'CreatePipeline',
    [STARTS]: `
      EnableStageTransition OverrideStageCondition RetryStageExecution RollbackStage PutActionRevision PutApprovalResult PutWebhook
      RegisterWebhookWithThirdParty
    `,
    [REPORTS]: `
      AcknowledgeJob AcknowledgeThirdPartyJob PutJobFailureResult PutJobSuccessResult PutThirdPartyJobFailureResult PutThirdPartyJobSuccessResult
    `,
    [NO_ROLE]: 'CreateCustomActionType',
    [HALF]: 'PollForThirdPartyJobs',
  },
  'ecs': {
    [PASSES]: 'CreateExpressGatewayService CreateCapacityProvider RegisterDaemonTaskDefinition',
    [STARTS]: `
      CreateService UpdateService UpdateServicePrimaryTaskSet CreateTaskSet UpdateTaskSet ContinueServiceDeployment CreateDaemon UpdateDaemon
    `,
    [SETTINGS]: `
      AllowVendedLogDeliveryForResource CreateCluster PutClusterCapacityProviders UpdateCluster UpdateClusterSettings UpdateCapacityProvider
      PutAccountSetting PutAccountSettingDefault PutAttributes UpdateContainerAgent UpdateContainerInstancesState UpdateTaskProtection
    `,
    [REPORTS]: 'SubmitAttachmentStateChanges SubmitContainerStateChange SubmitTaskStateChange StartTelemetrySession PutSystemLogEvents',
    [HALF]: 'RegisterContainerInstance DiscoverPollEndpoint',
  },
  'elasticbeanstalk': {
    [PASSES]: 'AssociateEnvironmentOperationsRole CreateEnvironment CreatePlatformVersion',
    [STARTS]: 'ApplyEnvironmentManagedAction RebuildEnvironment RestartAppServer',
    [SETTINGS]: `
      SwapEnvironmentCNAMEs AddTags UpdateTagsForResource UpdateApplication UpdateApplicationResourceLifecycle UpdateApplicationVersion
      CreateConfigurationTemplate UpdateConfigurationTemplate
    `,
    [NO_ROLE]: 'CreateStorageLocation CreateApplication RequestEnvironmentInfo RetrieveEnvironmentInfo',
    [HALF]: 'CreateApplicationVersion',
    [REPORTS]: 'PutInstanceStatistics',
  },
  'elasticmapreduce': {
    [PASSES]: 'CreateStudio RunJobFlow StartSession',
    [SETTINGS]: `
      ModifyCluster PutAutoScalingPolicy PutAutoTerminationPolicy PutManagedScalingPolicy SetKeepJobFlowAliveWhenNoSteps SetTerminationProtection
      SetUnhealthyNodeReplacement SetVisibleToAllUsers AddTags UpdateEditor PutBlockPublicAccessConfiguration CreateSecurityConfiguration
    `,
    [NO_ROLE]: 'CreateRepository LinkRepository UnlinkRepository UpdateRepository AccessAllEventLogs CreatePersistentAppUI',
    [HALF]: 'CreateEditor PutWorkspaceAccess',
  },
  'pcs': {
    [PASSES]: 'CreateComputeNodeGroup',
    [SETTINGS]: 'CreateCluster UpdateCluster CreateQueue UpdateQueue AllowVendedLogDeliveryForResource',
    [NO_ROLE]: 'RegisterComputeNodeGroupInstance',
  },
  'workspaces-instances': {
    [PASSES]: 'CreateWorkspaceInstance',
    [SETTINGS]: 'AssociateVolume CreateVolume',
  },
  'imagebuilder': {
    [PASSES]: `
      CreateInfrastructureConfiguration UpdateInfrastructureConfiguration CreateLifecyclePolicy UpdateLifecyclePolicy StartResourceStateUpdate
      DistributeImage
    `,
    [STARTS]: 'RetryImage StartImagePipelineExecution SendWorkflowStepAction',
    [SETTINGS]: 'CreateDistributionConfiguration UpdateDistributionConfiguration',
    [SHARES]: 'PutImagePolicy PutComponentPolicy PutContainerRecipePolicy PutImageRecipePolicy',
  },
  'lambda': {
    [PASSES]: 'CreateFunction CreateMicrovmImage RunMicrovm CreateCapacityProvider CreateNetworkConnector',
    [STARTS]: `
      CreateAlias UpdateAlias PublishVersion CreateFunctionUrlConfig UpdateFunctionUrlConfig EnableReplication ResumeMicrovm
      PutProvisionedConcurrencyConfig SendDurableExecutionCallbackFailure SendDurableExecutionCallbackHeartbeat SendDurableExecutionCallbackSuccess
    `,
    [SETTINGS]: `
      PutFunctionConcurrency PutFunctionRecursionConfig PutFunctionScalingConfig PutRuntimeManagementConfig UpdateMicrovmImageVersion
      UpdateCapacityProvider UpdateNetworkConnector CreateCodeSigningConfig UpdateCodeSigningConfig PutFunctionCodeSigningConfig
      UpdateFunctionCodeSigningConfig
    `,
    [HALF]: 'ConnectMicrovm PassNetworkConnector PassCapacityProvider PublishLayerVersion',
    [SHARES]: 'AddLayerVersionPermission AddPermission PutResourcePolicy',
  },
  'ssm-incidents': {
    [PASSES]: 'CreateResponsePlan UpdateResponsePlan',
    [STARTS]: 'StartIncident',
    [NO_ROLE]: 'CreateTimelineEvent UpdateIncidentRecord UpdateRelatedItems UpdateTimelineEvent',
    [SETTINGS]: 'CreateReplicationSet UpdateReplicationSet UpdateDeletionProtection',
    [SHARES]: 'PutResourcePolicy',
  },
  'states': {
    [PASSES]: 'CreateStateMachine TestState',
    [STARTS]: `
      CreateStateMachineAlias PublishStateMachineVersion UpdateStateMachineAlias RedriveExecution SendTaskFailure SendTaskHeartbeat SendTaskSuccess
    `,
    [SETTINGS]: 'UpdateMapRun',
    [NO_ROLE]: 'CreateActivity',
    [HALF]: 'InvokeHTTPEndpoint RevealSecrets',
  },
};
