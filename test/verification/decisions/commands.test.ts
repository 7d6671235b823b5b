import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const IMAGE = `public.ecr.aws/x/y@sha256:${'a'.repeat(64)}`;
const CHANGES = [
  'iam:AttachRolePolicy', 's3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock', 'eks:CreateAccessEntry', 'eks:CreatePodIdentityAssociation', 'eks:UpdateNodegroupConfig',
  'autoscaling:UpdateAutoScalingGroup', 'ec2:CreateTags',
];
const trusting = (service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } });
const ofProgram = (service: string, statement: object = allow(CHANGES)) => ({ Program: role(trusting(service), statement) });

const accessWith = (resources: object) => verification.PodAccess.fromTemplates(clusterTemplate({
  Data: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } }, Role: accountRole('default:app', allow('sqs:SendMessage')), Objects: objects(account('app', 'Role')), ...resources,
}));
const PARAMETERS = { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' };
const outcomeWith = (resources: object, assumed: object = {}) =>
  accessWith(resources).assume({ parameters: PARAMETERS, ...assumed }).pod({ serviceAccountName: 'app', cluster: 'prod' }).decide('s3:GetObject', { resource: 'arn:aws:s3:::data/x' });

/** A program with some commands, and its role. */
type WithCommands = (commands: string, statement?: object) => { readonly [logicalId: string]: any };

const base64 = (text: string) => ({ 'Fn::Base64': text });
const PROFILE = { Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Program' }] } } };
const instance: WithCommands = (commands, statement) => ({
  ...ofProgram('ec2', statement),
  ...PROFILE,
  It: { Type: 'AWS::EC2::Instance', Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: base64(`#!/bin/sh\n${commands}\n`) } },
});
const template: WithCommands = (commands, statement) => ({
  ...ofProgram('ec2', statement),
  ...PROFILE,
  It: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arnOf('Profile') }, UserData: Buffer.from(`#!/bin/sh\n${commands}\n`.padEnd(99)).toString('base64') } } },
});
const init: WithCommands = (commands, statement) => ({
  ...ofProgram('ec2', statement),
  ...PROFILE,
  It: {
    Type: 'AWS::EC2::Instance',
    Metadata: { 'AWS::CloudFormation::Init': { config: { commands: { first: { command: commands } } } } },
    Properties: { ImageId: 'ami-1', IamInstanceProfile: { Ref: 'Profile' }, UserData: base64('cfn-init -r It') },
  },
});
const nodes: WithCommands = (commands, statement) => ({
  Nodes: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: {
      ClusterName: { Ref: 'Cluster' },
      NodegroupName: 'nodes',
      NodeRole: arnOf('Program'),
      AmiType: 'AL2023_x86_64_STANDARD',
      LaunchTemplate: { Id: { Ref: 'It' }, Version: { 'Fn::GetAtt': ['It', 'LatestVersionNumber'] } },
    },
  },
  It: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, UserData: base64(commands) } } },
  ...ofProgram('ec2', statement),
});
const association: WithCommands = (commands, statement) => ({
  ...instance('true', statement),
  It: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Targets: [{ Key: 'tag:a', Values: ['b'] }], Parameters: { commands: [commands] } } },
  Other: instance('true').It,
  NodeRole: role(trusting('ec2'), allow('sqs:ListQueues')),
});
const build: WithCommands = (commands, statement) => ({
  ...ofProgram('codebuild', statement),
  It: {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      ServiceRole: arnOf('Program'),
      Artifacts: { Type: 'NO_ARTIFACTS' },
      Environment: { Image: 'aws/codebuild/standard:7.0' },
      Source: { Type: 'NO_SOURCE', BuildSpec: JSON.stringify({ version: '0.2', phases: { build: { commands: ['echo hi', commands] } } }) },
    },
  },
});
const task: WithCommands = (commands, statement) => ({
  ...ofProgram('ecs-tasks', statement),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Program'), ContainerDefinitions: [{ Name: 'it', Image: IMAGE, Command: commands.split(' ') }] } },
});
const job: WithCommands = (commands, statement) => ({
  ...ofProgram('ecs-tasks', statement),
  It: { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', ContainerProperties: { Image: IMAGE, JobRoleArn: arnOf('Program'), Command: ['sh', '-c', commands] } } },
});
const code: WithCommands = (ZipFile, statement) => ({
  ...ofProgram('lambda', statement),
  It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Program'), Handler: 'index.handler', Runtime: 'python3.12', Code: { ZipFile } } },
});
const podsWith = (container: object, statement = allow(CHANGES)) => ({
  Program: accountRole('ops:deployer', statement),
  It: objects(account('deployer', 'Program', 'ops'), {
    apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'it', namespace: 'ops' }, spec: { template: { spec: { serviceAccountName: 'deployer', containers: [{ name: 'it', ...container }] } } },
  }),
});
const pods: WithCommands = (commands, statement) => podsWith({ image: IMAGE, command: ['sh', '-c', commands] }, statement);
/** The image runs the program. */
const argumentsIn = (commands: string) => commands.split(' ').slice(1);
const podsOfCli: WithCommands = (commands, statement) => podsWith({ image: 'public.ecr.aws/aws-cli/aws-cli:2.15', args: argumentsIn(commands) }, statement);
const taskOfCli: WithCommands = (commands, statement) => ({
  ...ofProgram('ecs-tasks', statement),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Program'), ContainerDefinitions: [{ Name: 'it', Image: 'amazon/aws-cli', Command: argumentsIn(commands) }] } },
});
const machine: WithCommands = (resource, statement) => ({
  ...ofProgram('states', statement),
  It: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { RoleArn: arnOf('Program'), DefinitionString: JSON.stringify({ StartAt: 'It', States: { It: { Type: 'Task', Resource: resource, End: true } } }) },
  },
});

