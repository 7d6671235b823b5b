import { equal } from '../../values/pattern';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { Program, Takeover } from '../model';
import { StackResource, StackResources } from '../stack-resources';

const FUNCTION = 'AWS::Lambda::Function';

/** A type of resources that run code with a role. */
interface ProgramType {
  /** Where the properties have the ARN of the role, through lists, too. */
  readonly roles: ReadonlyArray<readonly string[]>;
  /** The requests with which others start them, or change their code, as far as an actor can. */
  readonly actions?: readonly string[];
  /** The requests with which others run their own code with the role. They pass no role. */
  readonly takenOverBy: readonly string[];
  /** The same, if the request is about something else than the resource. */
  readonly takenOverElsewhere?: readonly string[];
  /** The same, with a shell that an agent opens in what runs. */
  readonly takenOverByShell?: readonly string[];
}

/**
 * Types of resources that run code with a role.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 * @see https://docs.aws.amazon.com/codebuild/latest/APIReference/API_StartBuild.html
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ContainerOverrides.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 * @see https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html
 */
const TYPES: { readonly [type: string]: ProgramType } = {
  [FUNCTION]: {
    roles: [['Role']],
    actions: ['lambda:InvokeFunction', 'lambda:InvokeAsync', 'lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
    takenOverBy: ['lambda:UpdateFunctionCode', 'lambda:UpdateFunctionConfiguration'],
  },
  'AWS::StepFunctions::StateMachine': {
    roles: [['RoleArn']],
    actions: ['states:StartExecution', 'states:StartSyncExecution', 'states:UpdateStateMachine'],
    takenOverBy: ['states:UpdateStateMachine'],
  },
  'AWS::CodeBuild::Project': {
    roles: [['ServiceRole']],
    actions: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'],
    takenOverBy: ['codebuild:StartBuild', 'codebuild:StartBuildBatch', 'codebuild:UpdateProject'],
  },
  'AWS::CodePipeline::Pipeline': {
    roles: [['RoleArn']],
    actions: ['codepipeline:StartPipelineExecution', 'codepipeline:UpdatePipeline'],
    takenOverBy: ['codepipeline:UpdatePipeline'],
  },
  'AWS::Glue::Job': { roles: [['Role']], actions: ['glue:StartJobRun', 'glue:UpdateJob'], takenOverBy: ['glue:StartJobRun', 'glue:UpdateJob'] },
  'AWS::Batch::JobDefinition': {
    roles: [
      ['ContainerProperties', 'JobRoleArn'], ['EcsProperties', 'TaskProperties', 'TaskRoleArn'],
      ['NodeProperties', 'NodeRangeProperties', 'Container', 'JobRoleArn'], ['NodeProperties', 'NodeRangeProperties', 'EcsProperties', 'TaskProperties', 'TaskRoleArn'],
    ],
    takenOverBy: ['batch:SubmitJob'],
  },
  'AWS::ECS::TaskDefinition': { roles: [['TaskRoleArn']], takenOverBy: ['ecs:RunTask', 'ecs:StartTask'], takenOverByShell: ['ecs:ExecuteCommand', 'ssm:StartSession'] },
  'AWS::AppRunner::Service': { roles: [['InstanceConfiguration', 'InstanceRoleArn']], takenOverBy: ['apprunner:UpdateService'] },
  'AWS::KinesisAnalyticsV2::Application': { roles: [['ServiceExecutionRole']], takenOverBy: ['kinesisanalytics:UpdateApplication'] },
  'AWS::SageMaker::NotebookInstance': { roles: [['RoleArn']], takenOverBy: ['sagemaker:CreatePresignedNotebookInstanceUrl', 'sagemaker:UpdateNotebookInstance'] },
  'AWS::Synthetics::Canary': { roles: [['ExecutionRoleArn']], takenOverBy: ['synthetics:UpdateCanary'] },
  'AWS::AppSync::DataSource': { roles: [['ServiceRoleArn']], takenOverBy: [], takenOverElsewhere: ['Resolver', 'Function'].flatMap((name) => [`appsync:Create${name}`, `appsync:Update${name}`]) },
  'AWS::IoT::RoleAlias': { roles: [['RoleArn']], takenOverBy: [], takenOverElsewhere: ['iot:AttachPolicy', 'iot:AttachPrincipalPolicy'] },
  'AWS::RolesAnywhere::Profile': { roles: [['RoleArns']], takenOverBy: [], takenOverElsewhere: ['rolesanywhere:CreateTrustAnchor', 'rolesanywhere:UpdateTrustAnchor'] },
};

/** The types of resources that run code, with a role of their own or, as versions of functions, with that of others. */
export const runsCode = (type: string): boolean => Object.hasOwn(TYPES, type) || type === 'AWS::Lambda::Version';

/** What runs code with a role. */
export function readPrograms(resources: StackResources): Program[] {
  const programs = Object.keys(TYPES).flatMap((type) => resources.ofType(type).flatMap((resource) => programsOf(resource, resource)));
  const versions = resources.ofType('AWS::Lambda::Version').flatMap((version) => {
    const name = textOf(version.property('FunctionName'));
    const own = resources.ofType(FUNCTION).find(({ ref, arn }) => name && [ref, arn].some((known) => known && equal(known, name) === 'yes'));
    return own ? programsOf(version, own).map((program) => ({ ...program, takeovers: [] })) : [];
  });
  return [...programs, ...versions];
}

/** One for each role. @param own what has the role. */
function programsOf(resource: StackResource, own: StackResource): Program[] {
  const { roles, actions = [], ...taken } = TYPES[own.type];
  const found = roles.flatMap(([first, ...path]) => textsAt(own.property(first), path));
  const program = { arns: [resource.arn ?? resource.attribute('Arn'), resource.ref], actions, takeovers: takeoversOf(taken), place: resource.place() };
  return found.length === 0 ? [program] : found.map((roleArn) => ({ ...program, roleArn }));
}

const takeoversOf = ({ takenOverBy, takenOverElsewhere = [], takenOverByShell = [] }: Pick<ProgramType, 'takenOverBy' | 'takenOverElsewhere' | 'takenOverByShell'>): Takeover[] => [
  ...takenOverBy.map((action): Takeover => ({ action, isOfProgram: true })),
  ...takenOverElsewhere.map((action): Takeover => ({ action })),
  ...takenOverByShell.map((action): Takeover => ({ action, takesAgent: true })),
];

const textsAt = (value: Resolved, [name, ...path]: readonly string[]): Text[] => listOf(value).flatMap((item) => {
  const text = name === undefined && textOf(item);
  return text ? [text] : item instanceof ResolvedMap && name !== undefined ? textsAt(item.get(name), path) : [];
});
