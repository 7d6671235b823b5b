import { accessIn, admin, Bucket, decisionOf, inBucket, LIST, ofInstance, push, trusted } from './code-apps';
import { account, accountRole, allow, arnOf, objects, role } from '../templates';

const RETURNED = { 'Fn::GetAtt': ['Found', 'Value'] };
const Worker = role(trusted('lambda'), allow('logs:PutLogEvents'));
const lambda = (more: object = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Worker'), Code: { ZipFile: '' }, ...more } });
const custom = (properties: object, type = 'Custom::Finder') => ({ Found: { Type: type, Properties: properties }, Worker, Bucket });
const sdk = (service: string, action: string, parameters: object) => ({ Sdk: lambda(), ...custom({ ServiceToken: arnOf('Sdk'), InstallLatestAwsSdk: 'true', Update: { 'Fn::Sub': JSON.stringify({ service, action, parameters }) } }, 'Custom::AWS') });
const ofFunction = (ServiceToken: unknown = arnOf('Code'), more: object = {}) => ({ ...custom({ ServiceToken }), Code: lambda(more), Other: lambda() });
const PARAMETER = sdk('SSM', 'getParameter', { Name: '/platform/x' });
const PUT = allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/platform/*');

const task = (container: object, more: object = {}) =>
  ({ ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'public', ...container }], ...more } } });
const job = (ContainerProperties: object) => ({ ...admin('ecs-tasks'), It: { Type: 'AWS::Batch::JobDefinition', Properties: { ContainerProperties: { JobRoleArn: arnOf('Admin'), ...ContainerProperties } } } });
const running = (Code: object, more: object = {}) => ({ ...admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), Code, ...more } } });
const instance = (data: object) => ofInstance({}, {
  Type: 'AWS::EC2::LaunchTemplate',
  Properties: { LaunchTemplateData: { IamInstanceProfile: { Arn: arnOf('Profile') }, MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 }, ...data } },
});
const byDigest = { 'Fn::Sub': '111122223333.dkr.ecr.us-west-2.amazonaws.com/it@${Found.Value}' };
const inRegistry = { 'Fn::Sub': '111122223333.dkr.ecr.us-west-2.amazonaws.com/it:${Found.Value}' };

const IMAGE = task({ Image: byDigest });

const MIGHT = /^role Role may request [\w:]+, and so might decide what It does with role Admin$/;

test.each<[string, object]>([
  ['the image of a task', task({ Image: RETURNED })],
  ['the tag of the image of a task', task({ Image: inRegistry })],
  ['the digest of the image of a task', IMAGE],
  ['the command of a task', task({ Command: ['sh', '-c', RETURNED] })],
  ['the image of a job', job({ Image: RETURNED })],
  ['the image of a function', running({ ImageUri: inRegistry })],
  ['the key of the code of a function', running({ S3Bucket: 'code', S3Key: RETURNED })],
  ['a layer of a function', running({ ZipFile: '' }, { Layers: [RETURNED] })],
  ['the image of an instance', instance({ ImageId: RETURNED })],
  ['the user data of an instance', instance({ UserData: { 'Fn::Base64': RETURNED } })],
  ['a part of the user data of an instance', instance({ UserData: { 'Fn::Base64': { 'Fn::Sub': '#!/bin/sh\n${Found.Value}' } } })],
])('who writes the parameter that a custom resource reads for %s might decide what is done', (_, resources) => {
  const { outcome, missing } = decisionOf({ ...PARAMETER, ...resources }, PUT);
  expect([outcome, missing]).toEqual(['UNKNOWN', expect.arrayContaining([expect.stringMatching(MIGHT)])]);
});

const BY_VERSION = { Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Code' } } } };
const BY_ALIAS = { ...BY_VERSION, Alias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Code' }, FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] }, Name: 'live' } } };
const UPDATE = allow('lambda:UpdateFunctionCode', arnOf('Code'));

test.each<[string, object, object]>([
  ['the function of the custom resource', ofFunction(), UPDATE],
  ['the function of the custom resource by an alias', { ...ofFunction({ Ref: 'Alias' }), ...BY_ALIAS }, UPDATE],
  ['the function of the custom resource by a version', { ...ofFunction({ Ref: 'Version' }), ...BY_VERSION }, UPDATE],
  ['the function of the custom resource by the name of an alias', ofFunction({ 'Fn::Sub': '${Code.Arn}:live' }), UPDATE],
  ['the function behind its provider', {
    ...ofFunction(arnOf('Framework')), Framework: lambda({ Environment: { Variables: { USER_ON_EVENT_FUNCTION_ARN: arnOf('Code') } } }),
  }, UPDATE],
  ['the object with the code of its function', ofFunction(arnOf('Code'), { Code: { S3Bucket: 'code', S3Key: 'it.zip' } }), allow('s3:PutObject', 'arn:aws:s3:::code/*')],
  ['the image of its function', ofFunction(arnOf('Code'), {
    Code: { ImageUri: '111122223333.dkr.ecr.us-west-2.amazonaws.com/it:1' },
  }), push('arn:aws:ecr:us-west-2:111122223333:repository/it')],
  ['a parameter below the path that it reads', sdk('SSM', 'getParametersByPath', { Path: '/platform' }), PUT],
  ['the secret that it reads', sdk('SecretsManager', 'getSecretValue', { SecretId: 'platform' }), allow('secretsmanager:PutSecretValue', 'arn:aws:secretsmanager:*:*:secret:platform-*')],
  ['the object that it reads', sdk('S3', 'getObject', { Bucket: '${Bucket}', Key: 'tag' }), allow('s3:PutObject', inBucket('Bucket'))],
  ['the table that it reads', sdk('DynamoDB', 'getItem', { TableName: 'releases', Key: { id: { S: 'app' } } }), allow('dynamodb:PutItem', 'arn:aws:dynamodb:*:*:table/releases')],
  ['the repository whose images it lists', sdk('ECR', 'describeImages', { repositoryName: 'it' }), push('arn:aws:ecr:us-west-2:111122223333:repository/it')],
  ['the function that it invokes', { ...sdk('Lambda', 'invoke', { FunctionName: '${Code}' }), Code: lambda() }, UPDATE],
  ['images, of which it finds the newest', sdk('EC2', 'describeImages', { Owners: ['self'] }), allow('ec2:RegisterImage')],
  ['the task definition whose image it keeps', sdk('ECS', 'describeTaskDefinition', { taskDefinition: 'it' }), allow('ecs:RegisterTaskDefinition')],
  ['the repository whose file it reads', sdk('CodeCommit', 'getFile', { repositoryName: 'it', filePath: 'tag' }), allow('codecommit:GitPush')],
  ['the configuration that it reads', sdk('AppConfigData', 'getLatestConfiguration', { ConfigurationToken: 'x' }), allow('appconfig:StartDeployment')],
  ['the queue whose messages it receives', sdk('SQS', 'receiveMessage', { QueueUrl: 'https://sqs.us-west-2.amazonaws.com/1/tags' }), allow('sqs:SendMessage')],
])('who changes %s might decide what is done with the image that it returns', (_, resources, statement) => {
  const { outcome, missing } = decisionOf({ ...IMAGE, ...resources }, statement);
  expect([outcome, missing]).toEqual(['UNKNOWN', [expect.stringMatching(MIGHT)]]);
});

test.each<[string, object, object]>([
  ['another parameter than a custom resource reads for an image', { ...PARAMETER, ...IMAGE }, allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*')],
  ['the parameter that it reads for an environment variable', { ...PARAMETER, ...task({ Environment: [{ Name: 'SIZE', Value: RETURNED }] }) }, PUT],
  ['the parameter that it reads for the memory of a task', { ...PARAMETER, ...task({}, { Memory: RETURNED }) }, PUT],
  ['another object than it reads', { ...sdk('S3', 'getObject', { Bucket: 'releases', Key: 'tag' }), ...IMAGE }, allow('s3:PutObject', 'arn:aws:s3:::releases/data/*')],
  ['another table than it reads', { ...sdk('DynamoDB', 'getItem', { TableName: 'releases' }), ...IMAGE }, allow('dynamodb:PutItem', 'arn:aws:dynamodb:*:*:table/orders')],
  ['another function than that of a custom resource', { ...ofFunction(), ...IMAGE }, allow('lambda:UpdateFunctionCode', arnOf('Other'))],
  ['what has nothing to do with the images that it finds', { ...sdk('EC2', 'describeImages', { Owners: ['self'] }), ...IMAGE }, allow('ec2:CreateVolume')],
  ['what a custom resource writes', { ...sdk('SSM', 'putParameter', { Name: '/platform/x', Value: 'x' }), ...IMAGE }, PUT],
])('what is denied to a pod that writes %s is certain', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect([outcome, missing]).toEqual(['DENIED', []]);
});

const pods = (Value: unknown) => ({
  Reader: accountRole('ops:reader', allow(LIST)),
  Accounts: objects(account('reader', 'Reader', 'ops')),
  Pods: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: arnOf('Cluster'),
      Objects: [{
        Json: JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'it', namespace: 'ops' }, spec: { serviceAccountName: 'reader', containers: [{ name: 'main', image: '' }] } }),
        Values: [{ Path: '/spec/containers/0/image', Value }],
      }],
    },
  },
});

test.each<[string, object, string]>([
  ['the parameter with the digest of the image of other pods', PUT, 'UNKNOWN'],
  ['another parameter than that', allow('ssm:PutParameter', 'arn:aws:ssm:*:*:parameter/app/*'), 'DENIED'],
])('a pod that writes %s, which a custom resource reads, might do what they can do, or not', (_, statement, outcome) => {
  expect(decisionOf({ ...PARAMETER, ...pods(byDigest) }, statement).outcome).toBe(outcome);
});

const told = (type: string, properties: object) => ({
  ...admin('lambda'),
  Fn: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin'), Code: { ZipFile: '' } } },
  Found: { Type: type, Properties: { ServiceToken: arnOf('Fn'), ...properties } },
});
const CALL = { InstallLatestAwsSdk: 'true', Create: JSON.stringify({ service: 'S3', action: 'listBuckets', physicalResourceId: { id: '1' } }) };
const INVOKE = allow('lambda:InvokeFunction', arnOf('Fn'));

test.each<[string, object, object, string]>([
  ['an AwsCustomResource', told('Custom::AWS', CALL), INVOKE, 'UNKNOWN'],
  ['an AwsCustomResource with a type of its own', told('Custom::Buckets', CALL), INVOKE, 'UNKNOWN'],
  ['a custom resource of aws-cdk', told('Custom::S3AutoDeleteObjects', { BucketName: 'data' }), INVOKE, 'UNKNOWN'],
  ['a custom resource whose code is not known', told('Custom::Own', {}), INVOKE, 'UNKNOWN'],
  ['another function than that of an AwsCustomResource', told('Custom::AWS', CALL), allow('lambda:InvokeFunction', 'arn:aws:lambda:*:*:function:other'), 'DENIED'],
])('a pod that may invoke the function of %s, which does what its event says, might do what its role may do, or not', (_, resources, statement, outcome) => {
  const { outcome: found, missing } = decisionOf(resources, statement);
  expect([found, missing.filter((what) => what.includes('so might decide'))])
    .toEqual([outcome, outcome === 'DENIED' ? [] : ['role Role may request lambda:InvokeFunction, and so might decide what Fn does with role Admin']]);
});

const ELSEWHERE = { 'Fn::ImportValue': 'handler' };
const MORE = { Fn: lambda({ FunctionName: 'own' }), ...custom({ ServiceToken: ELSEWHERE }) };
const invoke = (Resource: unknown) => allow('lambda:InvokeFunction', Resource);

test.each<[string, object, object, string]>([
  ['a function of its stack', MORE, invoke([arnOf('Fn'), { 'Fn::Sub': '${Fn.Arn}:*' }]), 'DENIED'],
  ['a function of its stack, whose name is written,', MORE, invoke('arn:aws:lambda:us-west-2:111122223333:function:own'), 'DENIED'],
  ['a function of its stack, with a parameter as the token,', { ...MORE, ...custom({ ServiceToken: { Ref: 'Stage' } }) }, invoke(arnOf('Fn')), 'DENIED'],
  ['it', MORE, invoke(ELSEWHERE), 'UNKNOWN'],
  ['any function', MORE, invoke('*'), 'UNKNOWN'],
  ['functions of other stacks', MORE, invoke([arnOf('Fn'), 'arn:aws:lambda:us-west-2:111122223333:function:own-*']), 'UNKNOWN'],
  ['a function of its stack, which a macro may name,', { ...MORE, ...custom({ ServiceToken: { 'Fn::Transform': { Name: 'Mine', Parameters: {} } } }) }, invoke(arnOf('Fn')), 'UNKNOWN'],
])('a pod that may invoke %s might decide what a function outside does for a custom resource, or not', (_, resources, statement, outcome) => {
  const stated = accessIn({ Parameters: { Stage: { Type: 'String' } } }, resources, statement).assume({ changesNothing: ['stack/Found'] });
  const unread = accessIn({ Parameters: { Stage: { Type: 'String' } } }, resources, statement).assume({ unreadPartsChangeNothing: true });
  expect(unread.pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(outcome);
  expect(stated.pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});
