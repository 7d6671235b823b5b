import { admin, decisionOf, ofInstance } from './code-apps';
import { allow, arnOf } from '../templates';

const STORED = '{{resolve:ssm:/platform/x}}';
const lambda = (more: object) => ({ ...admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), Code: { ZipFile: '' }, ...more } } });
const machine = (more: object) => ({ ...admin('states'), It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Admin'), ...more } } });
const started = (Type: string, properties: object) => ({ ...admin('events'), It: { Type, Properties: { ScheduleExpression: 'rate(1 day)', ...properties } } });
const job = (Command: object) => ({ ...admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command } } });
const layer = (S3Key: string) => ({ ...lambda({ Layers: [{ Ref: 'Layer' }] }), Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'code', S3Key } } } });
const pipeline = (Provider: string, Configuration: object) => ({
  ...admin('codepipeline'),
  It: { Type: 'AWS::CodePipeline::Pipeline', Properties: { RoleArn: arnOf('Admin'), Stages: [{ Name: 'Source', Actions: [{ Name: 'It', ActionTypeId: { Category: 'Source', Provider }, Configuration }] }] } },
});
const build = (more: object) => ({
  ...admin('codebuild'),
  It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source: { Type: 'GITHUB', Location: 'https://github.com/acme/app' }, ...more } },
});
const task = (container: object, more: object = {}) => ({
  ...admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public@sha256:1', ...container }], ...more } },
});
const user = (more: object) => ({ ...admin('transfer'), It: { Type: 'AWS::Transfer::User', Properties: { UserName: 'u', ServerId: 's-1', Role: arnOf('Admin'), ...more } } });
const monitoring = (more: object) => ({
  ...admin('sagemaker'),
  It: {
    Type: 'AWS::SageMaker::MonitoringSchedule',
    Properties: { MonitoringScheduleConfig: { MonitoringJobDefinition: { RoleArn: arnOf('Admin'), MonitoringAppSpecification: { ImageUri: 'public@sha256:1', ...more } } } },
  },
});
const grafana = (SamlConfiguration: object) => ({ ...admin('grafana'), It: { Type: 'AWS::Grafana::Workspace', Properties: { RoleArn: arnOf('Admin'), SamlConfiguration } } });
const instance = (more: object, key: object = {}) =>
  ofInstance(key, { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, ...more } });
const connected = (more: object) => ({ ...lambda({}), On: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'It' }, ...more } } });
const QUEUE = 'arn:aws:sqs:us-west-2:111122223333:it';
const DEFINITION = '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${It}","End":true}}}';

