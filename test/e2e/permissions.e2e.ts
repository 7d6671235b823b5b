import { environmentOf, makeRole } from './pod-identities';
import { arnOf } from './scene';
import { startLocalAws } from './start-local-aws';
import { LocalAws } from '../../local-aws/local-aws';
import { makeBuckets } from '../../replay/scenario';

interface Statement { readonly [element: string]: unknown }

const ALL = { Action: '*', Resource: '*' };
const LIST = ['s3', 'ls'];
const READ = ['ssm', 'get-parameter', '--name', '/app/setting'];
const PARAMETER = 'arn:aws:ssm:us-west-2:123456789012:parameter/app/setting';

let aws: LocalAws;
let as: NodeJS.ProcessEnv;
beforeAll(async () => {
  aws = await startLocalAws({ records: true });
  await makeBuckets(aws);
  await aws.ask('s3api', 'create-bucket', '--bucket', 'own-policy', '--create-bucket-configuration', 'LocationConstraint=us-west-2');
  await aws.ask('ssm', 'put-parameter', '--name', '/app/setting', '--value', 'on', '--type', 'String');
  await makeRole(aws, 'app');
  await aws.ask('iam', 'tag-role', '--role-name', 'app', '--tags', 'Key=team,Value=red', 'Key=stage,Value=test');
  const { Credentials } = await aws.ask('sts', 'assume-role', '--role-arn', arnOf('app'), '--role-session-name', 'test', '--tags', 'Key=stage,Value=production');
  as = environmentOf({ ...Credentials, Token: Credentials.SessionToken });
});
afterAll(() => aws?.stop());

const policy = (statements: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })) });
const allow = (statements: Statement[]) => aws.ask('iam', 'put-role-policy', '--role-name', 'app', '--policy-name', 'app', '--policy-document', policy(statements));

/** moto refuses with an error code that only some protocols have; in others, the AWS CLI shows the status. */
async function attempt(command: string[], environment = as): Promise<string> {
  const { code, output } = await aws.aws(command, environment);
  return code === 0 ? 'allowed' : /\((AccessDenied|403)\)/.test(output) ? 'denied' : output;
}

test.each<[string, string, string[], Statement[]]>([
  ['a condition that holds', 'allowed', LIST, [{ ...ALL, Condition: { StringEquals: { 'aws:RequestedRegion': 'us-west-2' } } }]],
  ['a condition that does not hold', 'denied', LIST, [{ ...ALL, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }]],
  ['a condition on the role', 'allowed', LIST, [{ ...ALL, Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/app' }, StringEquals: { 'aws:PrincipalAccount': '123456789012' } } }]],
  ['a tag of the role', 'allowed', LIST, [{ ...ALL, Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }]],
  ['a session tag replaces that of the role', 'denied', LIST, [{ ...ALL, Condition: { StringEquals: { 'aws:PrincipalTag/stage': 'test' } } }]],
  ['a Deny whose condition does not hold', 'allowed', LIST, [ALL, { Effect: 'Deny', ...ALL, Condition: { StringNotEquals: { 'aws:PrincipalTag/stage': 'production' } } }]],
  ['a Deny whose condition holds', 'denied', LIST, [ALL, { Effect: 'Deny', ...ALL, Condition: { Null: { 'aws:PrincipalTag/cost': 'true' } } }]],
  ['a date in the past', 'denied', LIST, [{ ...ALL, Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01' } } }]],
  ['a date in the future', 'allowed', LIST, [{ ...ALL, Condition: { DateLessThan: { 'aws:CurrentTime': '2126-01-01', 'aws:EpochTime': '2126-01-01' } } }]],
  ['all actions but these', 'denied', LIST, [{ NotAction: 's3:List*', Resource: '*' }]],
  ['the ARN of a parameter', 'allowed', READ, [{ Action: 'ssm:GetParameter', Resource: PARAMETER }]],
  ['the ARN of another parameter', 'denied', READ, [{ Action: 'ssm:GetParameter', Resource: `${PARAMETER}s` }]],
  ['a variable in an ARN', 'allowed', READ, [{ Action: 'ssm:GetParameter', Resource: 'arn:aws:ssm:*:*:parameter/${aws:PrincipalTag/app, \'app\'}/setting' }]],
])('%s: %s', async (_, expected, command, statements) => {
  await allow(statements);
  expect(await attempt(command)).toBe(expected);
});

test('a permissions boundary limits the policies of a role', async () => {
  await allow([ALL]);
  const { Policy: { Arn } } = await aws.ask('iam', 'create-policy', '--policy-name', 'boundary', '--policy-document', policy([{ Action: 'ssm:*', Resource: '*' }]));
  await aws.ask('iam', 'put-role-permissions-boundary', '--role-name', 'app', '--permissions-boundary', Arn);
  expect([await attempt(LIST), await attempt(READ)]).toEqual(['denied', 'allowed']);
  await aws.ask('iam', 'delete-role-permissions-boundary', '--role-name', 'app');
  expect(await attempt(LIST)).toBe('allowed');
});

test('an IAM user has its own policies, and assumes a role that trusts it', async () => {
  await aws.ask('iam', 'create-user', '--user-name', 'ana');
  const { AccessKey } = await aws.ask('iam', 'create-access-key', '--user-name', 'ana');
  const ana = { AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey };
  await aws.ask('iam', 'put-user-policy', '--user-name', 'ana', '--policy-name', 'ana', '--policy-document', policy([{ Action: 's3:List*', Resource: '*' }]));
  await makeRole(aws, 'for-ana', { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:user/ana' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:RoleSessionName': 'ana' } } }] });
  const commands = [LIST, READ, ...['for-ana', 'app'].map((role) => ['sts', 'assume-role', '--role-arn', arnOf(role), '--role-session-name', 'ana'])];
  expect(await Promise.all(commands.map((command) => attempt(command, ana)))).toEqual(['allowed', 'denied', 'allowed', 'denied']);
});

describe('a bucket policy', () => {
  const RESOURCES = ['arn:aws:s3:::own-policy', 'arn:aws:s3:::own-policy/*'];

  test.each<[string, string, Statement[], Statement[]]>([
    ['that names the role', 'allowed', [{ Action: 'ssm:*', Resource: '*' }], [{ Principal: { AWS: arnOf('app') }, Action: 's3:ListBucket', Resource: RESOURCES }]],
    ['that names another role', 'denied', [{ Action: 'ssm:*', Resource: '*' }], [{ Principal: { AWS: arnOf('other') }, Action: 's3:ListBucket', Resource: RESOURCES }]],
    ['that denies requests without TLS, of which none says so', 'allowed', [ALL], [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: RESOURCES, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }]],
    ['that denies all other roles', 'denied', [ALL], [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: RESOURCES, Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf('other') } } }]],
  ])('%s: %s', async (_, expected, statements, ofBucket) => {
    await allow(statements);
    await aws.ask('s3api', 'put-bucket-policy', '--bucket', 'own-policy', '--policy', policy(ofBucket));
    expect(await attempt(['s3api', 'list-objects-v2', '--bucket', 'own-policy'])).toBe(expected);
  });
});
