import { admin, decisionOf, LIST, trusted } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const Bot = { Type: 'AWS::IAM::User', Properties: { UserName: 'bot', Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [allow(LIST)] } }] } };
const Guest = { Type: 'AWS::IAM::User', Properties: { UserName: 'guest' } };
const Code = { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Maker'), Code: { ZipFile: '' } } };
const secret = (value?: string) => ({ Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'keys', ...(value && { SecretString: { 'Fn::Sub': value } }) } });

const made = (service: string, action: string, parameters: object, value: string, physicalResourceId: object = { id: '1' }) => ({
  Bot,
  Guest,
  Code,
  Maker: role(trusted('lambda'), allow('logs:PutLogEvents')),
  Call: {
    Type: 'Custom::AWS',
    Properties: { ServiceToken: arnOf('Code'), InstallLatestAwsSdk: false, Create: JSON.stringify({ service, action, parameters, physicalResourceId }) },
  },
  Keys: secret(value),
});
const KEY = '${Call.AccessKey.SecretAccessKey}';
const ROLE = 'arn:aws:iam::111122223333:role/admin';
const Admin = { ...admin('ssm').Admin, Properties: { ...admin('ssm').Admin.Properties, RoleName: 'admin' } };
const READ = allow('secretsmanager:GetSecretValue');
const rotated = (statement: object, properties: object = {}) => ({
  Bot,
  Guest,
  Code,
  Other: secret(),
  Keys: secret(),
  Maker: role(trusted('lambda'), statement, allow('secretsmanager:PutSecretValue')),
  Rotation: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: { Ref: 'Keys' }, RotationLambdaARN: arnOf('Code'), ...properties } },
});

const returned = (statement: object) => {
  const { Rotation, ...others } = rotated(statement);
  return { ...others, Keys: secret('${Call.Secret}'), Call: { Type: 'Custom::Keys', Properties: { ServiceToken: arnOf('Code') } } };
};

const MADE: Array<[string, object]> = [
  ['an access key', made('IAM', 'createAccessKey', { UserName: 'bot' }, KEY)],
  ['an access key by the client of version 3', made('@aws-sdk/client-iam', 'CreateAccessKeyCommand', { UserName: 'bot' }, KEY)],
  ['an access key that is its physical ID', made('IAM', 'createAccessKey', { UserName: 'bot' }, '${Call}', { responsePath: 'AccessKey.SecretAccessKey' })],
  ['a credential of a service', made('IAM', 'createServiceSpecificCredential', { UserName: 'bot' }, '${Call.ServiceSpecificCredential.ServicePassword}')],
  ['credentials of a role', { ...made('STS', 'assumeRole', { RoleArn: ROLE }, '${Call.Credentials.SecretAccessKey}'), Admin }],
  ['the activation of a hybrid node', { ...made('SSM', 'createActivation', { IamRole: 'admin' }, '${Call.ActivationCode}'), Admin }],
  ['a rotated access key', rotated(allow('iam:CreateAccessKey', arnOf('Bot')))],
  ['a rotated access key of any user', rotated(allow('iam:*AccessKey*'))],
];

test.each(MADE)('who reads the secret with %s might do what the key allows', (_, resources) => {
  expect(decisionOf(resources, READ).outcome).toBe('UNKNOWN');
});

test.each(MADE)('who reads another secret than that with %s does not', (_, resources) => {
  expect(decisionOf(resources, allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:*:*:secret:app-*')).outcome).toBe('DENIED');
});

test.each<[string, object]>([
  ['the ID of an access key', made('IAM', 'createAccessKey', { UserName: 'bot' }, '${Call.AccessKey.AccessKeyId}')],
  ['the physical ID of a call that has another one', made('IAM', 'createAccessKey', { UserName: 'bot' }, '${Call}', { responsePath: 'AccessKey.AccessKeyId' })],
  ['an access key of a user who may do nothing', made('IAM', 'createAccessKey', { UserName: 'guest' }, KEY)],
  ['what another call returns', made('SSM', 'getParameter', { Name: '/app/name' }, '${Call.Parameter.Value}')],
  ['a password that a function rotates, which makes no keys', rotated(allow('rds:ModifyDBInstance'))],
  ['a rotated access key of a user who may do nothing', rotated(allow('iam:CreateAccessKey', arnOf('Guest')))],
  ['nothing that is rotated', rotated(allow('iam:CreateAccessKey'), { SecretId: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:others-abcdef' })],
])('who reads the secret with %s gets nothing with it', (_, resources) => {
  expect(decisionOf(resources, READ).outcome).toBe('DENIED');
});

test.each<[string, 'UNKNOWN' | 'DENIED', object]>([
  ['a user who may do it', 'UNKNOWN', allow('iam:CreateAccessKey', arnOf('Bot'))],
  ['another user', 'DENIED', allow('iam:CreateAccessKey', arnOf('Guest'))],
])('a secret with what a function returns that may make keys of %s: %s, if it is stated that the custom resource changes nothing', (_, expected, statement) => {
  const pod = { Role: accountRole('default:app', READ), Objects: objects(account('app', 'Role')) };
  const access = verification.PodAccess.fromTemplates(clusterTemplate({ ...returned(statement), ...pod }))
    .assume({ noOtherNodes: true, changesNothing: ['stack/Call'], parameters: { 'AWS::AccountId': '111122223333', 'AWS::Region': 'us-west-2' } });
  expect(access.pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
});
