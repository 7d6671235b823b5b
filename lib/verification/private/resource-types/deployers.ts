import { byArn, regional } from './formats';
import { ResourceTypes } from './resource-type';
import { at, byRequests, elsewhere, PROVISIONING_OF_PRODUCTS, VERSIONS_OF_PRODUCTS } from './takeovers';

const GRAPH = `${regional('appsync')}apis/\${ApiId}`;

/** Requests about resources of types that are registered, whose handlers act with a role on what templates name. */
const OF_TYPES = [
  'cloudformation:CreateChangeSet', 'cloudformation:CreateResource', 'cloudformation:CreateStack', 'cloudformation:DeleteResource', 'cloudformation:ExecuteChangeSet',
  'cloudformation:UpdateResource', 'cloudformation:UpdateStack',
];

const ACTIONS_OF_CHATBOT = ['chatbot:AssociateToConfiguration', 'chatbot:UpdateCustomAction'];

const PROVISIONING = ['iot:CreateProvisioningTemplateVersion', 'iot:UpdateProvisioningTemplate'];

/** Requests that ask agents, sign in to them, or change what they know and which services they use. */
const AGENTS_OF_DEVOPS = [
  'aidevops:AssociateService', 'aidevops:CreateAccessToken', 'aidevops:CreateAsset', 'aidevops:CreateAssetFile', 'aidevops:CreateBacklogTask',
  'aidevops:CreateChat', 'aidevops:CreateKnowledgeItem', 'aidevops:CreateOneTimeLoginSession', 'aidevops:CreateTrigger', 'aidevops:GetAccessToken',
  'aidevops:RotateAccessToken', 'aidevops:SendMessage', 'aidevops:UpdateAsset', 'aidevops:UpdateAssetFile', 'aidevops:UpdateAssociation',
  'aidevops:UpdateKnowledgeItem', 'aidevops:UpdateOperatorAppIdpConfig', 'aidevops:UpdateTrigger',
];

/** A studio has a bucket for its notebooks, besides those who sign in to it. @see https://docs.aws.amazon.com/emr/latest/APIReference/API_UpdateStudio.html */
const OF_STUDIOS = [
  'elasticmapreduce:CreateStudioPresignedUrl', 'elasticmapreduce:CreateStudioSessionMapping', 'elasticmapreduce:UpdateStudio',
  'elasticmapreduce:UpdateStudioSessionMapping',
];

/** Requests that deploy templates, or add to them, also from repositories. @see https://docs.aws.amazon.com/proton/latest/userguide/ag-template-sync-configs.html */
const CHANGES_OF_PROTON = [
  'proton:CreateComponent', 'proton:CreateEnvironment', 'proton:CreateEnvironmentTemplateMinorVersion', 'proton:CreateEnvironmentTemplateVersion',
  'proton:CreateService', 'proton:CreateServiceInstance', 'proton:CreateServiceSyncConfig', 'proton:CreateServiceTemplateMinorVersion',
  'proton:CreateServiceTemplateVersion', 'proton:CreateTemplateSyncConfig', 'proton:UpdateComponent', 'proton:UpdateEnvironment', 'proton:UpdateService',
  'proton:UpdateServiceInstance', 'proton:UpdateServicePipeline', 'proton:UpdateServiceSyncConfig', 'proton:UpdateTemplateSyncConfig',
];

/**
 * Services that create, change or call other resources with a role, or let others sign in where they do. The role was passed to them before, and others decide what they
 * do with it, in requests that pass no role.
 */
