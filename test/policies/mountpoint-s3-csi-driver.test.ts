import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Call } from './controller-table';
import { describeController } from './describe-controller';
import { arnIn, Place } from './place';
import { policies } from '../../lib';

const KEY = 'key/1234abcd-12ab-34cd-56ef-1234567890ab';

const bucket = (stack: Stack, bucketName: string) => Bucket.fromBucketName(stack, bucketName, bucketName);

const encrypted = (stack: Stack, place: Place) => Bucket.fromBucketAttributes(stack, 'Data', {
  bucketName: 'data', encryptionKey: Key.fromKeyArn(stack, 'Key', arnIn(place, 'kms', KEY)),
});

const arn = ({ partition }: Place, path: string) => `arn:${partition}:s3:::${path}`;

const list = (place: Place, name: string, prefix: string): Call => (
  { what: `list ${prefix} of ${name}`, action: 's3:ListBucket', resource: arn(place, name), context: { 's3:prefix': prefix, 's3:delimiter': '/' } });

const reads = (place: Place, path: string): Call[] => [{ what: `read ${path}`, action: 's3:GetObject', resource: arn(place, path) }];

const writes = (place: Place, path: string): Call[] => ['AbortMultipartUpload', 'PutObject'].map((name) => (
  { what: `${name} of ${path}`, action: `s3:${name}`, resource: arn(place, path) }));

const deletion = (place: Place, path: string): Call => ({ what: `delete ${path}`, action: 's3:DeleteObject', resource: arn(place, path) });

const via = ({ partition, region }: Place, service: string) => ({ 'kms:ViaService': `${service}.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}` });

const decryption = (place: Place, key: string, context: Call['context']): Call => (
  { what: `decrypt with ${key}`, action: 'kms:Decrypt', resource: arnIn(place, 'kms', key), context });

const encryption = (place: Place, key: string, context: Call['context']): Call => (
  { what: `encrypt with ${key}`, action: 'kms:GenerateDataKey', resource: arnIn(place, 'kms', key), context });

const deniedAlways = (place: Place): Call[] => [
  list(place, 'other', ''),
  ...reads(place, 'other/file'),
  ...writes(place, 'other/file'),
  deletion(place, 'other/file'),
  { what: 'change who may use the bucket', action: 's3:PutBucketPolicy', resource: arn(place, 'data') },
  { what: 'read an older version', action: 's3:GetObjectVersion', resource: arn(place, 'data/file') },
  ...[decryption, encryption].flatMap((call) => [call(place, 'key/other', via(place, 's3')), call(place, KEY, {}), call(place, KEY, via(place, 'ec2'))]),
];

describeController('Mountpoint for Amazon S3 CSI driver that only reads', {
  policy: (stack, place) => new policies.MountpointS3CsiDriverPolicy({ mounts: [{ bucket: encrypted(stack, place) }] }),
  allowed: (place) => [list(place, 'data', ''), list(place, 'data', 'team-a/'), ...reads(place, 'data/file'), decryption(place, KEY, via(place, 's3'))],
  denied: (place) => [...deniedAlways(place), ...writes(place, 'data/file'), deletion(place, 'data/file'), encryption(place, KEY, via(place, 's3'))],
});

describeController('Mountpoint for Amazon S3 CSI driver that writes', {
  policy: (stack, place) => new policies.MountpointS3CsiDriverPolicy({
    mounts: [
      { bucket: encrypted(stack, place), allowWrite: true, allowDelete: true },
      { bucket: bucket(stack, 'shared'), prefix: 'team-a/', allowWrite: true },
      { bucket: bucket(stack, 'archive'), prefix: '2026/' },
    ],
  }),
  allowed: (place) => [
    list(place, 'data', ''),
    ...reads(place, 'data/file'),
    ...writes(place, 'data/file'),
    deletion(place, 'data/file'),
    decryption(place, KEY, via(place, 's3')),
    encryption(place, KEY, via(place, 's3')),
    list(place, 'shared', 'team-a/'),
    list(place, 'shared', 'team-a/logs/'),
    ...reads(place, 'shared/team-a/file'),
    ...writes(place, 'shared/team-a/file'),
    list(place, 'archive', '2026/'),
    ...reads(place, 'archive/2026/file'),
  ],
  denied: (place) => [
    ...deniedAlways(place),
    deletion(place, 'shared/team-a/file'),
    ...writes(place, 'archive/2026/file'),
    ...['', 'team-b/'].flatMap((prefix) => [list(place, 'shared', prefix), list(place, 'archive', prefix)]),
    list(place, 'other', 'team-a/'),
    list(place, 'other', '2026/'),
    ...reads(place, 'shared/team-b/file'),
    ...writes(place, 'shared/team-b/file'),
  ],
});

describe('The policy of the Mountpoint for Amazon S3 CSI driver', () => {
  test('needs a mount', () => {
    expect(() => new policies.MountpointS3CsiDriverPolicy({ mounts: [] })).toThrow('mounts must be a list of at least one');
  });

  test.each<[string, (value: string) => string]>([
    ['could be empty, which is the whole bucket', (value) => value],
    ['has no slash after it', (value) => `teams/${value}`],
    ['has a wildcard before it', (value) => `*${value}/`],
  ])('refuses a prefix with a value of the deployment that %s', (_, prefix) => {
    const stack = new Stack();
    const mounts = [{ bucket: bucket(stack, 'data'), prefix: prefix(new CfnParameter(stack, 'Team').valueAsString) }];
    expect(() => new policies.MountpointS3CsiDriverPolicy({ mounts })).toThrow(`mounts[0].prefix is "${prefix('…')}", but must be the prefix of a directory, which ends with /, without *, ? and $`);
  });

  test.each(['team-a', '', '/*', 'team-?/', '${aws:username}/'])('refuses the prefix %j', (prefix) => {
    const mounts = ['models/', prefix].map((each) => ({ bucket: bucket(new Stack(), 'data'), prefix: each }));
    expect(() => new policies.MountpointS3CsiDriverPolicy({ mounts })).toThrow(`mounts[1].prefix is "${prefix}", but must be the prefix of a directory`);
  });
});
