import { decisionOf, LIST, trusted } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role, withValue } from '../templates';

const trusting = (issuer: string, sub: string) => role({
  Effect: 'Allow',
  Action: 'sts:AssumeRoleWithWebIdentity',
  Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
  Condition: { StringLike: { [`${issuer}:sub`]: sub } },
}, allow(LIST));
const deploy = { Deploy: trusting('token.actions.githubusercontent.com', 'repo:acme/shop:*') };
const PUSH = ['codeconnections:UseConnection', 'codestar-connections:UseConnection'];
const ARN = 'arn:aws:codeconnections:us-west-2:111122223333:connection/aaaa-1111';
const TOKEN = '{{resolve:secretsmanager:github:SecretString:token}}';
const pipeline = (Configuration: object) => ({
  ...deploy,
  Runner: role(trusted('codepipeline')),
  Pipeline: {
    Type: 'AWS::CodePipeline::Pipeline',
    Properties: { RoleArn: arnOf('Runner'), Stages: [{ Actions: [{ Name: 'Source', ActionTypeId: { Provider: 'GitHub' }, Configuration }] }] },
  },
});
const credential = (AuthType: string, Token: unknown) =>
  ({ ...deploy, Credential: { Type: 'AWS::CodeBuild::SourceCredential', Properties: { AuthType, ServerType: 'GITHUB', Token } } });
const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);
const only = (key: string, value: string) => ({ ...allow(PUSH), Condition: { StringEquals: { [`codeconnections:${key}`]: value, [`codestar-connections:${key}`]: value } } });
const object = (apiVersion: string, kind: string, namespace: string, spec: object, more: object = {}) => ({ apiVersion, kind, metadata: { name: 'repo', namespace }, spec, ...more });
const LABELS = { 'argocd.argoproj.io/secret-type': 'repository' };
const argo = (stringData: object, namespace = 'argocd', labels: object = LABELS) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'repo', namespace, labels }, stringData });
const ofArgo = (key: string) => ({ ...deploy, Applied: withValue(argo({}), `/stringData/${key}`, TOKEN) });
const external = (name: string, labels: object = LABELS) => object('external-secrets.io/v1', 'ExternalSecret', 'argocd', {
  target: { name, template: { metadata: { labels } } }, data: [{ secretKey: 'password', remoteRef: { key: 'github' } }],
});
const flux = (namespace = 'flux-system') => object('source.toolkit.fluxcd.io/v1', 'GitRepository', namespace, { url: 'https://github.com/acme/shop', secretRef: { name: 'git' } });
const inCluster = (...documents: object[]) => ({ ...deploy, Applied: objects(...documents) });

test.each<[string, object, object, string]>([
  ['a connection', deploy, allow(PUSH), 'UNKNOWN'],
  ['one connection', deploy, allow('codeconnections:UseConnection', ARN), 'UNKNOWN'],
  ['a token of a connection', deploy, allow('codeconnections:GetConnectionToken', ARN), 'UNKNOWN'],
  ['a connection, only to push', deploy, only('ProviderAction', 'GitPush'), 'UNKNOWN'],
  ['a connection, only to pull', deploy, only('ProviderAction', 'GitPull'), 'DENIED'],
  ['a connection, only to read', deploy, only('ProviderPermissionsRequired', 'read_only'), 'DENIED'],
  ['what describes a connection', deploy, allow('codeconnections:GetConnection'), 'DENIED'],
  ['a connection for a role of GitLab', { Deploy: trusting('gitlab.com', 'project_path:acme/shop:*') }, allow(PUSH), 'UNKNOWN'],
  ['a connection for a role of HCP Terraform', { Deploy: trusting('app.terraform.io', 'organization:acme:*') }, allow(PUSH), 'UNKNOWN'],
  ['a connection for a role of pods', { Deploy: role(trusted('pods.eks'), allow(LIST)) }, allow(PUSH), 'DENIED'],
  ['a connection for a role of SPIFFE', { Deploy: trusting('oidc.example.org', 'spiffe://example.org/x') }, allow(PUSH), 'DENIED'],
  ['the token of a pipeline', pipeline({ OAuthToken: TOKEN }), reads('github'), 'UNKNOWN'],
  ['another secret than that of a pipeline', pipeline({ OAuthToken: TOKEN }), reads('other'), 'DENIED'],
  ['a secret without a pipeline', deploy, reads('github'), 'DENIED'],
  ['the token of builds', credential('PERSONAL_ACCESS_TOKEN', TOKEN), reads('github'), 'UNKNOWN'],
  ['the secret of builds', credential('SECRETS_MANAGER', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:github-abcdef'), reads('github'), 'UNKNOWN'],
  ['another secret than that of builds', credential('SECRETS_MANAGER', 'arn:aws:secretsmanager:us-west-2:111122223333:secret:github-abcdef'), reads('other'), 'DENIED'],
  ['the secret from which a repository of Argo CD is filled', inCluster(external('repo')), reads('github'), 'UNKNOWN'],
  ['another secret than that of Argo CD', inCluster(external('repo')), reads('other'), 'DENIED'],
  ['the secret in a repository of Argo CD', ofArgo('password'), reads('github'), 'UNKNOWN'],
  ['another secret than that in a repository of Argo CD', ofArgo('password'), reads('other'), 'DENIED'],
  ['the secret with the address of a repository of Argo CD', ofArgo('url'), reads('github'), 'DENIED'],
  ['the secret of another ExternalSecret', inCluster(external('repo', {})), reads('github'), 'DENIED'],
  ['the secret from which that of a source of Flux is filled', inCluster(flux(), external('git', {})), reads('github'), 'UNKNOWN'],
  ['the secret of something else than a source of Flux', inCluster(flux(), external('other', {})), reads('github'), 'DENIED'],
])('a pod that can push to a repository by %s might get a role that trusts its workflows, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const synced = (secretKey: string, remoteRef: object = { key: 'github' }) => object('external-secrets.io/v1', 'ExternalSecret', 'bots', { data: [{ secretKey, remoteRef }] });
const ofTask = (Name: string) => ({ ...deploy, Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: 'bot', Secrets: [{ Name, ValueFrom: GITHUB }] }] } } });
const GITHUB = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:github-abcdef';
const ofBuild = (Name: string) => ({
  ...deploy, Build: { Type: 'AWS::CodeBuild::Project', Properties: { Environment: { EnvironmentVariables: [{ Name, Type: 'SECRETS_MANAGER', Value: 'github:token' }] } } },
});

