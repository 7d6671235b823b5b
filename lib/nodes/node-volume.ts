import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';

/** Options for an EBS volume of each node. */
export interface NodeVolume {
  /**
   * The size of the volume in whole gibibytes. The minimum and maximum depend on the volume type. With an Amazon EKS image, `disk` must have
   * at least 20 GiB.
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
   * The number of I/O operations per second (IOPS). For gp3: 3,000 to 80,000, at most 500 for each GiB. For io1: 100 to 64,000, at most 50 for
   * each GiB. For io2: 100 to 256,000, at most 1,000 for each GiB. Other volume types do not support it.
   *
   * @default - 3,000 for gp3; required for io1 and io2
   */
  readonly iops?: number;

  /**
   * The throughput of a gp3 volume in MiB per second: 125 to 2,000, at most a quarter of `iops`. Other volume types do not support it.
   *
   * @default - 125 for gp3
   */
  readonly throughput?: number;

  /**
   * The symmetric KMS key that encrypts the volume. The service-linked role `AWSServiceRoleForAutoScaling` must be allowed to use the key; otherwise,
   * nodes do not start.
   *
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   * @default - the default EBS encryption key of the AWS account
   */
  readonly encryptionKey?: kms.IKey;

  /**
   * Whether to leave the volume unencrypted. If true, the volume is encrypted only if the image is encrypted, or if EBS encryption by default
   * is enabled for the AWS account.
   *
   * @default false
   */
  readonly unsafeUnencrypted?: boolean;
}

/** Options for an additional EBS volume of each node. It has no file system: create one with `preBootstrapCommands` or settings. */
export interface AdditionalNodeVolume extends NodeVolume {
  /**
   * The device name, such as `/dev/xvdf`. It must be unique among the volumes of the node.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly deviceName: string;
}
