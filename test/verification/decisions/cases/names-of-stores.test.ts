import { ASKED, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, job, objects, role } from '../../templates';

const Parameters = { Stage: { Type: 'String', AllowedPattern: '^[a-z/]+$' }, GithubTokenSecretArn: { Type: 'String' }, SlackSecretArn: { Type: 'String' } };
const decide = (resources: object, documents: object[], statement: object) => accessTo(
  clusterTemplate({ ...resources, Role: accountRole('default:app', statement), Accounts: objects(account('app', 'Role'), ...documents) }, { Parameters }),
).pod({ serviceAccountName: 'app' }).decide(ASKED).outcome;
const sub = (text: string) => ({ 'Fn::Sub': text });
const NOTHING = allow('sqs:ListQueues');

const { resources: { Stored, ...USER } } = KINDS['the key of a user'] as any;
const keyIn = (Name: unknown) => ({ ...USER, Stored: { ...Stored, Properties: { ...Stored.Properties, Name } } });
const syncing = (kind: string, spec: object) => ({ apiVersion: 'external-secrets.io/v1', kind, metadata: { name: 'it', namespace: 'default' }, spec });
const external = (key: string) => syncing('ExternalSecret', { data: [{ remoteRef: { key } }] });
const mounted = (name: string) => syncing('SecretProviderClass', { parameters: { objects: `- objectName: "${name}"\n  objectType: secretsmanager\n` } });

test.each<[string, unknown, object, string]>([
  ['names a secret of which only the deployment knows the stage', sub('${Stage}/x'), external('infra/x'), 'UNKNOWN'],
  ['names it by its ARN', sub('${Stage}/x'), external('arn:aws:secretsmanager:us-west-2:111122223333:secret:infra/x-AbCdEf'), 'UNKNOWN'],
  ['names it in a text', sub('infra/${Stage}'), mounted('infra/x'), 'UNKNOWN'],
  ['may name it with another parameter', sub('${Stage}/x'), external('${AWS::StackName}/x'), 'UNKNOWN'],
  ['names one that is a parameter as a whole', { Ref: 'Stage' }, external('infra/x'), 'UNKNOWN'],
  ['names another secret', sub('${Stage}/x'), external('infra/y'), 'DENIED'],
  ['names another secret in a text', sub('infra/${Stage}'), mounted('apps/x'), 'DENIED'],
  ['names another secret than one without a name', undefined, external('infra/x'), 'DENIED'],
])('pods might get the key of a user from what a controller syncs, or not: it %s', (_, name, document, expected) => {
  expect(decide(keyIn(name), [document], NOTHING)).toBe(expected);
});

const TOKEN = KINDS['a token of a Git provider'].resources;
const RUNNER = role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: ['ecs-tasks.amazonaws.com', 'codebuild.amazonaws.com'] } }, allow(ASKED));
const task = (Name: string, ValueFrom: unknown, TaskRoleArn: unknown = 'arn:aws:iam::444455556666:role/it') =>
  ({ Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { TaskRoleArn, ContainerDefinitions: [{ Image: 'it@sha256:' + '0'.repeat(64), Secrets: [{ Name, ValueFrom }] }] } } });
const build = (Name: string, Value: unknown, ServiceRole: unknown = 'arn:aws:iam::444455556666:role/it') => ({
  Build: {
    Type: 'AWS::CodeBuild::Project',
    Properties: { ServiceRole, Source: { Type: 'NO_SOURCE', BuildSpec: 'version: 0.2' }, Environment: { Image: 'it@sha256:' + '0'.repeat(64), EnvironmentVariables: [{ Name, Type: 'PARAMETER_STORE', Value }] } },
  },
});
const Parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'a' } };
const about = (request: string, name: string) => allow(`ssm:${request}`, sub(`arn:aws:ssm:us-west-2:111122223333:parameter${name}`));

