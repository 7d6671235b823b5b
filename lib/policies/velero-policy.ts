import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven } from './private/inputs';
import { checkKey, checkKeys, viaService } from './private/kms';
import { allow, allowOnAll } from './private/statements';
import { encryption, ofCluster, snapshotsIn, Tagged, volumesIn, withoutClusterName } from './private/volumes';
import { refusalWithoutValue } from '../private/errors';
import { checkType } from '../private/props/check-props';

/** Properties of `VeleroPolicy`. */
export interface VeleroPolicyProps {
  /** The bucket of the BackupStorageLocation. Clusters must not share it, because Velero can read and delete everything in it. */
  readonly bucket: s3.IBucket;

  /**
   * The customer managed key that encrypts the objects in the bucket.
   *
   * @default - the encryption key of the bucket, if it is known
   */
  readonly bucketEncryptionKey?: kms.IKey;

  /**
   * Whether Velero tags the objects: `config.tagging` of the BackupStorageLocation.
   *
   * @default false
   */
  readonly tagObjects?: boolean;

  /**
   * Whether Velero itself creates snapshots of Amazon EBS volumes: whether there is a VolumeSnapshotLocation. CSI snapshots and file system backups do not need
   * it.
   *
   * @default false
   */
  readonly volumeSnapshots?: boolean;

  /**
   * Whether `volumeSnapshots` also covers volumes with the tag `ebs.csi.aws.com/cluster` that have no tag with the name of a cluster. They may be of several
   * clusters.
   *
   * @default false
   */
  readonly volumesWithoutClusterName?: boolean;

  /**
   * The customer managed keys that encrypt the volumes, in the Region of the cluster.
   *
   * @default - none: only keys of AWS, such as `aws/ebs`
   */
  readonly volumeEncryptionKeys?: kms.IKey[];
}

/**
 * The permissions of Velero with its plugin for AWS: it stores backups in the given bucket and, with `volumeSnapshots`, creates, restores and deletes snapshots
 * of the volumes of its cluster.
 *
 * Set `region` in the BackupStorageLocation and the VolumeSnapshotLocation. With the Helm chart, set `credentials.useSecret: false` and
 * `serviceAccount.server.name: velero`. For `volumeSnapshots`, set `controller.k8sTagClusterId` of the Amazon EBS CSI driver to the name of the cluster, so that
 * volumes have the tag `ebs.csi.aws.com/cluster-name`.
 *
 * Tighter than the upstream policy:
 * - Permissions for snapshots are only there with `volumeSnapshots`.
 * - Volumes and snapshots must have the name of the cluster in the tag `ebs.csi.aws.com/cluster-name`. The upstream policy allows those of all clusters.
 * - Only snapshots that Velero has tagged with `velero.io/backup` can be deleted and restored, and not those of the Amazon EBS CSI driver.
 * - Tags can be set only when a volume or a snapshot is created. The upstream policy allows `ec2:CreateTags` on everything.
 * - `s3:PutObjectTagging` is only there with `tagObjects`, and `s3:ListMultipartUploadParts` is left out, because Velero does not call it.
 * - Keys can be used only through Amazon S3 and Amazon EC2, and grants can be created only for AWS services.
 *
 * `volumesWithoutClusterName` is the looser form. Not covered: snapshots of a cluster with another name, volumes of the in-tree plugin, and Object Lock.
 *
 * **What a compromised pod can still do**
 *
 * Read all backups with the Secrets in them, and change or delete them.
 *
 * - Read everything in `bucket`. Backups contain the Secrets of the cluster, and file system backups the data of volumes.
 * - Change backups, so that the next restore creates objects of the attacker in the cluster.
 * - Delete all backups, and fill the bucket. Enable versioning of the bucket, because earlier versions are out of reach.
 * - Create snapshots of all volumes of its cluster, create volumes from the snapshots of Velero, and delete these snapshots, with `volumeSnapshots`. With
 *   `volumesWithoutClusterName`, this includes volumes of other clusters that have no tag with a name.
 *
 * @upstream Velero plugin for AWS 1.13.2
 * @hops Set `region` in BackupStorageLocation and VolumeSnapshotLocation.
 * @see https://github.com/vmware-tanzu/velero-plugin-for-aws/blob/v1.13.2/README.md
 */