export const DEPLOYERS: ResourceTypes = {
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-appsync-graphqlapi.html
   * @see https://docs.aws.amazon.com/appsync/latest/devguide/merged-api.html
   */
  'AWS::AppSync::GraphQLApi': {
    ...elsewhere(
      at('MergedApiExecutionRoleArn'), 'appsync:AssociateMergedGraphqlApi', 'appsync:AssociateSourceGraphqlApi', 'appsync:UpdateSourceApiAssociation',
    ),
    format: byArn(GRAPH, ['ApiId'], { Arn: GRAPH, ApiId: '${ApiId}' }),
  },
  /** @see https://docs.aws.amazon.com/bedrock/latest/userguide/agents-permissions.html */
  'AWS::Bedrock::Agent': elsewhere(
    at('AgentResourceRoleArn'),
    'bedrock:AssociateAgentCollaborator', 'bedrock:AssociateAgentKnowledgeBase', 'bedrock:CreateAgentActionGroup', 'bedrock:UpdateAgentActionGroup',
    'bedrock:UpdateAgentCollaborator',
  ),
  /** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html */
  'AWS::BedrockAgentCore::Gateway': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: ['bedrock-agentcore:InvokeGateway'],
      takenOverElsewhere: ['bedrock-agentcore:CreateGatewayTarget', 'bedrock-agentcore:UpdateGatewayTarget'],
    },
  },
  /**
   * Members of the channel run custom actions.
   *
   * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_UpdateSlackChannelConfiguration.html
   * @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_UpdateCustomAction.html
   */
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': elsewhere(at('IamRoleArn'), ...ACTIONS_OF_CHATBOT, 'chatbot:UpdateMicrosoftTeamsChannelConfiguration'),
  'AWS::Chatbot::SlackChannelConfiguration': elsewhere(at('IamRoleArn'), ...ACTIONS_OF_CHATBOT, 'chatbot:UpdateSlackChannelConfiguration'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ActivateType.html */
  'AWS::CloudFormation::ResourceVersion': elsewhere(at('ExecutionRoleArn'), ...OF_TYPES),
  'AWS::CloudFormation::TypeActivation': elsewhere(at('ExecutionRoleArn'), ...OF_TYPES, 'cloudformation:SetTypeConfiguration'),
  /** A revision names task definitions and functions. @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
  'AWS::CodeDeploy::DeploymentGroup': elsewhere(at('ServiceRoleArn'), 'codedeploy:CreateDeployment', 'codedeploy:UpdateDeploymentGroup'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync.html */
  'AWS::CodeStarConnections::SyncConfiguration': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: [],
      takenOverElsewhere: [
        'codeconnections:UpdateHost', 'codeconnections:UpdateRepositoryLink', 'codeconnections:UpdateSyncConfiguration', 'codestar-connections:UpdateHost',
        'codestar-connections:UpdateRepositoryLink', 'codestar-connections:UpdateSyncConfiguration',
      ],
    },
  },
  'AWS::CodeStarConnections::RepositoryLink': { matters: 'templates of its repository are deployed' },
  /** @see https://docs.aws.amazon.com/devicefarm/latest/APIReference/API_ScheduleRun.html */
  'AWS::DeviceFarm::Project': elsewhere(at('ExecutionRoleArn'), 'devicefarm:CreateRemoteAccessSession', 'devicefarm:ScheduleRun', 'devicefarm:UpdateUpload'),
  'AWS::DevOpsAgent::AgentSpace': elsewhere(at('OperatorApp.Iam.OperatorAppRoleArn', 'OperatorApp.Idc.OperatorAppRoleArn'), ...AGENTS_OF_DEVOPS),
  'AWS::DevOpsAgent::Association': elsewhere(at('Configuration.Aws.AssumableRoleArn', 'Configuration.SourceAws.AssumableRoleArn'), ...AGENTS_OF_DEVOPS),
  /** A policy shares snapshots with any account. @see https://docs.aws.amazon.com/dlm/latest/APIReference/API_UpdateLifecyclePolicy.html */
  'AWS::DLM::LifecyclePolicy': elsewhere(at('ExecutionRoleArn'), 'dlm:UpdateLifecyclePolicy'),
  'AWS::ElasticBeanstalk::ConfigurationTemplate': { matters: 'instances of environments have its instance profile' },
  /** @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-operationsrole.html */
  'AWS::ElasticBeanstalk::Environment': elsewhere(at('OperationsRole'), 'elasticbeanstalk:ComposeEnvironments', 'elasticbeanstalk:UpdateEnvironment'),
  /** @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-studio-user-permissions.html */
  'AWS::EMR::Studio': elsewhere(at('UserRole', 'ServiceRole'), ...OF_STUDIOS),
  /** @see https://docs.aws.amazon.com/fis/latest/userguide/multi-account.html */
  'AWS::FIS::TargetAccountConfiguration': elsewhere(at('RoleArn'), 'fis:UpdateExperimentTemplate'),
  /** @see https://docs.aws.amazon.com/gameliftservers/latest/apireference/API_UpdateContainerFleet.html */
  'AWS::GameLift::ContainerFleet': elsewhere(
    at('FleetRoleArn'), 'gamelift:GetComputeAccess', 'gamelift:UpdateContainerFleet', 'gamelift:UpdateContainerGroupDefinition',
  ),
  /** @see https://docs.aws.amazon.com/greengrass/v1/developerguide/group-role.html */
  'AWS::Greengrass::Group': elsewhere(at('RoleArn'), 'greengrass:CreateDeployment', 'greengrass:StartBulkDeployment'),
  /** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-image-workflows.html */
  'AWS::ImageBuilder::ImagePipeline': elsewhere(at('ExecutionRole'), 'imagebuilder:CreateWorkflow'),
  /** @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html */
  'AWS::IoT::CACertificate': elsewhere(at('RegistrationConfig.RoleArn'), ...PROVISIONING, 'iot:UpdateCACertificate'),
  'AWS::IoT::MitigationAction': byRequests(at('RoleArn'), 'iot:UpdateMitigationAction'),
  'AWS::IoT::ProvisioningTemplate': elsewhere(at('ProvisioningRoleArn'), ...PROVISIONING),
  /** @see https://docs.aws.amazon.com/medialive/latest/ug/emla-setup-nodes.html */
  'AWS::MediaLive::Cluster': elsewhere(at('InstanceRoleArn'), 'medialive:CreateNodeRegistrationScript'),
  'AWS::Proton::EnvironmentAccountConnection': elsewhere(at('RoleArn', 'CodebuildRoleArn', 'ComponentRoleArn'), ...CHANGES_OF_PROTON),
  'AWS::QuickSight::ActionConnector': elsewhere(
    at('AuthenticationConfig.AuthenticationMetadata.IamConnectionMetadata.RoleArn'),
    'quicksight:CreateAgent', 'quicksight:CreateFlow', 'quicksight:UpdateActionConnector', 'quicksight:UpdateAgent', 'quicksight:UpdateFlow',
  ),
  'AWS::Redshift::ScheduledAction': elsewhere(at('IamRole'), 'redshift:ModifyScheduledAction'),
  /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-create-tracking-server-iam.html */
  'AWS::SageMaker::MlflowTrackingServer': byRequests(at('RoleArn'), 'sagemaker:CreatePresignedMlflowTrackingServerUrl', 'sagemaker:UpdateMlflowTrackingServer'),
  'AWS::SageMaker::PartnerApp': byRequests(at('ExecutionRoleArn'), 'sagemaker:CallPartnerAppApi', 'sagemaker:CreatePartnerAppPresignedUrl', 'sagemaker:UpdatePartnerApp'),
  'AWS::ServiceCatalog::StackSetConstraint': elsewhere(at('AdminRole', 'ExecutionRole'), ...VERSIONS_OF_PRODUCTS, ...PROVISIONING_OF_PRODUCTS),
  /** Runbooks are changed by themselves. @see https://docs.aws.amazon.com/incident-manager/latest/userguide/runbooks.html */
  'AWS::SSMIncidents::ResponsePlan': elsewhere(at('Actions.SsmAutomation.RoleArn'), 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'),
  /** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_IdentityProviderDetails.html */
  'AWS::Transfer::Server': elsewhere(at('IdentityProviderDetails.InvocationRole'), 'transfer:UpdateServer'),
};
