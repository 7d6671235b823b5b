import { decide, DENIED, reader, UNKNOWN } from './questions';
import { allow, objects, role } from '../../templates';

const SECRET_KEY = { 'Fn::GetAtt': ['Key', 'SecretAccessKey'] };
const policy = [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: [allow('s3:ListAllMyBuckets')] } }];
const Mailer = { Type: 'AWS::IAM::User', Properties: { UserName: 'mailer', Policies: policy } };
const Key = { Type: 'AWS::IAM::AccessKey', Properties: { UserName: { Ref: 'Mailer' } } };
const Secret = { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'ops-key', SecretString: SECRET_KEY } };
const object = (apiVersion: string, kind: string, spec: object, namespace = 'default', annotations?: object) =>
  ({ apiVersion, kind, metadata: { name: 'key', namespace, annotations }, spec });
const inSecretsManager = (...documents: object[]) => ({ ...reader(), Mailer, Key, Secret, Synced: objects(...documents) });
const inOtherNamespace = (annotations: object | undefined, ...documents: object[]) => ({
  ...reader(),
  Mailer,
  Key,
  Source: {
    Type: 'Custom::KubernetesObjects',
    Properties: {
      Cluster: { 'Fn::GetAtt': ['Cluster', 'Arn'] },
      Objects: [{
        Json: JSON.stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'k', namespace: 'sec', annotations }, stringData: {} }),
        Values: [{ Path: '/stringData/key', Value: SECRET_KEY }],
      }],
    },
  },
  ...documents.length > 0 && { Copying: objects(...documents) },
});
const crossplane = (namespace: string, user = 'mailer') => ({
  ...reader(),
  Mailer,
  Objects: objects(object('iam.aws.upbound.io/v1beta1', 'AccessKey', { forProvider: { user }, writeConnectionSecretToRef: { name: 'ops-key', namespace } })),
});
const provider = (name: string, namespace?: string) => object('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', {
  provider: 'aws', parameters: { objects: `- objectName: "${name}"\n  objectType: secretsmanager\n` }, secretObjects: [{ secretName: 'synced' }],
}, namespace);
const clone = (name: string) => object('kyverno.io/v1', 'ClusterPolicy', { rules: [{ generate: { kind: 'Secret', clone: { namespace: 'sec', name } } }] });
const carvel = (name: string) => object('secretgen.carvel.dev/v1alpha1', 'SecretExport', { toNamespaces: [name] }, 'sec');
const hierarchy = (parent: string) => object('hnc.x-k8s.io/v1alpha2', 'HierarchyConfiguration', { parent });
const capsule = (namespace: string) => object('capsule.clastix.io/v1beta2', 'GlobalTenantResource', { resources: [{ namespacedItems: [{ kind: 'Secret', namespace }] }] });
const issuer = object('cert-manager.io/v1', 'ClusterIssuer', { acme: { solvers: [{ dns01: { route53: { secretAccessKeySecretRef: { name: 'k' } } } }] } });
const push = (name: string) =>
  ({ apiVersion: 'external-secrets.io/v1alpha1', kind: 'PushSecret', metadata: { name: 'push', namespace: 'other' }, spec: { selector: { secret: { name } } } });
const REFLECTED = { 'reflector.v1.k8s.emberstack.com/reflection-allowed': 'true' };

