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
  ['in the values of a chart', { ...ANYWHERE, ...chart(certificate()) }, [], 'UNKNOWN'],
  ['in a set of resources', ANYWHERE, [named('fluxcd.controlplane.io/v1', 'ResourceSet', 'web', { resources: [certificate()] })], 'UNKNOWN'],
  ['in another namespace', ANYWHERE, [OF_AWS, certificate('web')], 'DENIED'],
  ['by ACME', ANYWHERE, [ACME, certificate()], 'DENIED'],
  ['of an Ingress, by ACME', ANYWHERE, [ACME, ingress], 'DENIED'],
  ['while no role trusts IAM Roles Anywhere', admin('ec2'), [OF_AWS, certificate()], 'DENIED'],
])('a pod that can mount a certificate %s might get a role, or not', (_, resources, documents, expected) => {
  expect(decide(resources, ...documents).outcome).toBe(expected);
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
