import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects, role } from '../templates';

const IS_PROD = { Parameters: { Stage: { Type: 'String' } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] } } };

const accessWith = (X: object, sections = {}) => verification.PodAccess.fromTemplates(clusterTemplate({
  Objects: objects(account('app', 'Role')),
  Role: accountRole('default:app', allow('sqs:SendMessage')),
  X,
}, sections)).assume({ noOtherNodes: true });
const app = (access: verification.PodAccess) => access.pod({ serviceAccountName: 'app', cluster: 'prod' });
const decisions = (access: verification.PodAccess) => ['sqs:SendMessage', 's3:ListAllMyBuckets', 's3:GetObject'].map((action) => app(access).decide(action));
const answers = (X: object, sections = {}) => decisions(accessWith(X, sections)).map(({ outcome }) => outcome);

const CERTAIN = ['ALLOWED', 'DENIED', 'DENIED'];
const OF_QUEUES = ['UNKNOWN', 'DENIED', 'DENIED'];
const OF_BUCKETS = ['ALLOWED', 'DENIED', 'UNKNOWN']; // no policy of a bucket is about the list of all buckets
const UNKNOWN = ['UNKNOWN', 'UNKNOWN', 'UNKNOWN'];

test.each<[string, string[]]>([
  ['AWS::SQS::OfTheFuture', OF_QUEUES],
  ['AWS::S3::OfTheFuture', OF_BUCKETS],
  ['AWS::Omics::OfTheFuture', OF_BUCKETS], // its stores are read with actions of Amazon S3
  ['AWS::CodeGuruProfiler::OfTheFuture', CERTAIN],
  ['AWS::EFS::OfTheFuture', CERTAIN],
  ['AWS::IAM::OfTheFuture', UNKNOWN],
  ['AWS::EKS::OfTheFuture', UNKNOWN],
  ['AWS::CloudFormation::OfTheFuture', UNKNOWN],
  ['AWS::KMS::OfTheFuture', UNKNOWN],
  ['AWS::OfTheFuture::Thing', UNKNOWN],
  ['AWS::Constructor::Thing', UNKNOWN],
  ['AWS', UNKNOWN],
  ['', UNKNOWN],
  ['Company::Platform::Roles', UNKNOWN],
  ['Company::Platform::Roles::MODULE', UNKNOWN],
  ['AWS::S3::Bucket::MODULE', UNKNOWN],
  ['AWSQS::EKS::Cluster', UNKNOWN],
  ['AWSQS::Kubernetes::Resource', UNKNOWN],
  ['AWS::CloudFormation::StackSet', UNKNOWN],
  ['AWS::ServiceCatalog::CloudFormationProvisionedProduct', UNKNOWN],
  ['AWS::CloudFormation::Macro', CERTAIN],
  ['AWS::CloudFormation::ResourceVersion', CERTAIN],
  ['AWS::CDK::Metadata', CERTAIN],
  ['AWS::Serverless::Function', CERTAIN],
  ['Alexa::ASK::OfTheFuture', CERTAIN],
  ['AWS::SQS::Queue', CERTAIN],
])('a resource of type %j', (Type, expected) => {
  expect(answers({ Type })).toEqual(expected);
  expect(answers({ Type, Condition: 'IsProd' }, IS_PROD)).toEqual(expected);
});

test.each([['the cluster of the pods', { Ref: 'Cluster' }, UNKNOWN], ['another cluster', 'other', CERTAIN], ['any cluster', { Ref: 'Stage' }, UNKNOWN]])('a type for Kubernetes objects that names %s', (_, ClusterName, expected) => {
  expect(answers({ Type: 'AWSQS::Kubernetes::Resource', Properties: { ClusterName } }, IS_PROD)).toEqual(expected);
});

test.each<[what: string, properties: object, expected: string[]]>([
  ['a role by a reference', { RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] } }, UNKNOWN],
  ['a role by its ARN', { Access: { As: 'arn:aws:iam::111122223333:role/sync' } }, UNKNOWN],
  ['a role by a parameter', { Config: { ExecutionRole: { Ref: 'Stage' } } }, UNKNOWN],
  ['no role', { Name: 'sync', Size: 1 }, OF_QUEUES],
])('a newer type of a service may do anything with %s', (_, Properties, expected) => {
  expect(answers({ Type: 'AWS::SQS::OfTheFuture', Properties }, IS_PROD)).toEqual(expected);
});

test.each(['', 'X', 'AWS'])('a resource of type %j next to what runs code', (Type) => {
  const Runner = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } });
  const Task = { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: { 'Fn::GetAtt': ['Runner', 'Arn'] } } };
  const of = (type: string) => ({ Type: type, Properties: { Of: { Ref: 'Task' }, Bucket: 'code', ScriptLocation: 's3://code/x' } });
  const access = verification.PodAccess.fromTemplates(clusterTemplate({ Runner, Task, X: of(Type) }));
  expect(access.pod({ serviceAccountName: 'default' }).decide('s3:GetObject').outcome).toBe('UNKNOWN');
});

test('what is not known says why, and how to state that it changes nothing', () => {
  const access = accessWith({ Type: 'AWS::SQS::OfTheFuture' });
  expect(decisions(access)[0].missing).toEqual([
    'X, of type AWS::SQS::OfTheFuture, is not read, because this type is not known. It can change decisions about actions of sqs, and about what these actions lead to. If it changes nothing: changesNothing: ["stack/X"]',
  ]);
  expect(app(access.assume({ changesNothing: ['stack/X'] })).decide('sqs:SendMessage').outcome).toBe('ALLOWED');
});

test('a stack set says that its resources are not read', () => {
  expect(decisions(accessWith({ Type: 'AWS::CloudFormation::StackSet' }))[0].missing.join()).toContain('X, of type AWS::CloudFormation::StackSet, makes resources at deployment, which are not read.');
});