const TAKING: Array<[string, object]> = [
  ['a layer of a function', lambda({ Layers: [STORED] })],
  ['the key of its code', lambda({ Code: { S3Bucket: 'code', S3Key: STORED } })],
  ['the bucket with its code', lambda({ Code: { S3Bucket: STORED, S3Key: 'app.zip' } })],
  ['its code', lambda({ Code: { ZipFile: STORED } })],
  ['the key of a layer', layer(STORED)],
  ['a definition of a state machine', machine({ DefinitionString: STORED })],
  ['a part of it', machine({ DefinitionString: DEFINITION.replace('${It}', STORED) })],
  ['a value in it', machine({ DefinitionString: DEFINITION, DefinitionSubstitutions: { It: STORED } })],
  ['the script of a job', job({ Name: 'glueetl', ScriptLocation: STORED })],
  ['the target of a rule', started('AWS::Events::Rule', { Targets: [{ Id: 'it', Arn: STORED, RoleArn: arnOf('Admin') }] })],
  ['the target of a schedule', started('AWS::Scheduler::Schedule', { FlexibleTimeWindow: { Mode: 'OFF' }, Target: { Arn: STORED, RoleArn: arnOf('Admin') } })],
  ['the repository of a pipeline', pipeline('CodeCommit', { RepositoryName: STORED, BranchName: 'main' })],
  ['its branch', pipeline('CodeCommit', { RepositoryName: 'app', BranchName: STORED })],
  ['the repository of a connection', pipeline('CodeStarSourceConnection', { FullRepositoryId: STORED, BranchName: 'main' })],
  ['the version of the source of a build', build({ SourceVersion: STORED })],
  ['who starts a build', build({ Triggers: { Webhook: 'true', FilterGroups: [[{ Type: 'ACTOR_ACCOUNT_ID', Pattern: STORED }]] } })],
  ['the file with the environment of a task', task({ EnvironmentFiles: [{ Type: 's3', Value: STORED }] })],
  ['the file system of a task', task({}, { Volumes: [{ Name: 'code', EFSVolumeConfiguration: { FilesystemId: STORED } }] })],
  ['what checks the health of a task', task({ HealthCheck: { Command: ['CMD-SHELL', STORED] } })],
  ['a script that monitors models', monitoring({ RecordPreprocessorSourceUri: STORED })],
  ['the SSH key of a user', user({ SshPublicKeys: [STORED] })],
  ['where the users of a workspace sign in', grafana({ IdpMetadata: { Xml: STORED } })],
  ['the SSH key of an instance', instance({ KeyName: { Ref: 'Key' } }, { PublicKeyMaterial: STORED })],
  ['the root disk of an instance', instance({ BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: STORED } }] })],
  ['the source of the events of a function', connected({ EventSourceArn: STORED })],
  ['who may call the URL of a function', { ...lambda({}), Url: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arnOf('It'), AuthType: STORED } } }],
  ['what a function loads', lambda({ Environment: { Variables: { NODE_OPTIONS: STORED } } })],
  ['what a task loads', task({ Environment: [{ Name: 'JAVA_TOOL_OPTIONS', Value: STORED }] })],
  ['the location of what a task loads', task({ Environment: [{ Name: 'MODEL_URI', Value: STORED }] })],
  ['what a task loads as it starts', task({ Secrets: [{ Name: 'NODE_OPTIONS', ValueFrom: '/platform/x' }] })],
  ['a command that a task has in a variable', task({ Command: ['sh', '-c', '$CMD'], Secrets: [{ Name: 'CMD', ValueFrom: '/platform/x' }] })],
  ['a command that a build has in a variable', build({
    Source: { Type: 'GITHUB', BuildSpec: 'phases: { build: { commands: [eval "$CMD"] } }' },
    Environment: { EnvironmentVariables: [{ Name: 'CMD', Type: 'PARAMETER_STORE', Value: '/platform/x' }] },
  })],
  ['the parameters of a runbook', started('AWS::SSM::Association', { Name: 'AWS-RunShellScript', Parameters: { commands: [STORED] } })],
];

