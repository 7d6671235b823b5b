import { Size, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { AmiFamily } from './ami-families/ami-family';
import { checkedSize, checkIops, checkThroughput } from './volume-limits';
import { refusal } from '../../private/errors';
import { checkSymmetricKey } from '../../private/symmetric-key';
import { AdditionalNodeVolume, NodeVolume } from '../node-volume';

type Mapping = ec2.CfnLaunchTemplate.BlockDeviceMappingProperty;

/** The size of the Amazon EKS images, in gibibytes. */
const LEAST_DISK = 20;

export interface VolumesProps {
  readonly family: AmiFamily;
  /** Whether the image is a custom image. */
  readonly ownImage: boolean;
  readonly disk?: NodeVolume;
  readonly additionalVolumes?: AdditionalNodeVolume[];
}

/**
 * The volumes of a node. They are encrypted, except for those with `unsafeUnencrypted`.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
 */
export function blockDeviceMappings({ family, ownImage, disk = {}, additionalVolumes = [] }: VolumesProps): Mapping[] {
  const taken = new Set([family.dataDevice, family.systemDevice]);
  const further = additionalVolumes.map((volume, i) => {
    const property = `additionalVolumes[${i}]`;
    const { deviceName } = volume;
    if (!Token.isUnresolved(deviceName)) {
      if (!/^\/dev\/[a-z0-9]+$/.test(deviceName)) {
        throw refusal(`${property}.deviceName`, deviceName, 'a device name such as /dev/xvdf');
      }
      if (taken.has(deviceName)) {
        throw refusal(`${property}.deviceName`, deviceName, 'a device name that is not in use', 'another volume has it; use disk for the volume of the node itself');
      }
      taken.add(deviceName);
    }
    return { deviceName, ebs: ebs(property, volume, 1) };
  });
  checkBoot(disk.volumeType);
  const system = family.systemDevice && !disk.unsafeUnencrypted
    ? [{ deviceName: family.systemDevice, ebs: { deleteOnTermination: true, encrypted: true, kmsKeyId: disk.encryptionKey?.keyArn } }] : [];
  return [...system, { deviceName: family.dataDevice, ebs: ebs('disk', disk, ownImage ? 1 : LEAST_DISK) }, ...further];
}

function ebs(property: string, volume: NodeVolume, leastSize: number): ec2.CfnLaunchTemplate.EbsProperty {
  const { size = Size.gibibytes(80), volumeType = ec2.EbsDeviceVolumeType.GP3, iops, throughput, encryptionKey, unsafeUnencrypted } = volume;
  const volumeSize = checkedSize(`${property}.size`, volumeType, size, leastSize);
  checkIops(`${property}.iops`, volumeType, volumeSize, iops);
  checkThroughput(`${property}.throughput`, volumeType, iops, throughput);
  checkSymmetricKey(`${property}.encryptionKey`, encryptionKey);
  if (encryptionKey && unsafeUnencrypted) {
    throw refusal(`${property}.unsafeUnencrypted`, true, 'omitted if encryptionKey is set', 'a volume with a key is encrypted');
  }
  return {
    volumeSize,
    volumeType,
    iops,
    throughput,
    deleteOnTermination: true,
    encrypted: unsafeUnencrypted ? undefined : true,
    kmsKeyId: encryptionKey?.keyArn,
  };
}

/** @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html */
function checkBoot(type?: ec2.EbsDeviceVolumeType): void {
  if (type === ec2.EbsDeviceVolumeType.ST1 || type === ec2.EbsDeviceVolumeType.SC1) {
    throw refusal('disk.volumeType', type, 'the type of a boot volume, such as gp3', 'use this type only in additionalVolumes');
  }
}
