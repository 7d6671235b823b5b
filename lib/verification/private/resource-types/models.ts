import { ResourceTypes } from './resource-type';
import { at, byCode, byRequests, elsewhere } from './takeovers';

/** Applications run lifecycle configurations, and have images. @see https://docs.aws.amazon.com/sagemaker/latest/dg/studio-lifecycle-configurations.html */
const STUDIO = [
  'sagemaker:CreateApp', 'sagemaker:CreateImageVersion', 'sagemaker:CreatePresignedDomainUrl', 'sagemaker:StartSession', 'sagemaker:UpdateAppImageConfig',
  'sagemaker:UpdateDomain', 'sagemaker:UpdateSpace', 'sagemaker:UpdateUserProfile',
];

const studio = (...roles: string[]) =>
  ({ program: { roles: at(...roles), takenOverBy: [], takenOverElsewhere: STUDIO } });

/** What trains models and answers with them, and what lets agents act. The role was passed to it before, and others decide what it does with it. */
export const MODELS: ResourceTypes = {
  /** @see https://docs.aws.amazon.com/bedrock/latest/userguide/kb-permissions.html */
  'AWS::Bedrock::KnowledgeBase': byRequests(at('RoleArn'), 'bedrock:CreateDataSource', 'bedrock:UpdateDataSource', 'bedrock:IngestKnowledgeBaseDocuments'),
  /**
   * Its nodes read and write the objects that its input names.
   *
   * @see https://docs.aws.amazon.com/bedrock/latest/userguide/flows-nodes.html
   */
  'AWS::Bedrock::Flow': byRequests(at('ExecutionRoleArn'), 'bedrock:InvokeFlow', 'bedrock:StartFlowExecution'),
  /** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/code-interpreter-tool.html */
  'AWS::BedrockAgentCore::BrowserCustom': byRequests(
    at('ExecutionRoleArn'),
    'bedrock-agentcore:ConnectBrowserAutomationStream', 'bedrock-agentcore:ConnectBrowserLiveViewStream', 'bedrock-agentcore:StartBrowserSession',
  ),
  'AWS::BedrockAgentCore::CodeInterpreterCustom': byRequests(at('ExecutionRoleArn'), 'bedrock-agentcore:InvokeCodeInterpreter'),
  /** It delivers to a topic and a bucket. @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_UpdateMemory.html */
  'AWS::BedrockAgentCore::Memory': byRequests(at('MemoryExecutionRoleArn'), 'bedrock-agentcore:UpdateMemory'),
  /** It reads logs. @see https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_UpdateOnlineEvaluationConfig.html */
  'AWS::BedrockAgentCore::OnlineEvaluationConfig': byRequests(at('EvaluationExecutionRoleArn'), 'bedrock-agentcore:UpdateOnlineEvaluationConfig'),
  'AWS::BedrockAgentCore::Runtime': {
    program: {
      roles: at('RoleArn'),
      takenOverBy: [
        'bedrock-agentcore:InvokeAgentRuntimeCommand', 'bedrock-agentcore:InvokeAgentRuntimeCommandShell', 'bedrock-agentcore:UpdateAgentRuntime',
      ],
    },
  },
  /**
   * Its instances can have another image.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-hyperpod-run-jobs-slurm-enable-ssm.html
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateClusterSoftware.html
   */
  'AWS::SageMaker::Cluster': {
    matters: 'its instances can be nodes of a cluster',
    program: {
      roles: at('InstanceGroups.ExecutionRole', 'RestrictedInstanceGroups.ExecutionRole'),
      scripts: at('InstanceGroups.LifeCycleConfig.SourceS3Uri'),
      takenOverBy: ['sagemaker:UpdateClusterSoftware'],
      takenOverElsewhere: ['ssm:StartSession'],
    },
  },
  /** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreatePresignedDomainUrl.html */
  'AWS::SageMaker::Domain': studio(
    'DefaultUserSettings.ExecutionRole', 'DefaultSpaceSettings.ExecutionRole', 'DomainSettings.RStudioServerProDomainSettings.DomainExecutionRoleArn',
  ),
  /** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateInferenceComponent.html */
  'AWS::SageMaker::EndpointConfig': elsewhere(at('ExecutionRoleArn'), 'sagemaker:CreateInferenceComponent', 'sagemaker:UpdateInferenceComponent', 'sagemaker:InvokeEndpointAsync'),
  /** They run again and again. @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-scheduling.html */
  'AWS::SageMaker::DataQualityJobDefinition': byCode(at('RoleArn')),
  'AWS::SageMaker::ModelBiasJobDefinition': byCode(at('RoleArn')),
  'AWS::SageMaker::ModelExplainabilityJobDefinition': byCode(at('RoleArn')),
  'AWS::SageMaker::ModelQualityJobDefinition': byCode(at('RoleArn')),
  'AWS::SageMaker::MonitoringSchedule': byCode(at('MonitoringScheduleConfig.MonitoringJobDefinition.RoleArn')),
  'AWS::SageMaker::Pipeline': byRequests(at('RoleArn'), 'sagemaker:UpdatePipeline'),
  'AWS::SageMaker::UserProfile': studio('UserSettings.ExecutionRole'),
  'AWS::SageMaker::NotebookInstanceLifecycleConfig': { matters: 'notebooks run it as they start' },
  'AWS::SageMaker::StudioLifecycleConfig': { matters: 'applications of a domain run it as they start' },
};
