import { DATA, HALF, NO_ROLE, PASSES, REPORTS, SETTINGS, SHARES, STARTS, RequestsOfServices } from './reasons';

/** What creates, changes or calls other resources. */
export const OF_DEPLOYERS: RequestsOfServices = {
  cloudformation: {
    [PASSES]: 'ActivateType CreateStackSet RegisterType',
    [STARTS]: 'ContinueUpdateRollback RollbackStack ImportStacksToStackSet SetTypeDefaultVersion TestType PublishType',
    [SETTINGS]: 'ActivateOrganizationsAccess SetStackPolicy UpdateTerminationProtection CreateStackRefactor ExecuteStackRefactor',
    [NO_ROLE]: `
      CreateGeneratedTemplate UpdateGeneratedTemplate CreateUploadBucket RegisterPublisher StartResourceScan EstimateTemplateCost DetectStackDrift
      DetectStackResourceDrift DetectStackSetDrift
    `,
    [REPORTS]: 'RecordHandlerProgress SignalResource',
  },
  proton: {
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
  servicecatalog: {
    [PASSES]: 'CreateConstraint UpdateConstraint UpdateProvisionedProductProperties',
    [STARTS]: `
      ProvisionProduct UpdateProvisionedProduct CreateProvisionedProductPlan ExecuteProvisionedProductPlan ExecuteProvisionedProductServiceAction
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
  ssm: {
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
};
