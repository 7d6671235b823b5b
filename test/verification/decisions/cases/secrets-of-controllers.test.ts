import { ASKED, KINDS } from './credential-kinds';
import { accessTo } from './questions';
import { account, accountRole, allow, clusterTemplate, job, objects } from '../../templates';

const REF = { name: 'creds', key: 'secret' };
const [USER, GIT, CLUSTER, REGISTRY] = ['the key of a user whom no template shows', 'a token of a Git provider', 'a kubeconfig', 'the password of a registry']
  .map((kind) => KINDS[kind].resources);
const object = (apiVersion: string, kind: string, spec: object, namespace?: string) => ({ apiVersion, kind, metadata: { name: 'it', namespace }, spec });
const aws = { auth: { secretRef: { accessKeyIDSecretRef: { name: 'creds', key: 'id' }, secretAccessKeySecretRef: REF } } };
const s3 = { destinationPath: 's3://b/', s3Credentials: { accessKeyId: { name: 'creds', key: 'id' }, secretAccessKey: REF } };

const POD = { name: 'it', image: 'it@sha256:' + '0'.repeat(64) };
/** The specification of a Deployment whose pods mount the Secret. */
const mounting = (mountPath: string, more: object = {}, container: object = {}) => ({
  template: {
    spec: {
      serviceAccountName: 'mounter',
      containers: [{ ...POD, ...container, volumeMounts: [{ name: 'v', mountPath, ...more }] }],
      volumes: [{ name: 'v', secret: { secretName: 'creds' } }],
    },
  },
});

