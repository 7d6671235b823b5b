import { decisionIn, decisionOf, LIST } from './code-apps';
import { account, accountRole, allow, job, objects } from '../templates';

const named = (apiVersion: string, kind: string, spec: object, name = 'apps') => ({ apiVersion, kind, metadata: { name, namespace: 'flux' }, spec });
const release = (source: object) => named('helm.toolkit.fluxcd.io/v2', 'HelmRelease', { chart: { spec: { chart: 'apps' } }, ...source });
const kustomization = (source: object) => named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { path: './', ...source });
const FROM_SECRET = { valuesFrom: [{ kind: 'Secret', name: 'values' }] };
const external = (spec: object, name = 'values') => named('external-secrets.io/v1', 'ExternalSecret', { secretStoreRef: { name: 'aws' }, ...spec }, name);
const filledFrom = (key: unknown, target?: object) => external({ data: [{ secretKey: 'values.yaml', remoteRef: { key } }], target });
const resources = (...documents: object[]) => ({
  Values: { Type: 'AWS::SecretsManager::Secret', Properties: {} },
  Other: accountRole('default:other', allow(LIST)),
  Applied: objects(account('other', 'Other'), ...documents),
});
const put = (resource: unknown) => allow('secretsmanager:PutSecretValue', resource);
const secret = (name: string) => put(`arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-AbCdEf`);
const parameter = (name: string) => allow('ssm:PutParameter', `arn:aws:ssm:us-west-2:111122223333:parameter/${name}`);
const csi = named('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
  parameters: { objects: '- objectName: "team/values"\\n  objectType: "secretsmanager"\\n' }, secretObjects: [{ secretName: 'values', data: [] }],
});

test.each<[string, object[], object]>([
  ['a secret that fills the values of a release', [release(FROM_SECRET), filledFrom('team/values')], secret('team/values')],
  ['any secret', [release(FROM_SECRET), filledFrom('team/values')], put('*')],
  ['a secret of the templates', [release(FROM_SECRET), filledFrom('${Values}')], put({ Ref: 'Values' })],
  ['a secret that fills a Secret with another name than that of its object', [release(FROM_SECRET), external({ data: [{ remoteRef: { key: 'v' } }], target: { name: 'values' } }, 'x')], secret('v')],
  ['a parameter that fills what is substituted in a kustomization', [kustomization({ postBuild: { substituteFrom: [{ kind: 'Secret', name: 'values' }] } }), filledFrom('/team/values')], parameter('team/values')],
  ['a secret that another controller fills in', [release(FROM_SECRET), csi], secret('team/values')],
  ['a secret that a search can find', [release(FROM_SECRET), external({ dataFrom: [{ find: { name: { regexp: 'v' } } }] })], secret('v')],
])('a pod that may change %s might do what other pods of the cluster may do', (_, documents, statement) => {
  const { outcome, missing } = decisionOf(resources(...documents), statement);
  expect([outcome, missing.join()]).toEqual(['UNKNOWN', expect.stringContaining('which a controller applies to the cluster, with role Role')]);
});

/** The name that aws-cdk takes from the ARN of a secret without one. */
const part = (index: number) => ({ 'Fn::Select': [index, { 'Fn::Split': ['-', { 'Fn::Select': [6, { 'Fn::Split': [':', { Ref: 'Values' }] }] }] }] });
const SECRET_NAME = { 'Fn::Join': ['-', [part(0), part(1)]] };
const OF_STAGE = { 'Fn::Sub': 'arn:aws:secretsmanager:us-west-2:111122223333:secret:${Stage}/values-??????' };

test.each<[string, unknown, unknown, string]>([
  ['the name that aws-cdk gives', SECRET_NAME, { Ref: 'Values' }, 'UNKNOWN'],
  ['a parameter in its name', { 'Fn::Sub': '${Stage}/values' }, OF_STAGE, 'UNKNOWN'],
  ['a parameter in its name, and it may change those of a stage', { 'Fn::Sub': '${Stage}/values' }, 'arn:aws:secretsmanager:us-west-2:111122223333:secret:prod/*', 'UNKNOWN'],
  ['a parameter in its name, and it may change those with another name', { 'Fn::Sub': '${Stage}/values' }, 'arn:aws:secretsmanager:us-west-2:111122223333:secret:prod/other-*', 'DENIED'],
  ['a parameter as its name', { Ref: 'Stage' }, { 'Fn::Sub': 'arn:aws:secretsmanager:us-west-2:111122223333:secret:${Stage}-??????' }, 'UNKNOWN'],
])('a pod that may change a secret might do what other pods may do if it is named by %s', (_, key, resource, outcome) => {
  expect(outcomeOfKey(key, put(resource))).toBe(outcome);
});

