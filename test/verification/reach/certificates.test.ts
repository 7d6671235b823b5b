import { admin, decisionOf, LIST } from './code-apps';
import { verification } from '../../../lib';
import { account, accountRole, allow, clusterTemplate, objects } from '../templates';

const named = (apiVersion: string, kind: string, name: string, spec: object, metadata: object = {}) => ({ apiVersion, kind, metadata: { name, namespace: 'default', ...metadata }, spec });
const issuer = (spec: object, kind = 'ClusterIssuer', apiVersion = 'cert-manager.io/v1') => named(apiVersion, kind, 'own', spec);
const certificate = (namespace = 'default', kind = 'ClusterIssuer') =>
  named('cert-manager.io/v1', 'Certificate', 'tls', { secretName: 'tls', issuerRef: { name: 'own', kind } }, { namespace });
const ingress = named('networking.k8s.io/v1', 'Ingress', 'web', { tls: [{ secretName: 'tls' }] }, { annotations: { 'cert-manager.io/cluster-issuer': 'own' } });
const OF_AWS = issuer({ arn: 'arn:aws:acm-pca:us-west-2:111122223333:certificate-authority/x' }, 'AWSPCAClusterIssuer', 'awspca.cert-manager.io/v1beta1');
const ACME = issuer({ acme: { server: 'https://acme-v02.api.letsencrypt.org/directory' } });
const CA = issuer({ ca: { secretName: 'ca' } });
const volume = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'app', namespace: 'default' }, spec: { serviceAccountName: 'app', containers: [{ name: 'app' }], volumes: [{ name: 'tls', csi: { driver: 'csi.cert-manager.io' } }] } };
const withVolume = (source: object, namespace = 'default') => ({
  ...volume, metadata: { name: 'app', namespace }, spec: { serviceAccountName: 'app', containers: [{ name: 'app', volumeMounts: [{ name: 'v', mountPath: '/v' }] }], volumes: [{ name: 'v', ...source }] },
});
const chart = (...extraObjects: object[]) => ({
  Chart: { Type: 'Custom::AWSCDK-EKS-HelmChart', Properties: { ClusterName: { Ref: 'Cluster' }, Release: 'web', Namespace: 'web', Values: JSON.stringify({ extraObjects }) } },
});
const ANYWHERE = admin('rolesanywhere');
const decide = (resources: object, ...documents: object[]) => decisionOf({ ...resources, Applied: objects(...documents, account('other')) });

test.each<[string, object, object[], string]>([
  ['of an authority of AWS', ANYWHERE, [OF_AWS, certificate()], 'UNKNOWN'],
  ['of an authority in the cluster', ANYWHERE, [CA, certificate()], 'UNKNOWN'],
  ['of an issuer that the templates do not show', ANYWHERE, [certificate()], 'UNKNOWN'],
  ['that ACK exports', ANYWHERE, [named('acm.services.k8s.aws/v1alpha1', 'Certificate', 'tls', { exportTo: { namespace: 'default', name: 'tls' } }, { namespace: 'ack' })], 'UNKNOWN'],
  ['in a volume', ANYWHERE, [volume], 'UNKNOWN'],
  ['of an Ingress', ANYWHERE, [ingress], 'UNKNOWN'],
  ['of SPIFFE in a volume', ANYWHERE, [withVolume({ csi: { driver: 'csi.spiffe.io' } })], 'UNKNOWN'],
  ['of pods in a volume', ANYWHERE, [withVolume({ projected: { sources: [{ podCertificate: { signerName: 'example.com/pods', keyType: 'ED25519' } }] } })], 'UNKNOWN'],
  ['in a Secret that no template shows', ANYWHERE, [withVolume({ secret: { secretName: 'device-cert' } })], 'UNKNOWN'],
  ['in a key of a Secret that no template shows', ANYWHERE, [withVolume({ projected: { sources: [{ secret: { name: 'device', items: [{ key: 'tls.key', path: 'k' }] } }] } })], 'UNKNOWN'],
  ['in a Secret that no template shows, in another namespace', ANYWHERE, [withVolume({ secret: { secretName: 'device-cert' } }, 'ops')], 'DENIED'],
  ['of nothing, but a Secret', ANYWHERE, [withVolume({ secret: { secretName: 'settings' } })], 'DENIED'],
  ['of nothing, but the token of the pod', ANYWHERE, [withVolume({ projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } })], 'DENIED'],
  ['in the values of a chart', { ...ANYWHERE, ...chart(certificate()) }, [], 'UNKNOWN'],
  ['in a set of resources', ANYWHERE, [named('fluxcd.controlplane.io/v1', 'ResourceSet', 'web', { resources: [certificate()] })], 'UNKNOWN'],
  ['in another namespace', ANYWHERE, [OF_AWS, certificate('web')], 'DENIED'],
  ['by ACME', ANYWHERE, [ACME, certificate()], 'DENIED'],
  ['of an Ingress, by ACME', ANYWHERE, [ACME, ingress], 'DENIED'],
  ['while no role trusts IAM Roles Anywhere', admin('ec2'), [OF_AWS, certificate()], 'DENIED'],
])('a pod that can mount a certificate %s might get a role, or not', (_, resources, documents, expected) => {
  expect(decide(resources, ...documents).outcome).toBe(expected);
});

