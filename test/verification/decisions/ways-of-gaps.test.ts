import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, deny, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const trusted = (Service: string) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${Service}.amazonaws.com` } });
const run = (roleId: string) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: arnOf(roleId) } });
const custom = (more: object = {}, Type = 'Custom::Seed') => ({ Type, Properties: { ServiceToken: arnOf('Handler'), ...more } });
const seed = (...statements: object[]) => ({ HandlerRole: role(trusted('lambda'), ...statements), Handler: run('HandlerRole'), Seed: custom() });
const admin = (service: string) => role(trusted(service), allow(LIST));

const FUNCTION = { Admin: admin('lambda'), It: run('Admin') };
const JOB = {
  Admin: admin('glue'),
  Scripts: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'scripts' } },
  It: { Type: 'AWS::Glue::Job', Properties: { Role: arnOf('Admin'), Command: { ScriptLocation: 's3://scripts/it.py' } } },
};
const KEY = {
  Admin: { Type: 'AWS::IAM::User', Properties: { UserName: 'ops', Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow(LIST)] } }] } },
  Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Admin' } } },
  It: { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } },
};
const addPermission = { ...seed(), Seed: custom({ Create: JSON.stringify({ service: 'Lambda', action: 'addPermission' }), InstallLatestAwsSdk: false }, 'Custom::AWS') };
const ofTheFuture = { X: { Type: 'AWS::Lambda::OfTheFuture', Properties: {} } };

const decisionOf = (resources: object, ...statements: object[]) => verification.PodAccess.fromTemplates(clusterTemplate({
  ...resources, Objects: objects(account('app', 'Role')), Role: accountRole('default:app', allow('sqs:ListQueues'), ...statements),
})).assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, string]>([
  ['a call that changes the policies of functions', { ...FUNCTION, ...addPermission }, 'it requests lambda:AddPermission'],
  ['a type that is not known', { ...FUNCTION, ...ofTheFuture }, 'AWS::Lambda::OfTheFuture, is not read'],
  ['a custom resource that changes the policies of buckets', { ...JOB, ...seed(allow('s3:PutBucketPolicy')) }, 's3:PutBucketPolicy'],
  ['a custom resource that changes the policy of the bucket', { ...JOB, ...seed(allow('s3:PutBucketPolicy', arnOf('Scripts'))) }, 's3:PutBucketPolicy'],
  ['a custom resource that changes the policies of secrets', { ...KEY, ...seed(allow('secretsmanager:PutResourcePolicy')) }, 'secretsmanager:PutResourcePolicy'],
])('with %s, what a principal might do to get other credentials is not known', (_, resources, missing) => {
  expect(decisionOf(resources)).toMatchObject({ outcome: 'UNKNOWN', missing: expect.arrayContaining([expect.stringContaining(missing)]) });
});

test.each<[string, object, object[]]>([
  ['of another service', { ...FUNCTION, ...seed(allow('s3:PutBucketPolicy')) }, []],
  ['of another bucket', { ...JOB, ...seed(allow('s3:PutBucketPolicy', 'arn:aws:s3:::others')) }, []],
  ['of buckets, whose objects the role of the pod must not write,', { ...JOB, ...seed(allow('s3:PutBucketPolicy')) }, [deny('s3:*')]],
  ['of functions without a role that matters', { ...FUNCTION, Admin: role(trusted('lambda'), allow('sqs:ListQueues')), ...addPermission }, []],
])('policies %s lead to nothing', (_, resources, statements) => {
  expect(decisionOf(resources, ...statements)).toMatchObject({ outcome: 'DENIED', missing: [] });
});
