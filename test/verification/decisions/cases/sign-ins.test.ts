import { ASKED, usersOfCognito } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects, role } from '../../templates';

const trusting = (service: string) => role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${service}.amazonaws.com` } }, allow(ASKED));
const INSTANCE = {
  Given: trusting('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Given' }] } },
  Pair: { Type: 'AWS::EC2::KeyPair', Properties: { KeyName: 'ops', PublicKeyMaterial: 'ssh-rsa AAA' } },
  Instance: { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'ops', IamInstanceProfile: { Ref: 'Profile' } } },
};
const OUTSIDE = { Given: INSTANCE.Given, Profile: INSTANCE.Profile, Instance: INSTANCE.Instance };
const NODES = {
  Victim: accountRole('victim:victim', allow(ASKED)),
  Others: objects(account('victim', 'Victim', 'victim'), { ...job('victim', 'victim'), metadata: { name: 'victim', namespace: 'victim' } }),
  Launched: {
    Type: 'AWS::EKS::Nodegroup',
    Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('NodeRole'), AmiType: 'AL2023_x86_64_STANDARD', RemoteAccess: { Ec2SshKey: 'ops' } },
  },
};
const PASSWORD = '{{resolve:secretsmanager:ops/user:SecretString:password}}';
const SIGNING_IN = '#!/bin/sh\necho "ops:$(aws secretsmanager get-secret-value --secret-id ops/user --query SecretString --output text)" | chpasswd\n';
const starting = (script: string) => ({ ...OUTSIDE, Instance: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': script } } } });
const USERS = usersOfCognito(allow(ASKED));
const secret = (Name: string) => ({ Stored: { Type: 'AWS::SecretsManager::Secret', Properties: { Name } } });
/** A custom resource of aws-cdk that requests something of a user pool. */
const given = (action: string, parameters: object, service = 'CognitoIdentityServiceProvider') => ({
  Code: { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('Setting'), Code: { ZipFile: '' } } },
  Setting: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }, allow(`cognito-idp:${action}`)),
  Call: {
    Type: 'Custom::AWS',
    Properties: { ServiceToken: arnOf('Code'), InstallLatestAwsSdk: false, Create: JSON.stringify({ service, action, parameters, physicalResourceId: { id: '1' } }) },
  },
});
const OF_SECRET = '{{resolve:secretsmanager:ops/user:SecretString:password::}}';
const SET = given('adminSetUserPassword', { UserPoolId: 'us-west-2_a', Username: 'it', Password: OF_SECRET, Permanent: true });
const CREATED = given('adminCreateUser', { TemporaryPassword: OF_SECRET }, '@aws-sdk/client-cognito-identity-provider');
const variable = (name: string) => job('it', 'app', { containers: [{ name: 'it', image: 'it@sha256:' + '0'.repeat(64), env: [{ name, valueFrom: { secretKeyRef: { name: 'it', key: 'it' } } }] }] });
const mounting = (secretName: string, mountPath: string, image = 'it') => job('it', 'app', {
  containers: [{ name: 'it', image: `${image}@sha256:` + '0'.repeat(64), volumeMounts: [{ name: 'files', mountPath }] }], volumes: [{ name: 'files', secret: { secretName } }],
});
const filled = (name: string) => ({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name, namespace: 'default' }, spec: { data: [{ secretKey: 'sshPrivateKey', remoteRef: { key: 'it' } }] },
});
const NONE = 'sqs:ListQueues';
const READ = 'secretsmanager:GetSecretValue';

test.each<[string, object, string, object[], string]>([
  ['a secret with the private key of an instance', { ...INSTANCE, ...secret('ops-ssh-private-key') }, READ, [], 'UNKNOWN'],
  ['a secret with something else beside an instance', { ...INSTANCE, ...secret('ops-database') }, READ, [], 'DENIED'],
  ['a private key without an instance', secret('ops-ssh-private-key'), READ, [], 'DENIED'],
  ['a secret with the private key of an instance whose key is elsewhere', { ...OUTSIDE, ...secret('ops-ssh-private-key') }, READ, [], 'UNKNOWN'],
  ['a secret with the key of a Git provider', { ...OUTSIDE, ...secret('github-ssh-key') }, READ, [], 'DENIED'],
  ['a variable with an SSH key', OUTSIDE, NONE, [variable('SSH_PRIVATE_KEY')], 'UNKNOWN'],
  ['a variable with an SSH key beside an imported one', INSTANCE, NONE, [variable('SSH_PRIVATE_KEY')], 'UNKNOWN'],
  ['a volume with an SSH key', OUTSIDE, NONE, [mounting('ops-ssh-key', '/keys')], 'UNKNOWN'],
  ['a volume where SSH looks for keys', OUTSIDE, NONE, [mounting('ops', '/root/.ssh')], 'UNKNOWN'],
  ['a volume with the SSH key of nodes', NODES, NONE, [mounting('ops', '/root/.ssh')], 'UNKNOWN'],
  ['a volume with the key of a Git provider', OUTSIDE, NONE, [mounting('github-deploy-key', '/root/.ssh')], 'DENIED'],
  ['a volume with a key whose name only has such letters', OUTSIDE, NONE, [mounting('digital-ssh-key', '/keys')], 'UNKNOWN'],
  ['a volume of git-sync', OUTSIDE, NONE, [mounting('ssh-key', '/etc/git-secret')], 'DENIED'],
  ['a Secret of its namespace with an SSH key', OUTSIDE, NONE, [filled('ops')], 'UNKNOWN'],
  ['a Secret of its namespace with the key of a Git provider', OUTSIDE, NONE, [filled('argocd-repo')], 'DENIED'],
  ['a volume with an SSH key without an instance', {}, NONE, [mounting('ops-ssh-key', '/root/.ssh')], 'DENIED'],
  ['a volume with something else', OUTSIDE, NONE, [mounting('ops', '/etc/ops')], 'DENIED'],
  ['the secret with a password that an instance sets', starting(`<powershell>\nnet user Administrator "${PASSWORD}"\n</powershell>`), READ, [], 'UNKNOWN'],
  ['the secret that a script of an instance reads for a password', starting(SIGNING_IN), READ, [], 'UNKNOWN'],
  ['the secret that a script of an instance reads for something else', starting(SIGNING_IN.replace('chpasswd', 'tee /etc/app')), READ, [], 'DENIED'],
  ['no secret beside such a script', starting(SIGNING_IN), NONE, [], 'DENIED'],
  ['a variable with the password of a user', USERS, NONE, [variable('COGNITO_PASSWORD')], 'UNKNOWN'],
  ['the secret with the password that a custom resource sets', { ...USERS, ...SET }, READ, [], 'UNKNOWN'],
  ['the secret with the password that a client of version 3 of the SDK sets', { ...USERS, ...CREATED }, READ, [], 'UNKNOWN'],
  ['the secret with the password, to change it for the next deployment', { ...USERS, ...SET }, 'secretsmanager:PutSecretValue', [], 'UNKNOWN'],
  ['no such secret, beside the custom resource', { ...USERS, ...SET }, NONE, [], 'DENIED'],
  ['a secret beside a custom resource that sets no password', { ...USERS, ...given('adminGetUser', { Username: OF_SECRET }) }, READ, [], 'DENIED'],
  ['a variable with another password', USERS, NONE, [variable('DB_PASSWORD')], 'DENIED'],
  ['a variable with the ID of a client', USERS, NONE, [variable('COGNITO_CLIENT_ID')], 'DENIED'],
  ['a variable with such a password without an identity pool', {}, NONE, [variable('COGNITO_PASSWORD')], 'DENIED'],
])('%s lets a pod sign in, or not', (_, resources, action, documents, expected) => {
  const access = accessTo(clusterTemplate({ ...resources, Role: accountRole('default:app', allow(action)), Accounts: objects(account('app', 'Role'), ...documents) }));
  expect(access.pod({ serviceAccountName: 'app' }).decide(ASKED).outcome).toBe(expected);
});
