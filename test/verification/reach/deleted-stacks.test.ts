import { verification } from '../../../lib';
import { write } from '../../files';
import { account, accountRole, allow, clusterTemplate, deny, objects } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const READ = 's3:GetObject';
const BUCKET = 'arn:aws:s3:::data';
const STATED = { noOtherNodes: true, parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const ofRole = (...statements: object[]) => ({ Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'guard', Roles: ['own'], PolicyDocument: document(...statements) } });
const ofBucket = (...statements: object[]) => ({ Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: 'data', PolicyDocument: document(...statements.map((one) => ({ ...one, Principal: '*' }))) } });
const DENIES_READING = deny(READ, `${BUCKET}/*`);
const DELETES = allow('cloudformation:DeleteStack');
const stack = (name: string) => `arn:aws:cloudformation:us-west-2:111122223333:stack/${name}/*`;

const decide = (action: string, statements: object[], others: { [name: string]: object }, more: object = {}) => {
  const { Type, Properties } = accountRole('default:app', ...statements);
  const templates = clusterTemplate({ Objects: objects(account('app', 'Role')), Role: { Type, Properties: { ...Properties, RoleName: 'own' } }, ...more });
  return verification.PodAccess.fromTemplates({ ...templates, ...others }).assume(STATED)
    .pod({ serviceAccountName: 'app' }).decide(action, action === READ ? { resource: `${BUCKET}/x` } : {});
};
const guard = (Guard: object) => ({ guard: { Resources: { Guard } } });
const DATA = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'data' } };

test.each<[string, string, object[], { [name: string]: object }, object?]>([
  ['a policy of its role', LIST, [DELETES, allow(LIST)], guard(ofRole(deny(LIST)))],
  ['a policy of its role, which is deleted before the role', LIST, [DELETES, allow(LIST)], {}, { Guard: ofRole(deny(LIST)) }],
  ['the policy of a bucket', READ, [DELETES, allow(READ)], guard(ofBucket(DENIES_READING)), { DATA }],
  ['the policy of a bucket, if CloudFormation keeps the bucket', READ, [DELETES, allow(READ)], {}, { DATA, Guard: ofBucket(DENIES_READING) }],
])('a pod that may delete %s might do what this denies', (_, action, statements, others, more = {}) => {
  const { outcome, missing } = decide(action, statements, others, more);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringContaining('may request cloudformation:DeleteStack')]);
});

test.each<[string, string, object[], { [name: string]: object }, object?]>([
  ['may delete a policy that allows', LIST, [DELETES], guard(ofRole(allow('sqs:ListQueues')))],
  ['may delete one of two policies that deny', LIST, [DELETES, allow(LIST), deny(LIST)], guard(ofRole(deny(LIST)))],
  ['may delete its role, whose own policy denies', LIST, [DELETES, allow(LIST), deny(LIST)], {}],
  ['may delete stacks of another account', LIST, [allow('cloudformation:DeleteStack', 'arn:aws:cloudformation:*:999999999999:stack/*'), allow(LIST)], guard(ofRole(deny(LIST)))],
  ['may delete no stacks', LIST, [allow(['cloudformation:Describe*', LIST])], guard(ofRole(deny(LIST)))],
  ['may delete a bucket, which allows nothing', READ, [DELETES], guard(ofBucket(DENIES_READING)), { DATA }],
  ['may delete another bucket', READ, [DELETES, allow(READ, 'arn:aws:s3:::other/*')], guard(ofBucket(DENIES_READING)), { DATA }],
])('what is denied to a pod that %s is certain', (_, action, statements, others, more = {}) => {
  expect(decide(action, statements, others, more).outcome).toBe('DENIED');
});

const NESTED = { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'nested.json', 'aws:asset:property': 'TemplateURL' } };

const GUARD = { Guard: ofRole(deny(LIST)) };
test.each<[string, string, object, string]>([
  ['that has it', 'Outer', GUARD, 'UNKNOWN'],
  ['in which the stack is nested that has it', 'Outer', { Nested: NESTED }, 'UNKNOWN'],
  ['that does not have it', 'App', GUARD, 'DENIED'],
])('whether a pod keeps what denies if it may delete a stack %s', (_, name, resources, expected) => {
  const { Type, Properties } = accountRole('default:app', allow(LIST), allow('cloudformation:DeleteStack', stack(name)));
  const artifact = (templateFile: string) => ({ type: 'aws:cloudformation:stack', environment: 'aws://111122223333/us-west-2', properties: { templateFile } });
  const access = verification.PodAccess.fromAssembly(write({
    'manifest.json': { version: '36.0.0', artifacts: { App: artifact('App.json'), Outer: artifact('Outer.json') } },
    'App.json': clusterTemplate({ Objects: objects(account('app', 'Role')), Role: { Type, Properties: { ...Properties, RoleName: 'own' } } }).stack,
    'Outer.json': { Resources: resources },
    'nested.json': { Resources: GUARD },
  }));
  expect(access.pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
});
