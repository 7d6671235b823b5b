import { decisionOf, LIST, task } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, job, objects, withValue } from '../templates';

const REGISTRY = 'ghcr.io';
const auths = (host = REGISTRY) => JSON.stringify({ auths: { [host]: { username: 'ci', password: 'x', auth: 'Y2k6eA==' } } });
const secret = (entries: object, more: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'registry', namespace: 'default' }, type: 'kubernetes.io/dockerconfigjson', ...entries, ...more });
const text = (content = auths()) => secret({ stringData: { '.dockerconfigjson': content } });
const external = (spec: object) => ({ apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'filled', namespace: 'default' }, spec: { target: { name: 'registry' }, ...spec } });
const fromStore = external({ data: [{ secretKey: '.dockerconfigjson', remoteRef: { key: 'ghcr' } }] });
const container = (more: object = {}) => ({ name: 'it', image: 'gcr.io/kaniko-project/executor@sha256:0123', ...more });
const MOUNT = { volumeMounts: [{ name: 'config', mountPath: '/kaniko/.docker' }] };
const OF_SECRET = { secretName: 'registry', items: [{ key: '.dockerconfigjson', path: 'config.json' }] };
const builder = (source: object = { secret: OF_SECRET }, mount: object = MOUNT) => job('build', 'app', { containers: [container(mount)], volumes: [{ name: 'config', ...source }] });
const BUILDER = builder();
const inVariable = job('build', 'app', { containers: [container({ env: [{ name: 'CONFIG', valueFrom: { secretKeyRef: { name: 'registry', key: '.dockerconfigjson' } } }] })] });
const pulling = job('build', 'app', { containers: [container()], imagePullSecrets: [{ name: 'registry' }] });
const web = (image = 'ghcr.io/acme/web:1', more: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'web' }, spec: { serviceAccountName: 'web', containers: [container({ image })], ...more } });

const accessTo = (documents: object[], statements: object[] = [], more: object = {}) => verification.PodAccess.fromTemplates(clusterTemplate({
  Web: accountRole('web:web', allow(LIST)), Role: accountRole('default:app', ...statements), Applied: objects(...documents, account('app', 'Role'), account('web', 'Web', 'web')), ...more,
}, { Parameters: { Image: { Type: 'String', AllowedPattern: '[a-z./:]+' } } })).assume({ noOtherNodes: true });
const decide = (documents: object[], ...statements: object[]) => accessTo(documents, statements).pod({ serviceAccountName: 'app' }).decide(LIST);

