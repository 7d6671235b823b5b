import { accessTo, ACCOUNT, ALLOWED, complete, decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, clusterTemplate, role } from '../../templates';

const TRUST = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const named = (RoleName: unknown, more: object = {}) => {
  const { Type, Properties } = role(TRUST);
  return { Jobs: { Type, Properties: { ...Properties, RoleName }, ...more } };
};
const PASS = reader([allow('iam:PassRole', `arn:aws:iam::${ACCOUNT}:role/jobs`), allow('lambda:CreateFunction')]);
const OTHER = { Other: role(TRUST, allow('s3:ListAllMyBuckets')) };
const IS_ON = { Parameters: { On: { Type: 'String' } }, Conditions: { IsOn: { 'Fn::Equals': [{ Ref: 'On' }, 'yes'] } } };

test.each(complete([
  ['that another role has', { ...PASS, ...OTHER, ...named('jobs') }, DENIED],
  ['that no other role has', { ...PASS, ...OTHER }, UNKNOWN],
  ['that another role has in some deployments', { ...PASS, ...OTHER, ...named('jobs', { Condition: 'IsOn' }) }, UNKNOWN],
  ['that another role has in some deployments, by a function', { ...PASS, ...OTHER, ...named({ 'Fn::If': ['IsOn', 'jobs', { Ref: 'AWS::NoValue' }] }) }, UNKNOWN],
  ['that only the deployment gives to another role', { ...PASS, ...OTHER, ...named({ Ref: 'On' }) }, UNKNOWN],
  ['that a user has', { ...PASS, ...OTHER, Jobs: { Type: 'AWS::IAM::User', Properties: { UserName: 'jobs' } } }, UNKNOWN],
]))('a generated name of a role is none %s', (_, resources, expected) => {
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }, IS_ON).outcome).toBe(expected);
});

test.each([
  ['has', 'reports', DENIED],
  ['does not have', 'others', UNKNOWN],
])('a generated name of a bucket is none that another bucket %s', (_, BucketName, expected) => {
  const buckets = { Named: { Type: 'AWS::S3::Bucket', Properties: { BucketName } }, Generated: { Type: 'AWS::S3::Bucket' } };
  const access = accessTo(clusterTemplate({ ...reader([allow('s3:GetObject', 'arn:aws:s3:::reports/*')]), ...buckets }));
  const outcomeOn = (name: string) => access.pod({ serviceAccountName: 'app' })._decideOn(access._internal.resource(name).named, 's3:GetObject', {}).outcome;
  expect(outcomeOn('Generated/x')).toBe(expected);
  expect(outcomeOn('Named/x')).toBe(BucketName === 'reports' ? ALLOWED : DENIED);
});

test('task definitions can share a family', () => {
  const family = (Family?: string) => ({ Type: 'AWS::ECS::TaskDefinition', Properties: { Family } });
  const access = accessTo(clusterTemplate({ ...reader([allow('ecs:RunTask', '*:task-definition/a:1')]), Named: family('a'), Generated: family() }));
  expect(access.pod({ serviceAccountName: 'app' })._decideOn(access._internal.resource('Generated').named, 'ecs:RunTask', {}).outcome).toBe(UNKNOWN);
});
