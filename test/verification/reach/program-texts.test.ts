import { admin, Bucket, decisionIn, decisionOf, inBucket, ofInstance, push, REGISTRY, repository, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const COPY = 'aws s3 cp s3://scripts/it.sh - | sh';
const SUBSTITUTED = { 'Fn::Sub': 'aws s3 cp s3://${Bucket}/it.sh - | sh' };
const ENCODED = { 'Fn::Base64': SUBSTITUTED };
const PUT = allow('s3:PutObject', 'arn:aws:s3:::scripts/*');
const PUT_IN = allow('s3:PutObject', inBucket('Bucket'));
const running = (service: string, Type: string, Properties: object, more: object = {}) =>
  ({ Bucket, ...admin(service), It: { Type, Properties }, ...more });

const build = (BuildSpec: unknown) =>
  running('codebuild', 'AWS::CodeBuild::Project', { ServiceRole: arnOf('Admin'), Source: { Type: 'NO_SOURCE', BuildSpec } });
const task = (container: object) => running('ecs-tasks', 'AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public', ...container }] });
const job = (container: object) => running('ecs-tasks', 'AWS::Batch::JobDefinition', { ContainerProperties: { JobRoleArn: arnOf('Admin'), ...container } });
const notebook = (properties: object) => running('sagemaker', 'AWS::SageMaker::NotebookInstance', { RoleArn: arnOf('Admin'), LifecycleConfigName: 'x' }, {
  Start: { Type: 'AWS::SageMaker::NotebookInstanceLifecycleConfig', Properties: properties },
});
const studio = running('sagemaker', 'AWS::SageMaker::Domain', { DefaultUserSettings: { ExecutionRole: arnOf('Admin') } }, {
  Start: { Type: 'AWS::SageMaker::StudioLifecycleConfig', Properties: { StudioLifecycleConfigContent: ENCODED } },
});
const component = (Data: unknown) => ({
  ...ofInstance({}, { Type: 'AWS::ImageBuilder::InfrastructureConfiguration', Properties: { InstanceProfileName: { Ref: 'Profile' } } }),
  Bucket,
  Component: { Type: 'AWS::ImageBuilder::Component', Properties: { Name: 'c', Platform: 'Linux', Version: '1.0.0', Data } },
});
const recipe = (properties: object) => ({
  ...component('phases: []'),
  Recipe: { Type: 'AWS::ImageBuilder::ContainerRecipe', Properties: { Name: 'c', Version: '1.0.0', ContainerType: 'DOCKER', ParentImage: 'amazonlinux:2023', ...properties } },
});

test.each<[string, object, object]>([
  ['the buildspec of a build', build(`version: 0.2\nphases:\n  build:\n    commands:\n      - ${COPY}\n`), PUT],
  ['the buildspec of a build, as JSON', build(JSON.stringify({ phases: { build: { commands: [COPY] } } })), PUT],
  ['the command of a task', task({ Command: ['sh', '-c', SUBSTITUTED] }), PUT_IN],
  ['the words of the command of a task', task({ Command: ['aws', 's3', 'cp', 's3://scripts/it.sh', '-'] }), PUT],
  ['the folder that the words of the command of a task copy', task({ EntryPoint: ['aws', 's3'], Command: ['sync', 's3://scripts/dags', '/dags'] }), PUT],
  ['the bucket from which the words of the command of a job copy', job({ Command: ['aws', 's3api', 'get-object', '--bucket', { Ref: 'Bucket' }, '--key', 'it', '/it'] }), PUT_IN],
  ['the command of a job', job({ Command: [COPY] }), PUT],
  ['the environment of a job', job({ Environment: [{ Name: 'BATCH_FILE_S3_URL', Value: 's3://scripts/it.sh' }] }), PUT],
  ['the folder in a variable for a model', task({ Environment: [{ Name: 'MODEL_URI', Value: 's3://scripts/model' }] }), PUT],
  ['the folder after an option for a model', task({ Command: ['serve', '--model', 's3://scripts/model'] }), PUT],
  ['what a notebook runs as it starts', notebook({ OnStart: [{ Content: ENCODED }] }), PUT_IN],
  ['what a notebook runs as it is created, in Base64', notebook({ OnCreate: [{ Content: Buffer.from(COPY).toString('base64') }] }), PUT],
  ['what the applications of a domain run as they start', studio, PUT_IN],
  ['what the second script of a notebook runs, in Base64', notebook({ OnStart: [{ Content: 'dHJ1ZQ==' }, { Content: Buffer.from(COPY).toString('base64') }] }), PUT],
  ['a script that the command of a task has in Base64', task({ Command: ['sh', '-c', `echo ${Buffer.from(COPY).toString('base64')} | base64 -d | sh`] }), PUT],
  ['a component of images', component(SUBSTITUTED), PUT_IN],
  ['the recipe of a container as its Dockerfile', recipe({ DockerfileTemplateUri: 's3://scripts/Dockerfile' }), PUT],
])('a pod that writes a file that %s names might do what its role may do', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', ['role Role may request s3:PutObject, and so might decide what It does with role Admin']]);
});

