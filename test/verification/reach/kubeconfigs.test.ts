import { verification } from '../../../lib';
import { account, accountRole, allow, arnOf, clusterTemplate, objects, role } from '../templates';

const LIST = 's3:ListAllMyBuckets';
const SPOKE = {
  Spoke: { Type: 'AWS::EKS::Cluster', Properties: { Name: 'spoke' } },
  Agent2: { Type: 'AWS::EKS::Addon', Properties: { ClusterName: { Ref: 'Spoke' }, AddonName: 'eks-pod-identity-agent' } },
  Admin: role({ Effect: 'Allow', Action: ['sts:AssumeRole', 'sts:TagSession'], Principal: { Service: 'pods.eks.amazonaws.com' } }, allow(LIST)),
  Association: { Type: 'AWS::EKS::PodIdentityAssociation', Properties: { ClusterName: { Ref: 'Spoke' }, Namespace: 'ops', ServiceAccount: 'admin', RoleArn: arnOf('Admin') } },
};
const accessTo = (documents: object[], statements: object[] = []) => verification.PodAccess
  .fromTemplates(clusterTemplate({ ...SPOKE, Role: accountRole('default:app', ...statements), Applied: objects(...documents, account('app', 'Role')) }))
  .assume({ noOtherNodes: true });
const decide = (documents: object[], ...statements: object[]) => accessTo(documents, statements).pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(LIST);

const core = (kind: string, name: string, more: object, metadata: object = {}) => ({ apiVersion: 'v1', kind, metadata: { name, namespace: 'default', ...metadata }, ...more });
const flux = (namespace: string) => named('kustomize.toolkit.fluxcd.io/v1', 'Kustomization', { kubeConfig: { secretRef: { name: 'spoke' } } }, namespace);
const named = (apiVersion: string, kind: string, spec: object, namespace = 'default') => ({ apiVersion, kind, metadata: { name: 'spoke', namespace }, spec });
const external = (spec: object, namespace?: string) => named('external-secrets.io/v1', 'ExternalSecret', spec, namespace);
const EKS = 'https://0123456789ABCDEF.gr7.us-west-2.eks.amazonaws.com';
const config = (user: object, server = EKS) => JSON.stringify({
  'apiVersion': 'v1', 'kind': 'Config', 'current-context': 'spoke', 'clusters': [{ name: 'spoke', cluster: { server } }], 'users': [{ name: 'ops', user }],
});
const TOKEN = config({ token: 'x' });
const EXEC = config({ exec: { command: 'aws', args: ['eks', 'get-token', '--cluster-name', 'spoke'] } });
const YAML = `apiVersion: v1\\nkind: Config\\ncurrent-context: spoke\\nclusters:\\n- name: spoke\\n  cluster:\\n    server: ${EKS}\\nusers:\\n- name: ops\\n  user:\\n    client-key-data: x\\n`;
const ofArgo = (settings: object, server = EKS) =>
  core('Secret', 'spoke', { stringData: { name: 'spoke', server, config: JSON.stringify(settings) } }, { labels: { 'argocd.argoproj.io/secret-type': 'cluster' } });
const container = (more: object, volumes: object[] = []) => core('Pod', 'ops', { spec: { serviceAccountName: 'app', containers: [{ name: 'ops', ...more }], volumes } });
const mounting = (mountPath: string, more: object = {}, volume: object = { secret: { secretName: 'ops' } }) =>
  container({ volumeMounts: [{ name: 'v', mountPath }], ...more }, [{ name: 'v', ...volume }]);
const variable = (name: string, more: object = {}) => container({ env: [{ name, valueFrom: { secretKeyRef: { name: 'ops', key: 'value' } } }], ...more });
const pod = (volumes: object[]) => core('Pod', 'ops', { spec: { serviceAccountName: 'app', containers: [{ name: 'ops' }], volumes } });