test.each<[string, object[], string]>([
  ['a volume', [text(), BUILDER, web()], 'UNKNOWN'],
  ['a volume, in Base64', [secret({ data: { '.dockerconfigjson': Buffer.from(auths()).toString('base64') } }), BUILDER, web()], 'UNKNOWN'],
  ['a volume of several Secrets', [text(), builder({ projected: { sources: [{ secret: { name: 'registry' } }] } }), web()], 'UNKNOWN'],
  ['a volume, of a key of its own', [secret({ stringData: { 'config.json': auths() } }, { type: 'Opaque' }), BUILDER, web()], 'UNKNOWN'],
  ['a volume, in the old format', [secret({ stringData: { '.dockercfg': JSON.stringify({ [REGISTRY]: { auth: 'x' } }) } }), BUILDER, web()], 'UNKNOWN'],
  ['a volume that a controller fills', [fromStore, BUILDER, web()], 'UNKNOWN'],
  ['a volume that a controller fills by a template', [external({ target: { name: 'registry', template: { data: { '.dockerconfigjson': auths() } } } }), BUILDER, web()], 'UNKNOWN'],
  ['a volume that a controller decrypts', [{ ...external({ encryptedData: { '.dockerconfigjson': 'x' } }), kind: 'SealedSecret', metadata: { name: 'registry', namespace: 'default' } }, BUILDER, web()], 'UNKNOWN'],
  ['a volume that no template shows', [BUILDER, web()], 'UNKNOWN'],
  ['a volume that no template shows, where clients look for it', [builder({ secret: { secretName: 'registry' } }), web()], 'UNKNOWN'],
  ['a variable', [text(), inVariable, web()], 'UNKNOWN'],
  ['a volume, of a registry that only the deployment knows', [secret({ stringData: { '.dockerconfigjson': '${AWS::StackName}' } }), BUILDER, web()], 'UNKNOWN'],
  ['a volume, of Docker Hub', [text(auths('https://index.docker.io/v1/')), BUILDER, web('acme/web:1')], 'UNKNOWN'],
  ['a volume, and the image is that of a volume of others', [text(), BUILDER, web('nginx', { volumes: [{ name: 'code', image: { reference: 'ghcr.io/acme/code:1' } }] })], 'UNKNOWN'],
  ['a volume, and the image is one that only the deployment knows', [text(), BUILDER, web('${Image}')], 'UNKNOWN'],
  ['a volume, of another registry', [text(), BUILDER, web('registry.example.com/web:1')], 'DENIED'],
  ['a volume, of a registry with a credential helper', [text(JSON.stringify({ credHelpers: { [REGISTRY]: 'x' } })), BUILDER, web()], 'DENIED'],
  ['a volume, and the image has a digest', [text(), BUILDER, web('ghcr.io/acme/web:1@sha256:0123')], 'DENIED'],
  ['a volume, and the image is in Amazon ECR', [BUILDER, web('${AWS::AccountId}.dkr.ecr.us-west-2.amazonaws.com/web:1')], 'DENIED'],
  ['a volume, of Docker Hub, and the image is an official one', [text(auths('docker.io')), BUILDER, web('nginx:1')], 'DENIED'],
  ['a volume, which has something else', [secret({ stringData: { password: 'x' } }, { type: 'Opaque' }), builder({ secret: { secretName: 'registry' } }, { volumeMounts: [{ name: 'config', mountPath: '/etc/app' }] }), web()], 'DENIED'],
  ['a volume of another namespace', [{ ...text(), metadata: { name: 'registry', namespace: 'ops' } }, { ...builder(), metadata: { name: 'build', namespace: 'ops' } }, web()], 'DENIED'],
  ['nothing: the kubelet pulls its image', [text(), pulling, web()], 'DENIED'],
  ['nothing', [text(), web()], 'DENIED'],
])('a pod that has the password of a registry by %s might change the image of another one, or not', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
  expect(decide(documents).missing.some((one) => /whether pods change the \w+ of Pod web\/web/.test(one))).toBe(expected === 'UNKNOWN');
  expect(accessTo(documents).assume({ noOtherCredentials: true }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

const chart = (Values: object) => ({ Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace: 'web', Values: JSON.stringify(Values) } } });

test.each<[string, object, string]>([
  ['with a repository', { image: { repository: 'ghcr.io/acme/web', tag: '1' } }, 'UNKNOWN'],
  ['with a registry', { image: { registry: 'ghcr.io', repository: 'acme/web' } }, 'UNKNOWN'],
  ['with an image', { sidecars: [{ image: 'ghcr.io/acme/web:1' }] }, 'UNKNOWN'],
  ['with a digest', { image: { registry: 'ghcr.io', repository: 'acme/web', tag: '1', digest: 'sha256:0123' } }, 'DENIED'],
  ['with a digest as its tag', { image: { repository: 'ghcr.io/acme/web', tag: '1@sha256:0123' } }, 'DENIED'],
  ['with another registry', { image: { registry: 'quay.io', repository: 'ghcr.io/web' } }, 'DENIED'],
  ['without an image', { source: { repository: 'https://ghcr.io/charts' }, replicas: 2 }, 'DENIED'],
])('a pod that has the password of a registry might change an image in the values of a chart, or not: %s', (_, values, expected) => {
  expect(accessTo([text(), BUILDER], [], chart(values)).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
  expect(accessTo([text(), pulling], [], chart(values)).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe('DENIED');
});

const reads = (name: string) => allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:us-west-2:111122223333:secret:${name}-abcdef`);

test.each<[string, object[], string, string]>([
  ['what a controller fills it from', [fromStore, web()], 'ghcr', 'UNKNOWN'],
  ['another secret', [fromStore, web()], 'other', 'DENIED'],
  ['that of an image with a digest', [fromStore, web('ghcr.io/acme/web@sha256:0123')], 'ghcr', 'DENIED'],
  ['a password of something else', [external({ data: [{ secretKey: 'password', remoteRef: { key: 'ghcr' } }] }), web()], 'ghcr', 'DENIED'],
])('a pod that reads the password of a registry where it comes from might change images, or not: %s', (_, documents, name, expected) => {
  expect(decide(documents, reads(name)).outcome).toBe(expected);
});

test.each([['ghcr', 'UNKNOWN'], ['other', 'DENIED']])('so might one that reads the secret from which the template takes it, or not: %s', (name, expected) => {
  const Registry = withValue(secret({ stringData: {} }), '/stringData/.dockerconfigjson', '{{resolve:secretsmanager:ghcr}}');
  expect(accessTo([web()], [reads(name)], { Registry }).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
});

const RBAC = 'rbac.authorization.k8s.io';
const viewing = (resource: string) => [
  { apiVersion: `${RBAC}/v1`, kind: 'ClusterRole', metadata: { name: 'viewer' }, rules: [{ apiGroups: [''], resources: [resource], verbs: ['get'] }] },
  {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'viewer' },
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'viewer' },
    subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
  },
];

test.each<[string, object[], string]>([
  ['Secrets', [text(), pulling, web(), ...viewing('secrets')], 'UNKNOWN'],
  ['Secrets, and a controller fills it', [fromStore, web(), ...viewing('secrets')], 'UNKNOWN'],
  ['Secrets, of another registry', [text(auths('quay.io')), web(), ...viewing('secrets')], 'DENIED'],
  ['ConfigMaps', [text(), pulling, web(), ...viewing('configmaps')], 'DENIED'],
])('a pod that may read %s has the passwords of registries in them, or not', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
});

const bound = (kind: 'Role' | 'ClusterRole', name: string, namespace?: string) => ({
  apiVersion: `${RBAC}/v1`,
  kind: `${kind}Binding`,
  metadata: { name: 'it', ...namespace && { namespace } },
  roleRef: { apiGroup: RBAC, kind, name },
  subjects: [{ kind: 'ServiceAccount', name: 'app', namespace: 'default' }],
});
const inNamespace = (namespace: string, rule: object) =>
  [{ apiVersion: `${RBAC}/v1`, kind: 'Role', metadata: { name: 'it', namespace }, rules: [{ apiGroups: [''], ...rule }] }, bound('Role', 'it', namespace)];
const SECRETS = { resources: ['secrets'], verbs: ['get'] };
const REFLECTED = { annotations: { 'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true' } };
const otherSecret = (kind: string, metadata: object = {}) => ({ ...text(), kind, metadata: { name: 'registry', namespace: 'ops', ...metadata } });
const elsewhere = (more: object) => ({ ...external({ data: [{ secretKey: '.dockerconfigjson', remoteRef: { key: 'ghcr' } }], ...more }), metadata: { name: 'filled', namespace: 'ops' } });

test.each<[string, object[], string]>([
  ['the Secret', inNamespace('default', { ...SECRETS, resourceNames: ['registry'] }), 'UNKNOWN'],
  ['Secrets of its namespace', inNamespace('default', SECRETS), 'UNKNOWN'],
  ['and create Secrets of its namespace', inNamespace('default', { ...SECRETS, verbs: ['get', 'create'] }), 'UNKNOWN'],
  ['another Secret', inNamespace('default', { ...SECRETS, resourceNames: ['own'] }), 'DENIED'],
  ['Secrets of another namespace', inNamespace('ops', SECRETS), 'DENIED'],
  ['nothing, but run commands in pods of its namespace', inNamespace('default', { resources: ['pods/exec'], verbs: ['create'] }), 'DENIED'],
  ['objects, but no Secrets', [bound('ClusterRole', 'view')], 'DENIED'],
])('a pod that may read %s has the password with which others pull images, or not', (_, documents, expected) => {
  expect(decide([text(), web(), ...documents]).outcome).toBe(expected);
});

const FARGATE = { Nodes: { Type: 'AWS::EKS::FargateProfile', Properties: { ClusterName: { Ref: 'Cluster' }, PodExecutionRoleArn: 'arn:aws:iam::111122223333:role/fargate', Selectors: [] } } };

test.each([['default', 'UNKNOWN'], ['ops', 'DENIED']])('a pod that may run pods without nodes in the namespace %s can mount the Secrets of it', (namespace, expected) => {
  const documents = [text(), web(), ...inNamespace(namespace, { resources: ['pods'], verbs: ['create'] })];
  expect(accessTo(documents, [], FARGATE).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
});

test.each<[string, object[], string]>([
  ['that is copied to all namespaces', [otherSecret('Secret', REFLECTED)], 'UNKNOWN'],
  ['that a controller copies', [otherSecret('Secret'), { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'copy' }, spec: { rules: [{ generate: { kind: 'Secret', clone: { namespace: 'ops', name: 'registry' } } }] } }], 'UNKNOWN'],
  ['that a controller writes to all namespaces', [{ ...elsewhere({}), kind: 'ClusterExternalSecret', metadata: { name: 'filled' } }], 'UNKNOWN'],
  ['that a controller writes, and another one copies', [elsewhere({ target: { name: 'registry', template: { metadata: REFLECTED } } })], 'UNKNOWN'],
  ['that a controller writes to another namespace', [elsewhere({})], 'DENIED'],
  ['of another namespace', [otherSecret('Secret')], 'DENIED'],
])('a pod that may read Secrets of its namespace has a password %s, or not', (_, documents, expected) => {
  expect(decide([...documents, web(), ...inNamespace('default', SECRETS)]).outcome).toBe(expected);
});

test.each<[string, unknown, string]>([
  ['with a tag', 'ghcr.io/acme/task:1', 'UNKNOWN'],
  ['with a digest', 'ghcr.io/acme/task@sha256:0123', 'DENIED'],
  ['in another registry', 'registry.example.com/task:1', 'DENIED'],
  ['in Amazon ECR', undefined, 'DENIED'],
])('a pod that has the password of a registry might decide what a task does, or not: an image %s', (_, image, expected) => {
  const found = decisionOf({ Images: { Type: 'AWS::ECR::Repository', Properties: {} }, ...task(image), Pods: objects(text(), BUILDER) });
  expect(found.outcome).toBe(expected);
});

const variable = (name: string, from: object = { value: 'x' }) => job('build', 'app', { containers: [container({ env: [{ name, ...from }] })] });
const named = (secretKey: string) => ({ ...external({ data: [{ secretKey, remoteRef: { key: 'store' } }] }), metadata: { name: 'filled', namespace: 'ops' } });

test.each<[string, object[], string]>([
  ['a variable', [variable('REGISTRY_PASSWORD'), web()], 'UNKNOWN'],
  ['a variable of Docker', [variable('DOCKER_PASSWORD'), web()], 'UNKNOWN'],
  ['a variable from a key', [variable('X', { valueFrom: { secretKeyRef: { name: 'ci', key: 'harbor-robot-token' } } }), web()], 'UNKNOWN'],
  ['a variable from a Secret', [variable('X', { valueFrom: { secretKeyRef: { name: 'registry-password', key: 'value' } } }), web()], 'UNKNOWN'],
  ['a variable of this registry', [variable('GHCR_TOKEN'), web()], 'UNKNOWN'],
  ['a variable of another registry', [variable('QUAY_TOKEN'), web()], 'DENIED'],
  ['a variable, and the image has a digest', [variable('REGISTRY_PASSWORD'), web('ghcr.io/acme/web@sha256:0123')], 'DENIED'],
  ['a variable of something else', [variable('DATABASE_PASSWORD'), variable('SLACK_TOKEN'), web()], 'DENIED'],
  ['a variable with the address of a registry', [variable('REGISTRY_URL'), web()], 'DENIED'],
])('a pod that has the password of a registry as its name tells might change images, or not: %s', (_, documents, expected) => {
  expect(decide(documents).outcome).toBe(expected);
});

test.each([['REGISTRY_PASSWORD', 'store', 'UNKNOWN'], ['REGISTRY_PASSWORD', 'other', 'DENIED'], ['DB_PASSWORD', 'store', 'DENIED']])('so might one that reads where a value %s comes from, or not: %s', (key, name, expected) => {
  expect(decide([named(key), web()], reads(name)).outcome).toBe(expected);
});

const rule = (more: object = {}) => ({
  Rule: { Type: 'AWS::ECR::PullThroughCacheRule', Properties: { EcrRepositoryPrefix: 'hub', UpstreamRegistryUrl: 'registry-1.docker.io', ...more } },
});
const CREDENTIAL = { CredentialArn: 'arn:aws:secretsmanager:us-west-2:111122223333:secret:ecr-pullthroughcache/hub-abcdef' };
const cached = (path: string) => web(`111122223333.dkr.ecr.us-west-2.amazonaws.com/${path}/acme/web:1`);

test.each<[string, object, object[], object, string]>([
  ['reads the password of the rule', rule(CREDENTIAL), [cached('hub')], reads('ecr-pullthroughcache/hub'), 'UNKNOWN'],
  ['has a password of the registry', rule(), [cached('hub'), variable('DOCKERHUB_TOKEN')], allow('sqs:ListQueues'), 'UNKNOWN'],
  ['has the password of another registry', rule(), [cached('hub'), variable('QUAY_TOKEN')], allow('sqs:ListQueues'), 'DENIED'],
  ['reads another secret', rule(CREDENTIAL), [cached('hub')], reads('other'), 'DENIED'],
  ['reads the password, while the image is not pulled through', rule(CREDENTIAL), [cached('own')], reads('ecr-pullthroughcache/hub'), 'DENIED'],
])('a pod that %s might push what Amazon ECR pulls through, or not', (_, resources, documents, statement, expected) => {
  expect(accessTo(documents, [statement], resources).pod({ serviceAccountName: 'app' }).decide(LIST).outcome).toBe(expected);
});
