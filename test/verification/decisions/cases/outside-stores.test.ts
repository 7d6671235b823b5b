import { decide, DENIED, UNKNOWN } from './questions';
import { account, accountRole, allow, job, objects } from '../../templates';

const IMAGE = 'it@sha256:' + '0'.repeat(64);
const plain = (name: string, serviceAccountName: string) => job(name, serviceAccountName, { containers: [{ name: 'main', image: IMAGE }] });
const annotated = (path: string) => {
  const own = plain('a', 'app') as any;
  const metadata = { annotations: { 'vault.hashicorp.com/agent-inject-secret-it': path } };
  return { ...own, spec: { template: { ...own.spec.template, metadata } } };
};
const running = (command: string) => job('a', 'app', { containers: [{ name: 'main', image: IMAGE, command: ['sh', '-c', command] }] });
const object = (apiVersion: string, kind: string, name: string, spec: object, namespace: string | undefined = 'default') => ({ apiVersion, kind, metadata: { name, ...namespace && { namespace } }, spec });
const store = (provider: object, kind = 'SecretStore') => object('external-secrets.io/v1', kind, 'store', { provider }, kind === 'SecretStore' ? 'default' : undefined);
const vault = (more: object = {}) => ({ vault: { server: 'https://vault.example.com', auth: { kubernetes: { role: 'ci', serviceAccountRef: { name: 'app', ...more } } } } });
const external = (secretKey: string, kind = 'SecretStore', name = 'store') =>
  object('external-secrets.io/v1', 'ExternalSecret', 'filled', { secretStoreRef: { name, kind }, data: [{ secretKey, remoteRef: { key: 'ci' } }] });
const auth = (spec: object) => object('secrets.hashicorp.com/v1beta1', 'VaultAuth', 'auth', spec);
const fromVault = (path: string) => object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', 'it', { vaultAuthRef: 'auth', mount: 'kv', path, destination: { name: 'filled' } });
const KEY = 'AWS_SECRET_ACCESS_KEY';

/** The workload `b` is one of `default/app`, and `c` one of another account. Neither has anything of a store itself. */
test.each<[string, object[], string]>([
  ['another workload of the account has annotations of Vault', [annotated('aws/creds/deploy')], UNKNOWN],
  ['another workload of the account has annotations of Vault for something else', [annotated('database/creds/app')], DENIED],
  ['another workload of the account asks Vault', [running('vault login -method=kubernetes role=ci; vault read aws/creds/deploy')], UNKNOWN],
  ['another workload of the account asks Vault for something else', [running('vault read database/creds/app')], DENIED],
  ['a store of External Secrets signs in as the account', [store(vault()), external(KEY)], UNKNOWN],
  ['a store of the cluster signs in as the account', [store(vault({ namespace: 'default' }), 'ClusterSecretStore'), external(KEY, 'ClusterSecretStore')], UNKNOWN],
  ['a store signs in as the account, for something else', [store(vault()), external('DB_PASSWORD')], DENIED],
  ['another store is meant', [store(vault()), external(KEY, 'SecretStore', 'another')], DENIED],
  ['a store signs in as another account', [store(vault({ name: 'eso' })), external(KEY)], DENIED],
  ['a store of AWS signs in as the account', [store({ aws: { service: 'SecretsManager', auth: { jwt: { serviceAccountRef: { name: 'app' } } } } }), external(KEY)], DENIED],
  ['Vault Secrets Operator signs in as the account', [auth({ method: 'kubernetes', kubernetes: { role: 'ci', serviceAccount: 'app' } }), fromVault('ci/aws-secret-access-key')], UNKNOWN],
  ['Vault Secrets Operator signs in as the account, for something else', [auth({ method: 'kubernetes', kubernetes: { role: 'ci', serviceAccount: 'app' } }), fromVault('ci/db')], DENIED],
])('pods of an account might get a key from a store outside AWS, or not: %s', (_, documents, outcome) => {
  const resources = {
    Role: accountRole('default:app', allow('sqs:ListQueues')),
    Other: accountRole('default:other', allow('sqs:ListQueues')),
    Accounts: objects(account('app', 'Role'), account('other', 'Other'), plain('b', 'app'), plain('c', 'other'), ...documents),
  };
  const outcomes = ['b', 'c'].map((name) => decide(resources, { action: 's3:ListAllMyBuckets', workload: { kind: 'Job', name } }).outcome);
  expect(outcomes).toEqual([outcome, DENIED]);
});