test('a pod that may delete and create a secret whose name only the deployment knows might do what other pods may do', () => {
  const outcomeOf = (...actions: string[]) => outcomeOfKey({ 'Fn::Sub': '${Stage}/values' }, allow(actions, OF_STAGE));
  expect(outcomeOf('secretsmanager:DeleteSecret', 'secretsmanager:CreateSecret')).toBe('UNKNOWN');
  expect(outcomeOf('secretsmanager:DeleteSecret')).toBe('DENIED');
});

function outcomeOfKey(key: unknown, statement: object): string {
  const { Applied, ...others } = resources(release(FROM_SECRET), filledFrom('${Key}'));
  const { Properties: { Manifest: { 'Fn::Sub': [manifest] }, ...properties }, ...applied } = Applied as any;
  const withKey = { ...applied, Properties: { ...properties, Manifest: { 'Fn::Sub': [manifest, { Key: key }] } } };
  const sections = { Parameters: { Stage: { Type: 'String', AllowedPattern: '[a-z]+' } } };
  return decisionIn(sections, { ...others, Others: others.Values, Applied: withKey }, statement).outcome;
}

test.each<[string, object[], object]>([
  ['another secret', [release(FROM_SECRET), filledFrom('team/values')], secret('team/other')],
  ['another secret than the one with an ARN', [release(FROM_SECRET), filledFrom('arn:aws:secretsmanager:us-west-2:111122223333:secret:team/values-AbCdEf')], secret('team/other')],
  ['the secret of another Secret', [release({ valuesFrom: [{ kind: 'Secret', name: 'others' }] }), filledFrom('team/values')], secret('team/values')],
  ['the secret with the credentials of a repository', [named('source.toolkit.fluxcd.io/v1', 'GitRepository', { url: 'https://example.com/a', secretRef: { name: 'values' } }), filledFrom('team/values')], secret('team/values')],
  ['a secret that only pods read', [filledFrom('team/values')], secret('team/values')],
])('a pod that may change %s cannot', (_, documents, statement) => {
  expect(decisionOf(resources(...documents), statement).outcome).toBe('DENIED');
});

const withEnvironment = (from: object, ...documents: object[]) => ({
  Other: accountRole('default:other', allow(LIST)),
  Applied: objects(account('other', 'Other'), job('report', 'other', { containers: [{ name: 'main', image: 'nginx:1', ...from }] }), ...documents),
});
const ENVIRONMENT = { envFrom: [{ secretRef: { name: 'settings' } }] };
const settings = (spec: object, namespace = 'default') =>
  ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'settings', namespace }, spec });
const EXTRACTED = { dataFrom: [{ extract: { key: 'team/settings' } }] };

test.each<[string, object, string]>([
  ['all keys of a secret', withEnvironment(ENVIRONMENT, settings(EXTRACTED)), 'UNKNOWN'],
  ['all keys of a secret, and of which one variable is taken', withEnvironment({ env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'settings', key: 'a' } } }] }, settings(EXTRACTED)), 'DENIED'],
  ['one key of a secret', withEnvironment(ENVIRONMENT, settings({ data: [{ secretKey: 'A', remoteRef: { key: 'team/settings' } }] })), 'DENIED'],
  ['all keys of another secret', withEnvironment(ENVIRONMENT, settings({ dataFrom: [{ extract: { key: 'team/other' } }] })), 'DENIED'],
  ['all keys of a secret, but in another namespace', withEnvironment(ENVIRONMENT, settings(EXTRACTED, 'other')), 'DENIED'],
])('a pod that writes the secret might decide the environment that has %s, or not', (_, its, outcome) => {
  expect(decisionOf(its, secret('team/settings')).outcome).toBe(outcome);
});

const ofCluster = { ...settings({ externalSecretName: 'settings', externalSecretSpec: EXTRACTED }), kind: 'ClusterExternalSecret' };
const found = settings({ dataFrom: [{ find: { name: { regexp: '.*' } } }] });
const CREATE = allow('secretsmanager:CreateSecret');

test.each<[string, object, object, string]>([
  ['all keys of a secret in several namespaces', withEnvironment(ENVIRONMENT, ofCluster), secret('team/settings'), 'UNKNOWN'],
  ['all keys of another secret in several namespaces', withEnvironment(ENVIRONMENT, ofCluster), secret('team/other'), 'DENIED'],
  ['a key for each secret, and may make one', withEnvironment(ENVIRONMENT, found), CREATE, 'UNKNOWN'],
  ['all keys of a secret, and may make another one', withEnvironment(ENVIRONMENT, settings(EXTRACTED)), CREATE, 'DENIED'],
  ['all keys of a secret, and may delete it and make it again', withEnvironment(ENVIRONMENT, settings(EXTRACTED)), allow(['secretsmanager:CreateSecret', 'secretsmanager:DeleteSecret']), 'UNKNOWN'],
])('a pod might decide the environment that has %s, or not', (_, its, statement, outcome) => {
  expect(decisionOf(its, statement).outcome).toBe(outcome);
});