test('a condition in the commands of a job is one that the answer names', () => {
  const { outcome, missing } = decisionOf(job({ Command: { 'Fn::If': ['IsProd', [COPY], ['true']] } }), PUT);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringContaining('IsProd')]);
});

test.each<[string, object, object]>([
  ['the bucket of which a task has the name', task({ Environment: [{ Name: 'BUCKET', Value: { Ref: 'Bucket' } }] }), PUT_IN],
  ['the recipe of a container as its address', recipe({ Tags: { Reports: 's3://scripts/reports' } }), PUT],
  ['the data that a task names', task({ Command: ['report', 's3://scripts/it.csv'] }), PUT],
  ['a folder in a variable for data', task({ Environment: [{ Name: 'RESULTS_URI', Value: 's3://scripts/results' }] }), PUT],
  ['a folder that a task names', task({ Command: ['report', 's3://scripts/data'] }), PUT],
  ['the bucket in the words of the command of a task', task({ Command: ['python', '-m', 'report', '--bucket', { Ref: 'Bucket' }] }), PUT_IN],
  ['a bucket that a comment names', task({ Description: { 'Fn::Sub': 'It reads ${Bucket}' } }), PUT_IN],
  ['another bucket than that of a command', task({ Command: ['sh', '-c', COPY] }), PUT_IN],
])('what is denied to a pod that writes %s is certain', (_, resources, statement) => {
  expect(decisionOf(resources, statement).outcome).toBe('DENIED');
});

const workflow = (Type: string, Properties: object, more: object = {}) =>
  ({ ...repository(), ...running('states', Type, { ...Properties }, { Own: role(trusted('states')), ...more }) });
const machine = (parameters: object, properties: object = {}) => workflow('AWS::StepFunctions::StateMachine', {
  RoleArn: arnOf('Own'), DefinitionString: { 'Fn::Sub': JSON.stringify({ States: { a: { Type: 'Task', Parameters: parameters } } }) }, ...properties,
});
const JOB = { ExecutionRoleArn: '${Admin.Arn}', JobDriver: { SparkSubmitJobDriver: { EntryPoint: 's3://scripts/it.py' } } };
const PROCESSING = { RoleArn: '${Admin.Arn}', AppSpecification: { ImageUri: `${REGISTRY}/\${Images}:latest` } };
const TASK = { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public' }] } };
const RUN = { TaskDefinition: '${Task}', Overrides: { ContainerOverrides: [{ Command: ['sh', '-c', COPY] }] } };
const STARTED = {
  Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'fn', Role: arnOf('Admin'), Code: { ZipFile: 'x' } } },
  Build: { Type: 'AWS::CodeBuild::Project', Properties: { Name: 'p', ServiceRole: arnOf('Admin'), Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' } } },
};
const starting = (request: string, Parameters: object) => running('lambda', 'AWS::StepFunctions::StateMachine', {
  RoleArn: 'arn:aws:iam::111122223333:role/machine', DefinitionString: JSON.stringify({ States: { A: { Type: 'Task', Resource: `arn:aws:${request}`, Parameters } } }),
}, STARTED);
const scheduled = (input: object) => running('lambda', 'AWS::Scheduler::Schedule', {
  Target: { Arn: 'arn:aws:scheduler:::aws-sdk:codebuild:startBuild', RoleArn: 'arn:aws:iam::111122223333:role/schedule', Input: JSON.stringify(input) },
}, STARTED);
const substituted = workflow('AWS::StepFunctions::StateMachine', {
  RoleArn: arnOf('Own'),
  DefinitionString: JSON.stringify({ States: { a: { Parameters: { ExecutionRoleArn: '${Job}', EntryPoint: 's3://${Name}/it.py' } } } }),
  DefinitionSubstitutions: { Job: arnOf('Admin'), Name: { Ref: 'Bucket' } },
});

test.each<[string, object, object, string]>([
  ['the script of a job that a state machine starts', machine(JOB), PUT, 'UNKNOWN'],
  ['the script of a job in the object of a state machine', workflow('AWS::StepFunctions::StateMachine', {
    Definition: { States: { a: { Parameters: { RoleArn: arnOf('Admin'), File: 's3://scripts/it.py' } } } },
  }), PUT, 'UNKNOWN'],
  ['the script of a job in the substitutions of a state machine', substituted, PUT_IN, 'UNKNOWN'],
  ['another script than that in the substitutions of a state machine', substituted, PUT, 'DENIED'],
  ['the image of a job that a state machine starts', machine(PROCESSING), push(arnOf('Images')), 'UNKNOWN'],
  ['another image', machine(PROCESSING), push(arnOf('Others')), 'DENIED'],
  ['the script of a task that a state machine starts', { ...machine(RUN), Task: TASK }, PUT, 'UNKNOWN'],
  ['the input of a function that a state machine calls', {
    ...machine({ FunctionName: '${Fn}', Payload: { file: 's3://scripts/it.json' } }), Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin') } },
  }, PUT, 'DENIED'],
  ['what an expression of a state machine names', machine({ 'RoleArn': '${Admin.Arn}', 'Key.$': "States.Format('s3://scripts/{}', $.id)" }), PUT, 'DENIED'],
  ['the code that a state machine gives a function', starting('states:::aws-sdk:lambda:updateFunctionCode', { FunctionName: 'fn', S3Bucket: 'scripts', S3Key: 'it.zip' }), PUT, 'UNKNOWN'],
  ['the code that a state machine gives another function', starting('states:::aws-sdk:lambda:updateFunctionCode', { FunctionName: 'other', S3Bucket: 'scripts', S3Key: 'it.zip' }), PUT, 'DENIED'],
  ['the input that a state machine gives a function', starting('states:::lambda:invoke', { FunctionName: 'fn', Payload: { S3Bucket: 'scripts', S3Key: 'it.zip' } }), PUT, 'DENIED'],
  ['the source that a state machine gives a build', starting('states:::codebuild:startBuild', { ProjectName: 'p', SourceTypeOverride: 'S3', SourceLocationOverride: 'scripts/it.zip' }), PUT, 'UNKNOWN'],
  ['the source that a schedule gives a build', scheduled({ ProjectName: 'p', SourceTypeOverride: 'S3', SourceLocationOverride: 'scripts/it.zip' }), PUT, 'UNKNOWN'],
  ['the code that a schedule gives a function', scheduled({ FunctionName: 'fn', S3Bucket: 'scripts', S3Key: 'it.zip' }), PUT, 'UNKNOWN'],
  ['the image of a job that a schedule starts', workflow('AWS::Scheduler::Schedule', { Target: { Input: { 'Fn::Sub': JSON.stringify(PROCESSING) } } }), push(arnOf('Images')), 'UNKNOWN'],
  ['the script of a step of a pipeline of Amazon SageMaker', workflow('AWS::SageMaker::Pipeline', {
    RoleArn: arnOf('Own'),
    PipelineDefinition: { PipelineDefinitionBody: { 'Fn::Sub': JSON.stringify({ Steps: [{ Arguments: { RoleArn: '${Admin.Arn}', S3Uri: 's3://scripts/it.py' } }] }) } },
  }), PUT, 'UNKNOWN'],
])('a pod that writes %s might do what the role of that may do, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const inObject = { S3Bucket: 'scripts', S3Key: 'it.zip' };
const ofFunction = (Code: object, more: object = {}) => running('lambda', 'AWS::Lambda::Function', { Role: arnOf('Admin'), Code }, more);
const layer = (Content: object) => ({ Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content } } });
const IMAGE_OF_FUNCTION = '111122223333.dkr.ecr.us-west-2.amazonaws.com/it:latest';

