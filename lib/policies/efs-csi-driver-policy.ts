import * as efs from 'aws-cdk-lib/aws-efs';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { fileSystemArns, selectedFileSystems } from './private/file-systems';
import { allow } from './private/statements';
import { checkType } from '../private/props/check-props';

/** Properties of `EfsCsiDriverPolicy`. */
export interface EfsCsiDriverPolicyProps {
  /**
   * The file systems on which the driver creates access points.
   *
   * @default - required, unless `allFileSystems` is set
   */
  readonly fileSystems?: efs.IFileSystem[];

  /**
   * Whether the driver may create access points on all file systems of the account and Region.
   *
   * @default false
   */
  readonly allFileSystems?: boolean;

  /**
   * Whether the driver may also delete access points with the tag `efs.csi.aws.com/cluster` that have no tag with the name of a cluster, because a driver
   * without this tag in `controller.tags` created them. Drivers of several clusters may have created them.
   *
   * @default false
   */
  readonly accessPointsWithoutClusterName?: boolean;

  /**
   * Whether the driver deletes the directory of an access point with it (`--delete-access-point-root-dir`). It then mounts whole file systems, as root.
   *
   * @default false
   */
  readonly allowDeleteDirectories?: boolean;
}

/** The tag by which this policy recognizes the access points of the cluster. */
const CLUSTER_NAME = 'efs.csi.aws.com/cluster-name';

/**
 * The permissions of the controller of the Amazon EFS CSI driver: it creates and deletes access points. `EfsCsiDriverNodePolicy` is for the pods on the nodes.
 *
 * Set `controller.tags` of the chart (`--tags`) to `efs.csi.aws.com/cluster-name: <name of the cluster>`. Without this tag, the driver cannot create access
 * points. Do not set `enableTagging: false` in a storage class.
 *
 * Tighter than the upstream policy:
 * - Access points must have the name of the cluster in the tag `efs.csi.aws.com/cluster-name`. The upstream policy allows deletion of those of all clusters.
 * - `elasticfilesystem:TagResource` is allowed only while an access point is created. The upstream policy allows changes of tags later.
 * - Access points are created only on the given file systems, and only these can be read.
 * - `elasticfilesystem:DescribeMountTargets` and `ec2:DescribeAvailabilityZones` are left out, because the controller needs them only for file systems of
 *   other accounts, or where it cannot resolve their DNS names.
 *
 * Looser by a property: `accessPointsWithoutClusterName`. Not covered: file systems of other accounts, and Amazon S3 Files.
 *
 * **What a compromised pod can still do**
 *
 * Create access points for any directory and any user, such as `/` and uid 0, and so reach all files.
 *
 * - Create access points on `fileSystems` for any directory, such as `/`, and any user, such as uid 0. IAM has no condition for these. What mounts such an
 *   access point reads and changes all files of that user. Only uid 0 also requires `elasticfilesystem:ClientRootAccess`, which every client has if there is
 *   no file system policy.
 * - Delete the access points of its cluster, so that volumes can no longer be mounted. Their files remain. With `accessPointsWithoutClusterName`, this
 *   includes access points of other clusters that have no tag with a name.
 * - Mount the whole file systems as root, and read, change and delete all files, with `allowDeleteDirectories`.
 *
 * @upstream Amazon EFS CSI driver 3.4
 * @hops Nothing: the driver reads the labels of its node.
 * @see https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/v3.4.1/docs/iam-policy-example.json
 */
export class EfsCsiDriverPolicy implements IControllerPolicy {
  /** The namespace of the controller of the driver. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of the controller of the driver. */
  public readonly serviceAccountName?: string = 'efs-csi-controller-sa';

  private readonly props: EfsCsiDriverPolicyProps;
  private readonly fileSystems: readonly efs.IFileSystem[] | 'all';

  /** @throws if a property is unknown or has another type, if there are no file systems, or if a name has a wildcard. */
  constructor(props: EfsCsiDriverPolicyProps) {
    checkType('EfsCsiDriverPolicy: props', 'cdk-irsa.policies.EfsCsiDriverPolicyProps', props);
    this.props = props;
    this.fileSystems = selectedFileSystems('EfsCsiDriverPolicy', props);
  }

  /**
   * The permissions for the role.
   *
   * @param context the cluster and the place of its file systems.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    const { clusterName, partition, region, account } = context;
    const fileSystems = fileSystemArns(context, this.fileSystems);
    const accessPoints = [`arn:${partition}:elasticfilesystem:${region}:${account}:access-point/*`];
    return {
      statements: [
        allow(['elasticfilesystem:DescribeAccessPoints', 'elasticfilesystem:DescribeFileSystems'], fileSystems),
        allow(['elasticfilesystem:CreateAccessPoint'], fileSystems, { StringEquals: { [`aws:RequestTag/${CLUSTER_NAME}`]: clusterName } }),
        // no page says for which resource EFS checks this while it creates an access point; on which file systems that is possible, the statement above says
        allow(['elasticfilesystem:TagResource'], ['*'], { StringEquals: { 'elasticfilesystem:CreateAction': 'CreateAccessPoint' } }),
        allow(['elasticfilesystem:DeleteAccessPoint'], accessPoints, { StringEquals: { [`aws:ResourceTag/${CLUSTER_NAME}`]: clusterName } }),
        ...(this.props.accessPointsWithoutClusterName ? [allow(['elasticfilesystem:DeleteAccessPoint'], accessPoints, {
          StringEquals: { 'aws:ResourceTag/efs.csi.aws.com/cluster': 'true' }, Null: { [`aws:ResourceTag/${CLUSTER_NAME}`]: 'true' },
        })] : []),
        ...(this.props.allowDeleteDirectories ? [
          allow(['elasticfilesystem:DescribeAccessPoints'], accessPoints),
          allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientRootAccess', 'elasticfilesystem:ClientWrite'], fileSystems),
        ] : []),
      ],
    };
  }
}