const secret = (data: object, type?: string, metadata: object = {}) =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'device', namespace: 'default', ...metadata }, ...type && { type }, stringData: data });
const external = (spec: object, kind = 'ExternalSecret', namespace = 'default') => named('external-secrets.io/v1', kind, 'device', spec, { namespace });
const csi = named('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'device', {
  provider: 'aws', parameters: { objects: '- objectName: device\n  jmesPath:\n    - path: key\n      objectAlias: device.key\n' },
});
const sealed = named('bitnami.com/v1alpha1', 'SealedSecret', 'device', { encryptedData: { 'tls.crt': 'AgB', 'tls.key': 'AgC' } });
const map = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'aws', namespace: 'default' }, data });
const IOT = admin('credentials.iot');
const mounting = (secretName: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'job', namespace: 'default' },
  spec: {
    serviceAccountName: 'app', volumes: [{ name: 'v', secret: { secretName } }], containers: [{ name: 'job', volumeMounts: [{ name: 'v', mountPath: '/data' }] }],
  },
});
const HELPER = 'credential_process = aws_signing_helper credential-process --certificate /c/device --private-key /c/k --trust-anchor-arn arn:aws:rolesanywhere:us-west-2:111122223333:trust-anchor/x';
const other = (name: string, env: object[] = []) => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'default' }, spec: { serviceAccountName: 'app', containers: [{ name, env }] } });