test.each<[string, object, unknown, string]>([
  ['a task has from a parameter without a name', { ...TOKEN, ...task('GITHUB_TOKEN', { Ref: 'Parameter' }), Parameter }, about('GetParameter', '/${Parameter}'), 'UNKNOWN'],
  ['a build has from a parameter without a name', { ...TOKEN, ...build('GITHUB_TOKEN', { Ref: 'Parameter' }), Parameter }, about('GetParameter', '/${Parameter}'), 'UNKNOWN'],
  ['a task has from another parameter', { ...TOKEN, ...task('GITHUB_TOKEN', { Ref: 'Parameter' }), Parameter }, about('GetParameter', '/app/*'), 'DENIED'],
  ['a task has, with the name as a parameter', { ...TOKEN, ...task('GITHUB_TOKEN', { Ref: 'Stage' }) }, about('GetParameter', '/${Stage}'), 'UNKNOWN'],
  ['a task has, with the name and its slash as a parameter', { ...TOKEN, ...task('GITHUB_TOKEN', { Ref: 'Stage' }) }, about('GetParameter', '${Stage}'), 'UNKNOWN'],
  ['a build has, with the name and its slash as a parameter', { ...TOKEN, ...build('GITHUB_TOKEN', { Ref: 'Stage' }) }, about('GetParameter', '${Stage}'), 'UNKNOWN'],
])('a pod might get the token that %s, or not', (_, resources, statement, expected) => {
  expect(decide(resources, [], statement as object)).toBe(expected);
});

test.each<[string, object, unknown, string]>([
  ['of a task, with the name and its slash as a parameter', task('NODE_OPTIONS', { Ref: 'Stage' }, arnOf('Runner')), about('PutParameter', '${Stage}'), 'UNKNOWN'],
  ['of a task, with the name as a parameter', task('NODE_OPTIONS', { Ref: 'Stage' }, arnOf('Runner')), about('PutParameter', '/${Stage}'), 'UNKNOWN'],
  ['of a build, with the name and its slash as a parameter', build('NODE_OPTIONS', { Ref: 'Stage' }, arnOf('Runner')), about('PutParameter', '${Stage}'), 'UNKNOWN'],
])('a pod that may change the parameter might decide the options %s, or not', (_, resources, statement, expected) => {
  expect(decide({ ...resources, Runner: RUNNER }, [], statement as object)).toBe(expected);
});

const named = (name: string) => `ops/${name.toLowerCase().replace(/_/g, '-')}`;
const arn = (name: string) => `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}`;
const container = (more: object) => job('it', 'default', { containers: [{ name: 'it', image: 'it@sha256:' + '0'.repeat(64), ...more }] });
const fetching = (name: string) => `X=$(aws secretsmanager get-secret-value --secret-id ${named(name)} --query SecretString)`;
const OUTSIDE = 'arn:aws:iam::444455556666:role/it';

