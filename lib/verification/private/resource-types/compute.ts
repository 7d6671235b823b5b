import { byArn, byName, regional } from './formats';
import { ResourceTypes } from './resource-type';
import { at } from './takeovers';

const OF_BUILDS = [
  'codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:StartSandbox', 'codebuild:StartCommandExecution', 'codebuild:StartSandboxConnection', 'codebuild:UpdateProject',
  'codebuild:CreateWebhook', 'codebuild:UpdateWebhook',
];

/** AWS Lambda reads sources, with their secrets, and writes to destinations with the role of the function. */
const SOURCES_AND_DESTINATIONS = {
  ofFunction: ['lambda:PutFunctionEventInvokeConfig', 'lambda:UpdateFunctionEventInvokeConfig'],
  ofMapping: ['lambda:CreateEventSourceMapping', 'lambda:UpdateEventSourceMapping'],
};
const MACHINE = `${regional('states')}stateMachine:\${StateMachineName}`;
const ACTIVITY = `${regional('states')}activity:\${Name}`;
const TASK = `${regional('ecs')}task-definition/\${Family}:\${Revision}`;
const QUEUE = `${regional('batch')}job-queue/\${JobQueueName}`;

/** What runs code with a role: functions, jobs and instances. */
export const COMPUTE: ResourceTypes = {
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
   * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kafka-permissions.html
   */
  'AWS::Lambda::Function': {
    format: byName('FunctionName', `${regional('lambda')}function:\${FunctionName}`),
    limitedName: 'FunctionName',
    changesOnly: 'lambda',
    program: {
      roles: at('Role'),
      startedBy: ['lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:InvokeFunctionUrl'],
      takenOverBy: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration', ...SOURCES_AND_DESTINATIONS.ofFunction],
      takenOverElsewhere: SOURCES_AND_DESTINATIONS.ofMapping,
    },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
  'AWS::Lambda::Alias': { format: byArn(`${regional('lambda')}function:\${FunctionName-*:function:}:\${Name}`, []) },
  'AWS::Lambda::LayerVersion': { matters: 'functions run its code' },
  'AWS::Lambda::EventInvokeConfig': { matters: 'it hands results of its function on' },
  'AWS::Lambda::EventSourceMapping': { matters: 'whoever writes to the source starts the function' },
  'AWS::Lambda::Version': { matters: 'it runs code with the role of its function' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
  'AWS::Lambda::Permission': { separatePolicy: { of: 'AWS::Lambda::Function', targets: 'FunctionName' }, changesOnly: 'lambda' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
   */
  'AWS::StepFunctions::StateMachine': {
    format: byArn(MACHINE, ['StateMachineName'], { Arn: MACHINE, Name: '${StateMachineName}' }),
    limitedName: 'StateMachineName',
    program: {
      roles: at('RoleArn'),
      startedBy: ['states:StartExecution', 'states:StartSyncExecution'],
      takenOverBy: ['states:UpdateStateMachine'],
    },
  },
  /**
   * A webhook builds what others propose, and a fleet has its own image.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codebuild-project.html
   * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html
   * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
   * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateWebhook.html
   * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_UpdateFleet.html
   */
  'AWS::CodeBuild::Project': {
    format: byName('Name', `${regional('codebuild')}project/\${Name}`),
    limitedName: 'Name',
    program: {
      roles: at('ServiceRole', 'BuildBatchConfig.ServiceRole'),
      startedBy: ['codebuild:RetryBuild', 'codebuild:RetryBuildBatch'],
      takenOverBy: OF_BUILDS,
      takenOverElsewhere: ['codebuild:UpdateFleet'],
    },
  },
  /**
   * A custom action gets credentials for the artifacts.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-codepipeline-pipeline.html
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PollForJobs.html
   * @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_UpdateActionType.html
   */
  'AWS::CodePipeline::Pipeline': {
    format: byName('Name', `${regional('codepipeline')}\${Name}`),
    program: {
      roles: at(
        'RoleArn', 'Stages.Actions.RoleArn', 'Stages.Actions.Configuration.RoleArn',
        ...['BeforeEntry', 'OnFailure', 'OnSuccess'].map((when) => `Stages.${when}.Conditions.Rules.RoleArn`),
      ),
      startedBy: ['codepipeline:StartPipelineExecution'],
      takenOverBy: ['codepipeline:UpdatePipeline'],
      takenOverElsewhere: ['codepipeline:PollForJobs', 'codepipeline:GetJobDetails', 'codepipeline:UpdateActionType'],
    },
  },
  /**
   * A job loads the libraries of its connections, and of the functions in the catalog.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-glue-job.html
   * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_Connection.html
   * @see https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateUserDefinedFunction.html
   */
  'AWS::Glue::Job': {
    format: byName('Name', `${regional('glue')}job/\${Name}`),
    program: {
      roles: at('Role'),
      scripts: at('Command.ScriptLocation', ...['additional-python-modules', 'extra-py-files', 'extra-jars'].map((name) => `DefaultArguments.--${name}`)),
      takenOverBy: ['glue:StartJobRun', 'glue:UpdateJob', 'glue:UpdateJobFromSourceControl'],
      takenOverElsewhere: ['glue:CreateTrigger', 'glue:UpdateTrigger', 'glue:UpdateConnection', 'glue:UpdateUserDefinedFunction'],
    },
  },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-activity.html
   * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html
   */
  'AWS::StepFunctions::Activity': { format: byArn(ACTIVITY, ['Name'], { Arn: ACTIVITY, Name: '${Name}' }), limitedName: 'Name' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-batch-jobqueue.html */
  'AWS::Batch::JobQueue': { format: byArn(QUEUE, ['JobQueueName'], { JobQueueArn: QUEUE }) },
  /** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerOverrides.html */
  'AWS::Batch::JobDefinition': {
    program: {
      roles: at(
        'ContainerProperties.JobRoleArn', 'EcsProperties.TaskProperties.TaskRoleArn', 'NodeProperties.NodeRangeProperties.Container.JobRoleArn',
        'NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.TaskRoleArn',
      ),
      takenOverBy: ['batch:SubmitJob'],
      takenOverByShell: ['ecs:ExecuteCommand', 'ssm:StartSession'],
    },
  },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html
   * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html
   */
  'AWS::ECS::Cluster': { format: byName('ClusterName', `${regional('ecs')}cluster/\${ClusterName}`), limitedName: 'ClusterName' },
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html
   * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
   */
  'AWS::ECS::TaskDefinition': {
    format: byArn(TASK, ['Family'], { TaskDefinitionArn: TASK }),
    program: {
      roles: at('TaskRoleArn'),
      takenOverBy: ['ecs:RunTask', 'ecs:StartTask'],
      takenOverByShell: ['ecs:ExecuteCommand', 'ssm:StartSession'],
    },
  },
  'AWS::ECS::Service': { matters: 'it says where tasks run' },
  'AWS::AppRunner::Service': {
    program: {
      roles: at('InstanceConfiguration.InstanceRoleArn'),
      takenOverBy: ['apprunner:UpdateService'],
    },
  },
  'AWS::KinesisAnalyticsV2::Application': {
    program: {
      roles: at('ServiceExecutionRole'),
      takenOverBy: [
        'kinesisanalytics:CreateApplicationPresignedUrl', 'kinesisanalytics:UpdateApplication', 'kinesisanalytics:AddApplicationInput',
        'kinesisanalytics:AddApplicationInputProcessingConfiguration', 'kinesisanalytics:AddApplicationOutput', 'kinesisanalytics:AddApplicationReferenceDataSource',
      ],
    },
  },
  'AWS::SageMaker::NotebookInstance': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:UpdateNotebookInstance'],
      takenOverElsewhere: ['sagemaker:UpdateNotebookInstanceLifecycleConfig'],
    },
  },
  /** It is a function of the account. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-synthetics-canary.html */
  'AWS::Synthetics::Canary': {
    program: {
      roles: at('ExecutionRoleArn'),
      takenOverBy: ['synthetics:StartCanaryDryRun', 'synthetics:UpdateCanary'],
      takenOverElsewhere: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
    },
  },
  'AWS::AppSync::DataSource': {
    program: {
      roles: at('ServiceRoleArn'),
      takenOverBy: [],
      takenOverElsewhere: [
        'appsync:CreateResolver', 'appsync:UpdateResolver', 'appsync:CreateFunction', 'appsync:UpdateFunction', 'appsync:CreateChannelNamespace',
        'appsync:UpdateChannelNamespace', 'appsync:UpdateDataSource', 'appsync:UpdateApi', 'appsync:UpdateGraphqlApi',
      ],
    },
  },
  /**
   * Things have the policies of their groups, and certificates those of their things.
   *
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html
   * @see https://docs.aws.amazon.com/iot/latest/developerguide/thing-groups.html
   */
  'AWS::IoT::RoleAlias': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: [],
      takenOverElsewhere: [
        'iot:AttachPolicy', 'iot:AttachPrincipalPolicy', 'iot:CreatePolicyVersion', 'iot:CreateProvisioningClaim', 'iot:RegisterThing', 'iot:SetDefaultPolicyVersion',
        'iot:AddThingToThingGroup', 'iot:AttachThingPrincipal', 'iot:UpdateDynamicThingGroup', 'iot:UpdateThingGroupsForThing', 'greengrass:CreateDeployment',
      ],
    },
  },
  'AWS::RolesAnywhere::Profile': {
    program: { roles: at('RoleArns'), takenOverBy: [], takenOverElsewhere: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor'] },
  },

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html */
  'AWS::AutoScaling::AutoScalingGroup': {
    format: byName('AutoScalingGroupName', `${regional('autoscaling')}autoScalingGroup:\${Uuid}:autoScalingGroupName/\${AutoScalingGroupName}`),
  },
  'AWS::EMR::Step': { matters: 'a cluster of Amazon EMR runs it with its role' },
  'AWS::Glue::Connection': { matters: 'jobs run the driver that it names' },
  'AWS::Glue::Trigger': { matters: 'it starts jobs with its arguments' },
  'AWS::CodeBuild::SourceCredential': { matters: 'builds get their sources with it' },
  'AWS::SSM::Document': { matters: 'instances run its commands' },
  'AWS::SSM::PatchBaseline': { matters: 'instances install packages of its sources' },
  'AWS::ECR::PullThroughCacheRule': { matters: 'it copies images' },
  /**
   * Jobs can reach the instance metadata, and instances have an image and user data.
   *
   * @see https://docs.aws.amazon.com/batch/latest/userguide/instance_IAM_role.html
   * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResourceUpdate.html
   */
  'AWS::Batch::ComputeEnvironment': {
    matters: 'its instances can be nodes of a cluster, and its jobs run there as pods',
    program: {
      roles: [],
      instanceProfiles: at('ComputeResources.InstanceRole'),
      takenOverBy: ['batch:UpdateComputeEnvironment'],
      takenOverElsewhere: ['batch:RegisterJobDefinition', 'batch:SubmitJob'],
    },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-emrcontainers-virtualcluster.html */
  'AWS::EMRContainers::VirtualCluster': {
    format: byName('Id', `${regional('emr-containers')}/virtualclusters/\${Id}`, { Id: '${Id}' }),
    matters: 'its jobs run as pods of a cluster',
  },
  'AWS::ApplicationInsights::Application': { matters: 'it attaches policies to the roles of instances' },
  'AWS::SSMQuickSetup::ConfigurationManager': { matters: 'it attaches policies to the roles of instances' },
};
