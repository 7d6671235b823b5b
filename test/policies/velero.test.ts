import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';
import { Context } from '../verification/second-opinion/conditions';

const bucket = ({ partition }: Place, path = '') => `arn:${partition}:s3:::backups${path}`;
const volume = (place: Place, id = 'vol-1') => arnIn(place, 'ec2', `volume/${id}`);
const snapshot = ({ partition, region }: Place, id = 'snap-1') => `arn:${partition}:ec2:${region}::snapshot/${id}`;

/** The tags of a volume that Velero copies. */
const named = (clusterName: string) => ({ 'ebs.csi.aws.com/cluster': 'true', 'ebs.csi.aws.com/cluster-name': clusterName });
const UNNAMED = { 'ebs.csi.aws.com/cluster': 'true' };
const BACKUP = { 'velero.io/backup': 'daily', 'velero.io/pv': 'pvc-1' };

type Tags = { readonly [key: string]: string };

const tags = (kind: 'RequestTag' | 'ResourceTag', values: Tags): Context =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [`aws:${kind}/${key}`, value]));

/** A call that a service makes to AWS KMS for Velero. */
const useKey = (name: string, place: Place, service: string, id: string, context: Context = {}): Call => ({
  what: `${name} of key ${id} through ${service}`,
  action: `kms:${name}`,
  resource: arnIn(place, 'kms', `key/${id}`),
  context: { 'kms:ViaService': `${service}.${place.region}.amazonaws.com${place.partition === 'aws-cn' ? '.cn' : ''}`, ...context },
});

const keyIn = (stack: Stack, place: Place, id: string) => Key.fromKeyArn(stack, id, arnIn(place, 'kms', `key/${id}`));

const backups = (place: Place): Call[] => [
  { what: 'list backups', action: 's3:ListBucket', resource: bucket(place) },
  { what: 'store a backup', action: 's3:PutObject', resource: bucket(place, '/backups/daily/velero-backup.json') },
  { what: 'stop an upload', action: 's3:AbortMultipartUpload', resource: bucket(place, '/backups/daily/daily.tar.gz') },
  { what: 'read a backup', action: 's3:GetObject', resource: bucket(place, '/backups/daily/velero-backup.json') },
  { what: 'delete a backup', action: 's3:DeleteObject', resource: bucket(place, '/backups/daily/velero-backup.json') },
];

const attacksOnBackups = (place: Place): Call[] => [
  { what: 'list another bucket', action: 's3:ListBucket', resource: `arn:${place.partition}:s3:::other` },
  { what: 'read another bucket', action: 's3:GetObject', resource: `arn:${place.partition}:s3:::other/backups/daily/velero-backup.json` },
  { what: 'open the bucket to others', action: 's3:PutBucketPolicy', resource: bucket(place) },
  { what: 'delete old versions', action: 's3:DeleteObjectVersion', resource: bucket(place, '/backups/daily/velero-backup.json') },
];

/** The calls of a backup, a restore and the deletion of a backup. */
const snapshots = (place: Place, ofVolume: Tags): Call[] => {
  const ofSnapshot = { ...ofVolume, ...BACKUP };
  return [
    { what: 'find a volume', action: 'ec2:DescribeVolumes' },
    { what: 'create a snapshot of a volume', action: 'ec2:CreateSnapshot', resource: volume(place), context: tags('ResourceTag', ofVolume) },
    { what: 'create a snapshot', action: 'ec2:CreateSnapshot', resource: snapshot(place, '*'), context: tags('RequestTag', ofSnapshot) },
    { what: 'tag a new snapshot', action: 'ec2:CreateTags', resource: snapshot(place), context: { ...tags('RequestTag', ofSnapshot), 'ec2:CreateAction': 'CreateSnapshot' } },
    { what: 'find a snapshot', action: 'ec2:DescribeSnapshots' },
    { what: 'restore a snapshot', action: 'ec2:CreateVolume', resource: snapshot(place), context: tags('ResourceTag', ofSnapshot) },
    { what: 'restore a volume', action: 'ec2:CreateVolume', resource: volume(place, '*'), context: tags('RequestTag', ofSnapshot) },
    { what: 'tag a restored volume', action: 'ec2:CreateTags', resource: volume(place), context: { ...tags('RequestTag', ofSnapshot), 'ec2:CreateAction': 'CreateVolume' } },
    { what: 'delete a snapshot', action: 'ec2:DeleteSnapshot', resource: snapshot(place), context: tags('ResourceTag', ofSnapshot) },
  ];
};

const writes = (calls: Call[]) => calls.filter(({ action }) => !/:Describe|:CreateTags/.test(action));

const attacksOnVolumes = (place: Place): Call[] => [
  ...writes(snapshots(place, named('other'))),
  ...writes(snapshots({ ...place, region: 'eu-west-1' }, named(place.clusterName))),
  { what: 'tag a new volume in another Region', action: 'ec2:CreateTags', resource: volume({ ...place, region: 'eu-west-1' }), context: { 'ec2:CreateAction': 'CreateVolume' } },
  { what: 'delete a snapshot of the CSI driver', action: 'ec2:DeleteSnapshot', resource: snapshot(place), context: tags('ResourceTag', named(place.clusterName)) },
  { what: 'set the tag that binds', action: 'ec2:CreateTags', resource: volume(place), context: tags('RequestTag', named(place.clusterName)) },
  { what: 'tag a snapshot as that of a backup', action: 'ec2:CreateTags', resource: snapshot(place), context: { ...tags('ResourceTag', named(place.clusterName)), ...tags('RequestTag', BACKUP) } },
  { what: 'remove the tag that binds', action: 'ec2:DeleteTags', resource: volume(place), context: tags('ResourceTag', named(place.clusterName)) },
  { what: 'share a snapshot', action: 'ec2:ModifySnapshotAttribute', resource: snapshot(place), context: tags('ResourceTag', named(place.clusterName)) },
  { what: 'delete a volume', action: 'ec2:DeleteVolume', resource: volume(place), context: tags('ResourceTag', named(place.clusterName)) },
];

