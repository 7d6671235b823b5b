import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decisionIn, LIST, trusted } from './code-apps';
import { MODES, outside, Values } from '../outside';
import { account, accountRole, allow, arnOf, association, job as jobOf, objects, podIdentityTrust, role, withValue } from '../templates';

/** What a pod might do by resources of its own template, what it may request, and those of the resources that can be outside, with their values. */
interface SetUp {
  readonly resources: { readonly [logicalId: string]: object };
  readonly statements: readonly object[];
  readonly outside: { readonly [logicalId: string]: Values };
}

const PLACE = 'us-west-2:111122223333';
const resource = (Type: string, Properties: object = {}) => ({ Type, Properties });
const admin = (service: string) => role(trusted(service), allow(LIST));
const named = (name: string): Values => ({ Ref: name, Arn: `arn:aws:iam::111122223333:role/${name}` });
const profile = (name: string): Values => ({ Ref: name, Arn: `arn:aws:iam::111122223333:instance-profile/${name}` });
const lambda = (name: string): Values => ({ Ref: name, Arn: `arn:aws:lambda:${PLACE}:function:${name}` });
const bucket = (name: string): Values => ({ Ref: name, Arn: `arn:aws:s3:::${name}`, RegionalDomainName: `${name}.s3.us-west-2.amazonaws.com` });
const queue = (name: string): Values => ({ Ref: `https://sqs.us-west-2.amazonaws.com/111122223333/${name}`, Arn: `arn:aws:sqs:${PLACE}:${name}` });
const secret = (name: string): Values => ({ Ref: `arn:aws:secretsmanager:${PLACE}:secret:${name}-AbCdEf` });
const BUCKET = resource('AWS::S3::Bucket');
const QUEUE = resource('AWS::SQS::Queue');
const inBucket = (id: string) => ({ 'Fn::Sub': `\${${id}.Arn}/*` });

