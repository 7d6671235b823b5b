import { within } from './permissions';
import { ProgramType, ResourceTypes } from './resource-type';

/** What runs code or commands of others with a role, if they send some requests, none of which is about the resource itself. */
const elsewhere = (roles: ProgramType['roles'], ...takenOverElsewhere: string[]) => ({ program: { roles, takenOverBy: [], takenOverElsewhere } });

/** The same, if the requests are about the resource. */
const byRequests = (roles: ProgramType['roles'], ...takenOverBy: string[]) => ({ program: { roles, takenOverBy } });

const SQL_OF_REDSHIFT = [
  'redshift-data:ExecuteStatement', 'redshift-data:BatchExecuteStatement', 'redshift:GetClusterCredentials', 'redshift:GetClusterCredentialsWithIAM',
  'redshift-serverless:GetCredentials',
];

const SQL_OF_RDS = ['rds-data:ExecuteStatement', 'rds-data:BatchExecuteStatement', 'rds-db:connect'];

const STUDIO = ['sagemaker:CreatePresignedDomainUrl', 'sagemaker:CreateApp', 'sagemaker:StartSession'];

/** Methods and integrations of an API can be any request of AWS. */
const CHANGES_OF_APIS = ['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'];

/**
 * Services that act with a role, which was passed to them before, as others ask: they run their code, their commands or their SQL, let them sign in where that runs, or
 * give them credentials of the role.
 */