describeController('Velero', {
  policy: (stack) => new policies.VeleroPolicy({ bucket: Bucket.fromBucketName(stack, 'Bucket', 'backups') }),
  allowed: backups,
  denied: (place) => [
    ...attacksOnBackups(place),
    ...snapshots(place, named(place.clusterName)),
    { what: 'tag an object', action: 's3:PutObjectTagging', resource: bucket(place, '/backups/daily/velero-backup.json') },
  ],
});

const ENCRYPTION = ['Decrypt', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'];
const FOR_AWS = { 'kms:GrantIsForAWSResource': 'true' };

describeController('Velero with snapshots of volumes', {
  policy: (stack, place) => new policies.VeleroPolicy({
    bucket: Bucket.fromBucketName(stack, 'Bucket', 'backups'),
    bucketEncryptionKey: keyIn(stack, place, 'bucket'),
    tagObjects: true,
    volumeSnapshots: true,
    volumeEncryptionKeys: [keyIn(stack, place, 'volumes')],
  }),
  allowed: (place) => [
    ...backups(place),
    { what: 'tag an object', action: 's3:PutObjectTagging', resource: bucket(place, '/backups/daily/velero-backup.json') },
    ...snapshots(place, named(place.clusterName)),
    ...['Decrypt', 'GenerateDataKey'].map((name) => useKey(name, place, 's3', 'bucket')),
    ...ENCRYPTION.map((name) => useKey(name, place, 'ec2', 'volumes')),
    useKey('CreateGrant', place, 'ec2', 'volumes', FOR_AWS),
  ],
  denied: (place) => [
    ...attacksOnBackups(place),
    ...attacksOnVolumes(place),
    ...writes(snapshots(place, UNNAMED)),
    useKey('Decrypt', place, 'ec2', 'bucket'),
    useKey('Decrypt', place, 's3', 'volumes'),
    useKey('Decrypt', place, 's3', 'other'),
    useKey('Decrypt', place, 'ec2', 'other'),
    useKey('CreateGrant', place, 'ec2', 'volumes'),
    useKey('CreateGrant', place, 'ec2', 'other', FOR_AWS),
    useKey('CreateGrant', place, 'rds', 'volumes', FOR_AWS),
  ],
});

describeController('Velero with snapshots of volumes without the name of a cluster', {
  policy: (stack) => new policies.VeleroPolicy({
    bucket: Bucket.fromBucketName(stack, 'Bucket', 'backups'), volumeSnapshots: true, volumesWithoutClusterName: true,
  }),
  allowed: (place) => [...backups(place), ...snapshots(place, named(place.clusterName)), ...snapshots(place, UNNAMED)],
  denied: (place) => [
    ...attacksOnBackups(place),
    ...attacksOnVolumes(place),
    ...writes(snapshots({ ...place, region: 'eu-west-1' }, UNNAMED)),
    ...writes(snapshots(place, {})),
    { what: 'delete an unnamed snapshot of the CSI driver', action: 'ec2:DeleteSnapshot', resource: snapshot(place), context: tags('ResourceTag', UNNAMED) },
  ],
});

describe('VeleroPolicy', () => {
  const context = { clusterName: 'prod', partition: 'aws', region: 'us-west-2', account: '123456789012', usesIrsa: true, usesPodIdentity: false };
  const inStack = <T>(make: (stack: Stack) => T) => make(new Stack(new App(), 'Stack', { env: { account: context.account, region: context.region } }));
  const given = () => inStack((stack) => Bucket.fromBucketName(stack, 'Bucket', 'backups'));

  test('knows the key and the Region of the bucket', () => {
    const encrypted = inStack((stack) => Bucket.fromBucketAttributes(stack, 'Bucket', {
      bucketName: 'backups', region: 'eu-west-1', encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:123456789012:key/mine'),
    }));
    const statement = new policies.VeleroPolicy({ bucket: encrypted }).bind(context).statements.find(({ actions }) => actions.includes('kms:GenerateDataKey'))!;
    expect(statement.resources).toEqual(['arn:aws:kms:eu-west-1:123456789012:key/mine']);
    expect(statement.conditions.StringEquals['kms:ViaService']).toContain('s3.eu-west-1.amazonaws.com');
  });

  test.each([
    ['volumesWithoutClusterName without snapshots', { volumesWithoutClusterName: true },
      'volumeSnapshots must be true if volumesWithoutClusterName or volumeEncryptionKeys is set: otherwise omit these'],
    ['an empty list of keys', { volumeSnapshots: true, volumeEncryptionKeys: [] }, 'volumeEncryptionKeys must be a list of at least one'],
  ])('refuses %s', (_, props, message) => {
    expect(() => new policies.VeleroPolicy({ bucket: given(), ...props })).toThrow(`VeleroPolicy: ${message}`);
  });
});
