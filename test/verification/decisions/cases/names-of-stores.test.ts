import { ASKED, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../../templates';

const Parameters = { Stage: { Type: 'String', AllowedPattern: '^[a-z/]+$' } };
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
