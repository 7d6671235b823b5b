import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { listIfGiven } from './private/inputs';
import { instancesOfCluster } from './private/instance-tags';
import { checkKeys } from './private/kms';
import { allow, allowOnAll } from './private/statements';
import { CLUSTER_NAME, DRIVER, encryption, ofCluster, snapshotsIn, TagCondition, volumesIn, withoutClusterName } from './private/volumes';
import { checkType } from '../private/props/check-props';

/** Properties of `EbsCsiDriverPolicy`. */
export interface EbsCsiDriverPolicyProps {
  /**
   * The customer managed keys that encrypt volumes.
   *
   * @default - none: only keys of AWS, such as `aws/ebs`
   */
  readonly encryptionKeys?: kms.IKey[];

  /**
   * Whether the driver may also use volumes and snapshots with the tag `ebs.csi.aws.com/cluster` that have no tag with the name of a cluster, because a
   * driver without `--k8s-tag-cluster-id`, or one before 1.58, created them. Drivers of several clusters may have created them.
   *
   * @default false
   */
  readonly volumesWithoutClusterName?: boolean;

  /**
   * Whether the driver may attach its volumes to all instances, also to those that have no tag with the name of the cluster.
   *
   * @default false
   */
  readonly allInstances?: boolean;
}

/** Tags of volumes that decide about permissions of this or other policies. */
const BINDING_TAGS = [DRIVER, CLUSTER_NAME, 'kubernetes.io/created-for/pvc/name'];

/**
 * The permissions of the controller of the Amazon EBS CSI driver: it creates, copies, changes, attaches and deletes the volumes and snapshots of its cluster.
 *
 * Set `controller.k8sTagClusterId` of the chart or the add-on (`--k8s-tag-cluster-id`) to the name of the cluster. The driver then tags what it creates with
 * `ebs.csi.aws.com/cluster-name`. Without that, it cannot create volumes. Set this tag yourself on volumes and snapshots that you import, on volumes of the
 * in-tree plugin, and on self-managed nodes. Instances of managed nodegroups and of Karpenter have tags with the name of the cluster.
 *
 * Tighter than the upstream policy, `AmazonEBSCSIDriverPolicyV2`:
 * - Volumes and snapshots must have the name of the cluster in the tag `ebs.csi.aws.com/cluster-name`. The upstream policy allows those of all clusters. The
 *   policy `AmazonEBSCSIDriverEKSClusterScopedPolicy` of AWS has the same limit, but works only with EKS Pod Identity.
 * - Instances must have a tag with the name of the cluster. The upstream policy lets the driver attach volumes to all instances.
 * - Tags that this policy relies on cannot be changed, whatever the case of their keys, because IAM ignores the case.
 * - Keys can be used only through Amazon EC2, and grants can be created only for it.
 * - ARNs have the Region and the account of the cluster.
 *
 * `ec2:CopyVolumes` requires the tag in the request for the copy, and on the volume for the source, as in the policies of AWS. This relies on AWS comparing
 * the tags of the request for the copy only.
 *
 * Looser by a property: `volumesWithoutClusterName` and `allInstances`. Not covered: nodes of Amazon SageMaker HyperPod. The driver may
 * not query the limits of IOPS and falls back to those that it has built in, as with the policies of AWS.
 *
 * **What a compromised pod can still do**
 *
 * Read, change and delete all volumes of the cluster, and delete or lock its snapshots.
 *
 * - Attach any volume of its cluster, or a copy of it or of a snapshot, to any instance of the cluster. A privileged pod can read and change it there.
 * - Detach and delete the volumes of its cluster, and delete their snapshots. Snapshots that lack the tag `ebs.csi.aws.com/cluster-name` are out of reach.
 * - Cause costs: create and enlarge volumes, enable fast snapshot restore, and lock snapshots in compliance mode, so that nobody can delete them for years.
 * - Do the same with volumes and snapshots of other clusters that have no tag with a name, with `volumesWithoutClusterName`, and attach volumes to instances
 *   that are not nodes, with `allInstances`.
 *
 * @upstream Amazon EBS CSI driver 1.64
 * @hops Nothing: the driver reads the labels of its node. `controller.region` saves the attempt to reach the metadata.
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.64.0/docs/AmazonEBSCSIDriverPolicyV2.json
 */
