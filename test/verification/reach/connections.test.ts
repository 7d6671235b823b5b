import { admin, decisionOf, LIST, trusted } from './code-apps';
import { account, accountRole, allow, arnOf, objects, role } from '../templates';

const ARN = 'arn:aws:codeconnections:us-west-2:111122223333:connection/aaaa-1111';
const Connection = { Type: 'AWS::CodeConnections::Connection', Properties: { ConnectionName: 'git', ProviderType: 'GitHub' } };
const project = (Source: object, more: object = {}) => ({
  Connection, ...admin('codebuild'), It: { Type: 'AWS::CodeBuild::Project', Properties: { ServiceRole: arnOf('Admin'), Source } }, ...more,
});
const action = (Provider: string, Configuration: object) => ({ Name: Provider, ActionTypeId: { Provider }, Configuration });
const pipeline = (ConnectionArn: unknown) => project({ Type: 'CODEPIPELINE' }, {
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: {
      RoleArn: arnOf('Runner'),
      Stages: [{ Actions: [action('CodeStarSourceConnection', { ConnectionArn, FullRepositoryId: 'org/app' }), action('CodeBuild', { ProjectName: { Ref: 'It' } })] }],
    },
  },
  Runner: role(trusted('codepipeline')),
});
const byAuth = project({ Type: 'GITHUB', Location: 'https://github.com/org/app', Auth: { Type: 'CODECONNECTIONS', Resource: ARN } });
const byCredential = project({ Type: 'GITHUB', Location: 'https://github.com/org/app' }, {
  Credential: { Type: 'AWS::CodeBuild::SourceCredential', Properties: { AuthType: 'CODECONNECTIONS', ServerType: 'GITHUB', Token: ARN } },
});
const TOKEN = '{{resolve:secretsmanager:github:SecretString:token}}';
const byToken = project({ Type: 'CODEPIPELINE' }, {
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: { RoleArn: arnOf('Runner'), Stages: [{ Actions: [action('GitHub', { OAuthToken: TOKEN }), action('CodeBuild', { ProjectName: { Ref: 'It' } })] }] },
  },
  Runner: role(trusted('codepipeline')),
});
const bySource = project({ Type: 'GITHUB' }, {
  Credential: { Type: 'AWS::CodeBuild::SourceCredential', Properties: { AuthType: 'PERSONAL_ACCESS_TOKEN', ServerType: 'GITHUB', Token: TOKEN } },
});
const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);
const SECRET = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:github-abcdef';
const bySecret = (Resource: unknown) => project({ Type: 'GITHUB', Location: 'https://github.com/org/app', Auth: { Type: 'SECRETS_MANAGER', Resource } });
const pulled = (Image: string) => ({
  ...admin('ecs-tasks'),
  It: {
    Type: 'AWS::ECS::TaskDefinition',
    Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Name: 'a', Image, RepositoryCredentials: { CredentialsParameter: SECRET } }] },
  },
});
const builtIn = (Credential: unknown) => project({ Type: 'NO_SOURCE', BuildSpec: '{}' }, {
  It: {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      ServiceRole: arnOf('Admin'),
      Source: { Type: 'NO_SOURCE', BuildSpec: '{}' },
      Environment: { Image: 'registry.example.com/builder:1', RegistryCredential: { Credential, CredentialProvider: 'SECRETS_MANAGER' } },
    },
  },
});
const application = {
  Other: accountRole('ops:admin', allow(LIST)),
  Ops: objects({ ...account('admin', 'Other'), metadata: { name: 'admin', namespace: 'ops' } }, {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: { name: 'platform', namespace: 'argocd' },
    spec: {
      source: { repoURL: 'https://codeconnections.us-west-2.amazonaws.com/git-http/111122223333/us-west-2/aaaa-1111/org/app.git', path: '.' },
      destination: { server: 'https://kubernetes.default.svc', namespace: 'ops' },
    },
  }),
};
const uses = (resource: unknown = '*', condition: object = {}) => ({ ...allow('codeconnections:UseConnection', resource), ...condition });
const only = (key: string, value: string) => uses('*', { Condition: { StringEquals: { [`codeconnections:${key}`]: value } } });
const OTHER = 'arn:aws:codeconnections:us-west-2:111122223333:connection/bbbb-2222';
const OLD = 'arn:aws:codestar-connections:us-west-2:111122223333:connection/aaaa-1111';