const machine = (...states: object[]) => {
  const written = JSON.stringify({ States: Object.fromEntries(states.map((state, i) => [`State${i}`, { Type: 'Task', ...state }])) });
  return resource('AWS::StepFunctions::StateMachine', {
    RoleArn: arnOf('Machine'), DefinitionString: { 'Fn::Sub': written.replace(/\{"Ref":"(\w+)"\}/g, '"${$1}"') },
  });
};
const RUN = { Resource: 'arn:aws:states:::ecs:runTask', Parameters: { TaskDefinition: { Ref: 'Task' }, Overrides: { ContainerOverrides: [{ 'Command.$': '$.command' }] } } };
const TASK = resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public.ecr.aws/docker/library/alpine:3' }] });
const OF_TASK = { Ref: `arn:aws:ecs:${PLACE}:task-definition/report:1` };
const reading = (name: string, Parameters: object) => ({ Resource: `arn:aws:states:::aws-sdk:${name}`, Parameters });
const OF_MACHINE = { Machine: admin('states'), Admin: admin('ecs-tasks'), Task: TASK };
const job = (id = 'Code') => ({
  Admin: admin('glue'), [id]: BUCKET, Job: resource('AWS::Glue::Job', { Role: arnOf('Admin'), Command: { ScriptLocation: { 'Fn::Sub': `s3://\${${id}}/job.py` } } }),
});
const starting = (UserData: string, more: object = {}) => ({
  Admin: admin('ec2'),
  Profile: resource('AWS::IAM::InstanceProfile', { Roles: [{ Ref: 'Admin' }] }),
  It: resource('AWS::EC2::Instance', { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': { 'Fn::Sub': UserData } }, ...more }),
});
const INSTANCE = { Profile: profile('legacy'), Admin: named('admin') };
const cognito = (amr: string) => role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: 'cognito-identity.amazonaws.com' },
  Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': { Ref: 'Pool' } }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr } },
}, allow(LIST));
const pool = (AllowUnauthenticatedIdentities: boolean) => ({
  Pool: resource('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities }),
  Roles: resource('AWS::Cognito::IdentityPoolRoleAttachment', {
    IdentityPoolId: { Ref: 'Pool' }, Roles: { authenticated: arnOf('User'), unauthenticated: arnOf('Guest') },
  }),
  User: cognito('authenticated'),
  Guest: cognito('unauthenticated'),
});
const POOL = { Ref: 'us-west-2:11112222-3333-4444-5555-666677778888' };

/** One for each kind of things that can be outside. What a resource is deployed as is written with it. */
const SET_UPS: { readonly [what: string]: SetUp } = {
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
  'the script of a job': {
    resources: job(),
    statements: [allow('s3:PutObject', inBucket('Code'))],
    outside: { Admin: named('admin'), Code: bucket('code') },
  },
  'a bucket from which AWS DataSync copies code': {
    resources: {
      ...job(),
      Inbox: BUCKET,
      From: resource('AWS::DataSync::LocationS3', { S3BucketArn: arnOf('Inbox') }),
      To: resource('AWS::DataSync::LocationS3', { S3BucketArn: arnOf('Code') }),
      Sync: resource('AWS::DataSync::Task', { SourceLocationArn: { Ref: 'From' }, DestinationLocationArn: { Ref: 'To' } }),
    },
    statements: [allow('s3:PutObject', inBucket('Inbox'))],
    outside: {
      From: { Ref: `arn:aws:datasync:${PLACE}:location/loc-1` }, To: { Ref: `arn:aws:datasync:${PLACE}:location/loc-2` }, Inbox: bucket('inbox'), Code: bucket('code'),
    },
  },
  'a file system from which AWS DataSync copies code': {
    resources: {
      ...job(),
      Files: resource('AWS::EFS::FileSystem'),
      From: resource('AWS::DataSync::LocationEFS', { EfsFilesystemArn: arnOf('Files') }),
      To: resource('AWS::DataSync::LocationS3', { S3BucketArn: arnOf('Code') }),
      Sync: resource('AWS::DataSync::Task', { SourceLocationArn: { Ref: 'From' }, DestinationLocationArn: { Ref: 'To' } }),
    },
    statements: [allow('elasticfilesystem:ClientWrite', arnOf('Files'))],
    outside: {
      From: { Ref: `arn:aws:datasync:${PLACE}:location/loc-1` }, Files: { Arn: `arn:aws:elasticfilesystem:${PLACE}:file-system/fs-0123456789abcdef0` },
    },
  },
  'the URL that an instance runs': {
    resources: { ...starting('curl https://${Tools.RegionalDomainName}/setup.sh | sh'), Tools: BUCKET },
    statements: [allow('s3:PutObject', inBucket('Tools'))],
    outside: { Tools: bucket('tools') },
  },
  'the repository of a chart': {
    resources: {
      Charts: BUCKET,
      Chart: resource('Custom::AWSCDK-EKS-HelmChart', { ClusterName: { Ref: 'Cluster' }, Release: 'web', Chart: 'web', Repository: { 'Fn::Sub': 'https://${Charts.RegionalDomainName}/stable' } }),
      Reader: accountRole('default:reader', allow(LIST)),
      Accounts: objects(account('reader', 'Reader')),
    },
    statements: [allow('s3:PutObject', inBucket('Charts'))],
    outside: { Charts: bucket('charts'), Reader: named('reader') },
  },
  'the bucket behind a distribution': {
    resources: {
      ...starting('curl https://tools.example.com/setup.sh | sh'),
      Tools: BUCKET,
      Cdn: resource('AWS::CloudFront::Distribution', {
        DistributionConfig: { Aliases: ['tools.example.com'], Origins: [{ DomainName: { 'Fn::GetAtt': ['Tools', 'RegionalDomainName'] } }] },
      }),
    },
    statements: [allow('s3:PutObject', inBucket('Tools'))],
    outside: { Tools: bucket('tools'), ...INSTANCE },
  },
  'the file system of an instance': {
    resources: { ...starting('mount -t efs ${Files}:/ /opt/app && /opt/app/run.sh'), Files: resource('AWS::EFS::FileSystem') },
    statements: [allow('elasticfilesystem:ClientWrite')],
    outside: { Files: { Ref: 'fs-0123456789abcdef0' }, ...INSTANCE },
  },
  'the image that an instance runs': {
    resources: { ...starting('docker run ${Images.RepositoryUri}:latest'), Images: resource('AWS::ECR::Repository') },
    statements: [allow(['ecr:PutImage', 'ecr:UploadLayerPart'], arnOf('Images'))],
    outside: { Images: { Arn: `arn:aws:ecr:${PLACE}:repository/tools`, RepositoryUri: '111122223333.dkr.ecr.us-west-2.amazonaws.com/tools' } },
  },
  'the repository that an instance clones': {
    resources: { ...starting('git clone ${Setup.CloneUrlHttp} /opt/setup && sh /opt/setup/run.sh'), Setup: resource('AWS::CodeCommit::Repository', { RepositoryName: 'setup' }) },
    statements: [allow('codecommit:GitPush', arnOf('Setup'))],
    outside: { Setup: { Arn: `arn:aws:codecommit:${PLACE}:setup`, CloneUrlHttp: 'https://git-codecommit.us-west-2.amazonaws.com/v1/repos/setup' } },
  },
  'the parameter that an instance runs': {
    resources: { ...starting('eval "$(aws ssm get-parameter --name ${Script} --query Parameter.Value)"'), Script: resource('AWS::SSM::Parameter', { Name: '/boot/run', Value: 'true' }) },
    statements: [allow('ssm:PutParameter', { 'Fn::Sub': `arn:aws:ssm:${PLACE}:parameter\${Script}` })],
    outside: { Script: { Ref: '/boot/run' } },
  },
  'the SSH key of an instance': {
    resources: { ...starting('true', { KeyName: { Ref: 'Key' } }), Key: resource('AWS::EC2::KeyPair', { KeyName: 'bastion' }) },
    statements: [allow('ssm:GetParameter', `arn:aws:ssm:${PLACE}:parameter/ec2/keypair/*`)],
    outside: { Key: { Ref: 'bastion' }, ...INSTANCE },
  },
  'commands on an instance': {
    resources: starting('true'),
    statements: [allow('ssm:SendCommand')],
    outside: INSTANCE,
  },
  'the bucket of an issuer': {
    resources: {
      Keys: resource('AWS::S3::Bucket', { BucketName: 'issuer' }),
      Issuer: resource('AWS::IAM::OIDCProvider', { Url: 'https://issuer.s3.us-west-2.amazonaws.com', ClientIdList: ['sts.amazonaws.com'] }),
      Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: arnOf('Issuer') } }, allow(LIST)),
    },
    statements: [allow('s3:PutObject', inBucket('Keys'))],
    outside: {
      Issuer: { Arn: 'arn:aws:iam::111122223333:oidc-provider/issuer.s3.us-west-2.amazonaws.com' }, Keys: bucket('issuer'),
    },
  },
  'the guests of an identity pool': {
    resources: pool(true),
    statements: [],
    outside: { Pool: POOL, Guest: named('guest') },
  },
  'the users of an identity pool': {
    resources: pool(false),
    statements: [allow('cognito-identity:GetOpenIdTokenForDeveloperIdentity')],
    outside: { Pool: POOL, User: named('user') },
  },
  'the groups of a user pool': {
    resources: {
      Users: resource('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }),
      Group: resource('AWS::Cognito::UserPoolGroup', { UserPoolId: { Ref: 'Users' }, RoleArn: arnOf('User') }),
      Pool: resource('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: false }),
      User: cognito('authenticated'),
    },
    statements: [allow('cognito-idp:AdminAddUserToGroup')],
    outside: { Users: { Ref: 'us-west-2_Aa1Bb2Cc3' }, User: named('operator') },
  },
  'certificates': {
    resources: {
      Profile: resource('AWS::RolesAnywhere::Profile', { RoleArns: [arnOf('Machine')] }),
      Machine: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'rolesanywhere.amazonaws.com' } }, allow(LIST)),
    },
    statements: [allow('acm-pca:IssueCertificate')],
    outside: { Machine: named('machine') },
  },
  'a function that decides who signs in to a user pool': {
    resources: {
      Trigger: resource('AWS::Lambda::Function', { Role: arnOf('Worker') }),
      Worker: role(trusted('lambda')),
      Users: resource('AWS::Cognito::UserPool', {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, LambdaConfig: { PreTokenGeneration: arnOf('Trigger') },
      }),
      Pool: resource('AWS::Cognito::IdentityPool', {
        AllowUnauthenticatedIdentities: false, CognitoIdentityProviders: [{ ProviderName: { 'Fn::GetAtt': ['Users', 'ProviderName'] } }],
      }),
      User: cognito('authenticated'),
    },
    statements: [allow('lambda:UpdateFunctionCode')],
    outside: { Trigger: lambda('tokens'), Worker: named('worker') },
  },
  'a session policy that lets it assume a role': {
    resources: {
      Association: association('app', 'Own', { Policy: JSON.stringify({ Statement: [allow('sts:AssumeRole')] }) }),
      Own: role(podIdentityTrust(), allow('sts:AssumeRole')),
      Next: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Own') } }, allow(LIST)),
    },
    statements: [],
    outside: { Own: named('own'), Next: named('next') },
  },
  'the key that a task has from a secret': {
    resources: {
      Runner: role(trusted('ecs-tasks')),
      Secret: resource('AWS::SecretsManager::Secret'),
      It: resource('AWS::ECS::TaskDefinition', {
        ExecutionRoleArn: arnOf('Runner'), ContainerDefinitions: [{ Image: 'example.com/it:1', Secrets: [{ Name: 'AWS_SECRET_ACCESS_KEY', ValueFrom: { Ref: 'Secret' } }] }],
      }),
    },
    statements: [allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })],
    outside: { Runner: named('runner'), Secret: secret('mailer') },
  },
  'the password of a user in its environment': {
    resources: {
      Secret: resource('AWS::SecretsManager::Secret'),
      Ops: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}}}' } }, Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [allow(LIST)] } }] } },
      Work: withValue(jobOf('login', 'app', { containers: [{ name: 'main', env: [{ name: 'PASSWORD' }] }] }),
        '/spec/template/spec/containers/0/env/0/value', { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}}}' }),
    },
    statements: [],
    outside: { Secret: secret('login') },
  },
  'the password of a database': {
    resources: {
      Admin: admin('redshift'),
      Secret: resource('AWS::SecretsManager::Secret', { GenerateSecretString: { GenerateStringKey: 'password' } }),
      It: resource('AWS::Redshift::Cluster', { IamRoles: [arnOf('Admin')], MasterUserPassword: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' } }),
    },
    statements: [allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })],
    outside: { Admin: named('admin'), Secret: secret('db') },
  },
  'the image of a task': {
    resources: {
      Admin: admin('ecs-tasks'),
      Images: resource('AWS::ECR::Repository'),
      It: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: { 'Fn::Sub': '${Images.RepositoryUri}:1' } }] }),
    },
    statements: [allow(['ecr:PutImage', 'ecr:UploadLayerPart'], arnOf('Images'))],
    outside: { Admin: named('admin'), Images: { Arn: `arn:aws:ecr:${PLACE}:repository/app`, RepositoryUri: '111122223333.dkr.ecr.us-west-2.amazonaws.com/app' } },
  },
  'the settings of a task': {
    resources: {
      Admin: admin('ecs-tasks'),
      Settings: BUCKET,
      It: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ EnvironmentFiles: [{ Type: 's3', Value: { 'Fn::Sub': '${Settings.Arn}/app.env' } }] }] }),
    },
    statements: [allow('s3:PutObject', { 'Fn::Sub': 'arn:aws:s3:::${Settings}/*' })],
    outside: { Admin: named('admin'), Settings: bucket('settings') },
  },
  'a role that it assumes': {
    resources: { Next: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, allow(LIST)) },
    statements: [allow('sts:AssumeRole', arnOf('Next'))],
    outside: { Next: named('next') },
  },
  'a role with access to the cluster': {
    resources: {
      Operator: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
      Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Operator') }),
      Reader: accountRole('default:reader', allow(LIST)),
      Accounts: objects(account('reader', 'Reader')),
    },
    statements: [allow('sts:AssumeRole', arnOf('Operator'))],
    outside: { Operator: named('operator'), Reader: named('reader') },
  },
  'the role of a function that it changes': {
    resources: { Admin: admin('lambda'), Function: resource('AWS::Lambda::Function', { Role: arnOf('Admin') }) },
    statements: [allow('lambda:UpdateFunctionCode', arnOf('Function'))],
    outside: { Admin: named('admin'), Function: lambda('app') },
  },
  'a role that it passes': {
    resources: { Admin: admin('lambda') },
    statements: [allow('iam:PassRole', arnOf('Admin')), allow('lambda:CreateFunction')],
    outside: { Admin: named('admin') },
  },
};

