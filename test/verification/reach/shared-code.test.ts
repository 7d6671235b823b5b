import { admin, Bucket, decisionOf, inBucket, ofInstance, push, repository, trusted } from './code-apps';
import { allow, arnOf, role } from '../templates';

const PUT = allow('s3:PutObject', 'arn:aws:s3:::code/*');
const PUT_IN = allow('s3:PutObject', inBucket('Bucket'));
const PUSH = push(arnOf('Images'));
const IMAGE_URI = { 'Fn::Sub': '${Images.RepositoryUri}:latest' };
const it = (Type: string, Properties: object, more: object = {}) => ({ ...repository(), Bucket, ...admin('something'), It: { Type, Properties }, ...more });
const part = (Type: string, Properties: object) => ({ Part: { Type, Properties } });
const ofRole = { RoleArn: arnOf('Admin') };

const runtime = (artifact: object, more: object = {}) => it('AWS::BedrockAgentCore::Runtime', { ...ofRole, AgentRuntimeArtifact: artifact, ...more });
const archive = (S3: object) => runtime({ CodeConfiguration: { Runtime: 'PYTHON_3_13', EntryPoint: ['main.py'], Code: { S3 } } });
const connector = it('AWS::KafkaConnect::Connector', { ServiceExecutionRoleArn: arnOf('Admin'), Plugins: [{ CustomPlugin: { CustomPluginArn: { Ref: 'Part' }, Revision: 1 } }] });
const plugin = (BucketArn: unknown) => part('AWS::KafkaConnect::CustomPlugin', { Name: 'plugin', ContentType: 'JAR', Location: { S3Location: { BucketArn, FileKey: 'plugin.jar' } } });
const fleet = it('AWS::GameLift::Fleet', { InstanceRoleARN: arnOf('Admin'), BuildId: { Ref: 'Part' } });
const build = (Type: string) => part(Type, { StorageLocation: { Bucket: 'code', Key: 'game.zip', RoleArn: 'arn:aws:iam::111122223333:role/reader' } });
const flink = (property: string) => it('AWS::KinesisAnalyticsV2::Application', {
  ServiceExecutionRole: arnOf('Admin'),
  ApplicationConfiguration: { [property]: { CodeContent: { S3ContentLocation: { BucketARN: 'arn:aws:s3:::code', FileKey: 'app.jar' } } } },
});
const notebook = it('AWS::KinesisAnalyticsV2::Application', {
  ServiceExecutionRole: arnOf('Admin'),
  ApplicationConfiguration: { ZeppelinApplicationConfiguration: { CustomArtifactsConfiguration: [{ S3ContentLocation: { BucketARN: arnOf('Bucket'), FileKey: 'udf.jar' } }] } },
});
const device = (InlineRecipe: string) => ({ ...it('AWS::IoT::RoleAlias', ofRole), ...part('AWS::GreengrassV2::ComponentVersion', { InlineRecipe }) });
const source = it('AWS::AppSync::DataSource', { ServiceRoleArn: arnOf('Admin') });
const api = it('AWS::ApiGateway::Method', { Integration: { Credentials: arnOf('Admin') } });
const model = it('AWS::SageMaker::Model', { ExecutionRoleArn: arnOf('Admin'), PrimaryContainer: { ModelPackageName: { Ref: 'Part' } } });
const app = (Type: string, Properties: object) => it(Type, { Role: arnOf('Admin'), ...Properties });
const nodes = (more: object) => ({
  ...ofInstance({}, { Type: 'AWS::PCS::ComputeNodeGroup', Properties: { IamInstanceProfileArn: arnOf('Profile'), CustomLaunchTemplate: { TemplateId: { Ref: 'Part' }, Version: '1' } } }),
  ...more,
});

