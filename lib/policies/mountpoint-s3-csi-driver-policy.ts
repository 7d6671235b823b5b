import * as s3 from 'aws-cdk-lib/aws-s3';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { withoutTokens } from './private/inputs';
import { viaService } from './private/kms';
import { allow } from './private/statements';
import { refusal, refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** A bucket, or a part of it, that Mountpoint for Amazon S3 mounts. */
export interface MountpointS3Mount {
  /** The bucket. If its `encryptionKey` is known, the policy also allows its use. */
  readonly bucket: s3.IBucket;

  /**
   * The prefix of the keys, as in the mount option `prefix`. It ends with `/`.
   *
   * @default - all objects of the bucket
   */
  readonly prefix?: string;

  /**
   * Whether workloads write files.
   *
   * @default false
   */
  readonly allowWrite?: boolean;

  /**
   * Whether workloads delete files, as with the mount option `allow-delete`.
   *
   * @default false
   */
  readonly allowDelete?: boolean;
}

/** Properties of `MountpointS3CsiDriverPolicy`. */
export interface MountpointS3CsiDriverPolicyProps {
  /** What the driver mounts: at least one. */
  readonly mounts: MountpointS3Mount[];
}

/**
 * The permissions of the Mountpoint for Amazon S3 CSI driver: it lists, reads, and optionally writes and deletes objects.
 *
 * All workloads with a volume of this driver share them. To give each workload its own, set `authenticationSource: pod` in the volume, and use this policy for
 * the service account of the workload, whose name you then have to give.
 *
 * Tighter than the upstream policy:
 * - Writing and deleting must be asked for.
 * - A prefix also limits what can be listed.
 * - Keys can be used only through Amazon S3, and for encryption only with `allowWrite`.
 *
 * Not covered: directory buckets, access points, and buckets on AWS Outposts.
 *
 * **What a compromised pod can still do**
 *
 * Read all objects of all mounts, and overwrite or delete those of writable ones.
 *
 * - Read all objects in the buckets of `mounts`, or those with the `prefix` of the mount.
 * - Overwrite all of these objects with `allowWrite`, and delete them with `allowDelete`. Overwriting does not need `allowDelete`. Enable versioning of the
 *   bucket, because earlier versions are out of reach.
 *
 * @upstream Mountpoint for Amazon S3 CSI driver 2.7
 * @hops With `authenticationSource: pod` and IAM roles for service accounts, set `stsRegion` or the mount option `region` in the volume.
 * @see https://github.com/awslabs/mountpoint-s3/blob/main/doc/CONFIGURATION.md#iam-permissions
 */
export class MountpointS3CsiDriverPolicy implements IControllerPolicy {
  /** The namespace of the driver. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of the driver. */
  public readonly serviceAccountName?: string = 's3-csi-driver-sa';

  private readonly mounts: MountpointS3Mount[];

  /** @throws if a property is unknown or has another type, if there are no mounts, or if a prefix is not that of a directory. */
  constructor(props: MountpointS3CsiDriverPolicyProps) {
    checkType('MountpointS3CsiDriverPolicy: props', 'cdk-irsa.policies.MountpointS3CsiDriverPolicyProps', props);
    if (props.mounts.length === 0) {
      throw refusalWithoutValue('MountpointS3CsiDriverPolicy: mounts', 'a list of at least one');
    }
    props.mounts.forEach(({ prefix }, i) => checkPrefix(`MountpointS3CsiDriverPolicy: mounts[${i}].prefix`, prefix));
    this.mounts = [...props.mounts];
  }

  /**
   * The permissions for the role.
   *
   * @param _context not used: a bucket knows its place.
   */
  public bind(_context: ControllerPolicyContext): ControllerPolicyConfig {
    return {
      statements: this.mounts.flatMap(({ bucket, prefix, allowWrite, allowDelete }) => [
        allow(['s3:ListBucket'], [bucket.bucketArn], prefix === undefined ? undefined : { StringLike: { 's3:prefix': `${prefix}*` } }),
        allow([
          's3:GetObject',
          ...(allowWrite ? ['s3:AbortMultipartUpload', 's3:PutObject'] : []),
          ...(allowDelete ? ['s3:DeleteObject'] : []),
        ], [bucket.arnForObjects(`${prefix ?? ''}*`)]),
        ...(bucket.encryptionKey ? [allow(['kms:Decrypt', ...(allowWrite ? ['kms:GenerateDataKey'] : [])], [bucket.encryptionKey.keyArn], {
          StringEquals: viaService('s3', bucket.encryptionKey.env.region),
        })] : []),
      ]),
    };
  }
}

/**
 * IAM would read the excluded characters as wildcards or variables, and allow more. Without the slash, an empty value of a token would be the whole bucket, and
 * `team-a` would include `team-abc/`.
 */
function checkPrefix(property: string, prefix: string | undefined): void {
  const written = prefix && withoutTokens(prefix);
  if (written !== undefined && !/^[^*?$]+\/$/.test(written)) {
    throw refusal(property, written, 'the prefix of a directory, which ends with /, without *, ? and $', 'for example team-a/');
  }
}
