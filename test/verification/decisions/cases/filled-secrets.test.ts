import { ASKED, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, clusterTemplate, job, objects } from '../../templates';

const named = (name: string) => `prod/${name.toLowerCase().replace(/_/g, '-')}`;
const object = (apiVersion: string, kind: string, spec: object, namespace = 'default') => ({ apiVersion, kind, metadata: { name: 'it', ...namespace && { namespace } }, spec });
const external = (spec: object) => object('external-secrets.io/v1', 'ExternalSecret', { target: { name: 'filled' }, ...spec });
const entry = (remoteRef: object) => external({ data: [{ secretKey: 'k', remoteRef }] });

/** What fills the Secret `filled`, and tells by a name in a store what is in it. */
const FILLING: { readonly [title: string]: (name: string) => object } = {
  'an ExternalSecret': (name) => entry({ key: named(name) }),
  'an ExternalSecret, by a key of a value': (name) => entry({ key: 'prod/it', property: name }),
  'an ExternalSecret, with all of its values': (name) => external({ dataFrom: [{ extract: { key: named(name) } }] }),
  'an ExternalSecret, by an expression': (name) => external({ dataFrom: [{ find: { name: { regexp: `^${named(name)}$` } } }] }),
  'a ClusterExternalSecret': (name) => object('external-secrets.io/v1', 'ClusterExternalSecret', {
    externalSecretName: 'filled', namespaceSelector: {}, externalSecretSpec: { data: [{ secretKey: 'k', remoteRef: { key: named(name) } }] },
  }, ''),
  'a secret of Vault': (name) => object('secrets.hashicorp.com/v1beta1', 'VaultStaticSecret', { mount: 'kv', path: named(name), destination: { name: 'filled', create: true } }),
  'a class of a volume': (name) => object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
    provider: 'vault', parameters: { objects: '' }, secretObjects: [{ secretName: 'filled', type: 'Opaque', data: [{ key: 'k', objectName: named(name) }] }],
  }),
};

const container = { name: 'it', image: 'it@sha256:' + '0'.repeat(64) };
const VOLUME = { containers: [{ ...container, volumeMounts: [{ name: 'v', mountPath: '/v' }] }], volumes: [{ name: 'v', secret: { secretName: 'filled' } }] };
const HOLDERS: { readonly [account: string]: object } = {
  volume: VOLUME,
  item: { ...VOLUME, volumes: [{ name: 'v', secret: { secretName: 'filled', items: [{ key: 'k', path: 'p' }] } }] },
  variable: { containers: [{ ...container, env: [{ name: 'K', valueFrom: { secretKeyRef: { name: 'filled', key: 'k' } } }] }] },
  variables: { containers: [{ ...container, envFrom: [{ secretRef: { name: 'filled' } }] }] },
  reader: { containers: [container] },
  elsewhere: VOLUME,
};
/** A Secret of the same name in another namespace is another one. */
const namespaceOf = (one: string) => (one === 'elsewhere' ? 'dev' : 'default');
const RBAC = { apiGroup: 'rbac.authorization.k8s.io' };
const READING = [
  { apiVersion: `${RBAC.apiGroup}/v1`, kind: 'Role', metadata: { name: 'it', namespace: 'default' }, rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['filled'], verbs: ['get'] }] },
  {
    apiVersion: `${RBAC.apiGroup}/v1`,
    kind: 'RoleBinding',
    metadata: { name: 'it', namespace: 'default' },
    roleRef: { ...RBAC, kind: 'Role', name: 'it' },
    subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }],
  },
];

const CASES = Object.entries(KINDS).filter(([, { toldBy }]) => toldBy === undefined)
  .flatMap(([kind, how]) => Object.entries(FILLING).map(([filling, fills]) => [kind, filling, how, fills] as const));

test.each(CASES)('%s counts for all who have a Secret that %s fills', (kind, filling, { name, resources }, fills) => {
  const accounts = Object.keys(HOLDERS);
  const Accounts = (told: string) => objects(fills(told), ...READING, ...accounts.map((one) => account(one, `Role${one}`, namespaceOf(one))),
    ...Object.entries(HOLDERS).map(([one, spec]) => ({ ...job(one, one, spec), metadata: { name: one, namespace: namespaceOf(one) } })));
  const roles = Object.fromEntries(accounts.map((one) => [`Role${one}`, accountRole(`${namespaceOf(one)}:${one}`, allow('sqs:ListQueues'))]));
  const { Stored: _stored, ...others } = resources as any;
  const outcomes = (told: string) => {
    const access = accessTo(clusterTemplate({ ...others, ...roles, Accounts: Accounts(told) })).assume({ noOtherNodes: true });
    const podOf = (serviceAccountName: string) => access.pod({ serviceAccountName, namespace: namespaceOf(serviceAccountName) });
    return Object.fromEntries(accounts.map((one) => [one, podOf(one).decide(ASKED).outcome]));
  };
  const isAnywhere = filling === 'a ClusterExternalSecret' || (['a certificate', 'a kubeconfig'].includes(kind) && filling === 'a secret of Vault');
  const { elsewhere: told, ...having } = outcomes(name);
  expect(having).toEqual({ volume: 'UNKNOWN', item: 'UNKNOWN', variable: 'UNKNOWN', variables: 'UNKNOWN', reader: 'UNKNOWN' });
  expect(told).toBe(isAnywhere ? 'UNKNOWN' : 'DENIED');
  const { variable, item, elsewhere } = outcomes('SLACK_WEBHOOK');
  const mayBeAny = kind === 'a certificate' && ['an ExternalSecret, with all of its values', 'an ExternalSecret, by an expression'].includes(filling);
  expect([variable, item, elsewhere]).toEqual(mayBeAny ? ['UNKNOWN', 'UNKNOWN', 'DENIED'] : ['DENIED', 'DENIED', 'DENIED']);
});