/** Where something names a secret that is not in the templates, so that only its name tells what it has. */
const PLACES: { readonly [place: string]: (name: string) => { readonly resources?: object; readonly documents?: object[] } } = {
  'an ExternalSecret': (name) => ({ documents: [syncing('ExternalSecret', { data: [{ secretKey: 'x', remoteRef: { key: named(name) } }] })] }),
  'an ExternalSecret, for all of its values': (name) => ({ documents: [syncing('ExternalSecret', { dataFrom: [{ extract: { key: named(name) } }] })] }),
  'an ExternalSecret, by an expression': (name) => ({ documents: [syncing('ExternalSecret', { dataFrom: [{ find: { name: { regexp: `^${named(name)}$` } } }] })] }),
  'a variable of a build': (name) => ({ resources: build('X', named(name), OUTSIDE) }),
  'the specification of a build': (name) => ({
    resources: { Build: { Type: 'AWS::CodeBuild::Project', Properties: { Source: { Type: 'NO_SOURCE', BuildSpec: `version: 0.2\nenv:\n  secrets-manager:\n    X: ${named(name)}\n` } } } },
  }),
  'a task': (name) => ({ resources: task('X', `${arn(named(name))}-AbCdEf`) }),
  'a task, by a key of a value': (name) => ({ resources: task('X', `${arn('ops/it')}-AbCdEf:${name}::`) }),
  'a variable of a function': (name) => ({ resources: { It: { Type: 'AWS::Lambda::Function', Properties: { Role: OUTSIDE, Environment: { Variables: { SECRET_ID: named(name) } } } } } }),
  'a variable of a pod': (name) => ({ documents: [container({ env: [{ name: 'SECRET_ARN', value: `${arn(named(name))}-AbCdEf` }] })] }),
  'a command of a pod': (name) => ({ documents: [container({ command: ['sh', '-c', fetching(name)] })] }),
  'the user data of an instance': (name) => ({ resources: { It: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': `#!/bin/sh\n${fetching(name)}\n` } } } } }),
};

const TOLD = Object.entries(PLACES).flatMap(([place, naming]) =>
  Object.entries(KINDS).filter(([, { toldBy }]) => toldBy === undefined).map(([kind, how]) => [kind, place, how, naming] as const));

test.each(TOLD)('%s counts in a secret that %s names', (kind, __, how, naming) => {
  const decided = (name: string) => {
    const { resources, documents = [] } = naming(name);
    const statement = allow(['secretsmanager:GetSecretValue', 'ssm:GetParameter'], [arn('ops/*'), 'arn:aws:ssm:us-west-2:111122223333:parameter/ops/*']);
    const { Stored: _stored, ...others } = how.resources as any;
    return decide({ ...others, ...resources }, documents.map((one: any) => ({ ...one, metadata: { ...one.metadata, namespace: 'ops' } })), statement);
  };
  expect([how.name, 'SLACK_WEBHOOK'].map(decided)).toEqual(['UNKNOWN', kind === 'a certificate' ? 'UNKNOWN' : 'DENIED']); // any secret of a folder may be a certificate
});

test.each<[string, unknown, string]>([
  ['a parameter of the stack', { Ref: 'GithubTokenSecretArn' }, 'UNKNOWN'],
  ['an import', { 'Fn::ImportValue': 'GithubTokenSecretArn' }, 'UNKNOWN'],
  ['another parameter', { Ref: 'SlackSecretArn' }, 'DENIED'],
])('a pod might get a token of a Git provider from a secret whose ARN is %s, or not', (_, resource, expected) => {
  expect(decide(TOKEN, [], allow('secretsmanager:GetSecretValue', resource))).toBe(expected);
});

test.each<[string, string, string]>([
  ['after others', 'aws ssm get-parameters --names /ops/a "/ops/github-token" --with-decryption', 'UNKNOWN'],
  ['as a folder', 'aws ssm get-parameters-by-path --path /ops/github-token', 'UNKNOWN'],
  ['in the next command', 'aws ssm get-parameters --names /ops/a && echo /ops/github-token', 'DENIED'],
])('a pod might get a token of a Git provider from a parameter that a command names, or not: %s', (_, command, expected) => {
  const documents = [container({ command: ['sh', '-c', command] })].map((one: any) => ({ ...one, metadata: { ...one.metadata, namespace: 'ops' } }));
  expect(decide(TOKEN, documents, allow('ssm:GetParameter', 'arn:aws:ssm:us-west-2:111122223333:parameter/ops/*'))).toBe(expected);
});

const inStack = (Type: string, name: string, value: object) => ({ It: { Type, Properties: { Name: name, ...value } } });

test.each<[string, string, string]>([
  ['a token of a Git provider', 'github/token', 'UNKNOWN'],
  ['a token of a Git provider', 'github/deploy-key', 'UNKNOWN'],
  ['a token of a Git provider', 'github/colors', 'DENIED'],
  ['a token of a Git provider', 'slack/token', 'DENIED'],
  ['a token of another provider', 'circle/token', 'UNKNOWN'],
  ['a token of a system that acts in clusters', 'argocd/token', 'UNKNOWN'],
  ['a token of a registry of packages', 'npm/token', 'UNKNOWN'],
  ['the key of a user whom no template shows', 'aws/secret-key', 'UNKNOWN'],
  ['the key of a user whom no template shows', 'airflow/connections/aws_default', 'UNKNOWN'],
  ['the key of a user whom no template shows', 'prod/aws-access-keys', 'UNKNOWN'],
  ['the key of a user whom no template shows', 'backup/s3-credentials', 'UNKNOWN'],
  ['the key of a user whom no template shows', 'airflow/connections/postgres', 'DENIED'],
  ['the key of a user whom no template shows', 'aws/kms-keys', 'DENIED'],
])('the folder of the name of a secret or a parameter tells, too: %s in %s', (kind, name, expected) => {
  const { resources } = KINDS[kind];
  const secret = decide({ ...resources, ...inStack('AWS::SecretsManager::Secret', `ops/${name}`, {}) }, [], allow('secretsmanager:GetSecretValue'));
  const parameter = decide({ ...resources, ...inStack('AWS::SSM::Parameter', `/${name}`, { Type: 'String', Value: 'x' }) }, [], allow('ssm:GetParameter'));
  const elsewhere = decide(resources, [], allow('secretsmanager:GetSecretValue', `${arn(name)}-AbCdEf`));
  expect([secret, parameter, elsewhere]).toEqual([expected, expected, expected]);
});