test.each<[string, object, string]>([
  ['a task has it', ofTask('GITHUB_TOKEN'), 'UNKNOWN'],
  ['a task has something else', ofTask('GITHUB_WEBHOOK_SECRET'), 'DENIED'],
  ['a task has a password', ofTask('GHOST_PASSWORD'), 'DENIED'],
  ['a task has it, and no role trusts workflows', { ...ofTask('GITHUB_TOKEN'), Deploy: role(trusted('pods.eks'), allow(LIST)) }, 'DENIED'],
  ['a task has that of HCP Terraform', ofTask('TFE_TOKEN'), 'UNKNOWN'],
  ['a build has it', ofBuild('GH_TOKEN'), 'UNKNOWN'],
  ['a build has something else', ofBuild('NPM_TOKEN'), 'DENIED'],
  ['a controller syncs it', inCluster(synced('ATLANTIS_GH_TOKEN')), 'UNKNOWN'],
  ['a controller syncs it from a value', inCluster(synced('x', { key: 'github', property: 'githubToken' })), 'UNKNOWN'],
  ['a controller syncs the key of an app', inCluster(synced('github_app_private_key')), 'UNKNOWN'],
  ['a controller syncs the token of a bot', inCluster(synced('RENOVATE_TOKEN')), 'UNKNOWN'],
  ['a controller syncs the ID of an app', inCluster(synced('github_app_id')), 'DENIED'],
  ['a template has it', { ...deploy, Applied: withValue(argo({}, 'bots', {}), '/stringData/gitlab-token', TOKEN) }, 'UNKNOWN'],
])('a pod that reads what a token of a Git provider comes from might push to its repositories, or not: %s', (_, resources, outcome) => {
  expect(decisionOf(resources, reads('github')).outcome).toBe(outcome);
  expect(decisionOf(resources, reads('other')).outcome).toBe('DENIED');
});

