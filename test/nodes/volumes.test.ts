import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { launchTemplateData } from './nodegroups';
import { NodeAmiFamily } from '../../lib';

const mappings = (...args: Parameters<typeof launchTemplateData>) => launchTemplateData(...args).BlockDeviceMappings;
const KEY = 'arn:aws:kms:us-west-2:123456789012:key/12345678-1234-1234-1234-123456789012';
const DISK = { VolumeSize: 80, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true };

test('by default, the disk of a node is encrypted and has 80 GiB', () => {
  expect(mappings()).toEqual([{ DeviceName: '/dev/xvda', Ebs: DISK }]);
});

test('options are passed to the disk', () => {
  expect(mappings((stack) => ({ disk: { size: Size.tebibytes(1), iops: 6000, throughput: 500, encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY) } }))).toEqual([
    { DeviceName: '/dev/xvda', Ebs: { ...DISK, VolumeSize: 1024, Iops: 6000, Throughput: 500, KmsKeyId: KEY } },
  ]);
  expect(mappings({ disk: { volumeType: ec2.EbsDeviceVolumeType.IO2, iops: 20_000 } })).toEqual([{ DeviceName: '/dev/xvda', Ebs: { ...DISK, VolumeType: 'io2', Iops: 20_000 } }]);
});

test('the disk is not encrypted if unsafeUnencrypted is set', () => {
  const [{ Ebs }] = mappings({ disk: { unsafeUnencrypted: true } });
  expect(Ebs).not.toHaveProperty('Encrypted');
});

test('additional volumes come after the disk', () => {
  expect(mappings({ additionalVolumes: [{ deviceName: '/dev/xvdf', size: Size.gibibytes(10) }] })).toEqual([
    { DeviceName: '/dev/xvda', Ebs: DISK },
    { DeviceName: '/dev/xvdf', Ebs: { ...DISK, VolumeSize: 10 } },
  ]);
});

test('on Bottlerocket, the disk is the data volume, and the system volume is also encrypted and has the size of its image', () => {
  const amiFamily = NodeAmiFamily.BOTTLEROCKET;
  expect(mappings((stack) => ({ amiFamily, disk: { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY) } }))).toEqual([
    { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, DeleteOnTermination: true, KmsKeyId: KEY } },
    { DeviceName: '/dev/xvdb', Ebs: { ...DISK, KmsKeyId: KEY } },
  ]);
  expect(mappings({ amiFamily, disk: { unsafeUnencrypted: true } }).map(({ DeviceName }: any) => DeviceName)).toEqual(['/dev/xvdb']);
});