/** What does not count outside, and the sentence of the reference that says so. */
const EXCEPTIONS: { readonly [what: string]: SetUp & { readonly sentence: string } } = {
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

const OUTSIDE = Object.entries(SET_UPS).flatMap(([what, setUp]) =>
  Object.entries(setUp.outside).flatMap(([id, values]) => MODES.map((mode) => ({ what, id, mode, values, setUp }))));

const REFERENCE = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'verification-reference.md'), 'utf8').replace(/\s+/g, ' ');

const outcomeOf = ({ resources, statements }: SetUp, sections: object): string => decisionIn(sections, resources, ...statements).outcome;

test.each(Object.entries(SET_UPS))('a pod might get credentials by %s', (_, setUp) => {
  expect(outcomeOf(setUp, {})).not.toBe('DENIED');
});

test.each(OUTSIDE)('a pod might get credentials by $what, also if $id is $mode', ({ id, mode, values, setUp }) => {
  const { changed, Parameters } = outside(setUp, id, values, mode);
  expect(outcomeOf(changed, { Parameters })).not.toBe('DENIED');
});

test.each(Object.entries(EXCEPTIONS))('the reference says that %s does not count outside the templates', (_, setUp) => {
  const outcomes = Object.entries(setUp.outside).flatMap(([id, values]) => MODES.map((mode) => {
    const { changed, Parameters } = outside(setUp, id, values, mode);
    return outcomeOf(changed, { Parameters });
  }));
  expect(outcomeOf(setUp, {})).toBe('UNKNOWN');
  expect(outcomes).toContain('DENIED');
  expect(REFERENCE).toContain(setUp.sentence);
});
