import { Key } from 'aws-cdk-lib/aws-kms';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const KEY = 'key/1234abcd-12ab-34cd-56ef-1234567890ab';
const NEW_KEY = 'key/5678abcd-12ab-34cd-56ef-1234567890ab';
const CLUSTER_NAME = 'ebs.csi.aws.com/cluster-name';

const volume = (place: Place, id = 'vol-1') => arnIn(place, 'ec2', `volume/${id}`);
const snapshot = ({ partition, region }: Place, id = 'snap-1') => `arn:${partition}:ec2:${region}::snapshot/${id}`;
const instance = (place: Place) => arnIn(place, 'ec2', 'instance/i-1');

/** What the driver tags, with the name of its cluster from `--k8s-tag-cluster-id`. */
const tagged = (kind: 'aws:RequestTag' | 'aws:ResourceTag', clusterName: string) => ({
  [`${kind}/ebs.csi.aws.com/cluster`]: 'true', [`${kind}/${CLUSTER_NAME}`]: clusterName,
});

/** What a driver without `--k8s-tag-cluster-id` has tagged. */
const UNNAMED = { 'aws:ResourceTag/ebs.csi.aws.com/cluster': 'true' };

const viaEc2 = ({ partition, region }: Place) => ({ 'kms:ViaService': `ec2.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}` });

const readCalls = (): Call[] => [
  { what: 'check its credentials', action: 'ec2:DescribeAvailabilityZones' },
  { what: 'find the devices of an instance', action: 'ec2:DescribeInstances' },
  { what: 'find the cards of an instance', action: 'ec2:DescribeInstanceTypes' },
  { what: 'list snapshots', action: 'ec2:DescribeSnapshots' },
  { what: 'find a volume', action: 'ec2:DescribeVolumes' },
  { what: 'wait for a modification', action: 'ec2:DescribeVolumesModifications' },
  { what: 'wait for initialization', action: 'ec2:DescribeVolumeStatus' },
];

const creations = (place: Place, clusterName: string): Call[] => {
  const context = tagged('aws:RequestTag', clusterName);
  return [
    { what: 'create a volume', action: 'ec2:CreateVolume', resource: volume(place, '*'), context },
    { what: 'create a clone', action: 'ec2:CopyVolumes', resource: volume(place, '*'), context },
    { what: 'create a snapshot', action: 'ec2:CreateSnapshot', resource: snapshot(place, '*'), context },
  ];
};

const tagsOnCreation = (place: Place): Call[] => {
  const context = tagged('aws:RequestTag', place.clusterName);
  return [
    { what: 'tag a new volume', action: 'ec2:CreateTags', resource: volume(place, '*'), context: { ...context, 'ec2:CreateAction': 'CreateVolume' } },
    { what: 'tag a new snapshot', action: 'ec2:CreateTags', resource: snapshot(place, '*'), context: { ...context, 'ec2:CreateAction': 'CreateSnapshot' } },
    { what: 'tag a new clone', action: 'ec2:CreateTags', resource: volume(place, '*'), context: { ...context, 'ec2:CreateAction': 'CopyVolumes' } },
  ];
};

const uses = (place: Place, context: Call['context']): Call[] => [
  ...['AttachVolume', 'CopyVolumes', 'CreateSnapshot', 'DeleteVolume', 'DetachVolume', 'ModifyVolume'].map((name) => (
    { what: `${name} of a volume`, action: `ec2:${name}`, resource: volume(place), context })),
  ...['CreateVolume', 'DeleteSnapshot', 'EnableFastSnapshotRestores', 'LockSnapshot'].map((name) => (
    { what: `${name} of a snapshot`, action: `ec2:${name}`, resource: snapshot(place), context })),
  { what: 'add a tag', action: 'ec2:CreateTags', resource: volume(place), context: { ...context, 'aws:TagKeys': ['team'], 'aws:RequestTag/team': 'red' } },
  { what: 'remove a tag', action: 'ec2:DeleteTags', resource: volume(place), context: { ...context, 'aws:TagKeys': ['team'] } },
];

/** Removing or changing tags of a volume in which policies trust. */
const changesOfBindingTags = (place: Place, context: Call['context']): Call[] => [
  { what: 'remove the tag that binds', action: 'ec2:DeleteTags', resource: volume(place), context: { ...context, 'aws:TagKeys': ['team', CLUSTER_NAME] } },
  { what: 'remove all tags', action: 'ec2:DeleteTags', resource: volume(place), context },
  ...[CLUSTER_NAME, CLUSTER_NAME.toUpperCase(), 'ebs.csi.aws.com/cluster', 'kubernetes.io/created-for/pvc/name'].map((key) => (
    { what: `set ${key}`, action: 'ec2:CreateTags', resource: volume(place), context: { ...context, 'aws:TagKeys': [key], [`aws:RequestTag/${key}`]: 'x' } })),
];

const attachments = (place: Place, context?: Call['context']): Call[] => [
  { what: 'attach to an instance', action: 'ec2:AttachVolume', resource: instance(place), context },
  { what: 'detach from an instance', action: 'ec2:DetachVolume', resource: instance(place), context },
];

