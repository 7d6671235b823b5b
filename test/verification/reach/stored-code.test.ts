import { admin, decisionOf, ofInstance } from './code-apps';
import { allow, arnOf } from '../templates';

const STORED = '{{resolve:ssm:/platform/x}}';
const lambda = (more: object) => ({ ...admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), Code: { ZipFile: '' }, ...more } } });
const machine = (more: object) => ({ ...admin('states'), It: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('Admin'), ...more } } });
const started = (Type: string, properties: object) => ({ ...admin('events'), It: { Type, Properties: { ScheduleExpression: 'rate(1 day)', ...properties } } });
const job = (Command: object) => ({ ...admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command } } });
const layer = (S3Key: string) => ({ ...lambda({ Layers: [{ Ref: 'Layer' }] }), Layer: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: { S3Bucket: 'code', S3Key } } } });
const build = (more: object) => ({ ...admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source: { Type: 'GITHUB' }, ...more } } });
const task = (properties: object) => ({ ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ...properties } } });
const pipeline = (Configuration: object, Provider = 'CodeCommit') => ({
  ...admin('codepipeline'),
  It: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: {
      RoleArn: arnOf('Admin'), Stages: [{ Name: 'Source', Actions: [{ Name: 'Source', ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider, Version: '1' }, Configuration }] }],
    },
  },
});
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
  ['the repository of a pipeline', pipeline({ RepositoryName: STORED, BranchName: 'main' })],
  ['the branch of a pipeline', pipeline({ RepositoryName: 'app', BranchName: STORED })],
  ['the repository of a pipeline by a connection', pipeline({ ConnectionArn: 'arn:aws:codeconnections:us-west-2:111122223333:connection/1', FullRepositoryId: STORED }, 'CodeStarSourceConnection')],
  ['the version of the source of a build', build({ SourceVersion: STORED })],
  ['a file with variables of a task', task({ ContainerDefinitions: [{ Image: 'public', EnvironmentFiles: [{ Type: 's3', Value: STORED }] }] })],
  ['the file system of a task', task({ ContainerDefinitions: [{ Image: 'public' }], Volumes: [{ Name: 'app', EFSVolumeConfiguration: { FilesystemId: STORED } }] })],
  ['the key of a user of AWS Transfer Family', { ...admin('transfer'), It: { Type: 'AWS::Transfer::User', Properties: { Role: arnOf('Admin'), ServerId: 's-1', UserName: 'app', SshPublicKeys: [STORED] } } }],
  ['the metadata of the identity provider of a workspace of Grafana', {
    ...admin('grafana'), It: { Type: 'AWS::Grafana::Workspace', Properties: { RoleArn: arnOf('Admin'), SamlConfiguration: { IdpMetadata: { Xml: STORED } } } },
  }],
  ['the key of an instance', ofInstance({ PublicKeyMaterial: STORED }, { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, KeyName: { Ref: 'Key' } } })],
  ['the disk of an instance', ofInstance({}, {
    Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { SnapshotId: STORED } }] },
  })],
  ['what a function loads', lambda({ Environment: { Variables: { NODE_OPTIONS: STORED } } })],
  ['what a task loads', task({ ContainerDefinitions: [{ Image: 'public', Environment: [{ Name: 'JAVA_TOOL_OPTIONS', Value: STORED }] }] })],
  ['the location of what a task loads', task({ ContainerDefinitions: [{ Image: 'public', Environment: [{ Name: 'MODEL_URI', Value: STORED }] }] })],
  ['what a task loads as it starts', task({ ContainerDefinitions: [{ Image: 'public', Secrets: [{ Name: 'NODE_OPTIONS', ValueFrom: '/platform/x' }] }] })],
  ['a command that a task has in a variable', task({ ContainerDefinitions: [{ Image: 'public', Command: ['sh', '-c', '$CMD'], Secrets: [{ Name: 'CMD', ValueFrom: '/platform/x' }] }] })],
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
    ContainerDefinitions: [{ Image: 'public', Command: ['sh', '-c', 'psql postgres://app:$PASSWORD@db'], Secrets: [{ Name: 'PASSWORD', ValueFrom: '/platform/x' }] }],
  })],
  ['the password of a build', build({ Environment: { EnvironmentVariables: [{ Name: 'PASSWORD', Type: 'PARAMETER_STORE', Value: '/platform/x' }] } })],
  ['the description and the memory of a function', lambda({ Description: STORED, MemorySize: STORED })],
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
