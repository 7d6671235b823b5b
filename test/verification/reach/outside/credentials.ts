import { admin, bucket, cognito, inBucket, lambda, named, pool, POOL, resource, secret, SetUp } from './set-up';
import { account, accountRole, allow, arnOf, association, job as jobOf, objects, podIdentityTrust, role, withValue } from '../../templates';
import { LIST, trusted } from '../code-apps';

/** Roles, keys and identities that a pod might get. */
export const CREDENTIALS: { readonly [what: string]: SetUp } = {
  'the bucket of an issuer': {
    resources: {
      Keys: resource('AWS::S3::Bucket', { BucketName: 'issuer' }),
      Issuer: resource('AWS::IAM::OIDCProvider', { Url: 'https://issuer.s3.us-west-2.amazonaws.com', ClientIdList: ['sts.amazonaws.com'] }),
      Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRoleWithWebIdentity', Principal: { Federated: arnOf('Issuer') } }, allow(LIST)),
    },
    statements: [allow('s3:PutObject', inBucket('Keys'))],
    outside: {
      Issuer: { Arn: 'arn:aws:iam::111122223333:oidc-provider/issuer.s3.us-west-2.amazonaws.com' }, Keys: bucket('issuer'),
    },
  },
  'the bucket of an issuer that claims name': {
    resources: {
      Keys: resource('AWS::S3::Bucket', { BucketName: 'issuer' }),
      Issuer: resource('AWS::IAM::OIDCProvider', { Url: 'https://issuer.s3.us-west-2.amazonaws.com', ClientIdList: ['sts.amazonaws.com'] }),
      Admin: role({
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: arnOf('Issuer') },
        Condition: { StringEquals: { 'issuer.s3.us-west-2.amazonaws.com:sub': 'job' } },
      }, allow(LIST)),
    },
    statements: [allow('s3:PutObject', inBucket('Keys'))],
    outside: {
      Issuer: { Arn: 'arn:aws:iam::111122223333:oidc-provider/issuer.s3.us-west-2.amazonaws.com' }, Keys: bucket('issuer'),
    },
  },
  'the guests of an identity pool': {
    resources: pool(true),
    statements: [],
    outside: { Pool: POOL, Guest: named('guest') },
  },
  'the users of an identity pool': {
    resources: pool(false),
    statements: [allow('cognito-identity:GetOpenIdTokenForDeveloperIdentity')],
    outside: { Pool: POOL, User: named('user') },
  },
  'the groups of a user pool': {
    resources: {
      Users: resource('AWS::Cognito::UserPool', { AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } }),
      Group: resource('AWS::Cognito::UserPoolGroup', { UserPoolId: { Ref: 'Users' }, RoleArn: arnOf('User') }),
      Pool: resource('AWS::Cognito::IdentityPool', { AllowUnauthenticatedIdentities: false }),
      User: cognito('authenticated'),
    },
    statements: [allow('cognito-idp:AdminAddUserToGroup')],
    outside: { Users: { Ref: 'us-west-2_Aa1Bb2Cc3' }, User: named('operator') },
  },
  'certificates': {
    resources: {
      Profile: resource('AWS::RolesAnywhere::Profile', { RoleArns: [arnOf('Machine')] }),
      Machine: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'rolesanywhere.amazonaws.com' } }, allow(LIST)),
    },
    statements: [allow('acm-pca:IssueCertificate')],
    outside: { Machine: named('machine') },
  },
  'a function that decides who signs in to a user pool': {
    resources: {
      Trigger: resource('AWS::Lambda::Function', { Role: arnOf('Worker') }),
      Worker: role(trusted('lambda')),
      Users: resource('AWS::Cognito::UserPool', {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: true }, LambdaConfig: { PreTokenGeneration: arnOf('Trigger') },
      }),
      Pool: resource('AWS::Cognito::IdentityPool', {
        AllowUnauthenticatedIdentities: false, CognitoIdentityProviders: [{ ProviderName: { 'Fn::GetAtt': ['Users', 'ProviderName'] } }],
      }),
      User: cognito('authenticated'),
    },
    statements: [allow('lambda:UpdateFunctionCode')],
    outside: { Trigger: lambda('tokens'), Worker: named('worker') },
  },
  'a session policy that lets it assume a role': {
    resources: {
      Association: association('app', 'Own', { Policy: JSON.stringify({ Statement: [allow('sts:AssumeRole')] }) }),
      Own: role(podIdentityTrust(), allow('sts:AssumeRole')),
      Next: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: arnOf('Own') } }, allow(LIST)),
    },
    statements: [],
    outside: { Own: named('own'), Next: named('next') },
  },
  'what the agent of a container instance gets for a task': {
    resources: { Admin: admin('ecs-tasks'), It: resource('AWS::ECS::TaskDefinition', { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: 'example.com/it:1' }] }) },
    statements: [allow('ecs:Poll')],
    outside: { Admin: named('admin') },
  },
  'a session of a job': {
    resources: { Admin: admin('glue'), It: resource('AWS::Glue::Job', { Role: arnOf('Admin'), Command: {} }) },
    statements: [allow('glue:RunStatement')],
    outside: { Admin: named('admin') },
  },
  'the key that a task has from a secret': {
    resources: {
      Runner: role(trusted('ecs-tasks')),
      Secret: resource('AWS::SecretsManager::Secret'),
      It: resource('AWS::ECS::TaskDefinition', {
        ExecutionRoleArn: arnOf('Runner'), ContainerDefinitions: [{ Image: 'example.com/it:1', Secrets: [{ Name: 'AWS_SECRET_ACCESS_KEY', ValueFrom: { Ref: 'Secret' } }] }],
      }),
    },
    statements: [allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })],
    outside: { Runner: named('runner'), Secret: secret('mailer') },
  },
  'the password of a user in its environment': {
    resources: {
      Secret: resource('AWS::SecretsManager::Secret'),
      Ops: { Type: 'AWS::IAM::User', Properties: { LoginProfile: { Password: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}}}' } }, Policies: [{ PolicyName: 'own', PolicyDocument: { Statement: [allow(LIST)] } }] } },
      Work: withValue(jobOf('login', 'app', { containers: [{ name: 'main', env: [{ name: 'PASSWORD' }] }] }),
        '/spec/template/spec/containers/0/env/0/value', { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}}}' }),
    },
    statements: [],
    outside: { Secret: secret('login') },
  },
  'the password of a database': {
    resources: {
      Admin: admin('redshift'),
      Secret: resource('AWS::SecretsManager::Secret', { GenerateSecretString: { GenerateStringKey: 'password' } }),
      It: resource('AWS::Redshift::Cluster', { IamRoles: [arnOf('Admin')], MasterUserPassword: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' } }),
    },
    statements: [allow('secretsmanager:GetSecretValue', { Ref: 'Secret' })],
    outside: { Admin: named('admin'), Secret: secret('db') },
  },
  'a role that it assumes': {
    resources: { Next: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }, allow(LIST)) },
    statements: [allow('sts:AssumeRole', arnOf('Next'))],
    outside: { Next: named('next') },
  },
  'a role with access to the cluster': {
    resources: {
      Operator: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::111122223333:root' } }),
      Entry: resource('AWS::EKS::AccessEntry', { ClusterName: { Ref: 'Cluster' }, PrincipalArn: arnOf('Operator') }),
      Reader: accountRole('default:reader', allow(LIST)),
      Accounts: objects(account('reader', 'Reader')),
    },
    statements: [allow('sts:AssumeRole', arnOf('Operator'))],
    outside: { Operator: named('operator'), Reader: named('reader') },
  },
  'the role of a function that it changes': {
    resources: { Admin: admin('lambda'), Function: resource('AWS::Lambda::Function', { Role: arnOf('Admin') }) },
    statements: [allow('lambda:UpdateFunctionCode', arnOf('Function'))],
    outside: { Admin: named('admin'), Function: lambda('app') },
  },
  'a role that it passes': {
    resources: { Admin: admin('lambda') },
    statements: [allow('iam:PassRole', arnOf('Admin')), allow('lambda:CreateFunction')],
    outside: { Admin: named('admin') },
  },
};
