import { admin, machine, OF_MACHINE, PLACE, queue, QUEUE, reading, resource, RUN, SetUp, starting } from './set-up';
import { allow, arnOf } from '../../templates';

/** What does not count outside, and the sentence of the reference that says so. */
export const EXCEPTIONS: { readonly [what: string]: SetUp & { readonly sentence: string } } = {
  'the script in the user data of a launch template': {
    resources: {
      Admin: admin('ec2'),
      Profile: resource('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Admin' }] }),
      Template: resource('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData: { 'Fn::Base64': 'aws s3 cp s3://code/run.sh . && sh run.sh' } } }),
      It: resource('AWS::EC2::Instance', { IamInstanceProfile: { Ref: 'Profile' }, LaunchTemplate: { LaunchTemplateId: { Ref: 'Template' }, Version: '1' } }),
    },
    statements: [allow('s3:PutObject', 'arn:aws:s3:::code/*')],
    outside: { Template: { Ref: 'lt-0123456789abcdef0' } },
    sentence: 'the script in the user data of a launch template',
  },
  'what starts with a state machine': {
    resources: { ...OF_MACHINE, It: machine(RUN) },
    statements: [allow('states:StartExecution', { Ref: 'It' })],
    outside: { It: { Ref: `arn:aws:states:${PLACE}:stateMachine:run` } },
    sentence: 'the definition of a state machine',
  },
  'where a queue sends what has failed': {
    resources: {
      ...OF_MACHINE,
      Queue: QUEUE,
      Failing: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arnOf('Queue'), maxReceiveCount: 3 } }),
      It: machine(reading('sqs:receiveMessage', { QueueUrl: { Ref: 'Queue' } }), RUN),
    },
    statements: [allow('sqs:SendMessage', arnOf('Failing'))],
    outside: { Failing: queue('failing') },
    sentence: 'where a queue sends what has failed',
  },
  'the policy of a repository': {
    resources: {
      Admin: admin('ecs-tasks'),
      Images: resource('AWS::ECR::Repository', {
        RepositoryPolicyText: { Statement: [{ Effect: 'Allow', Action: 'ecr:*', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, { Effect: 'Allow', Action: 'ecr:*', Principal: { AWS: arnOf('Role') } }] },
      }),
      It: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: { 'Fn::Sub': '${Images.RepositoryUri}:1' } }] }),
    },
    statements: [],
    outside: { Images: { RepositoryUri: '111122223333.dkr.ecr.us-west-2.amazonaws.com/app' } },
    sentence: 'Nor does what the policy of a bucket, a repository or a file system outside the templates allows, unless the question is about it.',
  },
  'an SSH key that no policy names': {
    resources: { ...starting('true', { KeyName: { Ref: 'Key' } }), Key: resource('AWS::EC2::KeyPair', { KeyName: 'bastion' }) },
    statements: [allow('ssm:GetParameter')],
    outside: { Key: { Ref: 'bastion' } },
    sentence: 'For a key pair outside the templates, this takes a policy that names the folder `/ec2/keypair/`.',
  },
};
