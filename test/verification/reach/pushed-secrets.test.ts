import { accessTo, clusterRole, role, rule, ruleFor } from './rbac-apps';
import { account, accountRole, allow } from '../templates';

const WRITE = 'secretsmanager:PutSecretValue';
const object = (kind: string, namespace: string | undefined, name: string, spec: object) =>
  ({ apiVersion: 'external-secrets.io/v1', kind, metadata: { name, ...namespace && { namespace } }, spec });
const push = (selector: object = { secret: { name: 'login' } }, more: object = {}) =>
  object('PushSecret', 'apps', 'push', { secretStoreRefs: [{ name: 'aws', kind: 'SecretStore' }], selector, data: [{ match: { remoteRef: { remoteKey: 'login' } } }], ...more });
const store = (provider: object) => object('SecretStore', 'apps', 'aws', { provider });
const AWS = store({ aws: { service: 'SecretsManager' } });
const BY_ACCOUNT = store({ aws: { service: 'SecretsManager', auth: { jwt: { serviceAccountRef: { name: 'writer' } } } } });
const WITH_NAME = object('ClusterPushSecret', undefined, 'push', { pushSecretSpec: { secretStoreRefs: [{ name: 'aws' }], selector: { secret: { name: 'login' } } } });
const decideWith = (documents: object[], name = 'external-secrets', namespace = 'tools') =>
  accessTo([...documents, account(name, 'Controller', namespace)], [], { Controller: accountRole(`${namespace}:${name}`, allow(WRITE)) }).pod({ serviceAccountName: 'app' }).decide(WRITE);
const CHANGES = role('apps', rule('', 'secrets', 'patch'));

test.each<[string, object[], string]>([
  ['the Secret', [push(), AWS, ...CHANGES], 'UNKNOWN'],
  ['the Secret, by its name', [push(), AWS, ...role('apps', ruleFor(['login'], '', 'secrets', 'update'))], 'UNKNOWN'],
  ['the Secret, in the whole cluster', [push(), AWS, ...clusterRole(rule('', 'secrets', 'update'))], 'UNKNOWN'],
  ['the Secret, which a store outside the templates gets', [push(), ...CHANGES], 'UNKNOWN'],
  ['the Secret, which is not there', [push(), AWS, ...role('apps', rule('', 'secrets', 'create'))], 'UNKNOWN'],
  ['Secrets that labels select', [push({ secret: { selector: { matchLabels: { push: 'true' } } } }), AWS, ...CHANGES], 'UNKNOWN'],
  ['Secrets of a namespace, of which any may be written', [WITH_NAME, AWS, ...CHANGES], 'UNKNOWN'],
  ['another Secret', [push(), AWS, ...role('apps', ruleFor(['other'], '', 'secrets', 'update'))], 'DENIED'],
  ['Secrets of another namespace', [push(), AWS, ...role('web', rule('', 'secrets', 'patch'))], 'DENIED'],
  ['nothing: it creates what is there', [push(), AWS, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login', namespace: 'apps' } }, ...role('apps', rule('', 'secrets', 'create'))], 'DENIED'],
  ['the Secret, which another store gets', [push(), store({ vault: { server: 'https://vault.example.com' } }), ...CHANGES], 'DENIED'],
  ['Secrets, while a generator makes what is written', [push({ generatorRef: { kind: 'Password', name: 'login' } }), AWS, ...CHANGES], 'DENIED'],
  ['Secrets, while nothing writes them to AWS', [AWS, ...CHANGES], 'DENIED'],
])('whether who may change %s makes External Secrets act in AWS', (_, documents, expected) => {
  expect(decideWith(documents).outcome).toBe(expected);
});

test('labels may select any store', () => {
  const labelled = push(undefined, { secretStoreRefs: [{ kind: 'SecretStore', labelSelector: { matchLabels: { push: 'true' } } }] });
  expect([BY_ACCOUNT, AWS].map((one) => decideWith([labelled, one, ...CHANGES], 'writer', 'apps').outcome)).toEqual(['UNKNOWN', 'DENIED']);
});

test.each([['writer', 'UNKNOWN'], ['other', 'DENIED']])('it may also have the role of the service account %s of a store, or not: %s', (name, expected) => {
  const { outcome, missing } = decideWith([push(), BY_ACCOUNT, ...CHANGES], name, 'apps');
  expect([outcome, missing.join().includes('as the service account writer')]).toEqual([expected, expected === 'UNKNOWN']);
});