const external = (key: string, namespace?: string) => object('external-secrets.io/v1', 'ExternalSecret', { data: [{ remoteRef: { key } }] }, namespace);
const templated = (annotations: object) => object(
  'external-secrets.io/v1', 'ExternalSecret', { target: { template: { metadata: { annotations } } }, data: [{ remoteRef: { key: 'ops-key' } }] }, 'other',
);
const database = (password: object, ...documents: object[]) => ({
  ...reader(),
  Admin: role({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'rds.amazonaws.com' } }, allow('s3:ListAllMyBuckets')),
  Secret: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'ops-key' } },
  Database: { Type: 'AWS::RDS::DBCluster', Properties: { AssociatedRoles: [{ RoleArn: { 'Fn::GetAtt': ['Admin', 'Arn'] } }], ...password } },
  Synced: objects(...documents),
});
const OF_SECRET = { MasterUserPassword: { 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' } };
const ELSEWHERE = { MasterUserPassword: '{{resolve:secretsmanager:db-master:SecretString:password}}' };

test.each<[string, object, string]>([
  ['a controller syncs to their namespace', database(OF_SECRET, external('ops-key')), UNKNOWN],
  ['a controller syncs to another namespace', database(OF_SECRET, external('ops-key', 'other')), DENIED],
  ['is elsewhere, and that a controller syncs', database(ELSEWHERE, external('db-master')), UNKNOWN],
  ['is not the one that a controller syncs', database(ELSEWHERE, external('other')), DENIED],
  ['Amazon RDS manages, and that a controller syncs', database({ ManageMasterUserPassword: true }, external('${Database.MasterUserSecret.SecretArn}')), UNKNOWN],
])('pods might have the password of a database that %s, or not', (_, resources, expected) => {
  const { outcome, missing } = decide(resources, { action: 's3:ListAllMyBuckets' });
  expect([outcome, missing]).toEqual([expected, expected === DENIED ? [] : [expect.stringMatching(/^pods might get the password of Database with role Admin, which is in ExternalSecret default\/key$/)]]);
});

test.each<[string, object, string]>([
  ['the Secrets Store CSI driver syncs to their namespace', inSecretsManager(provider('ops-key')), UNKNOWN],
  ['the Secrets Store CSI driver syncs to their namespace, by its ARN', inSecretsManager(provider('arn:aws:secretsmanager:us-west-2:111122223333:secret:ops-key-AbCdEf')), UNKNOWN],
  ['the Secrets Store CSI driver syncs to another namespace', inSecretsManager(provider('ops-key', 'other')), DENIED],
  ['has another name than the one that the Secrets Store CSI driver syncs', inSecretsManager(provider('ops-key-2')), DENIED],
  ['an operator reads', inSecretsManager(object('digitalis.io/v1', 'ValsSecret', { data: { key: { ref: 'ref+awssecrets://ops-key' } } }, 'other')), UNKNOWN],
  ['is not the one that an operator reads', inSecretsManager(object('digitalis.io/v1', 'ValsSecret', { data: { key: { ref: 'ref+awssecrets://other' } } }, 'other')), DENIED],
  ['is in a Secret of another namespace', inOtherNamespace(undefined), DENIED],
  ['Kyverno copies from another namespace', inOtherNamespace(undefined, clone('k')), UNKNOWN],
  ['is not what Kyverno copies', inOtherNamespace(undefined, clone('other')), DENIED],
  ['External Secrets copies from another namespace', inOtherNamespace(undefined, object('external-secrets.io/v1', 'ExternalSecret', { data: [{ remoteRef: { key: 'k' } }] })), UNKNOWN],
  ['a controller exports to other namespaces', inOtherNamespace(undefined, object('secretgen.carvel.dev/v1alpha1', 'SecretExport', { from: 'k' })), UNKNOWN],
  ['a controller exports from another namespace only', inOtherNamespace(undefined, carvel('default')), DENIED],
  ['a child of their namespace gets', inOtherNamespace(undefined, hierarchy('sec')), UNKNOWN],
  ['a child of another namespace gets', inOtherNamespace(undefined, hierarchy('other')), DENIED],
  ['a controller copies with all Secrets of a namespace', inOtherNamespace(undefined, capsule('sec')), UNKNOWN],
  ['a controller does not copy, as it copies from another namespace', inOtherNamespace(undefined, capsule('other')), DENIED],
  ['ACK writes to AWS Secrets Manager', inOtherNamespace(undefined, object('secretsmanager.services.k8s.aws/v1alpha1', 'Secret', { secretString: { name: 'k' } })), UNKNOWN],
  ['a controller uses, and does not copy', inOtherNamespace(undefined, issuer), DENIED],
  ['External Secrets pushes on from the Secret that it wrote', inSecretsManager(external('ops-key', 'other'), push('key')), UNKNOWN],
  ['External Secrets does not push on', inSecretsManager(external('ops-key', 'other'), push('another')), DENIED],
  ['External Secrets writes to another namespace, with an annotation that lets a controller copy it,', inSecretsManager(templated(REFLECTED)), UNKNOWN],
  ['External Secrets writes to another namespace with other annotations', inSecretsManager(templated({ team: 'red' })), DENIED],
  ['an annotation lets a controller copy', inOtherNamespace(REFLECTED), UNKNOWN],
  ['Crossplane writes to a Secret of their namespace', crossplane('default'), UNKNOWN],
  ['Crossplane writes to a Secret of another namespace', crossplane('other'), DENIED],
  ['Crossplane creates for another user', crossplane('default', 'other'), DENIED],
])('pods might have an access key that %s, or not', (_, resources, expected) => {
  expect(decide(resources, { action: 's3:ListAllMyBuckets' }).outcome).toBe(expected);
});