export class EbsCsiDriverPolicy implements IControllerPolicy {
  /** The namespace of the controller of the driver. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of the controller of the driver. */
  public readonly serviceAccountName?: string = 'ebs-csi-controller-sa';

  private readonly props: EbsCsiDriverPolicyProps;

  /** @throws if a property is unknown or has another type, if a list is empty, or if a key is an alias or has a wildcard. */
  constructor(props: EbsCsiDriverPolicyProps = {}) {
    checkType('EbsCsiDriverPolicy: props', 'cdk-irsa.policies.EbsCsiDriverPolicyProps', props);
    checkKeys('EbsCsiDriverPolicy: encryptionKeys', listIfGiven('EbsCsiDriverPolicy: encryptionKeys', props.encryptionKeys));
    this.props = props;
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its volumes.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    return {
      statements: [
        allowOnAll(
          'ec2:DescribeAvailabilityZones', 'ec2:DescribeInstances', 'ec2:DescribeInstanceTypes', 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes',
          'ec2:DescribeVolumesModifications', 'ec2:DescribeVolumeStatus',
        ),
        ...creations(context),
        ...uses(context, ofCluster(context)('ResourceTag')),
        ...(this.props.volumesWithoutClusterName ? uses(context, withoutClusterName('ResourceTag')) : []),
        ...attachments(context, this.props.allInstances),
        ...encryption(context, this.props.encryptionKeys),
      ],
    };
  }
}

function creations(context: ControllerPolicyContext): iam.PolicyStatement[] {
  const [volumes, snapshots] = [volumesIn(context), snapshotsIn(context)];
  const withName = ofCluster(context)('RequestTag');
  return [
    allow(['ec2:CopyVolumes', 'ec2:CreateVolume'], [volumes], withName),
    allow(['ec2:CreateSnapshot'], [snapshots], withName),
    allow(['ec2:CreateTags'], [volumes, snapshots], { StringEquals: { 'ec2:CreateAction': ['CopyVolumes', 'CreateSnapshot', 'CreateVolume'] } }),
  ];
}

/** What the driver does with volumes and snapshots for which a condition holds. */
function uses(context: ControllerPolicyContext, condition: TagCondition): iam.PolicyStatement[] {
  const [volumes, snapshots] = [volumesIn(context), snapshotsIn(context)];
  const onVolumes = ['AttachVolume', 'CopyVolumes', 'CreateSnapshot', 'DeleteVolume', 'DetachVolume', 'ModifyVolume'];
  const onSnapshots = ['CreateVolume', 'DeleteSnapshot', 'EnableFastSnapshotRestores', 'LockSnapshot'];
  return [
    allow(onVolumes.map((action) => `ec2:${action}`), [volumes], condition),
    allow(onSnapshots.map((action) => `ec2:${action}`), [snapshots], condition),
    allow(['ec2:CreateTags', 'ec2:DeleteTags'], [volumes], {
      ...condition,
      'Null': { ...condition.Null, 'aws:TagKeys': 'false' },
      'ForAllValues:StringNotEqualsIgnoreCase': { 'aws:TagKeys': BINDING_TAGS },
    }),
  ];
}

function attachments(context: ControllerPolicyContext, toAll?: boolean): iam.PolicyStatement[] {
  const { partition, region, account } = context;
  const conditions = toAll ? [undefined] : instancesOfCluster(context, CLUSTER_NAME);
  return conditions.map((condition) => (
    allow(['ec2:AttachVolume', 'ec2:DetachVolume'], [`arn:${partition}:ec2:${region}:${account}:instance/*`], condition)));
}