test.each<[string, object, object]>([
  ['the archive of a runtime of Amazon Bedrock AgentCore', archive({ Bucket: 'code', Prefix: 'agent.zip' }), PUT],
  ['the image of a runtime of Amazon Bedrock AgentCore', runtime({ ContainerConfiguration: { ContainerUri: IMAGE_URI } }), PUSH],
  ['the plugin of a connector', { ...connector, ...plugin('arn:aws:s3:::code') }, PUT],
  ['the plugin of a connector, in a bucket of the templates,', { ...connector, ...plugin(arnOf('Bucket')) }, PUT_IN],
  ['the build of a fleet of Amazon GameLift', { ...fleet, ...build('AWS::GameLift::Build') }, PUT],
  ['the script of a fleet of Amazon GameLift', { ...fleet, ...build('AWS::GameLift::Script') }, PUT],
  ['the code of an application of Apache Flink', flink('ApplicationCodeConfiguration'), PUT],
  ['a library of a notebook of Apache Flink', notebook, PUT_IN],
  ['the code of a resolver', { ...source, ...part('AWS::AppSync::Resolver', { DataSourceName: { 'Fn::GetAtt': ['It', 'Name'] }, CodeS3Location: 's3://code/resolver.js' }) }, PUT],
  ['the definition of an API', { ...api, ...part('AWS::ApiGateway::RestApi', { BodyS3Location: { Bucket: 'code', Key: 'api.yaml' } }) }, PUT],
  ['the image of the package of a model', { ...model, ...part('AWS::SageMaker::ModelPackage', { InferenceSpecification: { Containers: [{ Image: IMAGE_URI }] } }) }, PUSH],
  ['the script of an environment of workers', {
    ...it('AWS::Deadline::Queue', ofRole), ...part('AWS::Deadline::QueueEnvironment', { Template: 'script: aws s3 cp s3://code/run.sh - | sh' }),
  }, PUT],
  ['a file of a task by its ARN', app('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ EnvironmentFiles: [{ Value: { 'Fn::Sub': '${Bucket.Arn}/app.env' } }] }] }), PUT_IN],
  ['what the user data of a launch template copies to which another service refers', nodes({
    Bucket, ...part('AWS::EC2::LaunchTemplate', { LaunchTemplateData: { UserData: { 'Fn::Base64': { 'Fn::Sub': 'aws s3 cp s3://${Bucket}/boot.sh - | sh' } } } }),
  }), PUT_IN],
  ['what a resource of another service names to which a part refers', {
    ...app('AWS::Lambda::Function', { Environment: { Variables: { APP: { Ref: 'Application' } } } }),
    Application: { Type: 'AWS::AppConfig::Application', Properties: { Name: { Ref: 'Part' } } },
    ...part('AWS::AppConfig::HostedConfigurationVersion', { Content: '#!/bin/sh\naws s3 cp s3://code/run.sh - | sh' }),
  }, PUT],
  ['the code in a type that is not declared', { ...app('AWS::Lambda::Function', {}), ...part('AWS::Lambda::OfTheFuture', { Source: { BucketArn: 'arn:aws:s3:::code', ObjectKey: 'it.zip' } }) }, PUT],
  ['the code under a condition', { ...connector, ...plugin({ 'Fn::If': ['IsProd', 'arn:aws:s3:::code', 'arn:aws:s3:::others'] }) }, PUT],
  ['an artifact of a component of AWS IoT Greengrass', device('{"Manifests":[{"Artifacts":[{"URI":"s3://code/x.zip"}],"Lifecycle":{"Run":"x"}}]}'), PUT],
  ['an artifact of a component of AWS IoT Greengrass in YAML', device('Manifests:\n- Artifacts:\n  - URI: s3://code/x.zip\n  Lifecycle:\n    Run: python3 {artifacts:path}/x.py\n'), PUT],
  ['a script of a component of AWS IoT Greengrass', device('{"Manifests":[{"Lifecycle":{"Run":"aws s3 cp s3://code/x.sh - | sh"}}]}'), PUT],
])('a pod that writes %s might do what the role may do that runs it', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringMatching(/and so might decide what It does with role Admin/)]);
});

const fn = (...texts: unknown[]) => app('AWS::Lambda::Function', { Environment: { Variables: Object.fromEntries(texts.map((text, i) => [`V${i}`, text])) } });
const DESTINATION = { BucketArn: arnOf('Bucket'), Format: 'CSV', Prefix: 'inventory' };