export const PROGRAMS: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/amplify/latest/APIReference/API_UpdateApp.html */
  'AWS::Amplify::App': elsewhere(
    [['IAMServiceRole'], ['ComputeRoleArn']], 'amplify:UpdateApp', 'amplify:UpdateBranch', 'amplify:CreateBranch', 'amplify:StartDeployment',
  ),
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html */
  'AWS::ApiGateway::Method': elsewhere([['Integration', 'Credentials']], ...CHANGES_OF_APIS),
  'AWS::ApiGatewayV2::Integration': elsewhere([['CredentialsArn']], ...CHANGES_OF_APIS),
  /** @see https://docs.aws.amazon.com/appstream2/latest/developerguide/using-iam-roles-to-grant-permissions-to-applications-scripts-streaming-instances.html */
  'AWS::AppStream::AppBlockBuilder': byRequests([['IamRoleArn']], 'appstream:CreateAppBlockBuilderStreamingURL'),
  'AWS::AppStream::Fleet': elsewhere([['IamRoleArn']], 'appstream:CreateStreamingURL', 'appstream:Stream'),
  'AWS::AppStream::ImageBuilder': byRequests([['IamRoleArn']], 'appstream:CreateImageBuilderStreamingURL'),
  /** @see https://docs.aws.amazon.com/athena/latest/ug/notebooks-spark-security.html */
  'AWS::Athena::WorkGroup': byRequests([['WorkGroupConfiguration', 'ExecutionRole']], 'athena:StartSession', 'athena:StartCalculationExecution'),
  /** @see https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html */
  'AWS::Bedrock::KnowledgeBase': byRequests([['RoleArn']], 'bedrock:CreateDataSource', 'bedrock:UpdateDataSource'),
  /** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html */
  'AWS::BedrockAgentCore::BrowserCustom': byRequests([['ExecutionRoleArn']], 'bedrock-agentcore:StartBrowserSession'),
  'AWS::BedrockAgentCore::CodeInterpreterCustom': byRequests([['ExecutionRoleArn']], 'bedrock-agentcore:InvokeCodeInterpreter'),
  'AWS::BedrockAgentCore::Runtime': byRequests([['RoleArn']], 'bedrock-agentcore:UpdateAgentRuntime', 'bedrock-agentcore:InvokeAgentRuntimeCommand'),
  /** @see https://docs.aws.amazon.com/datasync/latest/userguide/create-s3-location.html */
  'AWS::DataSync::LocationS3': elsewhere([['S3Config', 'BucketAccessRoleArn']], 'datasync:CreateTask'),
  /** @see https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_AssumeQueueRoleForUser.html */
  'AWS::Deadline::Fleet': byRequests([['RoleArn']], 'deadline:AssumeFleetRoleForRead', 'deadline:AssumeFleetRoleForWorker'),
  'AWS::Deadline::Queue': byRequests([['RoleArn']], 'deadline:AssumeQueueRoleForRead', 'deadline:AssumeQueueRoleForUser', 'deadline:AssumeQueueRoleForWorker'),
  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateExpressGatewayService.html */
  'AWS::ECS::ExpressGatewayService': {
    program: { roles: [['TaskRoleArn']], code: [['PrimaryContainer', 'Image']], takenOverBy: ['ecs:UpdateExpressGatewayService'] },
  },
  /** @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html */
  'AWS::EMR::Cluster': {
    program: {
      roles: [],
      instanceProfiles: [['JobFlowRole']],
      code: [['BootstrapActions', 'ScriptBootstrapAction', 'Path']],
      takenOverBy: ['elasticmapreduce:AddJobFlowSteps', 'elasticmapreduce:GetClusterSessionCredentials'],
      takenOverElsewhere: ['elasticmapreduce:AttachEditor', 'elasticmapreduce:StartNotebookExecution'],
    },
  },
  /** @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
  'AWS::FIS::ExperimentTemplate': byRequests([['RoleArn']], 'fis:UpdateExperimentTemplate'),
  /** @see https://docs.aws.amazon.com/gameliftservers/latest/apireference/API_GetComputeAccess.html */
  'AWS::GameLift::Fleet': byRequests([['InstanceRoleARN']], 'gamelift:GetComputeAccess', 'gamelift:GetInstanceAccess'),
  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDevEndpoint.html */
  'AWS::Glue::DevEndpoint': byRequests([['RoleArn']], 'glue:UpdateDevEndpoint'),
  /** @see https://docs.aws.amazon.com/grafana/latest/userguide/AMG-manage-permissions.html */
  'AWS::Grafana::Workspace': byRequests([['RoleArn']], 'grafana:CreateWorkspaceApiKey', 'grafana:CreateWorkspaceServiceAccountToken', 'grafana:UpdatePermissions'),
  /** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-infra-config.html */
  'AWS::ImageBuilder::InfrastructureConfiguration': {
    program: {
      roles: [],
      instanceProfiles: [['InstanceProfileName']],
      takenOverBy: [],
      takenOverElsewhere: ['imagebuilder:CreateImage', 'imagebuilder:CreateImagePipeline', 'imagebuilder:UpdateImagePipeline'],
    },
  },
  /** @see https://docs.aws.amazon.com/MSKC/latest/mskc/API_UpdateConnector.html */
  'AWS::KafkaConnect::Connector': elsewhere([['ServiceExecutionRoleArn']], 'kafkaconnect:UpdateConnector'),
  /**
   * It gives credentials of the role of a location to those who have grants, which no template has to show.
   *
   * @see https://docs.aws.amazon.com/lake-formation/latest/dg/registration-role.html
   */
  'AWS::LakeFormation::Resource': elsewhere(
    [['RoleArn']], 'lakeformation:GetDataAccess', 'lakeformation:GetTemporaryGlueTableCredentials', 'lakeformation:GetTemporaryGluePartitionCredentials',
  ),
  /** @see https://docs.aws.amazon.com/mwaa/latest/userguide/access-policies.html */
  'AWS::MWAA::Environment': {
    program: {
      roles: [['ExecutionRoleArn']],
      code: [['SourceBucketArn']],
      takenOverBy: ['airflow:CreateCliToken', 'airflow:UpdateEnvironment'],
      takenOverElsewhere: ['airflow:CreateWebLoginToken', 'airflow:InvokeRestApi'],
    },
  },
  /** @see https://docs.aws.amazon.com/neptune/latest/userguide/load-api-reference-load.html */
  'AWS::Neptune::DBCluster': elsewhere([['AssociatedRoles', 'RoleArn']], 'neptune-db:StartLoaderJob'),
  /** @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Integrating.LoadFromS3.html */
  'AWS::RDS::DBCluster': elsewhere([['AssociatedRoles', 'RoleArn']], ...SQL_OF_RDS),
  'AWS::RDS::DBInstance': elsewhere([['AssociatedRoles', 'RoleArn']], ...SQL_OF_RDS),
  /** @see https://docs.aws.amazon.com/redshift/latest/mgmt/copy-unload-iam-role.html */
  'AWS::Redshift::Cluster': { ...elsewhere([['IamRoles']], ...SQL_OF_REDSHIFT), unread: within('redshift', 'NamespaceResourcePolicy') },
  /** @see https://docs.aws.amazon.com/redshift/latest/mgmt/zero-etl-using.redshift-iam.html */
  'AWS::RedshiftServerless::Namespace': {
    ...elsewhere([['IamRoles'], ['DefaultIamRoleArn']], ...SQL_OF_REDSHIFT),
    unread: within(['redshift', 'redshift-serverless'], 'NamespaceResourcePolicy'),
  },
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-location.html */
  'AWS::S3::AccessGrantsLocation': elsewhere([['IamRoleArn']], 's3:CreateAccessGrant', 's3:GetDataAccess'),
  /** @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-run-jobs-slurm-enable-ssm.html */
  'AWS::SageMaker::Cluster': {
    matters: 'its instances can be nodes of a cluster',
    ...elsewhere([['InstanceGroups', 'ExecutionRole'], ['RestrictedInstanceGroups', 'ExecutionRole']], 'ssm:StartSession'),
  },
  /** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html */
  'AWS::SageMaker::Domain': elsewhere([['DefaultUserSettings', 'ExecutionRole'], ['DefaultSpaceSettings', 'ExecutionRole']], ...STUDIO),
  /** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceComponent.html */
  'AWS::SageMaker::EndpointConfig': elsewhere([['ExecutionRoleArn']], 'sagemaker:CreateInferenceComponent', 'sagemaker:UpdateInferenceComponent'),
  'AWS::SageMaker::Pipeline': byRequests([['RoleArn']], 'sagemaker:UpdatePipeline'),
  'AWS::SageMaker::UserProfile': elsewhere([['UserSettings', 'ExecutionRole']], ...STUDIO),
  /** @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html */
  'AWS::ServiceCatalog::LaunchRoleConstraint': elsewhere([['RoleArn'], ['LocalRoleName']], 'servicecatalog:CreateProvisioningArtifact'),
  /** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateMaintenanceWindowTask.html */
  'AWS::SSM::MaintenanceWindowTask': elsewhere([['ServiceRoleArn']], 'ssm:UpdateMaintenanceWindowTask'),
  /** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_ImportSshPublicKey.html */
  'AWS::Transfer::User': elsewhere([['Role']], 'transfer:ImportSshPublicKey', 'transfer:UpdateUser'),
};