test.each<[string, object, object, string]>([
  ['the code of a function', ofFunction(inObject), PUT, 'UNKNOWN'],
  ['other code than that of a function', ofFunction({ ...inObject, S3Bucket: 'others' }), PUT, 'DENIED'],
  ['another object than the code of a function', ofFunction(inObject), allow('s3:PutObject', 'arn:aws:s3:::scripts/data/*'), 'DENIED'],
  ['a layer of functions', ofFunction({ ZipFile: '1' }, layer(inObject)), PUT, 'UNKNOWN'],
  ['another layer', ofFunction({ ZipFile: '1' }, layer({ ...inObject, S3Bucket: 'others' })), PUT, 'DENIED'],
  ['the image of a function', ofFunction({ ImageUri: IMAGE_OF_FUNCTION }), push('arn:aws:ecr:us-west-2:111122223333:repository/it'), 'UNKNOWN'],
  ['another image', ofFunction({ ImageUri: IMAGE_OF_FUNCTION }), push('arn:aws:ecr:us-west-2:111122223333:repository/other'), 'DENIED'],
  ['the definition of a state machine', running('states', 'AWS::StepFunctions::StateMachine', { RoleArn: arnOf('Admin'), DefinitionS3Location: { Bucket: 'scripts', Key: 'it.json' } }), PUT, 'UNKNOWN'],
])('a pod that writes %s might decide what the next deployment runs, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

test('assets of aws-cdk are not what a pod with a bucket by a parameter writes', () => {
  const code = { S3Bucket: { 'Fn::Sub': 'cdk-team-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: '0123.zip' };
  const sections = { Parameters: { BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/cdk-bootstrap/team/version' }, Data: { Type: 'String' } } };
  expect(decisionIn(sections, ofFunction(code), allow('s3:PutObject', { 'Fn::Sub': 'arn:aws:s3:::${Data}/*' })).outcome).toBe('DENIED');
});