test.each(TAKING)('who writes the parameter from which the next deployment takes %s might decide what is done', (_, resources) => {
  expect(decisionOf(resources, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*')).outcome).toBe('UNKNOWN');
});

test.each(TAKING)('who writes another parameter than that from which it takes %s does not', (_, resources) => {
  expect(decisionOf(resources, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*')).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['an environment variable', lambda({ Environment: { Variables: { Content: STORED } } })],
  ['a password that a command of a task has', task({
    Command: ['sh', '-c', 'psql postgres://app:$PASSWORD@db'], Secrets: [{ Name: 'PASSWORD', ValueFrom: '/platform/x' }],
  })],
  ['the password of a build', build({ Environment: { EnvironmentVariables: [{ Name: 'PASSWORD', Type: 'PARAMETER_STORE', Value: '/platform/x' }] } })],
  ['the description and the memory of a function', lambda({ Description: STORED, MemorySize: STORED })],
  ['the networks and the keys of a function', lambda({ KmsKeyArn: STORED, VpcConfig: { SubnetIds: [STORED], SecurityGroupIds: [STORED] } })],
  ['the settings of a function', lambda({
    Architectures: [STORED],
    DeadLetterConfig: { TargetArn: STORED },
    EphemeralStorage: { Size: STORED },
    FunctionName: STORED,
    LoggingConfig: { LogGroup: STORED },
    ReservedConcurrentExecutions: STORED,
    Runtime: STORED,
    Tags: [{ Key: 'stage', Value: STORED }],
    Timeout: STORED,
    TracingConfig: { Mode: STORED },
  })],
  ['the settings of a task', task(
    { Cpu: STORED, DockerLabels: { a: STORED }, LogConfiguration: { LogDriver: 'awslogs', Options: { 'awslogs-group': STORED } }, PortMappings: [{ ContainerPort: STORED }] },
    { Cpu: STORED, Family: STORED, Memory: STORED, NetworkMode: STORED },
  )],
  ['the tag of its image at another registry', task({ Image: `ghcr.io/acme/app:${STORED}` })],
  ['which secret it gets', task({ Secrets: [{ Name: 'PASSWORD', ValueFrom: STORED }] })],
  ['the settings of a build', build({
    Description: STORED,
    EncryptionKey: STORED,
    Environment: { ComputeType: STORED, EnvironmentVariables: [{ Name: 'STAGE', Value: STORED }] },
    Name: STORED,
    TimeoutInMinutes: STORED,
    VpcConfig: { SecurityGroupIds: [STORED], Subnets: [STORED], VpcId: STORED },
  })],
  ['the settings of a pipeline', {
    ...pipeline('CodeCommit', { RepositoryName: 'app', BranchName: 'main' }),
    Other: {
      Type: 'AWS::CodePipeline::Pipeline', Properties: { Name: STORED, RoleArn: arnOf('Admin'), ArtifactStore: { Type: 'S3', Location: 'artifacts', EncryptionKey: { Id: STORED, Type: 'KMS' } } },
    },
  }],
  ['the settings of an instance', instance({ InstanceType: STORED, SubnetId: STORED, SecurityGroupIds: [STORED], AvailabilityZone: STORED, BlockDeviceMappings: [{ Ebs: { VolumeSize: STORED } }] })],
  ['the sizes of the source of events', connected({ EventSourceArn: QUEUE, BatchSize: STORED, MaximumBatchingWindowInSeconds: STORED })],
  ['the time of a rule', started('AWS::Events::Rule', { ScheduleExpression: STORED, Targets: [{ Id: 'it', Arn: 'arn:aws:sqs:us-west-2:111122223333:it' }] })],
])('who writes the parameter from which it takes %s does not', (_, resources) => {
  expect(decisionOf(resources, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*')).outcome).toBe('DENIED');
});

const association = (properties: object) => ({
  ...ofInstance({}, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' } } }),
  Association: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Targets: [{ Key: 'tag:app', Values: ['web'] }], ...properties } },
});
const baseline = (Configuration: string) => ({
  ...association({ Name: 'AWS-RunPatchBaseline', Parameters: { Operation: ['Install'] } }),
  Baseline: { Type: 'AWS::SSM::PatchBaseline', Properties: { Name: 'own', Sources: [{ Name: 'own', Products: ['*'], Configuration }] } },
});
const PUT_IN = allow('s3:PutObject', 'arn:aws:s3:::packages/*');

test.each<[string, object, object, string]>([
  ['the parameter that an association runs', association({ Parameters: { commands: ['{{ssm:/platform/x}}'] } }), allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*'), 'UNKNOWN'],
  ['the parameter in a command of an association', association({ Parameters: { commands: ['run {{ ssm:/platform/x }}'] } }), allow('ssm:PutParameter'), 'UNKNOWN'],
  ['the secure parameter that an association runs', association({ Parameters: { commands: ['{{ssm-secure:/platform/x:1}}'] } }), allow('ssm:PutParameter'), 'DENIED'],
  ['another parameter than an association runs', association({ Parameters: { commands: ['{{ssm:/platform/x}}'] } }), allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*'), 'DENIED'],
  ['packages in the repository of a patch baseline', baseline('[own]\nbaseurl=https://packages.s3.amazonaws.com/yum\nenabled=1\n'), PUT_IN, 'UNKNOWN'],
  ['other packages than those of a patch baseline', baseline('[own]\nbaseurl=https://others.s3.amazonaws.com/yum\nenabled=1\n'), PUT_IN, 'DENIED'],
])('who writes %s might run commands on instances, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});
