import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';

/** An EBS volume of each node. */
export interface NodeVolume {
  /**
   * Its size, in whole gibibytes.
   *
   * @default Size.gibibytes(80)
   */
  readonly size?: Size;

  /**
   * Its type.
   *
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
   * @default ec2.EbsDeviceVolumeType.GP3
   */
  readonly volumeType?: ec2.EbsDeviceVolumeType;

  /**
   * Input and output operations per second, for gp3 (3,000 to 80,000, and 500 for each GiB), io1 and io2.
   *
   * @default - 3,000 for gp3; io1 and io2 need it
   */
  readonly iops?: number;

  /**
   * Throughput in MiB per second, for gp3: 125 to 2,000, and a quarter of `iops`.
   *
   * @default - 125 for gp3
   */
  readonly throughput?: number;

  /**
   * The key that encrypts it. Let the role `AWSServiceRoleForAutoScaling` use a key of yours, or no node starts.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   * @default - the account's default key for EBS
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Leaves the volume as it comes out of the image: without encryption, unless the account encrypts all of them.
   *
   * @default false
   */
  readonly unsafeUnencrypted?: boolean;
}

/** A further EBS volume of each node. What uses it makes its file system: commands before the bootstrap, or settings. */
export interface AdditionalNodeVolume extends NodeVolume {
  /**
   * Name of the device, such as `/dev/xvdf`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly deviceName: string;
}