test.each<[string, object, object]>([
  ['another archive', archive({ Bucket: 'code', Prefix: 'agent.zip' }), allow('s3:PutObject', 'arn:aws:s3:::code/data/*')],
  ['another bucket than that of a plugin', { ...connector, ...plugin('arn:aws:s3:::code') }, PUT_IN],
  ['recordings of a browser', it('AWS::BedrockAgentCore::BrowserCustom', { ExecutionRoleArn: arnOf('Admin'), RecordingConfig: { S3Location: { Bucket: 'code', Prefix: 'recordings' } } }), PUT],
  ['the logs of a connector', {
    ...it('AWS::KafkaConnect::Connector', { ServiceExecutionRoleArn: arnOf('Admin'), LogDelivery: { WorkerLogDelivery: { S3: { Bucket: 'code', Prefix: 'logs' } } } }),
  }, PUT],
  ['records of a stream', it('AWS::KinesisFirehose::DeliveryStream', { ExtendedS3DestinationConfiguration: { BucketARN: 'arn:aws:s3:::code', Prefix: 'data/', RoleARN: arnOf('Admin') } }), PUT],
  ['data of a job of AWS Glue DataBrew', {
    ...app('AWS::DataBrew::Job', { DatasetName: { Ref: 'Part' } }), ...part('AWS::DataBrew::Dataset', { Input: { S3InputDefinition: { Bucket: 'code', Key: 'in.xlsx' } } }),
  }, PUT],
  ['the bucket of a function', fn({ Ref: 'Bucket' }, arnOf('Bucket'), { 'Fn::GetAtt': ['Bucket', 'WebsiteURL'] }), PUT_IN],
  ['the inventory of a bucket', {
    ...fn({ Ref: 'Data' }), Data: { Type: 'AWS::S3::Bucket', Properties: { InventoryConfigurations: [{ Id: 'all', Destination: DESTINATION }] } },
  }, PUT_IN],
  ['data of a table', {
    ...fn({ Ref: 'Table' }), Table: { Type: 'AWS::DynamoDB::Table', Properties: { ImportSourceSpecification: { S3BucketSource: { S3Bucket: { Ref: 'Bucket' }, S3KeyPrefix: 'in' } } } },
  }, PUT_IN],
  ['data of a table of AWS Glue', {
    ...app('AWS::Glue::Job', { Command: { ScriptLocation: 's3://others/it.py' } }),
    ...part('AWS::Glue::Table', { TableInput: { Name: 'data', StorageDescriptor: { Location: 's3://code/data/' } } }),
  }, PUT],
  ['what another role runs', {
    ...fn({ Ref: 'Group' }),
    Group: { Type: 'AWS::AutoScaling::AutoScalingGroup', Properties: { LaunchTemplate: { LaunchTemplateId: { Ref: 'Part' }, Version: { 'Fn::GetAtt': ['Part', 'LatestVersionNumber'] } } } },
    Boot: role(trusted('ec2')),
    Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Boot' }] } },
    ...part('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { IamInstanceProfile: { Name: { Ref: 'Profile' } }, UserData: { 'Fn::Base64': 'aws s3 cp s3://code/boot.sh - | sh' } },
    }),
  }, PUT],
  ['what a task without a role runs', { ...it('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin') }), ...part('AWS::ECS::TaskDefinition', { ContainerDefinitions: [{ Image: IMAGE_URI }] }) }, PUSH],
])('what is denied to a pod that writes %s is certain', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});

const application = (Image: unknown, service = 'emr-serverless') => ({
  ...repository(), ...admin(service), Part: { Type: 'AWS::EMRServerless::Application', Properties: { ReleaseLabel: 'emr-7.5.0', Type: 'SPARK', ImageConfiguration: { ImageUri: Image } } },
});

test.each<[string, object, string]>([
  ['the image of an application, whose jobs can have any role of Amazon EMR Serverless', application(IMAGE_URI), 'UNKNOWN'],
  ['another image than that of an application', application('public.ecr.aws/emr-serverless/spark:7.5.0'), 'DENIED'],
  ['the image of an application, whose jobs cannot have the role', application(IMAGE_URI, 'lambda'), 'DENIED'],
])('if a pod changes %s, it might do what a role may do, or not', (_, resources, expected) => {
  const { outcome, missing } = decisionOf(resources, PUSH);
  expect([outcome, missing]).toEqual([expected, expected === 'DENIED' ? [] : ['role Role may request ecr:PutImage, and so might decide what Part does with role Admin']]);
});

test('a resource whose type has no service runs nothing with a role that no template shows', () => {
  expect(decisionOf({ ...admin('lambda'), Part: { Type: 'Own', Properties: { Command: 's3://code/it.zip' } } }, allow('sqs:ListQueues')).missing.join()).not.toContain('so might');
});
