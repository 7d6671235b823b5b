import { typesWith } from './declarations';
import { TAKEOVERS_OF_SERVICES } from './service-takeovers';

/** Who decides the names of environment variables, too, decides what a program loads, such as with `NODE_OPTIONS` or `BASH_ENV`. */
const NAMES_OF_VARIABLES = ['Environment', 'Name'];

/**
 * Parameters that decide what a request runs, by the request. The values of environment variables and other data are none.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-codebuild.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-glue.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-eks.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-emr-serverless.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
 */
const DECIDING: { readonly [request: string]: readonly string[] } = {
  'batch:SubmitJob': ['Command', 'ContainerOverrides', 'EcsPropertiesOverride', 'EksPropertiesOverride', 'JobDefinition', 'NodeOverrides', ...NAMES_OF_VARIABLES],
  'codebuild:StartBuild': [
    'BuildspecOverride', 'EnvironmentVariablesOverride', 'ImageOverride', 'ProjectName', 'SecondarySourcesOverride', 'ServiceRoleOverride', 'SourceLocationOverride',
    'SourceTypeOverride', 'SourceVersion', ...NAMES_OF_VARIABLES,
  ],
  'ec2:RunInstances': ['IamInstanceProfile', 'ImageId', 'LaunchTemplate', 'UserData'],
  'ecs:RegisterTaskDefinition': ['Command', 'ContainerDefinitions', 'EntryPoint', 'ExecutionRoleArn', 'Image', 'TaskRoleArn', ...NAMES_OF_VARIABLES],
  'ecs:RunTask': ['Command', 'ContainerOverrides', 'EnvironmentFiles', 'ExecutionRoleArn', 'Overrides', 'TaskDefinition', 'TaskRoleArn', ...NAMES_OF_VARIABLES],
  'elasticmapreduce:AddJobFlowSteps': ['Args', 'HadoopJarStep', 'Jar', 'MainClass', 'Step', 'Steps'],
  'emr-containers:StartJobRun': ['EntryPoint', 'EntryPointArguments', 'ExecutionRoleArn', 'JobDriver', 'SparkSubmitJobDriver', 'SparkSubmitParameters'],
  'emr-serverless:StartJobRun': ['EntryPoint', 'EntryPointArguments', 'ExecutionRoleArn', 'JobDriver', 'SparkSubmit', 'SparkSubmitParameters'],
  'glue:StartJobRun': [
    '--additional-python-modules', '--conf', '--extra-jars', '--extra-py-files', '--python-modules-installer-option', '--scriptLocation', 'Arguments', 'JobName',
  ],
  ...Object.fromEntries(['rds-data', 'redshift-data'].flatMap((service) => ['ExecuteStatement', 'BatchExecuteStatement'].map((name) =>
    [`${service}:${name}`, ['Sql', 'Sqls']]))),
  'lambda:CreateFunction': ['Code', 'ImageUri', 'Layers', 'Role', 'S3Bucket', 'S3Key', 'ZipFile'],
  'sagemaker:CreateModel': ['Containers', 'Environment', 'ExecutionRoleArn', 'Image', 'ModelDataUrl', 'PrimaryContainer', 'SAGEMAKER_SUBMIT_DIRECTORY'],
  'sagemaker:CreateProcessingJob': ['AppSpecification', 'ContainerArguments', 'ContainerEntrypoint', 'EntryPoint', 'Environment', 'ImageUri', 'RoleArn'],
  'sagemaker:CreateTrainingJob': [
    'AlgorithmSpecification', 'ContainerArguments', 'ContainerEntrypoint', 'Environment', 'RoleArn', 'TrainingImage', 'sagemaker_program', 'sagemaker_submit_directory',
  ],
};

/** Requests that change, or give, access, of which every parameter decides, by their names in lower case. */
const CHANGES_ACCESS = [
  /^(cloudformation|iam|organizations|sso|sts):(?!describe|get|list)/,
  /:(?!describe|get|head|list)\w*(polic(y|ies)|permission|(bucket|object)acl|grant|accessentry|accesskey|password|podidentityassociation)/,
  /:(batch)?get\w*(secretvalue|credentials|token)/,
  /:set(queue|topic)attributes/,
  /^ec2-instance-connect:send/,
  /^eks:(call|runjob)/,
  /^ssm:(create|send|start|update)/,
];

/** A request with a role passes it. */
const ROLE = /role(arn)?$/i;

/** Names of parameters with code, in whatever request that makes, changes or starts something. */
const CODE = /^(bootstrapactions?|command|entrypoint|hadoopjarstep|image(id|uri)|(container|job|processor)?image|jar|launchtemplatedata|script(location|path)|steps|userdata)$/i;

/** Requests that make, change or start something else than data, which can have any names. */
const MAKES = /^(?!(dynamodb|events|kinesis|s3|sns|sqs|states):)[\w-]+:(add|create|execute|modify|register|run|start|submit|update)/i;

const inLowerCase = (names: readonly string[]): ReadonlySet<string> => new Set(names.map((name) => name.toLowerCase()));

const byRequest = new Map(Object.entries(DECIDING).map(([request, names]) => [request.toLowerCase(), inLowerCase(names)]));

/** The requests that decide what something of the templates, or of a service, does with its role. */
const TAKEOVERS = inLowerCase([
  ...typesWith('program').flatMap(([, { takenOverBy, takenOverElsewhere = [], takenOverByShell = [] }]) => [takenOverBy, takenOverElsewhere, takenOverByShell].flat()),
  ...TAKEOVERS_OF_SERVICES.flatMap(({ requests }) => requests),
]);

/**
 * Whether a parameter of a request decides what the request runs, or who may do what.
 *
 * @param parameter its name. Undefined for all parameters as a whole, which do if some of them do.
 */
export function decides(request: string, parameter: string | undefined): boolean {
  const name = request.toLowerCase();
  const names = byRequest.get(name);
  return names ? parameter === undefined || names.has(parameter.toLowerCase())
    : TAKEOVERS.has(name) || CHANGES_ACCESS.some((pattern) => pattern.test(name))
      || (parameter !== undefined && (ROLE.test(parameter) || (CODE.test(parameter) && MAKES.test(name))));
}
