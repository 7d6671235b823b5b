import { byArn, regional } from './formats';
import { ResourceTypes } from './resource-type';
import { at, byRequests, elsewhere } from './takeovers';

const GRAPH = `${regional('appsync')}apis/\${ApiId}`;

/** Requests about resources of types that are registered, whose handlers act with a role on what templates name. */
const OF_TYPES = [
  'cloudformation:CreateChangeSet', 'cloudformation:CreateResource', 'cloudformation:CreateStack', 'cloudformation:DeleteResource', 'cloudformation:ExecuteChangeSet',
  'cloudformation:UpdateResource', 'cloudformation:UpdateStack',
];

const PROVISIONING = ['iot:CreateProvisioningTemplateVersion', 'iot:UpdateProvisioningTemplate'];

const AGENTS_OF_DEVOPS = [
  'aidevops:CreateAccessToken', 'aidevops:CreateBacklogTask', 'aidevops:CreateChat', 'aidevops:CreateOneTimeLoginSession', 'aidevops:CreateTrigger',
  'aidevops:GetAccessToken', 'aidevops:RotateAccessToken', 'aidevops:SendMessage', 'aidevops:UpdateAssociation',
];

const OF_STUDIOS = ['elasticmapreduce:CreateStudioPresignedUrl', 'elasticmapreduce:CreateStudioSessionMapping', 'elasticmapreduce:UpdateStudioSessionMapping'];

