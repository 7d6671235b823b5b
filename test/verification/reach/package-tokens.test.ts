import { admin, decisionOf, LIST } from './code-apps';
import { clusterRole, rule } from './rbac-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects, withValue } from '../templates';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const container = (more: object = {}) => ({ name: 'it', image: `app@${DIGEST}`, ...more });
const running = (...command: string[]) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'web' }, spec: { serviceAccountName: 'web', containers: [container({ command })] } });
const shell = (script: string) => running('sh', '-c', script);
const having = (...env: object[]) => job('publish', 'app', { containers: [container({ env })] });
const NPM = having({ name: 'NPM_TOKEN', value: 'x' });
const INSTALL = shell('npm ci && npm run build');
const accessTo = (documents: object[], statements: object[] = [], more: object = {}) => verification.PodAccess.fromTemplates(clusterTemplate({
  Web: accountRole('web:web', allow(LIST)), Role: accountRole('default:app', ...statements), Applied: objects(...documents, account('app', 'Role'), account('web', 'Web', 'web')), ...more,
})).assume({ noOtherNodes: true });
const decide = (documents: object[], ...statements: object[]) => accessTo(documents, statements).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, string, string]>([
  ['NPM_TOKEN', 'npm ci', 'UNKNOWN'],
  ['NODE_AUTH_TOKEN', 'npm --prefix /app install', 'UNKNOWN'],
  ['NPM_TOKEN', 'npx --yes @acme/migrate', 'UNKNOWN'],
  ['NPM_CONFIG__AUTHTOKEN', 'cd /app && yarn', 'UNKNOWN'],
  ['NPM_TOKEN', 'pnpm dlx @acme/migrate', 'UNKNOWN'],
  ['TWINE_PASSWORD', 'pip install acme-jobs', 'UNKNOWN'],
  ['PYPI_API_TOKEN', 'python3 -m pip install -r requirements.txt', 'UNKNOWN'],
  ['UV_PUBLISH_TOKEN', 'pip3.12 install acme-jobs', 'UNKNOWN'],
  ['POETRY_PYPI_TOKEN_PYPI', 'poetry install --no-root', 'UNKNOWN'],
  ['PYPI_TOKEN', 'uvx acme-migrate', 'UNKNOWN'],
  ['CARGO_REGISTRY_TOKEN', 'cargo install acme', 'UNKNOWN'],
  ['GEM_HOST_API_KEY', 'bundle install', 'UNKNOWN'],
  ['RUBYGEMS_API_KEY', 'gem install acme', 'UNKNOWN'],
  ['SONATYPE_PASSWORD', './mvnw -q exec:java', 'UNKNOWN'],
  ['NUGET_API_KEY', 'dotnet run --project app', 'UNKNOWN'],
  ['ARTIFACTORY_TOKEN', 'pip install acme-jobs', 'UNKNOWN'],
  ['NPM_TOKEN', 'pip install acme-jobs', 'DENIED'],
  ['TWINE_PASSWORD', 'npm ci', 'DENIED'],
  ['NPM_TOKEN', 'npm start', 'DENIED'],
  ['NPM_TOKEN', 'npm run build', 'DENIED'],
  ['NPM_TOKEN', 'node server.js', 'DENIED'],
  ['NPM_REGISTRY', 'npm ci', 'DENIED'],
  ['NPM_TOKEN_URL', 'npm ci', 'DENIED'],
  ['SLACK_TOKEN', 'npm ci', 'DENIED'],
])('a pod that has %s might decide what others run that run %s, or not: %s', (name, script, expected) => {
  const { outcome, missing } = decide([having({ name, value: 'x' }), shell(script)]);
  expect(outcome).toBe(expected);
  expect(missing.some((one) => one.includes('with tokens of registries of packages'))).toBe(expected === 'UNKNOWN');
});

const secret = (entries: object, name = 'ci') => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' }, stringData: entries });
const mounting = (secretName: string, more: object = {}) =>
  job('publish', 'app', { containers: [container({ volumeMounts: [{ name: 'files', mountPath: '/home/ci' }] })], volumes: [{ name: 'files', secret: { secretName, ...more } }] });
const external = (secretKey: string) =>
  ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'ci', namespace: 'default' }, spec: { target: { name: 'ci' }, data: [{ secretKey, remoteRef: { key: 'store' } }] } });
const all = (name: string) => job('publish', 'app', { containers: [container({ envFrom: [{ secretRef: { name } }] })] });

