import { byName, regional } from './formats';
import { within } from './permissions';
import { ResourceFormat, ResourceTypes } from './resource-type';
import { at, byCode, byRequests, elsewhere, PROVISIONING_OF_PRODUCTS, VERSIONS_OF_PRODUCTS } from './takeovers';

const ACTIONS_OF_PRODUCTS = [
  'servicecatalog:AssociateServiceActionWithProvisioningArtifact', 'servicecatalog:BatchAssociateServiceActionWithProvisioningArtifact', 'servicecatalog:UpdateServiceAction',
];

export const CHANGES_OF_AMPLIFY = ['amplify:UpdateApp', 'amplify:UpdateBranch', 'amplify:CreateBranch', 'amplify:CreateDeployment', 'amplify:StartDeployment'];

/** Instances have an image, and scripts set their environment. @see https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-configure-apps-running-cluster.html */
const INSTANCES_OF_EMR = [
  'elasticmapreduce:AddInstanceFleet', 'elasticmapreduce:AddInstanceGroups', 'elasticmapreduce:ModifyInstanceFleet', 'elasticmapreduce:ModifyInstanceGroups',
];

/** What decides what the images have that Image Builder builds. @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html */
export const BUILDS_OF_IMAGES = [
  'imagebuilder:CreateImage', 'imagebuilder:CreateImagePipeline', 'imagebuilder:UpdateImagePipeline', 'imagebuilder:CreateComponent', 'imagebuilder:ImportComponent',
  'imagebuilder:CreateContainerRecipe', 'imagebuilder:CreateImageRecipe', 'imagebuilder:ImportDiskImage', 'imagebuilder:ImportVmImage',
];

/** Methods and integrations of an API can be any request of AWS. Authorizers call any function. */
export const CHANGES_OF_APIS = ['apigateway:PATCH', 'apigateway:POST', 'apigateway:PUT'];

/** Their ARNs have no account. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html */
const api = (path: string, id: string): ResourceFormat =>
  ({ arn: `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/${path}/\${${id}}`, ref: `\${${id}}`, attributes: { [id]: `\${${id}}` }, unique: [id] });

/**
 * Services that act with a role, which was passed to them before, as others ask: they run their code, their commands or their SQL, let them sign in where that runs, or
 * give them credentials of the role.
 */
