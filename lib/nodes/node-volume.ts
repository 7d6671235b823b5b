import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';

/** An EBS volume of each node. */
export interface NodeVolume {
  /**
   * The size of the volume, in whole gibibytes.
   *
   * @default Size.gibibytes(80)
   */
  readonly size?: Size;

  /**
   * The type of the volume.
   *
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
   * @default ec2.EbsDeviceVolumeType.GP3
   */
  readonly volumeType?: ec2.EbsDeviceVolumeType;

  /**
   * Input and output operations per second, for gp3 (3,000 to 80,000, at most 500 for each GiB), io1 and io2.
   *
   * @default - 3,000 for gp3; required for io1 and io2
   */
  readonly iops?: number;

  /**
   * Throughput in MiB per second, for gp3: 125 to 2,000, at most a quarter of `iops`.
   *
   * @default - 125 for gp3
   */
  readonly throughput?: number;

  /**
   * The symmetric KMS key that encrypts the volume. Allow the role `AWSServiceRoleForAutoScaling` to use it; otherwise, nodes do not start.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   * @default - the default EBS encryption key of the AWS account
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Does not encrypt the volume. It is encrypted only if the image is, or if EBS encryption by default is enabled for the AWS account.
   *
   * @default false
   */
  readonly unsafeUnencrypted?: boolean;
}

/** An additional EBS volume of each node. It has no file system: create one with `preBootstrapCommands` or settings. */
export interface AdditionalNodeVolume extends NodeVolume {
  /**
   * The name of the device, such as `/dev/xvdf`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly deviceName: string;
}