test.each<[string, object[], string]>([
  ['a key of a Secret', [having({ name: 'X', valueFrom: { secretKeyRef: { name: 'ci', key: 'npm-token' } } })], 'UNKNOWN'],
  ['a Secret', [having({ name: 'X', valueFrom: { secretKeyRef: { name: 'npm-token', key: 'value' } } })], 'UNKNOWN'],
  ['all keys of a Secret', [secret({ NPM_TOKEN: 'x' }), all('ci')], 'UNKNOWN'],
  ['all keys of a Secret that a controller fills', [external('NPM_TOKEN'), all('ci')], 'UNKNOWN'],
  ['a volume with a file', [secret({ '.npmrc': '//registry.npmjs.org/:_authToken=x' }), mounting('ci')], 'UNKNOWN'],
  ['a volume with a file that it names', [mounting('ci', { items: [{ key: 'config', path: '.npmrc' }] })], 'UNKNOWN'],
  ['all keys of another Secret', [secret({ NPM_TOKEN: 'x' }), secret({ LEVEL: 'x' }, 'other'), all('other')], 'DENIED'],
  ['all keys of a Secret with something else', [secret({ DB_PASSWORD: 'x' }), all('ci')], 'DENIED'],
  ['a volume with a token of another registry', [secret({ '.pypirc': '[pypi]' }), mounting('ci')], 'DENIED'],
])('so might a pod that has a token by %s, or not', (_, documents, expected) => {
  expect(decide([...documents, INSTALL]).outcome).toBe(expected);
  expect(accessTo([...documents, INSTALL]).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

test.each([['secrets', 'UNKNOWN'], ['configmaps', 'DENIED']])('so might a pod that may read %s, or not: %s', (resource, expected) => {
  expect(decide([secret({ NPM_TOKEN: 'x' }), INSTALL, ...clusterRole(rule('', resource, 'get'))]).outcome).toBe(expected);
});

const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);

test.each([['NPM_TOKEN', 'store', 'UNKNOWN'], ['NPM_TOKEN', 'other', 'DENIED'], ['DB_PASSWORD', 'store', 'DENIED']])('so might one that reads where a value %s comes from, or not: %s', (key, name, expected) => {
  expect(decide([external(key), INSTALL], reads(name)).outcome).toBe(expected);
});

const instance = (script: string) => ({
  ...admin('ec2'),
  Profile: { Type: 'AWS::IAM::InstanceProfile', Properties: { Roles: [{ Ref: 'Admin' }] } },
  It: { Type: 'AWS::EC2::Instance', Properties: { IamInstanceProfile: { Ref: 'Profile' }, UserData: { 'Fn::Base64': `#!/bin/sh\n${script}\n` } } },
});
const build = (...commands: string[]) => ({
  ...admin('codebuild'),
  It: {
    Type: 'AWS::CodeBuild::Project',
    Properties: {
      ServiceRole: arnOf('Admin'), Source: { Type: 'NO_SOURCE', BuildSpec: JSON.stringify({ phases: { install: { commands } } }) }, Environment: { Image: 'aws/codebuild/standard:7.0' },
    },
  },
});
const task = (...Command: string[]) =>
  ({ ...admin('ecs-tasks'), It: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn: arnOf('Admin'), ContainerDefinitions: [{ Image: `app@${DIGEST}`, Command }] } } });

test.each<[string, object, object, string]>([
  ['a build', build('npm ci', 'npm test'), NPM, 'UNKNOWN'],
  ['a build that installs nothing', build('npm test'), NPM, 'DENIED'],
  ['a build, of another registry', build('pip install acme'), NPM, 'DENIED'],
  ['an instance', instance('npm install -g @acme/agent'), NPM, 'UNKNOWN'],
  ['an instance that installs packages of its system', instance('yum install -y nodejs npm'), NPM, 'DENIED'],
  ['a task', task('sh', '-c', 'npm ci && node app.js'), NPM, 'UNKNOWN'],
  ['a task whose command is a list of words', task('npx', '@acme/migrate'), NPM, 'UNKNOWN'],
  ['a task that runs a file', task('node', 'app.js'), NPM, 'DENIED'],
])('a pod that publishes packages might decide what %s does, or not', (_, resources, pods, expected) => {
  expect(decisionOf({ ...resources, Pods: objects(pods) }, allow('sqs:ListQueues')).outcome).toBe(expected);
});

test.each([['ci/npm-token', 'UNKNOWN'], ['ci/slack-token', 'DENIED']])('so might one that reads the secret %s of the templates, or not: %s', (Name, expected) => {
  const Token = { Type: 'AWS::SecretsManager::Secret', Properties: { Name } };
  expect(decisionOf({ ...build('npm ci'), Token }, allow('secretsmanager:GetSecretValue', { Ref: 'Token' })).outcome).toBe(expected);
});

test('a Secret whose value is a secret of the deployment', () => {
  const Filled = withValue(secret({}), '/stringData/NPM_TOKEN', '{{resolve:secretsmanager:store}}');
  expect(accessTo([INSTALL], [reads('store')], { Filled }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('UNKNOWN');
});