const ATTACH = 'aws iam attach-role-policy --role-name Role --policy-arn arn:aws:iam::aws:policy/AdministratorAccess';

test.each<[string, WithCommands]>([
  ['the user data of an instance', instance],
  ['the user data of a launch template, in Base64', template],
  ['the input of cfn-init', init],
  ['the user data of nodes', nodes],
  ['an association', association],
  ['a build', build],
  ['a task', task],
  ['a job', job],
  ['a function that runs them', (commands, statement) => code(`subprocess.run(${JSON.stringify(commands.split(' '))})`, statement)],
  ['a Job of Kubernetes', pods],
  ['a Job with the image of the AWS CLI', podsOfCli],
  ['a task with the image of the AWS CLI', taskOfCli],
])('commands of %s change access as far as their role allows', (_, withCommands) => {
  const { outcome, missing } = outcomeWith(withCommands(ATTACH));
  expect(outcome).toBe('UNKNOWN');
  expect(missing.join()).toMatch(/the commands of (It, of type [\w:]+|the Job it), can change access: .*changesNothing: \["stack\/It"\]/);
  expect(outcomeWith(withCommands(ATTACH), { changesNothing: ['stack/It'] })).toMatchObject({ missing: [], outcome: 'DENIED' });
  expect(outcomeWith(withCommands(ATTACH, allow('s3:GetObject'))).outcome).toBe('DENIED');
  expect(outcomeWith(withCommands('aws iam list-roles')).outcome).toBe('DENIED');
});

test.each<[string, string]>([
  ['the policy of a bucket', 'aws s3api put-bucket-policy --bucket data --policy file://policy.json'],
  ['what keeps the public from buckets', 'aws s3api put-public-access-block --bucket data'],
  ['an access entry', 'aws eks create-access-entry --cluster-name prod --principal-arn arn'],
  ['an access entry, with a variable', 'AWS="aws --region eu-west-1"; $AWS eks create-access-entry --cluster-name prod'],
  ['an access entry, with an option', 'aws --region eu-west-1 eks create-access-entry --cluster-name prod'],
  ['an access entry, in two lines', 'aws eks \\\n  create-access-entry --cluster-name prod'],
  ['an association', 'aws eks create-pod-identity-association --cluster-name prod'],
  ['the launch template of a group', 'aws autoscaling update-auto-scaling-group --launch-template x'],
])('a command that changes %s counts', (_, command) => {
  expect(outcomeWith(build(command)).outcome).toBe('UNKNOWN');
  expect(outcomeWith(build(command.replace(/^/gm, '# '))).outcome).toBe('DENIED');
});

test.each<[string, string]>([
  ['reads', 'aws s3 cp s3://data/x . && aws eks describe-cluster --name prod'],
  ['updates a kubeconfig', 'aws eks update-kubeconfig --name prod'],
  ['assumes a role', 'aws sts assume-role --role-arn arn --role-session-name it'],
  ['tags something, where no policy asks for tags', 'aws ec2 create-tags --resources i-1 --tags Key=a,Value=b'],
  ['scales a group', 'aws autoscaling update-auto-scaling-group --desired-capacity 2'],
  ['deploys a service', 'aws ecs update-service --service web --force-new-deployment'],
  ['is of another program', 'mycli iam-tool attach-role'],
])('a command that %s changes nothing with the role of an administrator', (_, command) => {
  expect(outcomeWith(build(command, allow('*'))).outcome).toBe('DENIED');
});