export const PROGRAMS: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/amplify/latest/APIReference/API_UpdateApp.html */
  'AWS::Amplify::App': {
    program: { roles: at('IAMServiceRole', 'ComputeRoleArn'), takenOverBy: [], takenOverElsewhere: CHANGES_OF_AMPLIFY },
  },
  'AWS::Amplify::Branch': elsewhere(at('ComputeRoleArn'), ...CHANGES_OF_AMPLIFY),
  /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html */
  'AWS::ApiGateway::Authorizer': elsewhere(at('AuthorizerCredentials'), ...CHANGES_OF_APIS),
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-restapi.html
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
   */
  'AWS::ApiGateway::RestApi': {
    format: api('restapis', 'RestApiId'), unread: within('execute-api', 'Policy', 'Body.x-amazon-apigateway-policy', 'BodyS3Location', 'CloneFrom'),
  },
  'AWS::ApiGateway::Method': elsewhere(at('Integration.Credentials'), ...CHANGES_OF_APIS),
  'AWS::ApiGatewayV2::Api': { ...elsewhere(at('CredentialsArn'), ...CHANGES_OF_APIS), format: api('apis', 'ApiId') },
  'AWS::ApiGatewayV2::Authorizer': elsewhere(at('AuthorizerCredentialsArn'), ...CHANGES_OF_APIS),
  'AWS::ApiGatewayV2::Integration': elsewhere(at('CredentialsArn'), ...CHANGES_OF_APIS),
  'AWS::ApiGatewayV2::Route': { matters: 'it says who may call an integration' },
  /** @see https://docs.aws.amazon.com/appstream2/latest/developerguide/using-iam-roles-to-grant-permissions-to-applications-scripts-streaming-instances.html */
  'AWS::AppStream::AppBlockBuilder': byRequests(
    at('IamRoleArn'), 'appstream:AssociateAppBlockBuilderAppBlock', 'appstream:CreateAppBlockBuilderStreamingURL',
  ),
  'AWS::AppStream::Fleet': elsewhere(
    at('IamRoleArn'), 'appstream:AssociateApplicationFleet', 'appstream:BatchAssociateUserStack', 'appstream:CreateStreamingURL', 'appstream:Stream',
    'appstream:UpdateApplication', 'appstream:UpdateFleet',
  ),
  'AWS::AppStream::ImageBuilder': byRequests(at('IamRoleArn'), 'appstream:CreateImageBuilderStreamingURL'),
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-athena-workgroup.html
   * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateWorkGroup.html
   * @see https://docs.aws.amazon.com/athena/latest/ug/notebooks-spark-security.html
   */
  'AWS::Athena::WorkGroup': {
    ...byRequests(
      at('WorkGroupConfiguration.ExecutionRole', 'WorkGroupConfigurationUpdates.ExecutionRole'),
      'athena:StartSession', 'athena:GetSessionEndpoint', 'athena:StartCalculationExecution', 'athena:CreatePresignedNotebookUrl', 'athena:UpdateNotebook',
      'athena:UpdateWorkGroup',
    ),
    format: byName('Name', `${regional('athena')}workgroup/\${Name}`),
    limitedName: 'Name',
  },
  /**
   * Workers run the script of their fleet, the environments of a queue, and its jobs.
   *
   * @see https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_AssumeQueueRoleForUser.html
   * @see https://docs.aws.amazon.com/deadline-cloud/latest/APIReference/API_HostConfiguration.html
   */
  'AWS::Deadline::Fleet': byRequests(at('RoleArn'), 'deadline:AssumeFleetRoleForRead', 'deadline:AssumeFleetRoleForWorker', 'deadline:UpdateFleet'),
  'AWS::Deadline::Queue': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: [
        'deadline:AssumeQueueRoleForRead', 'deadline:AssumeQueueRoleForUser', 'deadline:AssumeQueueRoleForWorker', 'deadline:CreateQueueEnvironment',
        'deadline:UpdateQueueEnvironment',
      ],
      takenOverElsewhere: ['deadline:CreateJob'],
    },
  },
  /** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateExpressGatewayService.html */
  'AWS::ECS::ExpressGatewayService': {
    program: { roles: at('TaskRoleArn'), takenOverBy: ['ecs:UpdateExpressGatewayService'] },
  },
  /** @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html */
  'AWS::EMR::Cluster': {
    program: {
      roles: [],
      instanceProfiles: at('JobFlowRole'),
      code: at('Steps.HadoopJarStep.Args'),
      scripts: at('BootstrapActions.ScriptBootstrapAction.Path', 'Steps.HadoopJarStep.Jar'),
      takenOverBy: [
        'elasticmapreduce:AddJobFlowSteps', 'elasticmapreduce:GetClusterSessionCredentials', 'elasticmapreduce:GetSessionEndpoint', ...INSTANCES_OF_EMR,
      ],
      takenOverElsewhere: [
        'elasticmapreduce:AttachEditor', 'elasticmapreduce:OpenEditorInConsole', 'elasticmapreduce:StartEditor', 'elasticmapreduce:StartNotebookExecution',
      ],
    },
  },
  /** @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html */
  'AWS::FIS::ExperimentTemplate': byRequests(at('RoleArn'), 'fis:UpdateExperimentTemplate'),
  /**
   * Instances run what the configuration of their fleet says, or a script.
   *
   * @see https://docs.aws.amazon.com/gameliftservers/latest/apireference/API_GetComputeAccess.html
   * @see https://docs.aws.amazon.com/gameliftservers/latest/realtimeguide/realtime-script-uploading-update.html
   */
  'AWS::GameLift::Fleet': {
    program: {
      roles: at('InstanceRoleARN'),
      takenOverBy: ['gamelift:GetComputeAccess', 'gamelift:GetInstanceAccess', 'gamelift:UpdateRuntimeConfiguration'],
      takenOverElsewhere: ['gamelift:UpdateScript'],
    },
  },
  /** @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateDevEndpoint.html */
  'AWS::Glue::DevEndpoint': byRequests(at('RoleArn'), 'glue:UpdateDevEndpoint'),
  /** @see https://docs.aws.amazon.com/grafana/latest/userguide/AMG-manage-permissions.html */
  'AWS::Grafana::Workspace': byRequests(
    at('RoleArn'),
    'grafana:CreateWorkspaceApiKey', 'grafana:CreateWorkspaceServiceAccountToken', 'grafana:UpdatePermissions', 'grafana:UpdateWorkspaceAuthentication',
  ),
  /** @see https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-infra-config.html */
  'AWS::ImageBuilder::InfrastructureConfiguration': {
    program: {
      roles: [],
      instanceProfiles: at('InstanceProfileName'),
      takenOverBy: [],
      takenOverElsewhere: BUILDS_OF_IMAGES,
    },
  },
  /** @see https://docs.aws.amazon.com/iotanalytics/latest/APIReference/API_ContainerDatasetAction.html */
  'AWS::IoTAnalytics::Dataset': byCode(at('Actions.ContainerAction.ExecutionRoleArn')),
  /** @see https://docs.aws.amazon.com/MSKC/latest/mskc/API_UpdateConnector.html */
  'AWS::KafkaConnect::Connector': elsewhere(at('ServiceExecutionRoleArn'), 'kafkaconnect:UpdateConnector'),
  /**
   * It gives credentials of the role of a location to those who have grants, which no template has to show.
   *
   * @see https://docs.aws.amazon.com/lake-formation/latest/dg/registration-role.html
   */
  'AWS::LakeFormation::Resource': elsewhere(
    at('RoleArn'),
    'lakeformation:GetDataAccess', 'lakeformation:GetTemporaryDataLocationCredentials', 'lakeformation:GetTemporaryGlueTableCredentials',
    'lakeformation:GetTemporaryGluePartitionCredentials',
  ),
  /** @see https://docs.aws.amazon.com/mwaa/latest/userguide/access-policies.html */
  'AWS::MWAA::Environment': {
    program: {
      roles: at('ExecutionRoleArn'),
      scripts: at('SourceBucketArn'),
      takenOverBy: ['airflow:CreateCliToken', 'airflow:UpdateEnvironment'],
      takenOverElsewhere: ['airflow:CreateWebLoginToken', 'airflow:InvokeRestApi'],
    },
  },
  /**
   * A run can have other parameters, and the definition is an object of Amazon S3.
   *
   * @see https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide/what-is-mwaa-serverless.html
   */
  'AWS::MWAAServerless::Workflow': byRequests(at('RoleArn'), 'airflow-serverless:StartWorkflowRun'),
  /** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-grants-location.html */
  'AWS::S3::AccessGrantsLocation': elsewhere(at('IamRoleArn'), 's3:CreateAccessGrant', 's3:GetDataAccess'),
  /**
   * A product can get another source, or a copy of another product, and its actions can act with the role of the constraint. What the parameters of its template
   * decide, which whoever provisions it chooses, is not read.
   *
   * @see https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
   * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CopyProduct.html
   * @see https://docs.aws.amazon.com/servicecatalog/latest/dg/API_CreateServiceAction.html
   */
  'AWS::ServiceCatalog::LaunchRoleConstraint': elsewhere(at('RoleArn', 'LocalRoleName'), ...VERSIONS_OF_PRODUCTS, ...PROVISIONING_OF_PRODUCTS, ...ACTIONS_OF_PRODUCTS),
  /**
   * A target is what the task of the window is done to. The runbook of a task may have a role of its own.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateMaintenanceWindowTask.html
   * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_UpdateMaintenanceWindowTarget.html
   */
  'AWS::SSM::MaintenanceWindowTask': {
    ...elsewhere(at('ServiceRoleArn'), 'ssm:UpdateMaintenanceWindowTask', 'ssm:RegisterTargetWithMaintenanceWindow', 'ssm:UpdateMaintenanceWindowTarget'),
    acts: {
      what: 'the runbook of', runbook: 'TaskArn', parameters: ['TaskInvocationParameters', 'MaintenanceWindowAutomationParameters', 'Parameters'], roleArn: ['ServiceRoleArn'],
    },
  },
  /** @see https://docs.aws.amazon.com/transfer/latest/APIReference/API_ImportSshPublicKey.html */
  'AWS::Transfer::User': elsewhere(at('Role'), 'transfer:ImportSshPublicKey', 'transfer:UpdateUser'),
  /** @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html */
  'AWS::Scheduler::Schedule': { acts: { what: 'the schedule', target: ['Target', 'Arn'], roleArn: ['Target', 'RoleArn'] } },
  'AWS::Deadline::QueueEnvironment': { matters: 'the workers of a queue run it' },
  'AWS::ElasticBeanstalk::ApplicationVersion': { matters: 'instances install it' },
  'AWS::ImageBuilder::Component': { matters: 'builds of images run it' },
  'AWS::ImageBuilder::ContainerRecipe': { matters: 'builds of images run its commands' },
  'AWS::ImageBuilder::ImageRecipe': { matters: 'builds of images run its user data' },
  'AWS::ImageBuilder::Workflow': { matters: 'builds of images run it' },
};
