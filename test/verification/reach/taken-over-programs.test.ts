import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

/** A role of a service, something that has it, and the instance profile that instances have it by. */
const resources = (service: string, type: string, properties: object) => ({
  Objects: objects(account('app', 'Role')),
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } }, allow('s3:*')),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: `AWS::${type}`, Properties: properties },
});
const decisionOf = (all: object, ...actions: string[]) => verification.PodAccess.fromTemplates(clusterTemplate({ ...all, Role: accountRole('default:app', allow(actions)) }))
  .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets');

const ROLE = arnOf('Admin');

test.each<[string, string, object, string]>([
  ['amplify', 'Amplify::App', { IAMServiceRole: ROLE }, 'amplify:UpdateApp'],
  ['apigateway', 'ApiGateway::Method', { Integration: { Credentials: ROLE } }, 'apigateway:PATCH'],
  ['appstream', 'AppStream::Fleet', { IamRoleArn: ROLE }, 'appstream:CreateStreamingURL'],
  ['athena', 'Athena::WorkGroup', { WorkGroupConfiguration: { ExecutionRole: ROLE } }, 'athena:StartSession'],
  ['ec2', 'Batch::ComputeEnvironment', { ComputeResources: { InstanceRole: arnOf('Profile') } }, 'batch:SubmitJob'],
  ['bedrock', 'Bedrock::KnowledgeBase', { RoleArn: ROLE }, 'bedrock:UpdateDataSource'],
  ['bedrock-agentcore', 'BedrockAgentCore::CodeInterpreterCustom', { ExecutionRoleArn: ROLE }, 'bedrock-agentcore:InvokeCodeInterpreter'],
  ['codepipeline', 'CodePipeline::Pipeline', { RoleArn: ROLE }, 'codepipeline:PollForJobs'],
  ['datasync', 'DataSync::LocationS3', { S3Config: { BucketAccessRoleArn: ROLE } }, 'datasync:CreateTask'],
  ['credentials.deadline', 'Deadline::Queue', { RoleArn: ROLE }, 'deadline:AssumeQueueRoleForUser'],
  ['codebuild', 'CodeBuild::Project', { ServiceRole: ROLE }, 'codebuild:StartSandbox'],
  ['ecs-tasks', 'ECS::ExpressGatewayService', { TaskRoleArn: ROLE }, 'ecs:UpdateExpressGatewayService'],
  ['kafkaconnect', 'KafkaConnect::Connector', { ServiceExecutionRoleArn: ROLE }, 'kafkaconnect:UpdateConnector'],
  ['lakeformation', 'LakeFormation::Resource', { RoleArn: ROLE }, 'lakeformation:GetDataAccess'],
  ['rds', 'Neptune::DBCluster', { AssociatedRoles: [{ RoleArn: ROLE }] }, 'neptune-db:StartLoaderJob'],
  ['access-grants.s3', 'S3::AccessGrantsLocation', { IamRoleArn: ROLE }, 's3:GetDataAccess'],
  ['sagemaker', 'SageMaker::EndpointConfig', { ExecutionRoleArn: ROLE }, 'sagemaker:CreateInferenceComponent'],
  ['synthetics', 'Synthetics::Canary', { ExecutionRoleArn: ROLE }, 'synthetics:StartCanaryDryRun'],
  ['ec2', 'EMR::Cluster', { JobFlowRole: { Ref: 'Profile' } }, 'elasticmapreduce:AddJobFlowSteps'],
  ['fis', 'FIS::ExperimentTemplate', { RoleArn: ROLE }, 'fis:UpdateExperimentTemplate'],
  ['gamelift', 'GameLift::Fleet', { InstanceRoleARN: ROLE }, 'gamelift:GetComputeAccess'],
  ['glue', 'Glue::DevEndpoint', { RoleArn: ROLE }, 'glue:UpdateDevEndpoint'],
  ['grafana', 'Grafana::Workspace', { RoleArn: ROLE }, 'grafana:CreateWorkspaceApiKey'],
  ['ec2', 'ImageBuilder::InfrastructureConfiguration', { InstanceProfileName: { Ref: 'Profile' } }, 'imagebuilder:CreateImage'],
  ['credentials.iot', 'IoT::RoleAlias', { RoleArn: ROLE }, 'iot:CreatePolicyVersion'],
  ['kinesisanalytics', 'KinesisAnalyticsV2::Application', { ServiceExecutionRole: ROLE }, 'kinesisanalytics:CreateApplicationPresignedUrl'],
  ['airflow-env', 'MWAA::Environment', { ExecutionRoleArn: ROLE }, 'airflow:UpdateEnvironment'],
  ['rds', 'RDS::DBCluster', { AssociatedRoles: [{ RoleArn: ROLE }] }, 'rds-data:ExecuteStatement'],
  ['redshift', 'Redshift::Cluster', { IamRoles: [ROLE] }, 'redshift-data:ExecuteStatement'],
  ['sagemaker', 'SageMaker::Cluster', { InstanceGroups: [{ ExecutionRole: ROLE }] }, 'ssm:StartSession'],
  ['sagemaker', 'SageMaker::Domain', { DefaultUserSettings: { ExecutionRole: ROLE } }, 'sagemaker:CreatePresignedDomainUrl'],
  ['sagemaker', 'SageMaker::NotebookInstance', { RoleArn: ROLE }, 'sagemaker:UpdateNotebookInstanceLifecycleConfig'],
  ['sagemaker', 'SageMaker::Pipeline', { RoleArn: ROLE }, 'sagemaker:UpdatePipeline'],
  ['servicecatalog', 'ServiceCatalog::LaunchRoleConstraint', { LocalRoleName: { Ref: 'Admin' } }, 'servicecatalog:CreateProvisioningArtifact'],
  ['ssm', 'SSM::MaintenanceWindowTask', { ServiceRoleArn: ROLE }, 'ssm:UpdateMaintenanceWindowTask'],
  ['transfer', 'Transfer::User', { Role: ROLE }, 'transfer:ImportSshPublicKey'],
])('with a role of %s, an %s acts as others ask', (service, type, properties, action) => {
  const all = resources(service, type, properties);
  expect(decisionOf(all, action)).toMatchObject({
    outcome: 'UNKNOWN', missing: [`role Role may request ${action}, and so might run its own code in It with role Admin`],
  });
  expect(decisionOf({ ...all, It: { ...all.It, Properties: {} } }, action).missing).not.toContainEqual(expect.stringContaining('in It with role Admin'));
  expect(decisionOf(all, 'sqs:ListQueues').outcome).toBe('DENIED');
});

test('a condition matters that decides which role it has', () => {
  const { It, ...others } = resources('transfer', 'Transfer::User', { Role: { 'Fn::If': ['IsProd', ROLE, 'arn:aws:iam::111122223333:role/other'] } });
  const template = clusterTemplate({ ...others, It, Role: accountRole('default:app', allow('transfer:UpdateUser')) }, {
    Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } },
  });
  const access = verification.PodAccess.fromTemplates(template).assume({ noOtherNodes: true, parameters: { Stage: 'prod' } });
  expect(access.pod({ serviceAccountName: 'app' }).decide('s3:ListAllMyBuckets').outcome).toBe('UNKNOWN');
});
