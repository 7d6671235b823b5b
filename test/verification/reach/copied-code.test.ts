import { accountRole, allow, arnOf, role } from '../templates';
import { admin, decisionOf, LIST, trusted } from './code-apps';

const replicated = (to: string, BucketName: string) => ({
  Type: 'AWS::S3::Bucket',
  Properties: { BucketName, ReplicationConfiguration: { Role: 'arn:aws:iam::111122223333:role/copy', Rules: [{ Status: 'Enabled', Destination: { Bucket: arnOf(to) } }] } },
});
const BUCKETS = { Scripts: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'scripts' } }, Between: replicated('Scripts', 'between'), Source: replicated('Between', 'source'), Loop: replicated('Loop', 'loop') };
const inBucket = (name: string) => ({ 'Fn::Sub': `arn:aws:s3:::\${${name}}/*` });
const JOB = { ...BUCKETS, ...admin('glue'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: 's3://scripts/it.py' } } } };
const task = (Image: string) => ({
  ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image }] } },
});
const rule = (EcrRepositoryPrefix: string, UpstreamRegistryUrl: string) =>
  ({ Rule: { Type: 'AWS::ECR::PullThroughCacheRule', Properties: { EcrRepositoryPrefix, UpstreamRegistryUrl } } });
const ofBucket = (S3BucketArn: string) => ({ Type: 'AWS::DataSync::LocationS3', Properties: { S3BucketArn, S3Config: { BucketAccessRoleArn: 'arn:aws:iam::111122223333:role/copy' } } });
const synced = (from: string, to: string) => ({
  From: ofBucket(from), To: ofBucket(to), Sync: { Type: 'AWS::DataSync::Task', Properties: { SourceLocationArn: { Ref: 'From' }, DestinationLocationArn: { Ref: 'To' } } },
});
const accessPoint = (Bucket: string) => ({ Point: { Type: 'AWS::S3::AccessPoint', Properties: { Bucket, Name: 'jobs' } } });
const inPoint = (arn: object) => ({ 'Fn::Join': ['/', [arn, 'object', '*']] });
const SYSTEM = { Type: 'AWS::EFS::FileSystem', Properties: {} };
const targets = {
  Files: SYSTEM, Copy: SYSTEM, Source: { Type: 'AWS::DataSync::LocationEFS', Properties: { EfsFilesystemArn: arnOf('Files') } }, Target: ofBucket('arn:aws:s3:::scripts'),
};
const syncedFiles = (SourceLocationArn: object, DestinationLocationArn: object) => ({ Sync: { Type: 'AWS::DataSync::Task', Properties: { SourceLocationArn, DestinationLocationArn } } });
const replicas = {
  Files: SYSTEM, Original: { Type: 'AWS::EFS::FileSystem', Properties: { ReplicationConfiguration: { Destinations: [{ FileSystemId: { Ref: 'Files' } }] } } },
};
const FUNCTION = {
  ...admin('lambda'),
  Point: { Type: 'AWS::EFS::AccessPoint', Properties: { FileSystemId: { Ref: 'Files' } } },
  It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), FileSystemConfigs: [{ Arn: arnOf('Point'), LocalMountPath: '/mnt/code' }] } },
};
const UPLOADS = allow('s3:PutObject', 'arn:aws:s3:::uploads/*');
const TASK = task('111122223333.dkr.ecr.us-west-2.amazonaws.com/up/ops:latest');
const UPSTREAM = '111122223333.dkr.ecr.eu-central-1.amazonaws.com';
const push = (resource: string) => allow('ecr:PutImage', `arn:aws:ecr:${resource}`);
const PUSH_UPSTREAM = push('eu-central-1:111122223333:repository/ops');

const stored = (Value: unknown, more: object = { Name: '/app/image' }) => ({ Stored: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value, ...more } } });
const secret = (SecretString: string) => ({ Stored: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'options', SecretString } } });
const withOptions = (ValueFrom: unknown) => ({
  ...admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'app@sha256:0', Secrets: [{ Name: 'NODE_OPTIONS', ValueFrom }] }] } },
});
const PUT_SHARED = allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/shared/image');

