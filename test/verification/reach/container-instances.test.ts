import { decisionOf, LIST, push, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const AGENT = ['ecs:DiscoverPollEndpoint', 'ecs:RegisterContainerInstance', 'ecs:Poll'];
const EXEC = 'ssmmessages:CreateControlChannel';
const OPEN = { HttpTokens: 'required', HttpPutResponseHopLimit: 2 };
const ONE_HOP = { HttpTokens: 'required', HttpPutResponseHopLimit: 1 };

/** Container instances, and a task or a job that may run on them. */
const app = (it: object, { MetadataOptions = OPEN as object, UserData = 'echo ECS_CLUSTER=main >> /etc/ecs/ecs.config', agent = AGENT } = {}) => ({
  Admin: role(trusted('ec2'), allow([LIST, ...agent])),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  Launch: { Type: 'AWS::EC2::LaunchTemplate', Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arnOf('Profile') }, MetadataOptions, UserData: { 'Fn::Base64': UserData } } } },
  Group: {
    Type: 'AWS::AutoScaling::AutoScalingGroup',
    Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Launch' }, Version: { 'Fn::GetAtt': ['Launch', 'LatestVersionNumber'] } } },
  },
  It: it,
});
const IMAGE = '111122223333.dkr.ecr.us-west-2.amazonaws.com/app:1';
const task = (more: object = {}, container: object = {}) =>
  ({ Type: 'AWS::ECS::TaskDefinition', Properties: { RequiresCompatibilities: ['EC2'], ContainerDefinitions: [{ Image: IMAGE, ...container }], ...more } });
const job = (more: object) => ({ Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container', ...more } });
const JOB = job({ ContainerProperties: { Image: IMAGE } });
const FARGATE = { RequiresCompatibilities: ['FARGATE'], NetworkMode: 'awsvpc' };
const service = (properties: object) => ({ Type: 'AWS::ECS::Service', Properties: { TaskDefinition: { Ref: 'It' }, ...properties } });
const BLOCKED = { UserData: 'echo ECS_AWSVPC_BLOCK_IMDS=true >> /etc/ecs/ecs.config' };

test.each<[string, object, object, string]>([
  ['a task', app(task()), push(), 'ecr:PutImage'],
  ['a task that does not say where it runs', app(task({ RequiresCompatibilities: undefined })), push(), 'ecr:PutImage'],
  ['a task with an empty list of where it runs', app(task({ RequiresCompatibilities: [] })), push(), 'ecr:PutImage'],
  ['a task with a role of its own', { ...app(task({ TaskRoleArn: arnOf('Own') })), Own: role(trusted('ecs-tasks')) }, push(), 'ecr:PutImage'],
  ['a task with a file of variables', app(task({}, { Image: 'nginx', EnvironmentFiles: [{ Type: 's3', Value: 'arn:aws:s3:::settings/app.env' }] })), allow('s3:PutObject'), 's3:PutObject'],
  ['a task that another one may start with other commands', app(task({}, { Image: 'nginx' })), allow('ecs:RunTask'), 'ecs:RunTask'],
  ['a task for Fargate that another one may start on an instance', app(task(FARGATE, { Image: 'nginx' })), allow('ecs:RunTask'), 'ecs:RunTask'],
  ['a task for Fargate that a service starts on instances', { ...app(task(FARGATE)), Service: service({ LaunchType: 'EC2' }) }, push(), 'ecr:PutImage'],
  ['a task for Fargate that a service starts with another capacity provider', { ...app(task(FARGATE)), Service: service({ CapacityProviderStrategy: [{ CapacityProvider: 'spot' }] }) }, push(), 'ecr:PutImage'],
  ['a task in which another one gets a shell', app(task({}, { Image: 'nginx' }), { agent: [...AGENT, EXEC] }), allow('ecs:ExecuteCommand'), 'ecs:ExecuteCommand'],
  ['a task with a role of its own in which another one gets a shell', {
    ...app(task({ TaskRoleArn: arnOf('Own') }, { Image: 'nginx' })), Own: role(trusted('ecs-tasks'), allow(EXEC)),
  }, allow('ecs:ExecuteCommand'), 'ecs:ExecuteCommand'],
  ['a task with the network of its instance', app(task({ NetworkMode: 'host' }), { MetadataOptions: ONE_HOP }), push(), 'ecr:PutImage'],
  ['a task with a network interface of its own', app(task({ NetworkMode: 'awsvpc' }), { MetadataOptions: ONE_HOP }), push(), 'ecr:PutImage'],
  ['a task that takes over its instance', app(task({}, { Privileged: true }), { MetadataOptions: ONE_HOP }), push(), 'ecr:PutImage'],
  ['a task with a folder of its instance', app(task({ Volumes: [{ Host: { SourcePath: '/' } }] }), { MetadataOptions: ONE_HOP }), push(), 'ecr:PutImage'],
  ['a task on one of two kinds of instances', {
    ...app(task(), { MetadataOptions: ONE_HOP }), Other: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, MetadataOptions: OPEN } },
  }, push(), 'ecr:PutImage'],
  ['a job', app(JOB), push(), 'ecr:PutImage'],
  ['a job with the network of its instance', app(JOB, { MetadataOptions: ONE_HOP }), push(), 'ecr:PutImage'],
])('who decides what %s runs might get the role of its instances', (_, resources, statement, action) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', [`role Role may request ${action}, and so might decide what It does with role Admin`]]);
});

test.each<[string, object, object]>([
  ['a task on Fargate', app(task(FARGATE)), push()],
  ['a task that a service starts on Fargate', { ...app(task(FARGATE)), Service: service({ LaunchType: 'FARGATE' }), Spot: service({ CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT' }] }) }, push()],
  ['a task elsewhere', app(task({ RequiresCompatibilities: ['EXTERNAL'] })), push()],
  ['a task that is one hop too far away', app(task(), { MetadataOptions: ONE_HOP }), push()],
  ['a task with a network interface of its own, which the agent keeps from it', app(task({ NetworkMode: 'awsvpc' }), BLOCKED), push()],
  ['a task on instances without instance metadata', app(task({ NetworkMode: 'host' }), { MetadataOptions: { HttpEndpoint: 'disabled' } }), push()],
  ['a task without a shell', app(task({}, { Image: 'nginx' })), allow('ecs:ExecuteCommand')],
  ['a task with a role that lets nobody open a shell', {
    ...app(task({ TaskRoleArn: arnOf('Own') }, { Image: 'nginx' }), { agent: [...AGENT, EXEC] }), Own: role(trusted('ecs-tasks')),
  }, allow('ecs:ExecuteCommand')],
  ['a task of an image in another repository', app(task()), push('arn:aws:ecr:us-west-2:111122223333:repository/other')],
  ['a task, of instances that are none of Amazon ECS,', app(task(), { agent: [] }), push()],
  ['a job on Fargate', app(job({ PlatformCapabilities: ['FARGATE'], ContainerProperties: { Image: IMAGE } })), push()],
  ['a job in a cluster of Amazon EKS', app(job({ EksProperties: { PodProperties: { Containers: [{ Image: 'nginx' }] } } })), push()],
])('who decides what runs in %s does not get the role of its instances', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});
