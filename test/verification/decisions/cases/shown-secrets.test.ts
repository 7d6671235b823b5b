import { ASKED, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, clusterTemplate, job, objects } from '../../templates';

const made = (apiVersion: string, kind: string, spec: object) => ({ apiVersion, kind, metadata: { name: 'it', namespace: 'default' }, spec });

/** Objects from which controllers make the Secret `it` with a key. */
const MAKERS: ReadonlyArray<[string, (key: string) => object]> = [
  ['SealedSecret', (key) => made('bitnami.com/v1alpha1', 'SealedSecret', { encryptedData: { [key]: 'AgBx' }, template: { metadata: { name: 'it' } } })],
  ['SopsSecret', (key) => made('isindir.github.com/v1alpha3', 'SopsSecret', { secretTemplates: [{ name: 'it', stringData: { [key]: 'ENC[x]' } }] })],
  ['VaultStaticSecret', (key) => made('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', {
    path: 'it', destination: { name: 'it', create: true, transformation: { templates: { [key]: { text: '{{ get .Secrets "x" }}' } } } },
  })],
  ['InfisicalSecret', (key) => made('secrets.infisical.com/v1alpha1', 'InfisicalSecret', { managedSecretReference: { secretName: 'it', template: { data: { [key]: '{{ .X.Value }}' } } } })],
  ['DopplerSecret', (key) => made('secrets.doppler.com/v1alpha1', 'DopplerSecret', { managedSecret: { name: 'it' }, secrets: [key] })],
  ['AzureKeyVaultSecret', (key) => made('spv.no/v2beta1', 'AzureKeyVaultSecret', { output: { secret: { name: 'it', dataKey: key } } })],
];

const decide = (kind: string, object: object, secretName: string, namespace = 'default') => accessTo(clusterTemplate({
  ...KINDS[kind].resources,
  Role: accountRole(`${namespace}:app`, allow('sqs:ListQueues')),
  Objects: objects(account('app', 'Role', namespace), object, {
    ...job('it', 'app', { containers: [{ name: 'it', image: 'it@sha256:' + '0'.repeat(64), volumeMounts: [{ name: 'v', mountPath: '/etc/it' }] }], volumes: [{ name: 'v', secret: { secretName } }] }),
    metadata: { name: 'it', namespace },
  }),
})).pod({ serviceAccountName: 'app', namespace }).decide(ASKED).outcome;

const KEY = 'the key of a user whom no template shows';
const TOKEN = 'a token of a Git provider';

test.each(MAKERS)('what a %s makes counts by the names of its keys', (_, make) => {
  const outcomes = {
    'pods with an access key': decide(KEY, make('AWS_SECRET_ACCESS_KEY'), 'it'),
    'pods with a token': decide(TOKEN, make('GITHUB_TOKEN'), 'it'),
    'pods of the namespace of a token': decide(TOKEN, make('GITHUB_TOKEN'), 'other'),
    'pods of the namespace of a token of a cluster': decide('a token of a cluster', make('KUBE_TOKEN'), 'other'),
    'pods with a password': decide(TOKEN, make('DB_PASSWORD'), 'it'),
    'pods with another Secret': decide(KEY, make('AWS_SECRET_ACCESS_KEY'), 'other'),
    'pods of another namespace': decide(TOKEN, make('GITHUB_TOKEN'), 'other', 'other'),
  };
  expect(outcomes).toEqual({
    'pods with an access key': 'UNKNOWN',
    'pods with a token': 'UNKNOWN',
    'pods of the namespace of a token': 'UNKNOWN',
    'pods of the namespace of a token of a cluster': 'UNKNOWN',
    'pods with a password': 'DENIED',
    'pods with another Secret': 'DENIED',
    'pods of another namespace': 'DENIED',
  });
});
