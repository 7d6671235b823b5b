import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { launchTemplateData } from './nodegroups';
import { NodeAmiFamily } from '../../lib';

const mappings = (...args: Parameters<typeof launchTemplateData>) => launchTemplateData(...args).BlockDeviceMappings;
const KEY = 'arn:aws:kms:us-west-2:123456789012:key/12345678-1234-1234-1234-123456789012';
const DISK = { VolumeSize: 80, VolumeType: 'gp3', Encrypted: true, DeleteOnTermination: true };

test('the disk of a node is encrypted, and large enough for images', () => {
  expect(mappings()).toEqual([{ DeviceName: '/dev/xvda', Ebs: DISK }]);
});

test('the disk is as asked for', () => {
  expect(mappings((stack) => ({ disk: { size: Size.tebibytes(1), iops: 6000, throughput: 500, encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY) } }))).toEqual([
    { DeviceName: '/dev/xvda', Ebs: { ...DISK, VolumeSize: 1024, Iops: 6000, Throughput: 500, KmsKeyId: KEY } },
  ]);
  expect(mappings({ disk: { volumeType: ec2.EbsDeviceVolumeType.IO2, iops: 20_000 } })).toEqual([{ DeviceName: '/dev/xvda', Ebs: { ...DISK, VolumeType: 'io2', Iops: 20_000 } }]);
});

test('the disk is left unencrypted where that is asked for by its name', () => {
  const [{ Ebs }] = mappings({ disk: { unsafeUnencrypted: true } });
  expect(Ebs).not.toHaveProperty('Encrypted');
});

test('further volumes come after it', () => {
  expect(mappings({ additionalVolumes: [{ deviceName: '/dev/xvdf', size: Size.gibibytes(10) }] })).toEqual([
    { DeviceName: '/dev/xvda', Ebs: DISK },
    { DeviceName: '/dev/xvdf', Ebs: { ...DISK, VolumeSize: 10 } },
  ]);
});

test('on Bottlerocket it is the data disk, and the system\'s is encrypted, too, as big as its image', () => {
  const amiFamily = NodeAmiFamily.BOTTLEROCKET;
  expect(mappings((stack) => ({ amiFamily, disk: { encryptionKey: kms.Key.fromKeyArn(stack, 'Key', KEY) } }))).toEqual([
    { DeviceName: '/dev/xvda', Ebs: { Encrypted: true, DeleteOnTermination: true, KmsKeyId: KEY } },
    { DeviceName: '/dev/xvdb', Ebs: { ...DISK, KmsKeyId: KEY } },
  ]);
  expect(mappings({ amiFamily, disk: { unsafeUnencrypted: true } }).map(({ DeviceName }: any) => DeviceName)).toEqual(['/dev/xvdb']);
});