test.each<[string, object[], string]>([
  ['a Secret with a token', [core('Secret', 'spoke', { stringData: { value: TOKEN } })], 'UNKNOWN'],
  ['a Secret in Base64', [core('Secret', 'spoke', { data: { value: Buffer.from(TOKEN).toString('base64') } })], 'UNKNOWN'],
  ['a Secret whose content is not known', [core('Secret', 'spoke', { stringData: { kubeconfig: '${Admin}' } })], 'UNKNOWN'],
  ['a Secret by its name', [core('Secret', 'spoke-kubeconfig', { data: {} })], 'UNKNOWN'],
  ['a ConfigMap with the key of a client', [core('ConfigMap', 'spoke', { data: { config: YAML } })], 'UNKNOWN'],
  ['a Secret that a controller fills', [external({ data: [{ secretKey: 'kubeconfig', remoteRef: { key: 'spoke' } }] })], 'UNKNOWN'],
  ['a Secret of Argo CD that a controller fills', [external({ target: { template: { metadata: { labels: { 'argocd.argoproj.io/secret-type': 'cluster' } } } } })], 'UNKNOWN'],
  ['a Secret of Argo CD with a token', [ofArgo({ bearerToken: 'x' })], 'UNKNOWN'],
  ['the Secret that Flux uses', [flux('default')], 'UNKNOWN'],
  ['the Secret of a provider of Crossplane', [named('kubernetes.crossplane.io/v1alpha1', 'ProviderConfig', { credentials: { secretRef: { namespace: 'ops', name: 'spoke', key: 'kubeconfig' } } })], 'UNKNOWN'],
  ['what Crossplane writes', [named('eks.aws.upbound.io/v1beta1', 'ClusterAuth', { forProvider: { clusterName: 'spoke' }, writeConnectionSecretToRef: { name: 'x', namespace: 'default' } })], 'UNKNOWN'],
  ['a volume', [pod([{ name: 'k', secret: { secretName: 'spoke-kubeconfig' } }])], 'UNKNOWN'],
  ['a volume of several Secrets', [pod([{ name: 'k', projected: { sources: [{ secret: { name: 'spoke-kubeconfig' } }] } }])], 'UNKNOWN'],
  ['a variable', [core('Pod', 'ops', { spec: { serviceAccountName: 'app', containers: [{ name: 'ops', env: [{ name: 'CONFIG', valueFrom: { secretKeyRef: { name: 'spoke-kubeconfig', key: 'value' } } }] }] } })], 'UNKNOWN'],
  ['a volume where tools look for one', [mounting('/root/.kube')], 'UNKNOWN'],
  ['a volume of a store where tools look for one', [mounting('/root/.kube', {}, { csi: { driver: 'secrets-store.csi.k8s.io' } })], 'UNKNOWN'],
  ['a volume that a variable names', [mounting('/etc/k', { env: [{ name: 'KUBECONFIG', value: '/etc/k/config' }] })], 'UNKNOWN'],
  ['a volume that an option names', [mounting('/etc/k', { args: ['--kubeconfig', '/etc/k/config'] })], 'UNKNOWN'],
  ['a variable by its name', [variable('KUBE_CONFIG_DATA')], 'UNKNOWN'],
  ['a variable with a token', [variable('HELM_KUBETOKEN')], 'UNKNOWN'],
  ['a variable that a command uses as a token', [variable('TOKEN', { command: ['sh', '-c', 'kubectl --server=https://it --token=$TOKEN get pods'] })], 'UNKNOWN'],
  ['arguments with a variable as a token', [variable('TOKEN', { command: ['helm'], args: ['--kube-token', '$(TOKEN)', 'list'] })], 'UNKNOWN'],
  ['a Secret with a token beside its server', [core('Secret', 'spoke', { stringData: { 'token': 'x', 'server': EKS, 'ca.crt': 'x' } })], 'UNKNOWN'],
  ['an ExternalSecret with a token beside its authority', [external({ data: [{ secretKey: 'token' }, { secretKey: 'ca.crt' }] })], 'UNKNOWN'],
  ['an ExternalSecret by another name', [external({ data: [{ secretKey: 'kube-config' }] })], 'UNKNOWN'],
  ['another volume beside settings elsewhere', [mounting('/etc/k', { env: [{ name: 'KUBECONFIG', value: '/etc/kube/config' }] })], 'DENIED'],
  ['an empty volume where tools look for one', [mounting('/root/.kube', {}, { emptyDir: {} })], 'DENIED'],
  ['a variable with another token', [variable('TOKEN')], 'DENIED'],
  ['a variable with a token of KubeCost', [variable('KUBECOST_TOKEN')], 'DENIED'],
  ['a variable with a namespace', [variable('KUBERNETES_NAMESPACE')], 'DENIED'],
  ['a variable that another command uses as a token', [variable('TOKEN', { command: ['sh', '-c', 'npm publish --token=$TOKEN'] })], 'DENIED'],
  ['a Secret with a token', [core('Secret', 'spoke', { stringData: { token: 'x', url: 'https://api.example.com' } })], 'DENIED'],
  ['a Secret with a token for another host', [core('Secret', 'spoke', { stringData: { token: 'x', server: 'https://10.0.0.1:6443' } })], 'DENIED'],
  ['an ExternalSecret with a token', [external({ data: [{ secretKey: 'token' }] })], 'DENIED'],
  ['a volume of the same name without a Secret', [pod([{ name: 'kubeconfig', emptyDir: {} }])], 'DENIED'],
  ['a Secret for its own role', [core('Secret', 'spoke', { stringData: { kubeconfig: EXEC } })], 'DENIED'],
  ['a Secret for another host', [core('Secret', 'spoke', { stringData: { kubeconfig: config({ token: 'x' }, 'https://10.0.0.1:6443') } })], 'DENIED'],
  ['a Secret of Argo CD for the role of Argo CD', [ofArgo({ awsAuthConfig: { clusterName: 'spoke' } })], 'DENIED'],
  ['a Secret of Argo CD for another host', [ofArgo({ bearerToken: 'x' }, 'https://10.0.0.1:6443')], 'DENIED'],
  ['a Secret in another namespace', [core('Secret', 'spoke', { stringData: { kubeconfig: TOKEN } }, { namespace: 'ops' })], 'DENIED'],
  ['the Secret that Flux uses in another namespace', [flux('flux-system')], 'DENIED'],
  ['a Secret with a password', [core('Secret', 'database', { stringData: { password: 'x' } })], 'DENIED'],
  ['a ConfigMap that names a file', [core('ConfigMap', 'settings', { data: { KUBECONFIG: '/etc/kubeconfig' } })], 'DENIED'],
  ['an ExternalSecret with a password', [external({ data: [{ secretKey: 'password' }] })], 'DENIED'],
  ['a volume with settings', [pod([{ name: 'k', secret: { secretName: 'settings' } }])], 'DENIED'],
])('a pod that can mount a kubeconfig in %s might act in a cluster, or not', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
  expect(accessTo(documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app', cluster: 'prod' }).decide(LIST).outcome).toBe('DENIED');
});

test('the answer names the kubeconfig', () => {
  expect(decide([core('Secret', 'spoke', { stringData: { kubeconfig: TOKEN } })]).missing).toEqual([
    'whether pods act in the cluster with the kubeconfig of Secret default/spoke, run pods or get tokens of other pods, and with them the credentials of role Admin',
  ]);
});

test('whoever reads what a controller fills a kubeconfig from has it, too', () => {
  const filled = external({ data: [{ secretKey: 'kubeconfig', remoteRef: { key: 'spoke' } }] }, 'ops');
  const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);
  expect([decide([filled], reads('spoke')), decide([filled], reads('other'))].map(({ outcome }) => outcome)).toEqual(['UNKNOWN', 'DENIED']);
});

const reading = (namespace: string) => [
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'it', namespace }, rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'it', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'it' },
    subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
  },
];
const IN_OPS = core('Secret', 'spoke', { stringData: { kubeconfig: TOKEN } }, { namespace: 'ops' });

test.each<[string, object[], string]>([
  ['where it is', [IN_OPS, ...reading('ops')], 'UNKNOWN'],
  ['elsewhere', [IN_OPS, ...reading('other')], 'DENIED'],
  ['where there is another one', [core('Secret', 'spoke', { stringData: { kubeconfig: EXEC } }, { namespace: 'ops' }), ...reading('ops')], 'DENIED'],
])('a pod that may read the Secrets of a namespace with a kubeconfig might act in another cluster, or not: %s', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
});
