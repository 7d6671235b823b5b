import { admin, bucket, BUCKET, inBucket, lambda, machine, named, OF_MACHINE, OF_TASK, PLACE, queue, QUEUE, reading, resource, RUN, SetUp } from './set-up';
import { account, accountRole, allow, arnOf, objects, role } from '../../templates';
import { LIST, trusted } from '../code-apps';

/** What a pod might start or hand something to. */
export const WORKFLOWS: { readonly [what: string]: SetUp } = {
  'the builds of a pipeline': {
    resources: {
      Admin: admin('codebuild'),
      Pipes: role(trusted('codepipeline')),
      Code: BUCKET,
      Build: resource('AWS::CodeBuild::Project', { ServiceRole: arnOf('Admin') }),
      Pipeline: resource('AWS::CodePipeline::Pipeline', {
        RoleArn: arnOf('Pipes'),
        Stages: [{
          Actions: [
            { ActionTypeId: { Provider: 'S3' }, Configuration: { S3Bucket: { Ref: 'Code' }, S3ObjectKey: 'app.zip' } },
            { ActionTypeId: { Provider: 'CodeBuild' }, Configuration: { ProjectName: { Ref: 'Build' } } },
          ],
        }],
      }),
    },
    statements: [allow('s3:PutObject', inBucket('Code'))],
    outside: { Admin: named('builder'), Pipes: named('pipes'), Code: bucket('code'), Build: { Ref: 'build' } },
  },
  'the task of a state machine': {
    resources: { ...OF_MACHINE, Machine: role(trusted('states')), It: machine(RUN) },
    statements: [allow('states:StartExecution', { Ref: 'It' })],
    outside: { Admin: named('admin'), Machine: named('machine'), Task: OF_TASK },
  },
  'the queue that a state machine reads': {
    resources: { ...OF_MACHINE, Queue: QUEUE, It: machine(reading('sqs:receiveMessage', { QueueUrl: { Ref: 'Queue' } }), RUN) },
    statements: [allow('sqs:SendMessage', arnOf('Queue'))],
    outside: { Queue: queue('jobs'), Machine: named('machine'), Task: OF_TASK },
  },
  'the bucket that a state machine reads': {
    resources: { ...OF_MACHINE, Jobs: BUCKET, It: machine(reading('s3:getObject', { 'Bucket': { Ref: 'Jobs' }, 'Key.$': '$.key' }), RUN) },
    statements: [allow('s3:PutObject', inBucket('Jobs'))],
    outside: { Jobs: bucket('jobs'), Machine: named('machine'), Task: OF_TASK },
  },
  'a function that hands its results on': {
    resources: {
      ...OF_MACHINE,
      Queue: QUEUE,
      Function: resource('AWS::Lambda::Function', { Role: arnOf('Worker') }),
      Worker: role(trusted('lambda')),
      Results: resource('AWS::Lambda::EventInvokeConfig', { FunctionName: { Ref: 'Function' }, DestinationConfig: { OnSuccess: { Destination: arnOf('Queue') } } }),
      Pipe: resource('AWS::Pipes::Pipe', { RoleArn: arnOf('Worker'), Source: arnOf('Queue'), Target: { Ref: 'It' } }),
      It: machine(RUN),
    },
    statements: [allow('lambda:InvokeFunction', arnOf('Function'))],
    outside: { Function: lambda('worker'), Queue: queue('results'), Worker: named('worker'), Task: OF_TASK },
  },
  'the function of a custom resource, which does what its event says': {
    resources: {
      Admin: admin('lambda'),
      Function: resource('AWS::Lambda::Function', { Role: arnOf('Admin') }),
      Found: resource('Custom::AWS', { ServiceToken: arnOf('Function'), Create: JSON.stringify({ service: 'S3', action: 'listBuckets' }) }),
    },
    statements: [allow('lambda:InvokeFunction', arnOf('Function'))],
    outside: { Function: lambda('provider'), Admin: named('provider') },
  },
  'the object from which a custom resource takes an image': {
    resources: {
      Admin: admin('ecs-tasks'),
      Tags: BUCKET,
      Found: resource('Custom::AWS', {
        InstallLatestAwsSdk: 'true',
        Create: { 'Fn::Sub': '{"service":"S3","action":"getObject","parameters":{"Bucket":"${Tags}","Key":"tag"}}' },
      }),
      It: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: { 'Fn::Sub': '111122223333.dkr.ecr.us-west-2.amazonaws.com/it@${Found.Value}' } }] }),
    },
    statements: [allow('s3:PutObject', inBucket('Tags'))],
    outside: { Admin: named('admin'), Tags: bucket('tags') },
  },
  'a function that invokes one that acts in the cluster': {
    resources: {
      Front: resource('AWS::Lambda::Function', { Role: arnOf('Caller') }),
      Caller: role(trusted('lambda'), allow('lambda:InvokeFunction', arnOf('Function'))),
      Function: resource('AWS::Lambda::Function', { Role: arnOf('Handler') }),
      Handler: role(trusted('lambda')),
      Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Handler') }),
      Reader: accountRole('default:reader', allow(LIST)),
      Accounts: objects(account('reader', 'Reader')),
    },
    statements: [allow('lambda:InvokeFunction', arnOf('Front'))],
    outside: { Caller: named('caller'), Handler: named('handler'), Reader: named('reader') },
  },
  'a rule that starts a function that acts in the cluster': {
    resources: {
      Rule: resource('AWS::Events::Rule', { ScheduleExpression: 'rate(1 day)', Targets: [{ Arn: arnOf('Function') }] }),
      Permission: resource('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction', FunctionName: arnOf('Function'), Principal: 'events.amazonaws.com', SourceArn: arnOf('Rule'), SourceAccount: '111122223333',
      }),
      Function: resource('AWS::Lambda::Function', { Role: arnOf('Handler') }),
      Handler: role(trusted('lambda')),
      Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Handler') }),
      Reader: accountRole('default:reader', allow(LIST)),
      Accounts: objects(account('reader', 'Reader')),
    },
    statements: [allow('events:PutRule', arnOf('Rule'))],
    outside: { Rule: { Arn: `arn:aws:events:${PLACE}:rule/nightly` }, Handler: named('handler'), Reader: named('reader') },
  },
  'a function that acts in the cluster': {
    resources: {
      Function: resource('AWS::Lambda::Function', { Role: arnOf('Handler') }),
      Handler: role(trusted('lambda'), allow('sts:AssumeRole', arnOf('Creator'))),
      Creator: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Handler') } }),
      Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Creator') }),
      Reader: accountRole('default:reader', allow(LIST)),
      Accounts: objects(account('reader', 'Reader')),
    },
    statements: [allow('lambda:InvokeFunction', arnOf('Function'))],
    outside: { Handler: named('handler'), Creator: named('creator'), Reader: named('reader') },
  },
};
