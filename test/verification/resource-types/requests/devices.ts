import { DATA, HALF, NO_ROLE, OWN, PASSES, REPORTS, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What serves devices, games, media and desktops. */
export const OF_DEVICES: RequestsOfServices = {
  appstream: {
    [PASSES]: 'CreateAppBlockBuilder CreateFleet CreateImageBuilder CreateExportImageTask CreateImportedImage',
    [STARTS]: `
      StartAppBlockBuilder StartFleet StartImageBuilder StartSoftwareDeploymentToImageBuilder AssociateSoftwareToImageBuilder AssociateFleet
      CreateUpdatedImage
    `,
    [SETTINGS]: `
      AssociateApplicationToEntitlement CreateEntitlement UpdateEntitlement CreateStack UpdateStack CreateThemeForStack UpdateThemeForStack
      CreateDirectoryConfig UpdateDirectoryConfig CreateUsageReportSubscription ExpireSession UpdateAppBlockBuilder
    `,
    [HALF]: 'CreateAppBlock CreateApplication CreateUser EnableUser',
    [SHARES]: 'UpdateImagePermissions CopyImage',
  },
  gamelift: {
    [PASSES]: 'CreateContainerFleet CreateFleet CreateGameServerGroup CreateBuild CreateScript',
    [STARTS]: `
      AcceptMatch CreateGameSession CreatePlayerSession CreatePlayerSessions StartGameSessionPlacement StartMatchBackfill StartMatchmaking
      ResumeGameServerGroup StartFleetActions ResolveAlias UpdateAlias
    `,
    [SETTINGS]: `
      CreateAlias CreateFleetLocations CreateGameSessionQueue UpdateGameSessionQueue CreateLocation CreateMatchmakingConfiguration
      UpdateMatchmakingConfiguration CreateMatchmakingRuleSet CreateVpcPeeringAuthorization CreateVpcPeeringConnection PutScalingPolicy UpdateBuild
      UpdateFleetAttributes UpdateFleetCapacity UpdateFleetPortSettings UpdateGameSession UpdateGameServerGroup
    `,
    [NO_ROLE]: 'CreateContainerGroupDefinition RequestUploadCredentials',
    [REPORTS]: 'ClaimGameServer RegisterGameServer UpdateGameServer RegisterCompute',
  },
  greengrass: {
    [PASSES]: 'AssociateRoleToGroup AssociateServiceRoleToAccount CreateSoftwareUpdateJob',
    [HALF]: `
      CreateGroupVersion CreateComponentVersion CreateConnectorDefinition CreateConnectorDefinitionVersion CreateCoreDefinition
      CreateCoreDefinitionVersion CreateDeviceDefinition CreateDeviceDefinitionVersion CreateFunctionDefinition CreateFunctionDefinitionVersion
      CreateLoggerDefinition CreateLoggerDefinitionVersion CreateResourceDefinition CreateResourceDefinitionVersion CreateSubscriptionDefinition
      CreateSubscriptionDefinitionVersion
    `,
    [SETTINGS]: `
      UpdateGroup UpdateGroupCertificateConfiguration CreateGroupCertificateAuthority UpdateConnectorDefinition UpdateCoreDefinition
      UpdateDeviceDefinition UpdateFunctionDefinition UpdateLoggerDefinition UpdateResourceDefinition UpdateSubscriptionDefinition
      UpdateThingRuntimeConfiguration ResetDeployments
    `,
    [NO_ROLE]: 'CreateGroup BatchAssociateClientDeviceWithCoreDevice',
    [REPORTS]: 'ResolveComponentCandidates Discover UpdateConnectivityInfo',
  },
  iot: {
    [PASSES]: `
      CreateRoleAlias UpdateRoleAlias CreateProvisioningTemplate StartThingRegistrationTask CreateOTAUpdate CreateJob CreateJobTemplate UpdateJob
      CreateMitigationAction CreateTopicRule ReplaceTopicRule CreateTopicRuleDestination CreateStream SetLoggingOptions SetV2LoggingOptions
      UpdateAccountAuditConfiguration UpdateEncryptionConfiguration UpdatePackageConfiguration CreateSecurityProfile UpdateSecurityProfile
      CreateCommand RegisterCACertificate
    `,
    [STARTS]: `
      AssociateTargetsWithJob StartAuditMitigationActionsTask StartDetectMitigationActionsTask StartOnDemandAuditTask StartCommandExecution
      EnableTopicRule ConfirmTopicRuleDestination TestInvokeAuthorizer TestAuthorization
    `,
    [SETTINGS]: `
      AddThingToBillingGroup CreateBillingGroup UpdateBillingGroup CreateThingType DeprecateThingType UpdateThingType CreateCustomMetric
      UpdateCustomMetric CreateDimension UpdateDimension CreateFleetMetric UpdateFleetMetric CreateScheduledAudit UpdateScheduledAudit
      CreateAuditSuppression UpdateAuditSuppression PutVerificationStateOnViolation AttachSecurityProfile SetV2LoggingLevel
      UpdateEventConfigurations UpdateIndexingConfiguration UpdateCommand CreatePackage UpdatePackage CreatePackageVersion UpdatePackageVersion
      AssociateSbomWithPackageVersion CreateDomainConfiguration UpdateDomainConfiguration CreateThingGroup UpdateThingGroup CreateDynamicThingGroup
      UpdateTopicRuleDestination
    `,
    [DATA]: 'CreateThing UpdateThing UpdateThingShadow Publish RetainPublish SendDirectMessage',
    [NO_ROLE]: `
      CreateAuthorizer UpdateAuthorizer SetDefaultAuthorizer ClearDefaultAuthorizer CreatePolicy OpenTunnel CloseTunnel RotateTunnelAccessToken
    `,
    [HALF]: `
      CreateCertificateFromCsr CreateKeysAndCertificate RegisterCertificate RegisterCertificateWithoutCA TransferCertificate
      AcceptCertificateTransfer UpdateCertificate CreateCertificateProvider UpdateCertificateProvider
    `,
    [OWN]: 'Connect Receive Subscribe',
  },
  iottwinmaker: {
    [PASSES]: 'CreateWorkspace CreateSyncJob',
    [STARTS]: 'ExecuteQuery',
    [SETTINGS]: 'UpdatePricingPlan',
    [DATA]: 'BatchPutPropertyValues',
    [NO_ROLE]: 'CreateScene UpdateScene',
  },
  iotwireless: {
    [PASSES]: 'CreateDestination CreateFuotaTask StartWirelessDeviceImportTask CreateWirelessGatewayTaskDefinition',
    [STARTS]: `
      StartFuotaTask StartSingleWirelessDeviceImportTask StartMulticastGroupSession SendDataToMulticastGroup SendDataToWirelessDevice
      StartNetworkAnalyzerStream TestWirelessDevice CreateWirelessGatewayTask AssociateMulticastGroupWithFuotaTask
      AssociateWirelessDeviceWithFuotaTask
    `,
    [SETTINGS]: `
      AssociateAwsAccountWithPartnerAccount UpdatePartnerAccount CreateDeviceProfile CreateServiceProfile CreateMulticastGroup UpdateMulticastGroup
      CreateWirelessDevice UpdateWirelessDevice CreateWirelessGateway UpdateWirelessGateway AssociateWirelessDeviceWithMulticastGroup
      AssociateWirelessDeviceWithThing AssociateWirelessGatewayWithCertificate AssociateWirelessGatewayWithThing
      StartBulkAssociateWirelessDeviceWithMulticastGroup StartBulkDisassociateWirelessDeviceFromMulticastGroup CreateNetworkAnalyzerConfiguration
      UpdateNetworkAnalyzerConfiguration ResetAllResourceLogLevels ResetResourceLogLevel PutResourceLogLevel UpdateLogLevelsByResourceTypes
      UpdateEventConfigurationByResourceTypes UpdateResourceEventConfiguration UpdateMetricConfiguration
    `,
    [DATA]: 'PutPositionConfiguration UpdatePosition UpdateResourcePosition',
  },
  medialive: {
    [PASSES]: 'CreateChannel CreateCluster CreateInput',
    [STARTS]: `
      BatchStart StartChannel RestartChannelPipelines StartMultiplex StartMonitorDeployment StartDeleteMonitorDeployment StartUpdateSignalMap
    `,
    [SETTINGS]: `
      UpdateAccountConfiguration UpdateCluster CreateChannelPlacementGroup UpdateChannelPlacementGroup CreateCloudWatchAlarmTemplate
      UpdateCloudWatchAlarmTemplate CreateCloudWatchAlarmTemplateGroup UpdateCloudWatchAlarmTemplateGroup CreateEventBridgeRuleTemplate
      UpdateEventBridgeRuleTemplate CreateEventBridgeRuleTemplateGroup UpdateEventBridgeRuleTemplateGroup CreateInputSecurityGroup
      UpdateInputSecurityGroup CreateMultiplex UpdateMultiplex CreateMultiplexProgram UpdateMultiplexProgram CreateNetwork UpdateNetwork
      CreateSdiSource UpdateSdiSource CreateSignalMap CreateTags UpdateNode UpdateNodeState UpdateReservation PurchaseOffering
    `,
    [NO_ROLE]: `
      AcceptInputDeviceTransfer ClaimDevice RebootInputDevice StartInputDevice StartInputDeviceMaintenanceWindow TransferInputDevice
      UpdateInputDevice CreatePartnerInput
    `,
    [HALF]: 'CreateNode',
    [REPORTS]: 'PollAnywhere SubmitAnywhereStateChange',
  },
};
