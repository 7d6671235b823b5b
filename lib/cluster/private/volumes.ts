import { Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { refusal } from '../../private/errors';
import { NodeAmiFamily } from '../node-ami-family';
import { AdditionalNodeVolume, NodeVolume } from '../node-volume';
import { checkWhole } from './sizes';

type Mapping = ec2.CfnLaunchTemplate.BlockDeviceMappingProperty;

/** Where an image has the node's containers and logs. Bottlerocket's system is on a disk of its own, as big as its image. */
const DISK = { [NodeAmiFamily.AL2023]: '/dev/xvda', [NodeAmiFamily.BOTTLEROCKET]: '/dev/xvdb' };
const BOTTLEROCKET_SYSTEM = '/dev/xvda';

export interface VolumesProps {
  readonly family: NodeAmiFamily;
  readonly disk?: NodeVolume;
  readonly additionalVolumes?: AdditionalNodeVolume[];
}

/**
 * The volumes of a node, encrypted unless that is refused by its name.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-device-mapping-concepts.html
 */
export function blockDeviceMappings({ family, disk = {}, additionalVolumes = [] }: VolumesProps): Mapping[] {
  const taken = new Set([DISK[family], BOTTLEROCKET_SYSTEM]);
  const further = additionalVolumes.map((volume, i) => {
    const property = `additionalVolumes[${i}]`;
    const { deviceName } = volume;
    if (!Token.isUnresolved(deviceName)) {
      if (!/^\/dev\/[a-z0-9]+$/.test(deviceName)) {
        throw refusal(`${property}.deviceName`, deviceName, 'the name of a device, such as /dev/xvdf');
      }
      if (taken.has(deviceName)) {
        throw refusal(`${property}.deviceName`, deviceName, 'a device that is free', 'it has a volume already; that of the node itself is set with disk');
      }
      taken.add(deviceName);
    }
    return { deviceName, ebs: ebs(property, volume) };
  });
  const system = family === NodeAmiFamily.BOTTLEROCKET && !disk.unsafeUnencrypted
    ? [{ deviceName: BOTTLEROCKET_SYSTEM, ebs: { deleteOnTermination: true, encrypted: true, kmsKeyId: disk.encryptionKey?.keyArn } }] : [];
  return [...system, { deviceName: DISK[family], ebs: ebs('disk', disk) }, ...further];
}

function ebs(property: string, volume: NodeVolume): ec2.CfnLaunchTemplate.EbsProperty {
  const { size = Size.gibibytes(80), volumeType = ec2.EbsDeviceVolumeType.GP3, iops, throughput, encryptionKey, unsafeUnencrypted } = volume;
  checkSize(`${property}.size`, size);
  checkPerformance(property, volumeType, iops, throughput);
  if (encryptionKey && unsafeUnencrypted) {
    throw refusal(`${property}.unsafeUnencrypted`, true, 'left out beside encryptionKey', 'a volume with a key is encrypted');
  }
  return {
    volumeSize: size.toGibibytes(),
    volumeType,
    iops,
    throughput,
    deleteOnTermination: true,
    encrypted: unsafeUnencrypted ? undefined : true,
    kmsKeyId: encryptionKey?.keyArn,
  };
}

function checkSize(property: string, size: Size): void {
  const gibibytes = size.isUnresolved() ? 1 : size.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (!Number.isInteger(gibibytes) || gibibytes < 1) {
    throw refusal(property, `${gibibytes} GiB`, 'whole gibibytes, 1 or more');
  }
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_LaunchTemplateEbsBlockDeviceRequest.html */
function checkPerformance(property: string, type: ec2.EbsDeviceVolumeType, iops?: number, throughput?: number): void {
  const { GP3, IO1, IO2 } = ec2.EbsDeviceVolumeType;
  if (iops === undefined && [IO1, IO2].includes(type)) {
    throw refusal(`${property}.iops`, iops, `given for a volume of type ${type}`);
  }
  if (iops !== undefined && ![GP3, IO1, IO2].includes(type)) {
    throw refusal(`${property}.iops`, iops, `left out for a volume of type ${type}`, 'only gp3, io1 and io2 take it');
  }
  if (throughput !== undefined && type !== GP3) {
    throw refusal(`${property}.throughput`, throughput, `left out for a volume of type ${type}`, 'only gp3 takes it');
  }
  checkWhole(`${property}.iops`, iops, type === GP3 ? 3000 : 100, type === GP3 ? 80_000 : 256_000);
  checkWhole(`${property}.throughput`, throughput, 125, 2000);
}