test.each<[string, object, object[], string]>([
  ['of the type of certificates', ANYWHERE, [secret({ 'tls.crt': 'x', 'tls.key': 'y' }, 'kubernetes.io/tls')], 'UNKNOWN'],
  ['with the names of files', ANYWHERE, [secret({ 'client.pem': 'x' })], 'UNKNOWN'],
  ['with a name of a key', ANYWHERE, [secret({ privateKey: 'x' })], 'UNKNOWN'],
  ['with a key in it', ANYWHERE, [secret({ device: '-----BEGIN EC PRIVATE KEY-----' })], 'UNKNOWN'],
  ['that a controller copies to all namespaces', ANYWHERE, [secret({ 'tls.crt': 'x' }, 'kubernetes.io/tls', { namespace: 'ops', annotations: { 'reflector.v1.k8s.emberstack.com/reflection-auto-enabled': 'true' } })], 'UNKNOWN'],
  ['that a controller fills', ANYWHERE, [external({ data: [{ secretKey: 'tls.key', remoteRef: { key: 'device' } }] })], 'UNKNOWN'],
  ['that a controller fills with all there is', ANYWHERE, [external({ dataFrom: [{ extract: { key: 'device' } }] })], 'UNKNOWN'],
  ['that a controller fills in all namespaces', ANYWHERE, [external({ externalSecretSpec: { target: { template: { type: 'kubernetes.io/tls' } } } }, 'ClusterExternalSecret', 'ops')], 'UNKNOWN'],
  ['that a controller decrypts', ANYWHERE, [sealed], 'UNKNOWN'],
  ['that a driver mounts', ANYWHERE, [csi], 'UNKNOWN'],
  ['with the name of one that is not in the templates', ANYWHERE, [mounting('client-tls')], 'UNKNOWN'],
  ['with the name of one for both sides', ANYWHERE, [mounting('mtls')], 'UNKNOWN'],
  ['with a name that only has these letters', ANYWHERE, [mounting('subtlsettings')], 'DENIED'],
  ['for AWS IoT', IOT, [secret({ 'device.pem.crt': 'x', 'private.pem.key': 'y' })], 'UNKNOWN'],
  ['that only the settings of the SDK name', ANYWHERE, [map({ config: HELPER })], 'UNKNOWN'],
  ['that only a pod names', IOT, [other('job', [{ name: 'URL', value: 'https://x.credentials.iot.us-west-2.amazonaws.com/role-aliases/pods/credentials' }])], 'UNKNOWN'],
  ['that only the values of a chart name', { ...ANYWHERE, ...chart({ command: HELPER }) }, [], 'UNKNOWN'],
  ['next to a chart', { ...ANYWHERE, ...chart({ command: 'web' }) }, [], 'DENIED'],
  ['in another namespace', ANYWHERE, [secret({ 'tls.crt': 'x' }, 'kubernetes.io/tls', { namespace: 'ops' })], 'DENIED'],
  ['that a controller fills in another namespace', ANYWHERE, [external({ data: [{ secretKey: 'tls.key' }] }, 'ExternalSecret', 'ops')], 'DENIED'],
  ['with a password', ANYWHERE, [secret({ password: 'x', username: 'y' }, 'Opaque')], 'DENIED'],
  ['that a controller fills with a password', ANYWHERE, [external({ data: [{ secretKey: 'password', remoteRef: { key: 'database' } }] })], 'DENIED'],
  ['while no role trusts AWS IoT', admin('ec2'), [secret({ 'device.pem.crt': 'x' })], 'DENIED'],
])('a pod that can mount a Secret %s might get a role, or not', (_, resources, documents, expected) => {
  expect(decide(resources, ...documents).outcome).toBe(expected);
});

test('the answer names AWS IoT', () => {
  expect(decide(IOT, secret({ 'tls.crt': 'x' })).missing).toEqual(['pods might get the certificate of Secret default/device, and so role Admin, which trusts credentials.iot.amazonaws.com']);
});

test.each<[string, string, string]>([
  ['reads the password of a connector for SCEP', 'pca-connector-scep:GetChallengePassword', 'UNKNOWN'],
  ['creates such a password', 'pca-connector-scep:CreateChallenge', 'UNKNOWN'],
  ['only lists connectors', 'pca-connector-scep:ListConnectors', 'DENIED'],
])('a pod that %s might get a certificate, or not', (_, action, expected) => {
  expect(decisionOf(ANYWHERE, allow(action)).outcome).toBe(expected);
});

test('the answer names the certificate', () => {
  expect(decide(ANYWHERE, OF_AWS, certificate()).missing).toEqual(['pods might get the certificate of Certificate default/tls, and so role Admin, which trusts rolesanywhere.amazonaws.com']);
});

test('a user can state that certificates of pods give no role', () => {
  const templates = clusterTemplate({ ...ANYWHERE, Objects: objects(OF_AWS, certificate(), account('app')) });
  const access = verification.PodAccess.fromTemplates(templates).assume({ noOtherNodes: true });
  const decided = [access, access.assume({ noOtherCredentials: true })].map((one) => one.pod({ serviceAccountName: 'app' }).decide(LIST).outcome);
  expect(decided).toEqual(['UNKNOWN', 'DENIED']);
});

