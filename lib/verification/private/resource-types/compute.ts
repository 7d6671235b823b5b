import { byArn, byName, regional } from './formats';
import { ResourceTypes } from './resource-type';

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
    program: { role: 'Role', actions: ['lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'] },
  },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-alias.html */
  'AWS::Lambda::Alias': { format: byArn(`${regional('lambda')}function:\${FunctionName}:\${Name}`, []) },
  'AWS::Lambda::Version': { matters: 'it runs code with the role of its function' },
  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html */
  'AWS::Lambda::Permission': { separatePolicy: { of: 'AWS::Lambda::Function', targets: 'FunctionName' }, changesOnly: 'lambda' },
  'AWS::StepFunctions::StateMachine': {
    program: { role: 'RoleArn', actions: ['states:StartExecution', 'states:StartSyncExecution', 'states:UpdateStateMachine'] },
  },
  'AWS::CodeBuild::Project': { program: { role: 'ServiceRole', actions: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'] } },
  'AWS::CodePipeline::Pipeline': { program: { role: 'RoleArn', actions: ['codepipeline:StartPipelineExecution', 'codepipeline:UpdatePipeline'] } },
  'AWS::Glue::Job': { program: { role: 'Role', actions: ['glue:StartJobRun', 'glue:UpdateJob'] } },

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html */
  'AWS::AutoScaling::AutoScalingGroup': {
    format: byName('AutoScalingGroupName', `${regional('autoscaling')}autoScalingGroup:\${Uuid}:autoScalingGroupName/\${AutoScalingGroupName}`),
  },
  'AWS::AutoScaling::LaunchConfiguration': { matters: 'the instances that it describes can be nodes of a cluster' },
  'AWS::EC2::LaunchTemplate': { matters: 'the instances that it describes can be nodes of a cluster' },
  'AWS::EC2::Instance': { matters: 'it can be a node of a cluster' },
  'AWS::EC2::EC2Fleet': { matters: 'its instances can be nodes of a cluster' },
  'AWS::EC2::SpotFleet': { matters: 'its instances can be nodes of a cluster' },
  'AWS::Batch::ComputeEnvironment': { matters: 'its instances can be nodes of a cluster' },
  'AWS::ApplicationInsights::Application': { matters: 'it attaches policies to the roles of instances' },
};