test.each<[string, object, object, string]>([
  ['the parameter from which that of an image is taken', { ...task('{{resolve:ssm:/app/image}}'), ...stored('{{resolve:ssm:/shared/image}}') }, PUT_SHARED, 'UNKNOWN'],
  ['the parameter from which one without a name is taken', { ...withOptions({ Ref: 'Stored' }), ...stored('{{resolve:ssm:/shared/image}}', {}) }, PUT_SHARED, 'UNKNOWN'],
  ['the parameter from which a secret is taken', { ...withOptions('options'), ...secret('{{resolve:ssm:/shared/image}}') }, PUT_SHARED, 'UNKNOWN'],
  ['the parameter from which another one is taken', { ...task('{{resolve:ssm:/app/image}}'), ...stored('{{resolve:ssm:/shared/image}}', { Name: '/other/image' }) }, PUT_SHARED, 'DENIED'],
  ['a version of the parameter from which that of an image is taken', { ...task('{{resolve:ssm:/app/image}}'), ...stored('{{resolve:ssm:/shared/image:3}}') }, PUT_SHARED, 'DENIED'],
  ['a parameter from which that of an image is not taken', { ...task('{{resolve:ssm:/app/image}}'), ...stored('app:1') }, PUT_SHARED, 'DENIED'],
  ['a bucket that is replicated to that of a script', JOB, allow('s3:PutObject', inBucket('Between')), 'UNKNOWN'],
  ['a bucket that is replicated to that of a script in two steps', JOB, allow('s3:PutObject', inBucket('Source')), 'UNKNOWN'],
  ['a bucket that is replicated to another one', JOB, allow('s3:PutObject', inBucket('Loop')), 'DENIED'],
  ['the upstream registry of an image', { ...TASK, ...rule('up', UPSTREAM) }, PUSH_UPSTREAM, 'UNKNOWN'],
  ['the upstream registry of all images', { ...TASK, ...rule('ROOT', UPSTREAM) }, PUSH_UPSTREAM, 'UNKNOWN'],
  ['an upstream registry of Amazon ECR Public', { ...TASK, ...rule('up', 'public.ecr.aws') }, allow('ecr-public:PutImage'), 'UNKNOWN'],
  ['the rules of a registry with the upstream of an image', { ...TASK, ...rule('up', UPSTREAM) }, allow('ecr:CreatePullThroughCacheRule'), 'UNKNOWN'],
  ['the rules of a registry with the upstream of other images', { ...TASK, ...rule('other', UPSTREAM) }, allow('ecr:CreatePullThroughCacheRule'), 'DENIED'],
  ['the upstream registry of other images', { ...TASK, ...rule('other', UPSTREAM) }, PUSH_UPSTREAM, 'DENIED'],
  ['a bucket from which AWS DataSync copies to that of a script', { ...JOB, ...synced('arn:aws:s3:::uploads', 'arn:aws:s3:::scripts') }, UPLOADS, 'UNKNOWN'],
  ['a bucket from which AWS DataSync copies to another one', { ...JOB, ...synced('arn:aws:s3:::uploads', 'arn:aws:s3:::other') }, UPLOADS, 'DENIED'],
  ['another bucket than that from which AWS DataSync copies', { ...JOB, ...synced('arn:aws:s3:::other', 'arn:aws:s3:::scripts') }, UPLOADS, 'DENIED'],
  ['the bucket of a script through an access point', { ...JOB, ...accessPoint('scripts') }, allow('s3:PutObject', inPoint({ 'Fn::GetAtt': ['Point', 'Arn'] })), 'UNKNOWN'],
  ['the bucket of a script through an access point by its name', { ...JOB, ...accessPoint('scripts') }, allow('s3:PutObject', 'arn:aws:s3:us-west-2:111122223333:accesspoint/jobs/object/*'), 'UNKNOWN'],
  ['another bucket through an access point', { ...JOB, ...accessPoint('other') }, allow('s3:PutObject', 'arn:aws:s3:us-west-2:111122223333:accesspoint/jobs/object/*'), 'DENIED'],
  ['the bucket of an access point by whose alias a script is named', {
    ...JOB, ...accessPoint('data'), It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: { 'Fn::Sub': 's3://${Point.Alias}/it.py' } } } },
  }, allow('s3:PutObject', 'arn:aws:s3:::data/*'), 'UNKNOWN'],
  ['a directory bucket with a script', {
    ...JOB, It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: 's3://scripts--usw2-az1--x-s3/it.py' } } },
  }, allow('s3express:CreateSession', 'arn:aws:s3express:us-west-2:111122223333:bucket/scripts--usw2-az1--x-s3'), 'UNKNOWN'],
  ['another directory bucket', JOB, allow('s3express:CreateSession'), 'DENIED'],
  ['a file system from which AWS DataSync copies to the bucket of a script', { ...JOB, ...syncedFiles({ Ref: 'Source' }, { Ref: 'Target' }), ...targets }, allow('elasticfilesystem:ClientWrite', arnOf('Files')), 'UNKNOWN'],
  ['another file system than that from which AWS DataSync copies', { ...JOB, ...syncedFiles({ Ref: 'Source' }, { Ref: 'Target' }), ...targets }, allow('elasticfilesystem:ClientWrite', arnOf('Copy')), 'DENIED'],
  ['a bucket from which AWS DataSync copies to the file system of a function', { ...FUNCTION, ...syncedFiles({ Ref: 'Target' }, { Ref: 'Source' }), ...targets }, allow('s3:PutObject', 'arn:aws:s3:::scripts/*'), 'UNKNOWN'],
  ['a file system that is replicated to that of a function', { ...FUNCTION, ...replicas }, allow('elasticfilesystem:ClientWrite', arnOf('Original')), 'UNKNOWN'],
  ['another registry', TASK, PUSH_UPSTREAM, 'DENIED'],
])('a pod that writes to %s might decide what runs with the role, or not', (_, resources, statement, expected) => {
  expect(decisionOf(resources, statement).outcome).toBe(expected);
});