const bot = (variable: object, serviceAccountName = 'app') => object('v1', 'Pod', 'bots', { serviceAccountName, containers: [{ name: 'bot', env: [variable] }] });
const TOKEN_PARAMETER = { Ref: 'Token' };
const withToken = (Type: string, Properties: object) => ({ ...deploy, Holder: { Type, Properties } });
const userData = (script: string) => withToken('AWS::EC2::Instance', { UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/bash\n${script}` } } });
const ofParameter = (resources: object, token: object, action: string) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...resources, Role: accountRole('default:app', allow(action)), Objects: objects(account('app', 'Role')) }, { Parameters: { Token: { Type: 'String', ...token }, Stage: { Type: 'String' } } }))
  .assume({ noOtherNodes: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome;

test.each<[string, object, string]>([
  ['a function has it', withToken('AWS::Lambda::Function', { Environment: { Variables: { GITHUB_TOKEN: TOKEN_PARAMETER } } }), 'UNKNOWN'],
  ['a function has something else', withToken('AWS::Lambda::Function', { Environment: { Variables: { GITHUB_ORG: TOKEN_PARAMETER } } }), 'DENIED'],
  ['a secret has it', withToken('AWS::SecretsManager::Secret', { Name: 'github-token', SecretString: TOKEN_PARAMETER }), 'UNKNOWN'],
  ['a source has it', withToken('AWS::CodeBuild::SourceCredential', { ServerType: 'GITHUB', Token: TOKEN_PARAMETER }), 'UNKNOWN'],
  ['user data has it', userData('export GITHUB_TOKEN=${Token}'), 'UNKNOWN'],
  ['user data has it in a URL', userData('git clone https://x:${Token}@github.com/acme/shop'), 'UNKNOWN'],
  ['user data has something else', userData('export STAGE=${Token}; export GITHUB_TOKEN=$(get-token)'), 'DENIED'],
  ['a workload has it', { ...deploy, Applied: withValue(bot({ name: 'GITHUB_TOKEN', value: 'x' }), '/spec/containers/0/env/0/value', TOKEN_PARAMETER) }, 'UNKNOWN'],
])('a token of a Git provider can be read as a parameter of a stack, unless it has NoEcho: %s', (_, resources, outcome) => {
  expect(ofParameter(resources, {}, 'cloudformation:DescribeStacks')).toBe(outcome);
  expect(ofParameter(resources, { NoEcho: true }, 'cloudformation:DescribeStacks')).toBe('DENIED');
});

test('a token of a Git provider in the URL of a repository can be read in user data', () => {
  expect(ofParameter(userData('git clone https://x:${Token}@github.com/acme/shop'), { NoEcho: true }, 'ec2:DescribeInstanceAttribute')).toBe('UNKNOWN');
});

test.each([['github', ''], ['gitlab', 'not ']])('the secret of a repository counts only under the condition with which it is that one: %s', (name, not) => {
  const manifest = JSON.stringify([external('repo')]).replace('"key":"github"', '"key":"${Key}"');
  const Manifest = { 'Fn::Sub': [manifest, { Key: { 'Fn::If': ['IsProd', 'github', 'gitlab'] } }] };
  const applied = { ...deploy, Applied: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { ClusterName: { Ref: 'Cluster' }, Manifest } } };
  expect(decisionOf(applied, reads(name)).missing).toEqual(expect.arrayContaining([
    `with IsProd (\${Stage} is ${not}"prod"), the outcome is UNKNOWN`,
    expect.stringContaining('may request secretsmanager:GetSecretValue, and so might decide what Deploy does with role Deploy'),
  ]));
  expect(decisionOf(applied, reads('other')).outcome).toBe('DENIED');
});

const heldBy = (namespace: string, ...documents: object[]) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...deploy, Applied: objects({ ...account('app'), metadata: { name: 'app', namespace } }, ...documents) }))
  .assume({ noOtherNodes: true }).pod({ namespace, serviceAccountName: 'app' }).decide(LIST);

test.each<[string, string, object, string]>([
  ['a repository of Argo CD', 'argocd', argo({ url: 'https://github.com/acme/shop', password: 'x' }), 'UNKNOWN'],
  ['a repository of Argo CD that is filled', 'argocd', external('repo'), 'UNKNOWN'],
  ['a public repository of Argo CD', 'argocd', argo({ url: 'https://github.com/acme/shop' }), 'DENIED'],
  ['a cluster of Argo CD', 'argocd', argo({ server: 'https://example.com', name: 'x' }, 'argocd', { 'argocd.argoproj.io/secret-type': 'cluster' }), 'DENIED'],
  ['a bot', 'bots', argo({ GH_PAT: 'x' }, 'bots', {}), 'UNKNOWN'],
  ['a bot that is filled', 'bots', synced('GITHUB_TOKEN'), 'UNKNOWN'],
  ['a bot in another namespace', 'default', synced('GITHUB_TOKEN'), 'DENIED'],
  ['a bot by a variable', 'bots', bot({ name: 'GITHUB_TOKEN', value: 'x' }), 'UNKNOWN'],
  ['a bot by a variable of another name', 'bots', bot({ name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'bot', key: 'github_token' } } }), 'UNKNOWN'],
  ['another service by a variable', 'bots', bot({ name: 'SLACK_TOKEN', value: 'x' }), 'DENIED'],
  ['a bot of another account by a variable', 'bots', bot({ name: 'GITHUB_TOKEN', value: 'x' }, 'other'), 'DENIED'],
  ['a source of Flux', 'flux-system', flux(), 'UNKNOWN'],
  ['a source of Flux in another namespace', 'default', flux(), 'DENIED'],
  ['a repository of Argo CD in another namespace', 'default', argo({ password: 'x' }), 'DENIED'],
])('pods that can mount the credentials of %s might get a role that trusts its workflows, or not', (_, namespace, document, outcome) => {
  expect(heldBy(namespace, document).outcome).toBe(outcome);
});

test('the answer names the request, and the object', () => {
  expect(decisionOf(deploy, allow(PUSH)).missing).toEqual([expect.stringContaining('may request codeconnections:UseConnection, and so might decide what Deploy does with role Deploy')]);
  expect(heldBy('flux-system', flux()).missing).toEqual([expect.stringContaining('because of GitRepository repo: it names the credentials of a repository')]);
});
