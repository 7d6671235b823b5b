import { decisionOf, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const admin = (...services: string[]) => ({ Admin: role({ ...trusted('x'), Principal: { Service: services.map((name) => `${name}.amazonaws.com`) } }, allow('s3:ListAllMyBuckets')) });

const action = (Category: string, Provider: string, Configuration: object, more: object = {}, Owner = 'AWS') => ({ ActionTypeId: { Category, Provider, Owner }, Configuration, ...more });
const S3 = { S3Bucket: 'sources', S3ObjectKey: 'main.zip' };
const BUILD = { ProjectName: { Ref: 'Project' } };
const pipeline = (source: object, step: object, RoleArn: unknown = arnOf('Admin'), ServiceRole: unknown = arnOf('Other')) => ({
  ...admin('codepipeline', 'codebuild'),
  Other: role(trusted('codebuild'), allow('sqs:ListQueues')),
  Project: resource('AWS::CodeBuild::Project', { ServiceRole }),
  It: resource('AWS::CodePipeline::Pipeline', { Name: 'main', RoleArn, Stages: [{ Actions: [source] }, { Actions: [step] }] }),
});
const SOURCE = action('Source', 'S3', S3);
const OVERRIDDEN = action('Source', 'S3', { ...S3, AllowOverrideForS3ObjectKey: true });
const CONNECTED = action('Source', 'CodeStarSourceConnection', { ConnectionArn: 'arn:aws:codeconnections:us-west-2:111122223333:connection/a', FullRepositoryId: 'app/app', BranchName: 'main' });
const REPOSITORY = action('Source', 'CodeCommit', { RepositoryName: 'app', BranchName: 'main' });
const PLAIN = action('Build', 'CodeBuild', BUILD);
const chosen = (name: string) => action('Build', 'CodeBuild', { ...BUILD, EnvironmentVariables: JSON.stringify([{ name: 'COMMAND', value: `#{${name}}` }]) });
const COMMANDS = action('Compute', 'Commands', {}, { Commands: ['make #{variables.target}'] });
const TESTED = action('Test', 'Ours', {}, { Namespace: 'tests' }, 'Custom');
const START = allow('codepipeline:StartPipelineExecution', 'arn:aws:codepipeline:us-west-2:111122223333:main');
const OTHERS = allow('codepipeline:StartPipelineExecution', 'arn:aws:codepipeline:us-west-2:111122223333:other');

describe('a pod, if a pipeline', () => {
  test.each<[string, object, object, string]>([
    ['hands a variable on to a build', pipeline(SOURCE, chosen('variables.command')), START, 'UNKNOWN'],
    ['hands a variable on to a build, with its role', pipeline(SOURCE, chosen('variables.command'), arnOf('Other'), arnOf('Admin')), START, 'UNKNOWN'],
    ['hands a variable on to commands', pipeline(SOURCE, COMMANDS), START, 'UNKNOWN'],
    ['hands a variable on, but it may start another one', pipeline(SOURCE, chosen('variables.command')), OTHERS, 'DENIED'],
    ['hands a variable on to a function', pipeline(SOURCE, action('Invoke', 'Lambda', { FunctionName: 'f', UserParameters: '#{variables.key}' })), START, 'DENIED'],
    ['asks for approval with a variable', pipeline(SOURCE, action('Approval', 'Manual', { CustomData: '#{variables.key}' })), START, 'DENIED'],
    ['hands a variable of its source on', pipeline(SOURCE, chosen('SourceVariables.VersionId')), START, 'DENIED'],
    ['may have another object as its source', pipeline(OVERRIDDEN, PLAIN), START, 'UNKNOWN'],
    ['may have another object as the source of a build', pipeline(OVERRIDDEN, PLAIN, arnOf('Other'), arnOf('Admin')), START, 'UNKNOWN'],
    ['may have another commit of a connection', pipeline(CONNECTED, PLAIN), START, 'UNKNOWN'],
    ['has one object as its source', pipeline(SOURCE, PLAIN), START, 'DENIED'],
    ['may have another commit of those who push', pipeline(REPOSITORY, PLAIN), START, 'DENIED'],
    ['hands a result of others on', pipeline(TESTED, chosen('tests.command')), allow('codepipeline:PutJobSuccessResult'), 'UNKNOWN'],
    ['only waits for others', pipeline(TESTED, PLAIN), allow('codepipeline:PutJobSuccessResult'), 'DENIED'],
    ['hands a variable on, and it may approve', pipeline(TESTED, chosen('variables.command')), allow('codepipeline:PutApprovalResult'), 'DENIED'],
  ])('%s', (_, resources, statement, outcome) => {
    expect(decisionOf(resources, statement).outcome).toBe(outcome);
  });
});

const steps = (Type: string, Arguments: object) => ({
  ...admin('sagemaker'),
  It: resource('AWS::SageMaker::Pipeline', { RoleArn: arnOf('Admin'), PipelineName: 'train', PipelineDefinition: { PipelineDefinitionBody: JSON.stringify({ Steps: [{ Name: 'First', Type, Arguments }] }) } }),
});
const OF_PARAMETER = { Get: 'Parameters.Value' };
const TRAIN = allow('sagemaker:StartPipelineExecution');

describe('a pod that may start a pipeline of Amazon SageMaker', () => {
  test.each<[string, object, string]>([
    ['that has an image of a parameter', steps('Processing', { AppSpecification: { ImageUri: OF_PARAMETER } }), 'UNKNOWN'],
    ['that has arguments of a parameter', steps('Processing', { AppSpecification: { ImageUri: 'i', ContainerArguments: ['--key', { 'Std:Join': { On: '/', Values: ['a', OF_PARAMETER] } }] } }), 'UNKNOWN'],
    ['that has a script of a parameter', steps('Processing', { ProcessingInputs: [{ InputName: 'code', S3Input: { S3Uri: OF_PARAMETER } }] }), 'UNKNOWN'],
    ['that has a role of a parameter', steps('Transform', { RoleArn: OF_PARAMETER }), 'UNKNOWN'],
    ['that has a script for training of a parameter', steps('Training', { HyperParameters: { sagemaker_submit_directory: OF_PARAMETER } }), 'UNKNOWN'],
    ['that has a model of a parameter', steps('Model', { PrimaryContainer: { ModelDataUrl: OF_PARAMETER } }), 'UNKNOWN'],
    ['that has one in a condition', steps('Condition', { IfSteps: [{ Name: 'Next', Type: 'Processing', Arguments: { AppSpecification: { ImageUri: OF_PARAMETER } } }] }), 'UNKNOWN'],
    ['whose definition is elsewhere', { ...steps('Fail', {}), It: resource('AWS::SageMaker::Pipeline', { RoleArn: arnOf('Admin'), PipelineDefinitionS3Location: { Bucket: 'b', Key: 'k' } }) }, 'UNKNOWN'],
    ['that has data of a parameter', steps('Processing', { AppSpecification: { ImageUri: 'i' }, ProcessingInputs: [{ InputName: 'input-1', S3Input: { S3Uri: OF_PARAMETER } }] }), 'DENIED'],
    ['that has a number of instances of a parameter', steps('Training', { ResourceConfig: { InstanceCount: OF_PARAMETER }, HyperParameters: { epochs: OF_PARAMETER } }), 'DENIED'],
  ])('%s', (_, resources, outcome) => {
    expect(decisionOf(resources, TRAIN).outcome).toBe(outcome);
  });
});

const runbook = (name: string, inputs: object, more: object = {}, assumeRole: unknown = arnOf('Admin')) => ({
  ...admin('ssm'),
  It: resource('AWS::SSM::Document', {
    Name: 'clean', DocumentType: 'Automation', Content: { schemaVersion: '0.3', assumeRole, mainSteps: [{ name: 'first', action: name, inputs }] }, ...more,
  }),
});
const AUTOMATE = allow('ssm:StartAutomationExecution', 'arn:aws:ssm:us-west-2:111122223333:automation-definition/clean:*');
const YAML = { 'Fn::Sub': "schemaVersion: '0.3'\nassumeRole: '${Admin.Arn}'\nmainSteps:\n  - action: aws:executeScript\n    inputs:\n      Script: '{{ Script }}'\n" };

describe('a pod that may start a runbook', () => {
  test.each<[string, object, string, object?]>([
    ['that runs commands of a parameter', runbook('aws:runCommand', { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['{{ Command }}'] } }), 'UNKNOWN'],
    ['that runs a script of a parameter', runbook('aws:executeScript', { Script: '{{ Script }}' }), 'UNKNOWN'],
    ['that changes access by a parameter', runbook('aws:executeAwsApi', { Service: 's3', Api: 'PutBucketPolicy', Bucket: 'b', Policy: '{{ Policy }}' }), 'UNKNOWN'],
    ['that sends any request', runbook('aws:executeAwsApi', { Service: '{{ Service }}', Api: 'ListBuckets' }), 'UNKNOWN'],
    ['that creates a stack of a parameter', runbook('aws:createStack', { StackName: 's', TemplateURL: '{{ Url }}' }), 'UNKNOWN'],
    ['by its document', runbook('aws:executeScript', { Script: '{{ Script }}' }), 'UNKNOWN', allow('ssm:StartAutomationExecution', 'arn:aws:ssm:us-west-2:111122223333:document/clean')],
    ['in YAML', runbook('', {}, { Content: YAML, DocumentFormat: 'YAML' }), 'UNKNOWN'],
    ['that gives a script a payload', runbook('aws:executeScript', { Script: 'def handler(events, context): pass', InputPayload: { key: '{{ Key }}' } }), 'DENIED'],
    ['that runs commands of its own', runbook('aws:runCommand', { DocumentName: 'AWS-RunShellScript', Parameters: { commands: ['ls {{ global:REGION }}'] } }), 'DENIED'],
    ['that stops an instance of a parameter', runbook('aws:executeAwsApi', { Service: 'ec2', Api: 'StopInstances', InstanceIds: ['{{ Instance }}'] }), 'DENIED'],
    ['with a role of a parameter', runbook('aws:executeScript', { Script: '{{ Script }}' }, {}, '{{ AutomationAssumeRole }}'), 'DENIED'],
    ['that is for instances', runbook('aws:executeScript', { Script: '{{ Script }}' }, { DocumentType: 'Command' }), 'DENIED'],
    ['other than it', runbook('aws:executeScript', { Script: '{{ Script }}' }), 'DENIED', allow('ssm:StartAutomationExecution', 'arn:aws:ssm:us-west-2:111122223333:automation-definition/other:*')],
  ])('%s', (_, resources, outcome, statement = AUTOMATE) => {
    expect(decisionOf(resources, statement).outcome).toBe(outcome);
  });
});