const provider = (Url: unknown, resources: object = {}) => ({
  ...resources,
  It: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url, ClientIdList: ['sts.amazonaws.com'] } },
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { Ref: 'It' } } }, allow(LIST)),
});
/** A provider that no template creates. */
const elsewhere = (issuer: string, more: object = {}) => ({
  ...more,
  Admin: role({
    Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:oidc-provider/${issuer}` } },
  }, allow(LIST)),
});
/** A text is how templates write conditions with values in their keys. */
const asText = ({ Admin, ...others }: ReturnType<typeof provider>) => ({
  ...others, Admin: { ...Admin, Properties: { ...Admin.Properties, AssumeRolePolicyDocument: { 'Fn::Sub': JSON.stringify(Admin.Properties.AssumeRolePolicyDocument).replace('{"Ref":"It"}', '"${It}"') } } },
});
const Issuer = { Type: 'AWS::S3::Bucket', Properties: {} };
const zone = (Name: string) => ({ Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name } } });
const fromBucket = {
  Dist: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: { DistributionConfig: { Aliases: ['gitlab.example.com'], Origins: [{ DomainName: { 'Fn::GetAtt': ['Issuer', 'RegionalDomainName'] } }] } },
  },
};
const balancer = (Name: string) => ({
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
  Record: { Type: 'AWS::Route53::RecordSet', Properties: { Name, Type: 'A', AliasTarget: { DNSName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } } } },
});
const behindDistribution = {
  Balancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {} },
  Dist: {
    Type: 'AWS::CloudFront::Distribution',
    Properties: { DistributionConfig: { Aliases: ['gitlab.example.com'], Origins: [{ DomainName: { 'Fn::GetAtt': ['Balancer', 'DNSName'] } }] } },
  },
};
const atApi = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'it', ProtocolType: 'HTTP' } },
  Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'gitlab.example.com' } },
  Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: { Ref: 'Api' }, DomainName: { Ref: 'Domain' }, Stage: '$default' } },
};
const RECORDS = allow('route53:ChangeResourceRecordSets', 'arn:aws:route53:::hostedzone/*');
const RECORDS_OF_ZONE = allow('route53:ChangeResourceRecordSets', { 'Fn::Sub': 'arn:aws:route53:::hostedzone/${Zone}' });

test.each<[string, object, object, string]>([
  ['writes to the bucket of', provider({ 'Fn::Sub': 'https://${Issuer.RegionalDomainName}' }, { Issuer }), allow('s3:PutObject', inBucket('Issuer')), 'UNKNOWN'],
  ['writes to the named bucket of', provider('https://issuer-of-a.s3.us-west-2.amazonaws.com/prod'), allow('s3:PutObject', 'arn:aws:s3:::issuer-of-a/*'), 'UNKNOWN'],
  ['writes to the bucket, by its path, of', provider('https://s3.us-west-2.amazonaws.com/issuer-of-a'), allow('s3:PutObject', 'arn:aws:s3:::issuer-of-a/*'), 'UNKNOWN'],
  ['writes to another bucket than that of', provider('https://issuer-of-a.s3.us-west-2.amazonaws.com/prod'), allow('s3:PutObject', 'arn:aws:s3:::other/*'), 'DENIED'],
  ['writes to the bucket of, in a trust policy that is a text,', asText(provider({ 'Fn::Sub': 'https://${Issuer.RegionalDomainName}' }, { Issuer })), allow('s3:PutObject', inBucket('Issuer')), 'UNKNOWN'],
  ['writes to the bucket of, while no template creates the provider,', elsewhere('issuer-of-a.s3.us-west-2.amazonaws.com/prod'), allow('s3:PutObject', 'arn:aws:s3:::issuer-of-a/*'), 'UNKNOWN'],
  ['writes to the bucket of the templates, while these do not create the provider,', elsewhere('${Issuer.RegionalDomainName}', { Issuer }), allow('s3:PutObject', inBucket('Issuer')), 'UNKNOWN'],
  ['changes the records of a provider elsewhere, and so', elsewhere('gitlab.example.com'), RECORDS, 'UNKNOWN'],
  ['changes the records of', provider('https://gitlab.example.com', zone('example.com.')), RECORDS_OF_ZONE, 'UNKNOWN'],
  ['changes the records of any zone, and so of', provider('https://gitlab.example.com'), RECORDS, 'UNKNOWN'],
  ['changes the records of another zone than that of', provider('https://gitlab.example.com', { ...zone('example.org.'), Own: zone('example.com').Zone }), RECORDS_OF_ZONE, 'DENIED'],
  ['makes records by a traffic policy for', provider('https://gitlab.example.com', zone('example.com')), allow('route53:CreateTrafficPolicyInstance'), 'UNKNOWN'],
  ['writes to the bucket behind the distribution of', provider('https://gitlab.example.com', { Issuer, ...fromBucket }), allow('s3:PutObject', inBucket('Issuer')), 'UNKNOWN'],
  ['changes the load balancer of', provider('https://gitlab.example.com', balancer('gitlab.example.com.')), allow('elasticloadbalancing:ModifyListener'), 'UNKNOWN'],
  ['changes another load balancer than that of', provider('https://gitlab.example.com', balancer('example.com')), allow('elasticloadbalancing:ModifyListener'), 'DENIED'],
  ['changes the load balancer behind the distribution of', provider('https://gitlab.example.com', behindDistribution), allow('elasticloadbalancing:ModifyListener'), 'UNKNOWN'],
  ['changes the load balancer behind another distribution than that of', provider('https://git.example.com', behindDistribution), allow('elasticloadbalancing:ModifyListener'), 'DENIED'],
  ['changes the API of', provider('https://gitlab.example.com', atApi), allow('apigateway:PATCH'), 'UNKNOWN'],
  ['changes another API than that of', provider('https://git.example.com', atApi), allow('apigateway:PATCH'), 'DENIED'],
  ['cannot change the records of the service of', provider('https://oidc.circleci.com/org/acme'), RECORDS, 'DENIED'],
])('a pod that %s an issuer might sign tokens, or not', (_, resources, statement, expected) => {
  expect(decisionOf(resources, statement).outcome).toBe(expected);
});

const association = (Parameters: object) => ({
  Scripts: BUCKETS.Scripts,
  Boot: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/boot', Type: 'String', Value: 'true' } },
  Runs: { Type: 'AWS::SSM::Association', Properties: { Name: 'AWS-RunShellScript', Targets: [{ Key: 'tag:eks:cluster-name', Values: ['prod'] }], Parameters } },
  NodeRole: role(trusted('ec2'), allow(LIST)),
});

test.each<[string, object, object, string]>([
  ['writes the script of an association', association({ sourceInfo: ['{"path":"https://s3.amazonaws.com/scripts/it.sh"}'] }), allow('s3:PutObject', 'arn:aws:s3:::scripts/*'), 'UNKNOWN'],
  ['writes what a command of an association copies', association({ commands: ['aws s3 cp s3://tools/it.sh - | sh'] }), allow('s3:PutObject', 'arn:aws:s3:::tools/*'), 'UNKNOWN'],
  ['writes the parameter of a command', association({ commands: ['{{ssm:/boot}}'] }), allow('ssm:PutParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/boot'), 'UNKNOWN'],
  ['writes another parameter', association({ commands: ['uptime'] }), allow('ssm:PutParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/boot'), 'DENIED'],
])('a pod that %s might decide what nodes run, or not', (_, resources, statement, expected) => {
  expect(decisionOf(resources, statement).outcome).toBe(expected);
});

const batch = (Image: string) => ({
  ...BUCKETS,
  Environment: { Type: 'AWS::Batch::ComputeEnvironment', Properties: { EksConfiguration: { EksClusterArn: arnOf('Cluster') }, ComputeResources: { InstanceRole: { Ref: 'Profile' } } } },
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'OfJobs' }] } },
  OfJobs: role(trusted('ec2')),
  Job: { Type: 'AWS::Batch::JobDefinition', Properties: { EksProperties: { PodProperties: { ServiceAccountName: 'admin', Containers: [{ Image }] } } } },
  Other: accountRole('default:admin', allow(LIST)),
});

test.each([
  ['the image of a job of AWS Batch', '111122223333.dkr.ecr.us-west-2.amazonaws.com/ops:1', true],
  ['another image than that of a job of AWS Batch', '111122223333.dkr.ecr.us-west-2.amazonaws.com/other:1', false],
])('a pod that changes %s might do what the pods of the cluster can do, or not', (_, image, expected) => {
  const { missing } = decisionOf(batch(image), push('us-west-2:111122223333:repository/ops'));
  expect(missing.some((what) => what.includes('change an image that Job names'))).toBe(expected);
});

const bundle = (Type: string, Properties: object) => ({ ...admin('ec2'), It: { Type, Properties } });
const REVISION = { RevisionType: 'S3', S3Location: { Bucket: 'apps', Key: 'app.zip', BundleType: 'zip' } };

test.each<[string, object, string]>([
  ['the revision that CodeDeploy installs', bundle('AWS::CodeDeploy::DeploymentGroup', { Deployment: { Revision: REVISION } }), 'UNKNOWN'],
  ['the bundle that AWS Elastic Beanstalk installs', bundle('AWS::ElasticBeanstalk::ApplicationVersion', { SourceBundle: { S3Bucket: 'apps', S3Key: 'app.zip' } }), 'UNKNOWN'],
  ['another bundle', bundle('AWS::ElasticBeanstalk::ApplicationVersion', { SourceBundle: { S3Bucket: 'others', S3Key: 'app.zip' } }), 'DENIED'],
])('a pod that writes %s might decide what instances run, or not', (_, resources, expected) => {
  expect(decisionOf(resources, allow('s3:PutObject', 'arn:aws:s3:::apps/*')).outcome).toBe(expected);
});

test('a pod that writes to the bucket of an application of Apache Flink might decide what it does with its role', () => {
  const location = { BucketARN: 'arn:aws:s3:::apps', FileKey: 'app.jar' };
  const It = {
    Type: 'AWS::KinesisAnalyticsV2::Application',
    Properties: {
      ServiceExecutionRole: arnOf('Admin'),
      ApplicationConfiguration: { ApplicationCodeConfiguration: { CodeContent: { S3ContentLocation: location } } },
    },
  };
  expect(decisionOf({ ...admin('kinesisanalytics'), It }, allow('s3:PutObject', 'arn:aws:s3:::apps/*')).outcome).toBe('UNKNOWN');
});