export class VeleroPolicy implements IControllerPolicy {
  /** The namespace of Velero. */
  public readonly namespace?: string = 'velero';

  /** The service account of Velero, which node agents use as well. */
  public readonly serviceAccountName?: string = 'velero';

  private readonly props: VeleroPolicyProps;

  /** @throws if a property is unknown or has another type, if it needs `volumeSnapshots`, or if a key is an alias or has a wildcard. */
  constructor(props: VeleroPolicyProps) {
    checkType('VeleroPolicy: props', 'cdk-irsa.policies.VeleroPolicyProps', props);
    listIfGiven('VeleroPolicy: volumeEncryptionKeys', props.volumeEncryptionKeys);
    if (!props.volumeSnapshots && (props.volumesWithoutClusterName || props.volumeEncryptionKeys)) {
      throw refusalWithoutValue('VeleroPolicy: volumeSnapshots', 'true if volumesWithoutClusterName or volumeEncryptionKeys is set', 'otherwise omit these');
    }
    checkKeys('VeleroPolicy: volumeEncryptionKeys', props.volumeEncryptionKeys);
    if (props.bucketEncryptionKey) {
      checkKey('VeleroPolicy: bucketEncryptionKey', props.bucketEncryptionKey);
    }
    this.props = props;
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its volumes.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { volumeSnapshots, volumesWithoutClusterName, volumeEncryptionKeys } = this.props;
    return {
      statements: [
        ...this.backups(),
        ...(volumeSnapshots ? snapshotsOf(context) : []),
        ...(volumeSnapshots && volumesWithoutClusterName ? uses(context, withoutClusterName) : []),
        ...encryption(context, volumeEncryptionKeys),
      ],
    };
  }

  private backups(): iam.PolicyStatement[] {
    const { bucket, bucketEncryptionKey = bucket.encryptionKey, tagObjects } = this.props;
    const actions = ['AbortMultipartUpload', 'DeleteObject', 'GetObject', 'PutObject', ...(tagObjects ? ['PutObjectTagging'] : [])];
    return [
      allow(['s3:ListBucket'], [bucket.bucketArn]),
      allow(actions.map((action) => `s3:${action}`), [bucket.arnForObjects('*')]),
      // downloads need kms:Decrypt, and so do uploads in parts
      ...(bucketEncryptionKey ? [allow(['kms:Decrypt', 'kms:GenerateDataKey'], [bucketEncryptionKey.keyArn], { StringEquals: viaService('s3', bucket.env.region) })] : []),
    ];
  }
}

const snapshotsOf = (context: ControllerPolicyContext): iam.PolicyStatement[] => [
  allowOnAll('ec2:DescribeSnapshots', 'ec2:DescribeVolumes'),
  allow(['ec2:CreateTags'], [volumesIn(context), snapshotsIn(context)], { StringEquals: { 'ec2:CreateAction': ['CreateSnapshot', 'CreateVolume'] } }),
  ...uses(context, ofCluster(context)),
];

/** What Velero does with the volumes and snapshots that have these tags. It copies the tags of a volume to its snapshots, and from there to restored volumes. */
function uses(context: ControllerPolicyContext, tagged: Tagged): iam.PolicyStatement[] {
  const [volumes, snapshots] = [volumesIn(context), snapshotsIn(context)];
  const existing = tagged('ResourceTag');
  return [
    allow(['ec2:CreateSnapshot'], [volumes], existing),
    allow(['ec2:CreateSnapshot'], [snapshots], tagged('RequestTag')),
    allow(['ec2:CreateVolume', 'ec2:DeleteSnapshot'], [snapshots], { ...existing, Null: { ...existing.Null, 'aws:ResourceTag/velero.io/backup': 'false' } }),
    allow(['ec2:CreateVolume'], [volumes], tagged('RequestTag')),
  ];
}