const CHANGES_OF_PROTON = [
  'proton:CreateComponent', 'proton:CreateEnvironment', 'proton:CreateEnvironmentTemplateVersion', 'proton:CreateService', 'proton:CreateServiceTemplateVersion',
  'proton:UpdateComponent', 'proton:UpdateEnvironment', 'proton:UpdateService',
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
  ),
  /** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html */
  'AWS::BedrockAgentCore::Gateway': elsewhere(at('RoleArn'), 'bedrock-agentcore:CreateGatewayTarget', 'bedrock-agentcore:UpdateGatewayTarget'),
  /** @see https://docs.aws.amazon.com/chatbot/latest/APIReference/API_UpdateSlackChannelConfiguration.html */
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': elsewhere(at('IamRoleArn'), 'chatbot:UpdateMicrosoftTeamsChannelConfiguration'),
  'AWS::Chatbot::SlackChannelConfiguration': elsewhere(at('IamRoleArn'), 'chatbot:UpdateSlackChannelConfiguration'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ActivateType.html */
  'AWS::CloudFormation::ResourceVersion': elsewhere(at('ExecutionRoleArn'), ...OF_TYPES),
  'AWS::CloudFormation::TypeActivation': elsewhere(at('ExecutionRoleArn'), ...OF_TYPES, 'cloudformation:SetTypeConfiguration'),
  /** A revision names task definitions and functions. @see https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html */
  'AWS::CodeDeploy::DeploymentGroup': elsewhere(at('ServiceRoleArn'), 'codedeploy:CreateDeployment', 'codedeploy:UpdateDeploymentGroup'),
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/git-sync.html */
  'AWS::CodeStarConnections::SyncConfiguration': elsewhere(
    at('RoleArn'), 'codeconnections:UpdateRepositoryLink', 'codeconnections:UpdateSyncConfiguration', 'codestar-connections:UpdateRepositoryLink',
    'codestar-connections:UpdateSyncConfiguration',
  ),
  /** @see https://docs.aws.amazon.com/devicefarm/latest/APIReference/API_ScheduleRun.html */
  'AWS::DeviceFarm::Project': elsewhere(at('ExecutionRoleArn'), 'devicefarm:CreateRemoteAccessSession', 'devicefarm:ScheduleRun'),
  'AWS::DevOpsAgent::AgentSpace': elsewhere(at('OperatorApp.Iam.OperatorAppRoleArn', 'OperatorApp.Idc.OperatorAppRoleArn'), ...AGENTS_OF_DEVOPS),
  'AWS::DevOpsAgent::Association': elsewhere(at('Configuration.Aws.AssumableRoleArn', 'Configuration.SourceAws.AssumableRoleArn'), ...AGENTS_OF_DEVOPS),
  /** A policy shares snapshots with any account. @see https://docs.aws.amazon.com/dlm/latest/APIReference/API_UpdateLifecyclePolicy.html */
  'AWS::DLM::LifecyclePolicy': elsewhere(at('ExecutionRoleArn'), 'dlm:UpdateLifecyclePolicy'),
  /** @see https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/iam-operationsrole.html */
  'AWS::ElasticBeanstalk::Environment': elsewhere(at('OperationsRole'), 'elasticbeanstalk:UpdateEnvironment'),
  /** @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-studio-user-permissions.html */
  'AWS::EMR::Studio': elsewhere(at('UserRole', 'ServiceRole'), ...OF_STUDIOS),
  /** @see https://docs.aws.amazon.com/fis/latest/userguide/multi-account.html */
  'AWS::FIS::TargetAccountConfiguration': elsewhere(at('RoleArn'), 'fis:UpdateExperimentTemplate'),
  /** @see https://docs.aws.amazon.com/gameliftservers/latest/apireference/API_UpdateContainerFleet.html */
  'AWS::GameLift::ContainerFleet': elsewhere(
    at('FleetRoleArn'), 'gamelift:GetComputeAccess', 'gamelift:UpdateContainerFleet', 'gamelift:UpdateContainerGroupDefinition',
  ),
  /** @see https://docs.aws.amazon.com/greengrass/v1/developerguide/group-role.html */
  'AWS::Greengrass::Group': elsewhere(at('RoleArn'), 'greengrass:CreateDeployment'),
  /** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-image-workflows.html */
  'AWS::ImageBuilder::ImagePipeline': elsewhere(at('ExecutionRole'), 'imagebuilder:CreateWorkflow'),
  /** @see https://docs.aws.amazon.com/iot/latest/developerguide/provision-template.html */
  'AWS::IoT::CACertificate': elsewhere(at('RegistrationConfig.RoleArn'), ...PROVISIONING),
  'AWS::IoT::MitigationAction': byRequests(at('RoleArn'), 'iot:UpdateMitigationAction'),
  'AWS::IoT::ProvisioningTemplate': elsewhere(at('ProvisioningRoleArn'), ...PROVISIONING),
  /** @see https://docs.aws.amazon.com/medialive/latest/ug/emla-setup-nodes.html */
  'AWS::MediaLive::Cluster': elsewhere(at('InstanceRoleArn'), 'medialive:CreateNodeRegistrationScript'),
  'AWS::Proton::EnvironmentAccountConnection': elsewhere(at('RoleArn', 'CodebuildRoleArn', 'ComponentRoleArn'), ...CHANGES_OF_PROTON),
  'AWS::QuickSight::ActionConnector': elsewhere(at('AuthenticationConfig.AuthenticationMetadata.IamConnectionMetadata.RoleArn'), 'quicksight:UpdateActionConnector'),
  'AWS::Redshift::ScheduledAction': elsewhere(at('IamRole'), 'redshift:ModifyScheduledAction'),
  /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/mlflow-create-tracking-server-iam.html */
  'AWS::SageMaker::MlflowTrackingServer': byRequests(at('RoleArn'), 'sagemaker:CreatePresignedMlflowTrackingServerUrl', 'sagemaker:UpdateMlflowTrackingServer'),
  'AWS::SageMaker::PartnerApp': byRequests(at('ExecutionRoleArn'), 'sagemaker:CallPartnerAppApi', 'sagemaker:CreatePartnerAppPresignedUrl', 'sagemaker:UpdatePartnerApp'),
  'AWS::ServiceCatalog::StackSetConstraint': elsewhere(at('AdminRole', 'ExecutionRole'), 'servicecatalog:CreateProvisioningArtifact'),
  /** Runbooks are changed by themselves. @see https://docs.aws.amazon.com/incident-manager/latest/userguide/runbooks.html */
  'AWS::SSMIncidents::ResponsePlan': elsewhere(at('Actions.SsmAutomation.RoleArn'), 'ssm:UpdateDocument', 'ssm:UpdateDocumentDefaultVersion'),
  /** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_IdentityProviderDetails.html */
  'AWS::Transfer::Server': elsewhere(at('IdentityProviderDetails.InvocationRole'), 'transfer:UpdateServer'),
};