/** What names the Secret `creds` of the namespace `ops`, and what it then has. */
const NAMING: { readonly [title: string]: readonly [string, string, object, object] } = {
  'a store of External Secrets': ['external-secrets.io/v1', 'SecretStore', { provider: { aws } }, USER],
  'an issuer of cert-manager': ['cert-manager.io/v1', 'Issuer', { acme: { solvers: [{ dns01: { route53: { secretAccessKeySecretRef: REF } } }] } }, USER],
  'a trigger of KEDA': ['keda.sh/v1alpha1', 'TriggerAuthentication', { secretTargetRef: [{ parameter: 'awsSecretAccessKey', ...REF }] }, USER],
  'a database of CloudNativePG': ['postgresql.cnpg.io/v1', 'Cluster', { backup: { barmanObjectStore: s3 } }, USER],
  'an artifact of Argo Workflows': ['argoproj.io/v1alpha1', 'Workflow', { templates: [{ inputs: { artifacts: [{ s3: { bucket: 'b', secretKeySecret: REF } }] } }] }, USER],
  'a location of Velero': ['velero.io/v1', 'BackupStorageLocation', { provider: 'aws', objectStorage: { bucket: 'b' }, credential: REF }, USER],
  'an output of the Logging operator': ['logging.banzaicloud.io/v1beta1', 'Output', { s3: { aws_sec_key: { valueFrom: { secretKeyRef: REF } } } }, USER],
  'a bucket of Flux': ['source.toolkit.fluxcd.io/v1', 'Bucket', { provider: 'generic', endpoint: 's3.amazonaws.com', secretRef: { name: 'creds' } }, USER],
  'a configuration of Crossplane': ['aws.upbound.io/v1beta1', 'ProviderConfig', { credentials: { source: 'Secret', secretRef: { namespace: 'ops', ...REF } } }, USER],
  'an access of Vault': ['secrets.hashicorp.com/v1beta1', 'VaultAuth', { method: 'aws', aws: { secretRef: 'creds' } }, USER],
  'an event source of Argo': ['argoproj.io/v1alpha1', 'EventSource', { github: { e: { repositories: [{ owner: 'acme', names: ['x'] }], apiToken: REF } } }, GIT],
  'a generator of Argo CD': ['argoproj.io/v1alpha1', 'ApplicationSet', { generators: [{ scmProvider: { github: { organization: 'acme', tokenRef: { secretName: 'creds', key: 'secret' } } } }] }, GIT],
  'a provider of notifications': ['notification.toolkit.fluxcd.io/v1', 'Provider', { type: 'github', secretRef: { name: 'creds' } }, GIT],
  'a configuration of Renovate': ['renovate.mogenius.com/v1alpha1', 'RenovateConfig', { platform: { type: 'github', token: { secretKeyRef: REF } } }, GIT],
  'a configuration of Crossplane for GitHub': ['github.upbound.io/v1beta1', 'ProviderConfig', { credentials: { source: 'Secret', secretRef: { namespace: 'ops', ...REF } } }, GIT],
  'a Kustomization of Flux': ['kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { kubeConfig: { secretRef: { name: 'creds' } } }, CLUSTER],
  'a key that Crossplane makes': ['iam.aws.upbound.io/v1beta1', 'AccessKey', { writeConnectionSecretToRef: { name: 'creds', namespace: 'ops' } }, USER],
  'a key that Crossplane makes in its namespace': ['iam.aws.m.upbound.io/v1beta1', 'AccessKey', { writeConnectionSecretToRef: { name: 'creds' } }, USER],
  'an object with a password of a registry': ['example.com/v1', 'Thing', { registry: { passwordSecretRef: REF } }, REGISTRY],
  'a workload, mounted where AWS SDKs look': ['apps/v1', 'Deployment', mounting('/root/.aws'), USER],
  'a workload, mounted as the file of the AWS CLI': ['apps/v1', 'Deployment', mounting('/root/.aws/credentials', { subPath: 'credentials' }), USER],
  'a workload, mounted where a variable says': ['apps/v1', 'Deployment', mounting('/s', {}, { env: [{ name: 'AWS_SHARED_CREDENTIALS_FILE', value: '/s/credentials' }] }), USER],
  'a workload, mounted where kaniko looks': ['apps/v1', 'Deployment', mounting('/kaniko/.docker'), REGISTRY],
  'a workload, mounted as the file of Podman': ['apps/v1', 'Deployment', mounting('/run/containers/0/auth.json', { subPath: 'auth.json' }), REGISTRY],
  'a workload, mounted where Git looks': ['apps/v1', 'Deployment', mounting('/root/.git-credentials', { subPath: 'x' }), GIT],
  'a workload, mounted where curl looks': ['apps/v1', 'Deployment', mounting('/root/.netrc', { subPath: 'x' }), GIT],
  'a workload, mounted where SSH looks for a repository':
    ['apps/v1', 'Deployment', mounting('/root/.ssh', {}, { command: ['git', 'clone', 'git@github.com:tools/jobs'] }), GIT],
};

const READING = [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'it', namespace: 'ops' }, rules: [{ apiGroups: [''], resources: ['secrets'], resourceNames: ['creds'], verbs: ['get'] }] },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'it', namespace: 'ops' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'it' },
    subjects: [{ kind: 'ServiceAccount', name: 'reader', namespace: 'default' }],
  },
];
const having = (name: string, ref: object, namespace = 'ops') =>
  ({ ...job(name, name, { containers: [{ ...POD, env: [{ name: 'K', valueFrom: { secretKeyRef: ref } }] }] }), metadata: { name, namespace } });
const ACCOUNTS = [['reader', 'default'], ['own', 'ops'], ['other', 'ops'], ['elsewhere', 'dev']] as const;

/** One pod may read the Secret, one has it under another name; the others have another Secret, or that of another namespace. */
test.each(Object.entries(NAMING))('who reads, or has, the Secret that %s names might have what it has', (_, [apiVersion, kind, spec, resources]) => {
  const isForNamespace = kind === 'Kustomization'; // any pod of the namespace might mount its kubeconfig
  const Accounts = objects(
    ...ACCOUNTS.map(([name, namespace]) => account(name, `Role${name}`, namespace)), ...READING, object(apiVersion, kind, spec, 'ops'),
    having('own', REF), having('other', { name: 'others', key: 'secret' }), having('elsewhere', REF, 'dev'),
  );
  const roles = ACCOUNTS.map(([name, namespace]) => [`Role${name}`, accountRole(`${namespace}:${name}`, allow('sqs:ListQueues'))]);
  const access = accessTo(clusterTemplate({ ...resources, ...Object.fromEntries(roles), Accounts })).assume({ noOtherNodes: true });
  expect(ACCOUNTS.map(([serviceAccountName, namespace]) => [serviceAccountName, access.pod({ serviceAccountName, namespace }).decide(ASKED).outcome]))
    .toEqual([['reader', 'UNKNOWN'], ['own', 'UNKNOWN'], ['other', isForNamespace ? 'UNKNOWN' : 'DENIED'], ['elsewhere', 'DENIED']]);
});
