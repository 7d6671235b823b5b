import { byArn, byName, regional } from './formats';
import { ResourceTypes } from './resource-type';
import { at } from './takeovers';

const OF_BUILDS = [
  'codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:StartSandbox', 'codebuild:StartCommandExecution', 'codebuild:StartSandboxConnection', 'codebuild:UpdateProject',
];

/** What runs code with a role: functions, jobs and instances. */
export const COMPUTE: ResourceTypes = {
  /**
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
   * @see https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
   */
  'AWS::Lambda::Function': {
    format: byName('FunctionName', `${regional('lambda')}function:\${FunctionName}`),
    limitedName: 'FunctionName',
    changesOnly: 'lambda',
    program: {
      roles: at('Role'),
      startedBy: ['lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:InvokeFunctionUrl'],
      takenOverBy: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
    },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
  'AWS::Lambda::Alias': { format: byArn(`${regional('lambda')}function:\${FunctionName-*:function:}:\${Name}`, []) },
  'AWS::Lambda::EventSourceMapping': { matters: 'whoever writes to the source starts the function' },
  'AWS::Lambda::Version': { matters: 'it runs code with the role of its function' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
  'AWS::Lambda::Permission': { separatePolicy: { of: 'AWS::Lambda::Function', targets: 'FunctionName' }, changesOnly: 'lambda' },
  'AWS::StepFunctions::StateMachine': {
    program: {
      roles: at('RoleArn'),
      startedBy: ['states:StartExecution', 'states:StartSyncExecution'],
      takenOverBy: ['states:UpdateStateMachine'],
    },
  },
  /** @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html */
  'AWS::CodeBuild::Project': {
    program: { roles: at('ServiceRole', 'BuildBatchConfig.ServiceRole'), code: at('Environment.Image'), takenOverBy: OF_BUILDS },
  },
  /** A custom action gets credentials for the artifacts. @see https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PollForJobs.html */
  'AWS::CodePipeline::Pipeline': {
    program: {
      roles: at(
        'RoleArn', 'Stages.Actions.RoleArn', 'Stages.Actions.Configuration.RoleArn',
        ...['BeforeEntry', 'OnFailure', 'OnSuccess'].map((when) => `Stages.${when}.Conditions.Rules.RoleArn`),
      ),
      startedBy: ['codepipeline:StartPipelineExecution'],
      takenOverBy: ['codepipeline:UpdatePipeline'],
      takenOverElsewhere: ['codepipeline:PollForJobs', 'codepipeline:GetJobDetails'],
    },
  },
  /** @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html */
  'AWS::Glue::Job': {
    program: {
      roles: at('Role'),
      code: at('Command.ScriptLocation', 'DefaultArguments.--extra-py-files', 'DefaultArguments.--extra-jars'),
      takenOverBy: ['glue:StartJobRun', 'glue:UpdateJob', 'glue:UpdateJobFromSourceControl'],
      takenOverElsewhere: ['glue:CreateTrigger', 'glue:UpdateTrigger'],
    },
  },
  /** @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerOverrides.html */
  'AWS::Batch::JobDefinition': {
    program: {
      roles: at(
        'ContainerProperties.JobRoleArn', 'EcsProperties.TaskProperties.TaskRoleArn', 'NodeProperties.NodeRangeProperties.Container.JobRoleArn',
        'NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.TaskRoleArn',
      ),
      code: at(
        'ContainerProperties.Image', 'EcsProperties.TaskProperties.Containers.Image', 'NodeProperties.NodeRangeProperties.Container.Image',
        'NodeProperties.NodeRangeProperties.EcsProperties.TaskProperties.Containers.Image',
      ),
      takenOverBy: ['batch:SubmitJob'],
    },
  },
  /** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html */
  'AWS::ECS::TaskDefinition': {
    program: {
      roles: at('TaskRoleArn'),
      code: at('ContainerDefinitions.Image'),
      takenOverBy: ['ecs:RunTask', 'ecs:StartTask'],
      takenOverByShell: ['ecs:ExecuteCommand', 'ssm:StartSession'],
    },
  },
  'AWS::AppRunner::Service': {
    program: {
      roles: at('InstanceConfiguration.InstanceRoleArn'),
      code: at('SourceConfiguration.ImageRepository.ImageIdentifier'),
      takenOverBy: ['apprunner:UpdateService'],
    },
  },
  'AWS::KinesisAnalyticsV2::Application': {
    program: { roles: at('ServiceExecutionRole'), takenOverBy: ['kinesisanalytics:CreateApplicationPresignedUrl', 'kinesisanalytics:UpdateApplication'] },
  },
  'AWS::SageMaker::NotebookInstance': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:UpdateNotebookInstance'],
      takenOverElsewhere: ['sagemaker:UpdateNotebookInstanceLifecycleConfig'],
    },
  },
  'AWS::Synthetics::Canary': { program: { roles: at('ExecutionRoleArn'), takenOverBy: ['synthetics:StartCanaryDryRun', 'synthetics:UpdateCanary'] } },
  'AWS::AppSync::DataSource': {
    program: {
      roles: at('ServiceRoleArn'),
      takenOverBy: [],
      takenOverElsewhere: ['appsync:CreateResolver', 'appsync:UpdateResolver', 'appsync:CreateFunction', 'appsync:UpdateFunction'],
    },
  },
  /** @see https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html */
  'AWS::IoT::RoleAlias': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: [],
      takenOverElsewhere: [
        'iot:AttachPolicy', 'iot:AttachPrincipalPolicy', 'iot:CreatePolicyVersion', 'iot:CreateProvisioningClaim', 'iot:RegisterThing', 'iot:SetDefaultPolicyVersion',
        'greengrass:CreateDeployment',
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
  'AWS::AutoScaling::LaunchConfiguration': { matters: 'the instances that it describes can be nodes of a cluster' },
  'AWS::EC2::KeyPair': { matters: 'whoever reads its private key can sign in to instances' },
  'AWS::EC2::LaunchTemplate': { matters: 'the instances that it describes can be nodes of a cluster' },
  'AWS::EC2::Instance': { matters: 'it can be a node of a cluster' },
  'AWS::EC2::EC2Fleet': { matters: 'its instances can be nodes of a cluster' },
  'AWS::EC2::SpotFleet': { matters: 'its instances can be nodes of a cluster' },
  /** Jobs can reach the instance metadata. @see https://docs.aws.amazon.com/batch/latest/userguide/instance_IAM_role.html */
  'AWS::Batch::ComputeEnvironment': {
    matters: 'its instances can be nodes of a cluster, and its jobs run there as pods',
    program: { roles: [], instanceProfiles: at('ComputeResources.InstanceRole'), takenOverBy: [], takenOverElsewhere: ['batch:SubmitJob'] },
  },
  'AWS::EMRContainers::VirtualCluster': { matters: 'its jobs run as pods of a cluster' },
  'AWS::ApplicationInsights::Application': { matters: 'it attaches policies to the roles of instances' },
  'AWS::SSMQuickSetup::ConfigurationManager': { matters: 'it attaches policies to the roles of instances' },
};