test.each(['iamidentitymapping', 'podidentityassociation', 'iamserviceaccount', 'accessentry'])('eksctl changes access by creating %s', (made) => {
  expect(outcomeWith(build(`eksctl create ${made} --cluster prod`, allow('s3:GetObject'))).outcome).toBe('UNKNOWN');
  expect(outcomeWith(build(`eksctl get ${made} --cluster prod`)).outcome).toBe('DENIED');
});

test.each<[string, string]>([
  ['a role that is assumed', `eval $(aws sts assume-role --role-arn x)\n${ATTACH}`],
  ['a profile', `${ATTACH} --profile admin`],
])('commands with %s change what they name', (_, commands) => {
  expect(outcomeWith(instance(commands, allow('s3:GetObject'))).outcome).toBe('UNKNOWN');
});

test.each<[string, string]>([
  ['Python', 'import boto3\nboto3.client("iam").attach_role_policy(RoleName="Role")'],
  ['Python, with a variable', "import boto3\niam = boto3.client('iam')\niam.attach_role_policy(RoleName='Role')"],
  ['JavaScript', 'const { IAMClient, AttachRolePolicyCommand } = require("@aws-sdk/client-iam"); await client.send(new AttachRolePolicyCommand({}));'],
  ['JavaScript, with a namespace', 'const iam = require("@aws-sdk/client-iam"); await new iam.IAMClient().send(new iam.AttachRolePolicyCommand({}));'],
  ['JavaScript, with version 2', 'const AWS = require("aws-sdk"); new AWS.IAM().attachRolePolicy({}).promise();'],
])('inline code in %s changes access', (_, text) => {
  expect(outcomeWith(code(text)).outcome).toBe('UNKNOWN');
  expect(outcomeWith(code(text, allow('s3:GetObject'))).outcome).toBe('DENIED');
  expect(outcomeWith(code(text.replace(/attach_role_policy/g, 'list_roles').replace(/AttachRolePolicy/g, 'ListRoles').replace(/attachRolePolicy/g, 'listRoles'))).outcome).toBe('DENIED');
  expect(outcomeWith(code(text.replace(/iam/gi, 'sqs'))).outcome).toBe('DENIED');
});

test('a state machine changes access with a request of an SDK', () => {
  expect(outcomeWith(machine('arn:aws:states:::aws-sdk:iam:attachRolePolicy')).outcome).toBe('UNKNOWN');
  expect(outcomeWith(machine('arn:aws:states:::aws-sdk:iam:attachRolePolicy', allow('s3:GetObject'))).outcome).toBe('DENIED');
  expect(outcomeWith(machine('arn:aws:states:::aws-sdk:iam:listRoles')).outcome).toBe('DENIED');
});

test('commands change the resources that their role allows', () => {
  const command = 'aws s3api put-bucket-policy --bucket data --policy file://policy.json';
  expect(outcomeWith(build(command, allow('s3:PutBucketPolicy', 'arn:aws:s3:::data'))).outcome).toBe('UNKNOWN');
  expect(outcomeWith(build(command, allow('s3:PutBucketPolicy', 'arn:aws:s3:::other'))).outcome).toBe('DENIED');
});

test('an instance without a profile has no role for its commands', () => {
  const { It: { Type, Properties: { IamInstanceProfile: _, ...properties } } } = instance(ATTACH);
  expect(outcomeWith({ It: { Type, Properties: properties } }).outcome).toBe('DENIED');
});

test('an association runs on instances with a role that the templates do not show', () => {
  const { Program: _, Other, ...others } = association(ATTACH, allow('s3:GetObject'));
  expect(outcomeWith({ ...others, Other: { ...Other, Properties: { ...Other.Properties, IamInstanceProfile: 'admin' } } }).outcome).toBe('UNKNOWN');
});

test('commands of a document change access where no role of instances is known, and pods without a role may have that of their node', () => {
  const Content = { mainSteps: [{ action: 'aws:runShellScript', inputs: { runCommand: [ATTACH] } }] };
  const It = { Type: 'AWS::SSM::Document', Properties: { DocumentType: 'Command', Content } };
  expect(outcomeWith({ It }).outcome).toBe('DENIED');
  expect(outcomeWith({ It, Nodes: { Type: 'AWS::SNS::Topic' }, NodeRole: { Type: 'AWS::SNS::Topic' } }).missing.join()).toContain('the commands of It, of type AWS::SSM::Document,');
  expect(outcomeWith({ It: objects({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'it' }, data: { 'run.sh': ATTACH } }) }).outcome).toBe('UNKNOWN');
});
