import { account, accountRole, allow, arnOf, job, objects, role } from '../../templates';

/** An identity pool that gives its users a role with a statement. */
export const usersOfCognito = (statement: object) => ({
  Pool: { Type: 'AWS::Cognito::IdentityPool', Properties: { AllowUnauthenticatedIdentities: false } },
  Roles: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: { Ref: 'Pool' }, Roles: { authenticated: arnOf('Given') } } },
  Given: role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: 'cognito-identity.amazonaws.com' },
    Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': { Ref: 'Pool' } }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' } },
  }, statement),
});

/** What only a credential of a kind allows in these tests. */
export const ASKED = 'sns:ListTopics';

/** A kind of credentials, of which the value is in a secret, and what it leads to. */
export interface Kind {
  /** Under which name a variable or a Secret has it. */
  readonly name: string;
  /** The name of the secret. */
  readonly stored: string;
  /** What tells that a pod has it, instead of a name: what the secret has, or a host. */
  readonly toldBy?: 'value' | 'host';
  /** What has the value in the templates, and what it gives. */
  readonly resources: object;
}

const statement = allow(ASKED);
const policies = { Policies: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } }] };
const inSecret = (SecretString: object) => ({ Stored: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'ops/it', SecretString } } });
const byIssuer = (issuer: string, subject: string) => ({
  Given: role({
    Effect: 'Allow',
    Action: 'sts:AssumeRoleWithWebIdentity',
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
    Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' }, StringLike: { [`${issuer}:sub`]: subject } },
  }, statement),
});
const trusting = (service: string) => role({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'], Principal: { Service: `${service}.amazonaws.com` } }, statement);
const inCluster = (image = 'ops@sha256:' + '0'.repeat(64), more: object = {}) => ({ // another image would be changed by whoever pushes one
  Given: accountRole('victim:victim', statement),
  Victim: objects(account('victim', 'Given', 'victim'), { ...job('victim', 'victim', { containers: [{ name: 'it', image, ...more }] }), metadata: { name: 'victim', namespace: 'victim' } }),
});
const password = '{{resolve:secretsmanager:ops/it:SecretString:password}}';

export const KINDS: { readonly [kind: string]: Kind } = {
  'the key of a user': {
    name: 'AWS_SECRET_ACCESS_KEY',
    stored: 'ops/it',
    resources: {
      User: { Type: 'AWS::IAM::User', Properties: policies },
      Key: { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'User' } } },
      ...inSecret({ 'Fn::GetAtt': ['Key', 'SecretAccessKey'] }),
    },
  },
  'the key of a user whom no template shows': { name: 'AWS_SECRET_ACCESS_KEY', stored: 'ops/it', resources: {} },
  'the password of a user': {
    name: 'PASSWORD', stored: 'ops/it', toldBy: 'value', resources: { User: { Type: 'AWS::IAM::User', Properties: { ...policies, LoginProfile: { Password: password } } } },
  },
  'the password of a database': {
    name: 'PGPASSWORD',
    stored: 'ops/it',
    toldBy: 'value',
    resources: {
      Given: trusting('rds'),
      Database: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: password, AssociatedRoles: [{ RoleArn: arnOf('Given'), FeatureName: 's3Import' }] } },
    },
  },
  'a token of a Git provider': { name: 'GITHUB_TOKEN', stored: 'ops/it', resources: byIssuer('token.actions.githubusercontent.com', 'repo:acme/*') },
  'a token of another provider': { name: 'CIRCLE_TOKEN', stored: 'ops/it', resources: byIssuer('oidc.circleci.com/org/acme', 'org/acme/project/*') },
  'a token of a system that acts in clusters': { name: 'ARGOCD_AUTH_TOKEN', stored: 'ops/it', resources: inCluster() },
  'a token of a cluster': { name: 'KUBE_TOKEN', stored: 'ops/it', resources: inCluster() },
  'a kubeconfig': { name: 'KUBECONFIG', stored: 'ops/kubeconfig', resources: inCluster() },
  'a certificate': { name: 'CLIENT_PRIVATE_KEY', stored: 'ops/client-cert', resources: { Given: trusting('rolesanywhere') } },
  'the code of a hybrid activation': { name: 'SSM_ACTIVATION_CODE', stored: 'ops/activation-code', resources: { Given: trusting('ssm') } },
  'the password of a registry': { name: 'DOCKER_AUTH_CONFIG', stored: 'ops/it', resources: inCluster('ghcr.io/acme/it:1') },
  'the password of another registry': { name: 'QUAY_TOKEN', stored: 'ops/it', resources: inCluster('quay.io/acme/it:1') },
  'a token of a registry of packages': { name: 'NPM_TOKEN', stored: 'ops/it', resources: inCluster(undefined, { command: ['npm', 'ci'] }) },
  'a token of HCP Terraform': { name: 'TF_TOKEN_app_terraform_io', stored: 'ops/it', resources: byIssuer('app.terraform.io', 'organization:acme:*') },
  'a token of a job of GitLab': { name: 'CI_JOB_TOKEN', stored: 'ops/it', resources: byIssuer('gitlab.com', 'project_path:acme/*') },
  'the password of a user of Amazon Cognito': {
    name: 'COGNITO_PASSWORD',
    stored: 'ops/it',
    resources: usersOfCognito(statement),
  },
  'an SSH key': {
    name: 'SSH_PRIVATE_KEY',
    stored: 'ops/it',
    resources: {
      Given: trusting('ec2'),
      OfMachine: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Given' }] } },
      Machine: { Type: 'AWS::EC2::Instance', Properties: { KeyName: 'ops', IamInstanceProfile: { Ref: 'OfMachine' } } },
    },
  },
  'a key of AWS Transfer Family': {
    name: 'SFTP_PRIVATE_KEY',
    stored: 'ops/it',
    toldBy: 'host',
    resources: { Given: trusting('transfer'), Person: { Type: 'AWS::Transfer::User', Properties: { Role: arnOf('Given') } } },
  },
};