test('whoever can run code in a pod that has a certificate has it, too', () => {
  const script = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'job', namespace: 'web' }, spec: { serviceAccountName: 'web', containers: [{ name: 'web', args: ['sh', '-c', 'aws s3 cp s3://jobs/run - | sh'] }] } };
  const put = accountRole('default:app', allow('s3:PutObject', 'arn:aws:s3:::jobs/*'));
  const outcomes = ['web', 'other'].map((namespace) => decisionOf({ ...ANYWHERE, Own: put, Applied: objects(script, OF_AWS, certificate(namespace), account('web', undefined, 'web')) }).outcome);
  expect(outcomes).toEqual(['UNKNOWN', 'DENIED']);
});

const ARN = 'arn:aws:secretsmanager:us-west-2:111122223333:secret:';
const reads = (resource: unknown, action = 'secretsmanager:GetSecretValue') => allow(action, resource);
const Secret = (properties: object) => ({ Secret: { Type: 'AWS::SecretsManager::Secret', Properties: properties } });
const REF = { Ref: 'Secret' };

test.each<[string, object, object, string]>([
  ['that the templates do not create, by its name', ANYWHERE, reads(`${ARN}prod/device-cert-??????`), 'UNKNOWN'],
  ['for AWS IoT that the templates do not create, by its name', IOT, reads(`${ARN}prod/private-key-??????`), 'UNKNOWN'],
  ['of a folder', ANYWHERE, reads(`${ARN}prod/*`), 'UNKNOWN'],
  ['of any name', ANYWHERE, reads('*'), 'UNKNOWN'],
  ['that only the deployment knows', ANYWHERE, reads({ Ref: 'Script' }), 'UNKNOWN'],
  ['that gets its value later', { ...ANYWHERE, ...Secret({}) }, reads(REF), 'UNKNOWN'],
  ['whose description tells', { ...ANYWHERE, ...Secret({ Description: 'the certificate of the gateway', GenerateSecretString: {} }) }, reads(REF), 'UNKNOWN'],
  ['that a controller syncs as a key', { ...ANYWHERE, Applied: objects(external({ data: [{ secretKey: 'tls.key', remoteRef: { key: 'prod/device' } }] }, 'ExternalSecret', 'ops')) }, reads(`${ARN}prod/device-??????`), 'UNKNOWN'],
  ['that a task has as a key', {
    ...ANYWHERE, Task: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: [{ Image: 'web', Secrets: [{ Name: 'TLS_CERT', ValueFrom: `${ARN}prod/web-AbCdEf` }] }] } },
  }, reads(`${ARN}prod/web-AbCdEf`), 'UNKNOWN'],
  ['in a parameter', ANYWHERE, reads('arn:aws:ssm:*:*:parameter/prod/device.key', 'ssm:GetParameter'), 'UNKNOWN'],
  ['of something else, by its name', ANYWHERE, reads(`${ARN}prod/db-??????`), 'DENIED'],
  ['of something else, by the start of its name', ANYWHERE, reads(`${ARN}prod/db-*`), 'DENIED'],
  ['of something else, in a parameter', ANYWHERE, reads('arn:aws:ssm:*:*:parameter/prod/size', 'ssm:GetParameter'), 'DENIED'],
  ['that is a password', { ...ANYWHERE, ...Secret({ GenerateSecretString: { SecretStringTemplate: '{"username":"app"}', GenerateStringKey: 'password' } }) }, reads(REF), 'DENIED'],
  ['while no role trusts certificates', admin('ec2'), reads(`${ARN}prod/device-cert-??????`), 'DENIED'],
  ['that it may only describe', ANYWHERE, reads('*', 'secretsmanager:DescribeSecret'), 'DENIED'],
])('a pod that may read a secret %s might get a role with a certificate, or not', (_, resources, statement, expected) => {
  expect(decisionOf(resources, statement).outcome).toBe(expected);
});

test('the answer names what the certificate is in', () => {
  expect(decisionOf(ANYWHERE, reads(`${ARN}prod/device-cert-??????`)).missing).toEqual([
    expect.stringMatching(/^role Role may request secretsmanager:GetSecretValue, and so might get a certificate from arn:.*device-cert-.*, and with it role Admin, which trusts rolesanywhere.amazonaws.com$/),
  ]);
});
