import { decisionOf, ofInstance } from './code-apps';
import { allow, arnOf, objects } from '../templates';

const INSTANCE = { Type: 'AWS::EC2::Instance', Properties: { KeyName: { Ref: 'Key' }, IamInstanceProfile: { Ref: 'Profile' } } };
const NODES = { Type: 'AWS::EKS::Nodegroup', Properties: { ClusterName: { Ref: 'Cluster' }, NodeRole: arnOf('Admin'), AmiType: 'AL2023_x86_64_STANDARD', RemoteAccess: { Ec2SshKey: { Ref: 'Key' } } } };
const replaces = (...actions: string[]) => allow(actions, 'arn:aws:ec2:*:*:key-pair/bastion');

test.each<[string, object, object, string]>([
  ['deletes and imports the key of an instance', ofInstance({}, INSTANCE), replaces('ec2:DeleteKeyPair', 'ec2:ImportKeyPair'), 'UNKNOWN'],
  ['deletes and creates the key of nodes', ofInstance({}, NODES), replaces('ec2:DeleteKeyPair', 'ec2:CreateKeyPair'), 'UNKNOWN'],
  ['only imports the key of an instance', ofInstance({}, INSTANCE), replaces('ec2:ImportKeyPair'), 'DENIED'],
  ['replaces another key', ofInstance({ KeyName: 'other' }, INSTANCE), replaces('ec2:DeleteKeyPair', 'ec2:ImportKeyPair'), 'DENIED'],
])('a pod that %s might sign in to what starts next with it, or not', (_, resources, statement, outcome) => {
  expect(decisionOf(resources, statement).outcome).toBe(outcome);
});

const external = (key: string, namespace = 'default') => objects({
  apiVersion: 'external-secrets.io/v1',
  kind: 'ExternalSecret',
  metadata: { name: 'ssh', namespace },
  spec: { data: [{ secretKey: 'ssh-privatekey', remoteRef: { key } }] },
});
const found = objects({
  apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata: { name: 'all', namespace: 'default' }, spec: { dataFrom: [{ find: { path: '/ec2' } }] },
});
const csi = objects({
  apiVersion: 'secrets-store.csi.x-k8s.io/v1',
  kind: 'SecretProviderClass',
  metadata: { name: 'ssh', namespace: 'default' },
  spec: { provider: 'aws', parameters: { objects: '- objectName: \\"/ec2/keypair/${Key.KeyPairId}\\"\\n  objectType: \\"ssmparameter\\"\\n' } },
});
const synced = (Synced: object, key: object = {}, it: object = INSTANCE) => ({ ...ofInstance(key, it), Synced });
const OTHER = { Other: { Type: 'AWS::EC2::KeyPair', Properties: { KeyName: 'other' } } };
const ELSEWHERE = { ...INSTANCE, Properties: { ...INSTANCE.Properties, KeyName: 'elsewhere' } };

test.each<[string, object, string]>([
  ['a controller syncs from its parameter to a Secret', synced(external('/ec2/keypair/${Key.KeyPairId}')), 'UNKNOWN'],
  ['a controller syncs by a literal ID', synced(external('/ec2/keypair/key-0123456789abcdef0')), 'UNKNOWN'],
  ['a volume syncs', synced(csi), 'UNKNOWN'],
  ['a search of a controller may find', synced(found), 'UNKNOWN'],
  ['nodes have and a controller syncs', synced(external('/ec2/keypair/${Key.KeyPairId}'), {}, NODES), 'UNKNOWN'],
  ['no template creates and a controller syncs by a literal ID', synced(external('/ec2/keypair/key-0123456789abcdef0'), {}, ELSEWHERE), 'UNKNOWN'],
  ['a controller syncs to another namespace', synced(external('/ec2/keypair/${Key.KeyPairId}', 'other')), 'DENIED'],
  ['has a private part elsewhere, while a controller syncs another', { ...synced(external('/ec2/keypair/${Other.KeyPairId}'), { PublicKeyMaterial: 'ssh-rsa AAAA' }), ...OTHER }, 'DENIED'],
  ['is not the one that a controller syncs', { ...synced(external('/ec2/keypair/${Other.KeyPairId}')), ...OTHER }, 'DENIED'],
  ['no controller syncs', synced(external('/app/config')), 'DENIED'],
  ['no template creates, while a controller searches for others', synced(found, { PublicKeyMaterial: 'ssh-rsa AAAA' }, ELSEWHERE), 'DENIED'],
])('a pod that may mount the SSH key that %s might sign in to instances, or not', (_, resources, outcome) => {
  expect(decisionOf(resources, allow('sqs:ListQueues')).outcome).toBe(outcome);
});
