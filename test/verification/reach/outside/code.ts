import { admin, bucket, BUCKET, inBucket, INSTANCE, job, named, PLACE, resource, SetUp, starting } from './set-up';
import { account, accountRole, allow, arnOf, objects } from '../../templates';
import { LIST } from '../code-apps';

/** Code that a pod might change. */
export const CODE: { readonly [what: string]: SetUp } = {
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
};
