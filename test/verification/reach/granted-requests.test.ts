import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${Service}.amazonaws.com` } });
const admin = (service: string) => role(trusted(service), allow(LIST));
const ROLE = { AWS: arnOf('Role') };
const OTHER = { AWS: arnOf('Admin') };

/** What the policies of resources allow to the role of a pod, which has no policies of its own. */
const decisionOf = (resources: object, ...statements: object[]) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...resources, Role: accountRole('default:app', ...statements), Objects: objects(account('app', 'Role')) }))
  .assume({ noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } })
  .pod({ serviceAccountName: 'app' }).decide(LIST);

const IMAGE = { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/${Images}:latest' };
const UPDATE = 'lambda:UpdateFunctionCode';

const FUNCTION = { Admin: admin('lambda'), It: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Admin') } } };
const code = (Action: string, Principal: unknown, more: object = {}) => ({
  ...FUNCTION,
  Permission: { Type: 'AWS::Lambda::Permission', Properties: { Action, FunctionName: { Ref: 'It' }, Principal, ...more } },
});
const image = (Principal: unknown, effect = 'Allow') => ({
  Images: {
    Type: 'AWS::ECR::Repository',
    Properties: { RepositoryPolicyText: { Version: '2012-10-17', Statement: [{ Effect: effect, Principal, Action: ['ecr:PutImage', 'ecr:BatchDeleteImage'] }] } },
  },
  Admin: admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: IMAGE }] } },
});
/** The repository is not in the templates. */
const registry = (Principal: unknown, Action: unknown = 'ecr:*') => ({
  Registry: { Type: 'AWS::ECR::RegistryPolicy', Properties: { PolicyText: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, Resource: '*' }] } } },
  Admin: admin('ecs-tasks'),
  It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: '111122223333.dkr.ecr.us-west-2.amazonaws.com/app:latest' }] } },
});
const script = (Principal: unknown, Resource: unknown = { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/*' }) => ({
  Bucket: { Type: 'AWS::S3::Bucket', Properties: {} },
  Policy: {
    Type: 'AWS::S3::BucketPolicy',
    Properties: { Bucket: { Ref: 'Bucket' }, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource }] } },
  },
  Admin: admin('glue'),
  It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: { 'Fn::Sub': 's3://${Bucket}/jobs/script.py' } } } },
});

test.each<[string, object]>([
  ['of a function', code(UPDATE, arnOf('Role'))],
  ['of a repository', image(ROLE)],
  ['of a repository, to everyone', image('*')],
  ['of a bucket', script(ROLE)],
  ['of a registry', registry(ROLE)],
  ['of a registry, to everyone', registry('*', ['ecr:Put*', 'ecr:BatchDeleteImage'])],
])('a pod to which the policy %s lets write code might do what the role of that code may do', (_, resources) => {
  const { outcome, missing } = decisionOf(resources);
  expect(outcome).toBe('UNKNOWN');
  expect(missing).toEqual([expect.stringMatching(/^role Role may request \S+, and so might decide what It does with role Admin/)]);
});

test.each<[string, object]>([
  ['of a function to another role', code(UPDATE, arnOf('Admin'))],
  ['of a function to the account, which leaves it to the policies of roles,', code(UPDATE, '111122223333')],
  ['of a repository to the root of the account', image({ AWS: 'arn:aws:iam::111122223333:root' })],
  ['of a function to a service', code('lambda:InvokeFunction', 's3.amazonaws.com')],
  ['of a repository to another role', image(OTHER)],
  ['of a repository that only denies', image(ROLE, 'Deny')],
  ['of a registry to another role', registry(OTHER)],
  ['of a registry to another account', registry({ AWS: 'arn:aws:iam::444455556666:root' })],
  ['of a registry to pull', registry(ROLE, ['ecr:BatchGetImage', 'ecr:BatchImportUpstreamImage'])],
  ['of a bucket to another role', script(OTHER)],
  ['of a bucket for other objects', script(ROLE, { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/data/*' })],
])('the policy %s gives nothing to a pod', (_, resources) => expect(decisionOf(resources).outcome).toBe('DENIED'));

test.each<[string, object, object]>([
  ['of a function', FUNCTION, allow('lambda:AddPermission', arnOf('It'))],
  ['of a repository', image(OTHER), allow('ecr:SetRepositoryPolicy', arnOf('Images'))],
  ['of a bucket', script(OTHER), allow('s3:PutBucketPolicy', arnOf('Bucket'))],
])('a pod that may change the policy %s might let itself write code', (_, resources, statement) => {
  const { outcome, missing } = decisionOf(resources, statement);
  expect(outcome).toBe('UNKNOWN');
  expect(missing).toEqual([expect.stringMatching(/^role Role may request \S+, and so might decide what It does with role Admin/)]);
});

test.each<[string, object, object]>([
  ['change the policy of another bucket', { ...script(OTHER), Other: { Type: 'AWS::S3::Bucket', Properties: {} } }, allow('s3:PutBucketPolicy', arnOf('Other'))],
  ['only delete the policy of a bucket', script(OTHER), allow('s3:DeleteBucketPolicy', arnOf('Bucket'))],
])('a pod that may %s lets itself write no code', (_, resources, statement) => expect(decisionOf(resources, statement).outcome).toBe('DENIED'));

test('the policy of the role can deny what that of a resource allows', () =>
  expect(decisionOf(code(UPDATE, arnOf('Role')), { Effect: 'Deny', Action: UPDATE, Resource: '*' }).outcome).toBe('DENIED'));

test('what the policy of a function lets a role start can act in the cluster', () => {
  const resources = {
    ...code('lambda:InvokeFunction', arnOf('Role')),
    Entry: {
      Type: 'AWS::EKS::AccessEntry',
      Properties: {
        ClusterName: { Ref: 'Cluster' },
        PrincipalArn: arnOf('Admin'),
        AccessPolicies: [{ PolicyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', AccessScope: { Type: 'cluster' } }],
      },
    },
    Reader: accountRole('ops:reader', allow(LIST)),
    OfReader: objects({ ...account('reader', 'Reader'), metadata: { ...account('reader', 'Reader').metadata, namespace: 'ops' } }),
  };
  const { outcome, missing } = decisionOf(resources);
  expect(outcome).toBe('UNKNOWN');
  expect(missing.join()).toContain('pods start It, which may act in the cluster with role Admin');
});