test.each<[string, object, object, string]>([
  ['of a pipeline', pipeline({ Ref: 'Connection' }), uses({ Ref: 'Connection' }), 'UNKNOWN'],
  ['of a pipeline, by its ARN', pipeline(ARN), uses(ARN), 'UNKNOWN'],
  ['of a pipeline, by its old name', pipeline(ARN), allow('codestar-connections:UseConnection', OLD), 'UNKNOWN'],
  ['of a pipeline that is a parameter', pipeline({ Ref: 'Script' }), uses(ARN), 'UNKNOWN'],
  ['of a pipeline, by a token', pipeline(ARN), allow('codeconnections:GetConnectionToken', ARN), 'UNKNOWN'],
  ['of a pipeline, by a token and its old name', pipeline(ARN), allow('codestar-connections:GetConnectionToken', OLD), 'UNKNOWN'],
  ['of an Application, by a token', application, allow('codeconnections:GetConnectionToken', ARN), 'UNKNOWN'],
  ['of a pipeline, but gets no token', pipeline(ARN), allow('codeconnections:GetConnection', ARN), 'DENIED'],
  ['that may be to the same repository, by a token', pipeline(ARN), allow('codeconnections:GetConnectionToken', OTHER), 'UNKNOWN'],
  ['of a build', byAuth, uses(), 'UNKNOWN'],
  ['of the credentials of builds', byCredential, uses(), 'UNKNOWN'],
  ['of an Application', application, uses(ARN), 'UNKNOWN'],
  ['of a pipeline, to push', pipeline(ARN), only('ProviderAction', 'GitPush'), 'UNKNOWN'],
  ['of a pipeline, but only to pull', pipeline(ARN), only('ProviderAction', 'GitPull'), 'DENIED'],
  ['of a pipeline, but only to read', pipeline(ARN), only('ProviderPermissionsRequired', 'read_only'), 'DENIED'],
  ['that may be to the same repository', pipeline(ARN), uses(OTHER), 'UNKNOWN'],
  ['that may be to the repository of an Application', application, uses(OTHER), 'UNKNOWN'],
  ['of nothing', admin('codebuild'), uses(OTHER), 'DENIED'],
])('a pod that uses a connection %s might push what that runs, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

test.each<[string, object, object, string]>([
  ['a pipeline', byToken, reads('github'), 'UNKNOWN'],
  ['builds', bySource, reads('github'), 'UNKNOWN'],
  ['builds with a secret', bySecret(SECRET), reads('github'), 'UNKNOWN'],
  ['builds with a secret of the templates', { ...bySecret({ Ref: 'Secret' }), Secret: { Type: 'AWS::SecretsManager::Secret', Properties: {} } },
    allow('secretsmanager:GetSecretValue', { Ref: 'Secret' }), 'UNKNOWN'],
  ['another one', byToken, reads('other'), 'DENIED'],
  ['builds with another secret', bySecret(SECRET), reads('other'), 'DENIED'],
])('a pod that reads the token of the source of %s might push what that runs, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

test.each<[string, object, object, string]>([
  ['a task', pulled('docker.io/org/app:latest'), reads('github'), 'UNKNOWN'],
  ['a build', builtIn('github'), reads('github'), 'UNKNOWN'],
  ['a build in another registry', builtIn('github'), reads('other'), 'DENIED'],
  ['a task in another registry', pulled('docker.io/org/app:latest'), reads('other'), 'DENIED'],
  ['a task by its digest', pulled(`docker.io/org/app@sha256:${'a'.repeat(64)}`), reads('github'), 'DENIED'],
])('a pod that reads the password of the registry of an image might push the image of %s, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});