const keyCall = (what: string, name: string, place: Place, key: string, context: Call['context']): Call => (
  { what: `${what} ${key}`, action: `kms:${name}`, resource: arnIn(place, 'kms', key), context });

const keyCalls = (place: Place, key: string, via: Call['context']): Call[] => [
  keyCall('look at', 'DescribeKey', place, key, via),
  keyCall('decrypt with', 'Decrypt', place, key, via),
  keyCall('encrypt with', 'GenerateDataKeyWithoutPlaintext', place, key, via),
  keyCall('let an instance use', 'CreateGrant', place, key, { ...via, 'kms:GrantIsForAWSResource': 'true' }),
];

/** Restoring a snapshot of a volume, or cloning a volume, that another key encrypts. */
const changesOfKey = (place: Place, from: string, to: string, via: Call['context']): Call[] => [
  keyCall('read a snapshot or volume that is encrypted with', 'ReEncryptFrom', place, from, via),
  keyCall('restore or clone with', 'ReEncryptTo', place, to, via),
  ...keyCalls(place, to, via),
];

const INSTANCE_TAGS = ['eks:cluster-name', 'eks:eks-cluster-name', CLUSTER_NAME];

const elsewhere = (place: Place): Place => ({ ...place, region: 'eu-west-1' });

const deniedAlways = (place: Place): Call[] => {
  const own = tagged('aws:ResourceTag', place.clusterName);
  return [
    ...creations(place, 'other'),
    ...creations(elsewhere(place), place.clusterName),
    ...tagsOnCreation(elsewhere(place)),
    ...uses(place, tagged('aws:ResourceTag', 'other')),
    ...uses(place, { 'aws:ResourceTag/Name': 'database' }),
    ...uses(elsewhere(place), own),
    ...changesOfBindingTags(place, own),
    { what: 'set the tag that binds', action: 'ec2:CreateTags', resource: volume(place), context: tagged('aws:RequestTag', place.clusterName) },
    { what: 'set the tag that binds on a snapshot', action: 'ec2:CreateTags', resource: snapshot(place), context: tagged('aws:RequestTag', place.clusterName) },
    { what: 'share a snapshot', action: 'ec2:ModifySnapshotAttribute', resource: snapshot(place), context: own },
    { what: 'let an instance start with other tags', action: 'ec2:CreateTags', resource: instance(place), context: { 'ec2:CreateAction': 'RunInstances' } },
    ...attachments(elsewhere(place), { 'aws:ResourceTag/eks:cluster-name': place.clusterName }),
  ];
};

describeController('Amazon EBS CSI driver', {
  policy: (stack, place) => new policies.EbsCsiDriverPolicy({
    encryptionKeys: [KEY, NEW_KEY].map((key) => Key.fromKeyArn(stack, key, arnIn(place, 'kms', key))),
  }),
  allowed: (place) => [
    ...readCalls(),
    ...creations(place, place.clusterName),
    ...tagsOnCreation(place),
    ...uses(place, tagged('aws:ResourceTag', place.clusterName)),
    ...INSTANCE_TAGS.flatMap((tag) => attachments(place, { [`aws:ResourceTag/${tag}`]: place.clusterName })),
    ...keyCalls(place, KEY, viaEc2(place)),
    ...changesOfKey(place, KEY, NEW_KEY, viaEc2(place)),
  ],
  denied: (place) => [
    ...deniedAlways(place),
    ...uses(place, UNNAMED),
    ...INSTANCE_TAGS.flatMap((tag) => attachments(place, { [`aws:ResourceTag/${tag}`]: 'other' })),
    ...INSTANCE_TAGS.flatMap((tag) => attachments(elsewhere(place), { [`aws:ResourceTag/${tag}`]: place.clusterName })),
    ...keyCalls(place, 'key/other', viaEc2(place)),
    ...changesOfKey(place, 'key/other', 'key/other', viaEc2(place)),
    ...changesOfKey(place, KEY, NEW_KEY, {}),
    ...keyCalls(place, KEY, {}),
    ...keyCalls(place, KEY, { 'kms:ViaService': `s3.${place.region}.amazonaws.com` }),
    { what: 'give the key to another principal', action: 'kms:CreateGrant', resource: arnIn(place, 'kms', KEY), context: { ...viaEc2(place), 'kms:GrantIsForAWSResource': 'false' } },
  ],
});

describeController('Amazon EBS CSI driver with volumes without the name of a cluster, and all instances', {
  policy: () => new policies.EbsCsiDriverPolicy({ volumesWithoutClusterName: true, allInstances: true }),
  allowed: (place) => [
    ...readCalls(),
    ...creations(place, place.clusterName),
    ...tagsOnCreation(place),
    ...uses(place, tagged('aws:ResourceTag', place.clusterName)),
    ...uses(place, UNNAMED),
    ...attachments(place),
  ],
  denied: (place) => [
    ...deniedAlways(place),
    ...uses(elsewhere(place), UNNAMED),
    ...changesOfBindingTags(place, UNNAMED),
    ...keyCalls(place, KEY, viaEc2(place)),
  ],
});

test('The policy of the Amazon EBS CSI driver refuses unknown properties', () => {
  expect(() => new policies.EbsCsiDriverPolicy({ keys: [] } as any)).toThrow('keys is not a property of EbsCsiDriverPolicyProps');
});
