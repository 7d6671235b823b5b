import * as efs from 'aws-cdk-lib/aws-efs';
import { ControllerPolicyConfig, ControllerPolicyContext, IControllerPolicy } from './controller-policy';
import { fileSystemArns, selectedFileSystems } from './private/file-systems';
import { allow } from './private/statements';
import { checkType } from '../private/props/check-props';

/** Properties of `EfsCsiDriverNodePolicy`. */
export interface EfsCsiDriverNodePolicyProps {
  /**
   * The file systems that the nodes mount.
   *
   * @default - required, unless `allFileSystems` is set
   */
  readonly fileSystems?: efs.IFileSystem[];

  /**
   * Whether the nodes may mount all file systems of the account and Region.
   *
   * @default false
   */
  readonly allFileSystems?: boolean;

  /**
   * Whether workloads write files. Without it, volumes can only be mounted to read.
   *
   * @default false
   */
  readonly allowWrite?: boolean;

  /**
   * Whether workloads that run as root are also root on the file systems. Workloads whose access point sets a user, as those of the controller, do not need it.
   *
   * @default false
   */
  readonly allowRootAccess?: boolean;
}

/**
 * The permissions of the pods of the Amazon EFS CSI driver on the nodes, which mount file systems.
 *
 * They need this policy only for volumes with the mount option `iam`. All workloads that use such a volume have these permissions for it. Without this option,
 * Amazon EFS asks only the file system policy.
 *
 * Tighter than the upstream policies, which are for Amazon S3 Files and for logs:
 * - Only the given file systems can be mounted.
 * - Writing, and access as root, must be asked for.
 *
 * Not covered: file systems of other accounts, Amazon S3 Files, and the logs of the mount helper in Amazon CloudWatch.
 *
 * **What a compromised pod can still do**
 *
 * Mount the whole file systems, and read the files of all users except root.
 *
 * - Mount the root directory of each of `fileSystems`, without an access point, and read as any user except root. With `allowWrite`, it can also write.
 *   With `allowRootAccess`, it is also root.
 * - Mount, as root, any file system that it can reach over the network and that has no file system policy: Amazon EFS then asks for no permissions. Add file
 *   system policies that require IAM.
 *
 * @upstream Amazon EFS CSI driver 3.4
 * @hops Nothing: the pods use the network of the node.
 * @see https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
 */
export class EfsCsiDriverNodePolicy implements IControllerPolicy {
  /** The namespace of the pods of the driver. */
  public readonly namespace?: string = 'kube-system';

  /** The service account of the pods of the driver on the nodes. */
  public readonly serviceAccountName?: string = 'efs-csi-node-sa';

  private readonly props: EfsCsiDriverNodePolicyProps;
  private readonly fileSystems: readonly efs.IFileSystem[] | 'all';

  /** @throws if a property is unknown or has another type, if there are no file systems, or if a name has a wildcard. */
  constructor(props: EfsCsiDriverNodePolicyProps) {
    checkType('EfsCsiDriverNodePolicy: props', 'cdk-irsa.policies.EfsCsiDriverNodePolicyProps', props);
    this.props = props;
    this.fileSystems = selectedFileSystems('EfsCsiDriverNodePolicy', props);
  }

  /**
   * The permissions for the role.
   *
   * @param context the place of the file systems.
   */
  public bind(context: ControllerPolicyContext): ControllerPolicyConfig {
    return {
      statements: [allow([
        'elasticfilesystem:ClientMount',
        ...(this.props.allowRootAccess ? ['elasticfilesystem:ClientRootAccess'] : []),
        ...(this.props.allowWrite ? ['elasticfilesystem:ClientWrite'] : []),
      ], fileSystemArns(context, this.fileSystems))],
    };
  }
}
