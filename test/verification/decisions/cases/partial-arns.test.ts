import { ACCOUNT, ALLOWED, complete, decide, DENIED, reader, READER_ARN, REGION, UNKNOWN } from './questions';
import { allow, deny, objects } from '../../templates';

const GET = 'secretsmanager:GetSecretValue';
const PARTIAL = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:login`;
const COMPLETE = `${PARTIAL}-AbCdEf`;
const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'login', Tags: [{ Key: 'team', Value: 'web' }] } };
const named = (Name: string) => ({ ...Secret, Properties: { Name } });
const to = (Effect: string, more: object = {}) => ({ Effect, Principal: { AWS: READER_ARN }, Action: GET, Resource: '*', ...more });
const policyOf = (SecretId: unknown, statement: object) =>
  ({ Policy: { Type: 'AWS::SecretsManager::ResourcePolicy', Properties: { SecretId, ResourcePolicy: { Version: '2012-10-17', Statement: [statement] } } } });
const inOwnAccount = { 'Fn::Sub': 'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:login' };
const TEAM = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } } };

test.each(complete([
  ['allows', { ...reader(), Secret, ...policyOf(PARTIAL, to('Allow')) }, ALLOWED],
  ['allows, by pseudo parameters', { ...reader(), Secret, ...policyOf(inOwnAccount, to('Allow')) }, ALLOWED],
  ['denies', { ...reader([allow(GET)]), Secret, ...policyOf(PARTIAL, to('Deny')) }, DENIED],
  ['asks for tags of the secret', { ...reader(), Secret, ...policyOf(PARTIAL, to('Allow', TEAM)) }, ALLOWED],
  ['allows, by a complete ARN that may be its own', { ...reader(), Secret, ...policyOf(`${PARTIAL}-aAbBcC`, to('Allow')) }, UNKNOWN],
  ['is that of another secret', { ...reader(), Secret, Other: named('log'), ...policyOf(`arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:log`, to('Allow')) }, DENIED],
]))('whether a pod may read a secret, of which a policy that names it by a partial ARN %s', (_, resources, outcome) => {
  expect(decide(resources, { action: GET, resource: COMPLETE }).outcome).toBe(outcome);
});

describe('an ARN whose account is a parameter', () => {
  const inAccount = (account: string) => ({ 'Fn::Sub': `arn:aws:ecs:${REGION}:${account}:task/x` });

  test.each([['Number', '${Account}', UNKNOWN], ['String', '${Account}', UNKNOWN], ['String', '${AWS::AccountId}', ALLOWED]])('of type %s, %s', (Type, account, outcome) => {
    const resources = reader([allow('ecs:StopTask', inAccount(account))]);
    expect(decide(resources, { action: 'ecs:StopTask' }, { Parameters: { Account: { Type } } }).outcome).toBe(outcome);
  });
});

test('a secret with a name that ends like an ARN is not certainly found by this name in an ARN', () => {
  const resources = { ...reader(), Secret: named('login-AbCdEf'), ...policyOf(COMPLETE, to('Allow')) };
  expect(decide(resources, { action: GET, resource: `${COMPLETE}-123456` }).outcome).toBe(UNKNOWN);
});

test.each(complete([
  ['of the templates', { ...reader([allow(GET, { Ref: 'Secret' })]), Secret }, ALLOWED],
  ['of the templates that the pod may not read', { ...reader([allow(GET, { Ref: 'Other' })]), Secret, Other: named('other') }, DENIED],
  ['outside the templates, of which the policy has the pattern', reader([allow(GET, `${PARTIAL}-??????`)]), UNKNOWN],
  ['outside the templates, of which the policy has the beginning', reader([allow(GET, `${PARTIAL}*`)]), ALLOWED],
  ['outside the templates, which the policy denies', reader([allow(GET), deny(GET, `${PARTIAL}*`)]), DENIED],
]))('a question with the partial ARN of a secret %s is about the secret', (_, resources, outcome) => {
  expect(decide(resources, { action: GET, resource: PARTIAL, resourcesWithoutPolicy: [`${PARTIAL}-*`] }).outcome).toBe(outcome);
});

test.each(['SecretTargetAttachment', 'RotationSchedule', 'ResourcePolicy'])('a reference to a resource of the type %s, which has the partial ARN of a secret, is not certainly another one', (type) => {
  const Attachment = { Type: `AWS::SecretsManager::${type}`, Properties: { SecretId: PARTIAL } };
  const resources = { ...reader([allow(GET, { Ref: 'Attachment' })]), Secret, Attachment };
  expect(decide(resources, { action: GET, resource: COMPLETE }).outcome).toBe(UNKNOWN);
});

test.each([['a partial ARN', PARTIAL], ['a complete ARN', COMPLETE]])('a controller copies a secret with the key of a user by %s', (_, key) => {
  const synced = objects({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'key', namespace: 'default' }, spec: { dataFrom: [{ extract: { key } }] } });
  const Policies = [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:ListAllMyBuckets')] } }];
  const resources = {
    ...reader(),
    Mailer: { Type: 'AWS::IAM::User', Properties: { Policies } },
    Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } },
    Secret: { ...Secret, Properties: { Name: 'login', SecretString: { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] } } },
    Synced: synced,
  };
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(UNKNOWN);
});
