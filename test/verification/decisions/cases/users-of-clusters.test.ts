import { accessTo, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const LIST = 's3:ListAllMyBuckets';
const config = (IssuerUrl: unknown, ClusterName: unknown = { Ref: 'Cluster' }) =>
  ({ Users: { Type: 'AWS::EKS::IdentityProviderConfig', Properties: { ClusterName, Type: 'oidc', Oidc: { IssuerUrl, ClientId: 'console', GroupsClaim: 'cognito:groups' } } } });
const pool = (AdminCreateUserConfig?: object) => ({ Type: 'AWS::Cognito::UserPool', Properties: { ...AdminCreateUserConfig && { AdminCreateUserConfig } } });
const URL = { 'Fn::GetAtt': ['Pool', 'ProviderURL'] };
const CLOSED = { Pool: pool({ AllowAdminCreateUserOnly: true }), ...config(URL) };
const BY_NAME = { 'Fn::Sub': 'https://cognito-idp.${AWS::Region}.amazonaws.com/${Pool}' };
const withTrigger = (trigger: string, functionArn: unknown = arnOf('Trigger')) => ({
  ...CLOSED,
  Pool: { ...CLOSED.Pool, Properties: { ...CLOSED.Pool.Properties, LambdaConfig: { [trigger]: functionArn } } },
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Trigger' }, FunctionVersion: '1', Name: 'live' } },
  Trigger: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('TriggerRole') } },
  Other: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('TriggerRole') } },
  TriggerRole: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }),
});
const mayUpdate = (functionArn: unknown) => ({ Own: accountRole('default:app', allow('lambda:UpdateFunctionCode', functionArn)) });
const mayChange = (id: string) => mayUpdate(arnOf(id));
const ELSEWHERE = 'arn:aws:lambda:us-west-2:111122223333:function:elsewhere';
const access = (resources: object, ...actions: string[]) => accessTo(clusterTemplate({
  Own: accountRole('default:app', allow(actions, 'Pool' in resources ? arnOf('Pool') : '*')),
  Reader: accountRole('default:reader', allow('s3:*')),
  ...resources,
  Objects: objects(account('app', 'Own'), account('reader', 'Reader')),
}));
const app = (resources: object, ...actions: string[]) => access(resources, ...actions).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object, string[], string]>([
  ['that may create users', CLOSED, ['cognito-idp:AdminCreateUser'], UNKNOWN],
  ['that may add users to groups', CLOSED, ['cognito-idp:AdminAddUserToGroup'], UNKNOWN],
  ['that may open the pool', CLOSED, ['cognito-idp:UpdateUserPool'], UNKNOWN],
  ['that may create users of a pool that the issuer names', { ...CLOSED, ...config(BY_NAME) }, ['cognito-idp:*'], UNKNOWN],
  ['that may only read users', CLOSED, ['cognito-idp:AdminGetUser', 'cognito-idp:ListUsers'], DENIED],
  ['that may change the function that decides what tokens say',
    { ...withTrigger('PreTokenGeneration'), ...mayChange('Trigger') }, [], UNKNOWN],
  ['that may change the function behind an alias that decides what tokens say',
    { ...withTrigger('PreTokenGeneration', { Ref: 'Live' }), ...mayChange('Trigger') }, [], UNKNOWN],
  ['that may change a function outside the templates that decides what tokens say',
    { ...withTrigger('PreTokenGeneration', ELSEWHERE), ...mayUpdate(ELSEWHERE) }, [], UNKNOWN],
  ['that may change another function than one outside the templates that decides what tokens say',
    { ...withTrigger('PreTokenGeneration', ELSEWHERE), ...mayChange('Other') }, [], DENIED],
  ['that may change a function that is only told about users',
    { ...withTrigger('PostConfirmation'), ...mayChange('Trigger') }, [], DENIED],
  ['that may change another function', { ...withTrigger('PreTokenGeneration'), ...mayChange('Other') }, [], DENIED],
  ['that may do something else', CLOSED, ['sqs:SendMessage'], DENIED],
  ['that may create users of another pool', { ...CLOSED, Others: CLOSED.Pool, ...config({ 'Fn::GetAtt': ['Others', 'ProviderURL'] }) }, ['cognito-idp:*'], DENIED],
  ['of another cluster than that with the pool', { ...CLOSED, ...config(URL, 'other') }, ['cognito-idp:*'], DENIED],
  ['next to a pool in which everyone can sign up', { ...CLOSED, Pool: pool() }, ['sqs:SendMessage'], UNKNOWN],
  ['next to a pool with the users of another provider', {
    ...CLOSED, Federated: { Type: 'AWS::Cognito::UserPoolIdentityProvider', Properties: { UserPoolId: { Ref: 'Pool' }, ProviderType: 'Google' } },
  }, ['sqs:SendMessage'], UNKNOWN],
  ['next to a provider that is not in the templates', config('https://idp.example.com'), ['sqs:SendMessage'], UNKNOWN],
])('a pod %s may sign in to the cluster as another user, or not', (_, resources, actions, expected) => {
  expect(app(resources, ...actions).outcome).toBe(expected);
  expect(access(resources, ...actions).assume({ noOtherCredentials: true }).pod({ cluster: 'prod', serviceAccountName: 'app' }).decide(LIST).outcome).toBe(DENIED);
});

test.each<[string, object, string]>([
  ['whom it may change', CLOSED, 'at https://cognito-idp.us-west-2.amazonaws.com/${Pool}, as a user whom role Own may change'],
  ['of another provider', config('https://idp.example.com'), 'at https://idp.example.com, of whose users the templates show nothing'],
])('the answer names the provider of users %s', (_, resources, how) => {
  expect(app(resources, 'cognito-idp:AdminSetUserPassword').missing)
    .toEqual([`whether pods sign in to the cluster ${how}, run pods or get tokens of other pods, and with them the credentials of role Reader`]);
});
