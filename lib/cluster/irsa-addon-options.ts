import { IServiceAccountRole, ServiceAccountRoleOptions } from '../identity';

/** What Amazon EKS does if a field of a Kubernetes object has another value than the add-on. */
export enum AddonConflictResolution {
  /** The deployment fails. */
  NONE = 'NONE',

  /** The field gets the value of the add-on. */
  OVERWRITE = 'OVERWRITE',

  /** An update keeps the value of the field. When the add-on is created, the deployment fails, as with `NONE`. */
  PRESERVE = 'PRESERVE',
}

/**
 * Options for an EKS add-on and the role of its pods.
 *
 * An add-on for which AWS documents a managed policy gets a role with this policy. Any other add-on gets a role only if an option for the role
 * is set.
 */
export interface IrsaAddonOptions extends ServiceAccountRoleOptions {
  /**
   * The name of the add-on, such as `vpc-cni`.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
   */
  readonly addonName: string;

  /**
   * The version of the add-on, such as `v1.20.4-eksbuild.1`: the output of `aws eks describe-addon-versions --addon-name <name>`.
   *
   * @default - the default version for the Kubernetes version of the cluster, when the add-on is created
   */
  readonly addonVersion?: string;

  /**
   * The configuration of the add-on: values according to the schema that `aws eks describe-addon-configuration` prints. Tokens in them are
   * escaped; a number that is known only at deployment becomes a string. Do not put secrets here, because anyone who can read the stack or the
   * add-on can read them.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
   * @default - the default configuration of the add-on
   */
  readonly configurationValues?: { readonly [key: string]: any };

  /**
   * What Amazon EKS does if a field of a Kubernetes object has another value than the add-on.
   *
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAddon.html
   * @default - OVERWRITE for `vpc-cni`, `kube-proxy` and `coredns`, which every new cluster has as self-managed add-ons; otherwise NONE
   */
  readonly resolveConflicts?: AddonConflictResolution;

  /**
   * Whether the software of the add-on remains in the cluster when the add-on is deleted. Amazon EKS then no longer manages it. Its role is
   * deleted nevertheless.
   *
   * @see https://docs.aws.amazon.com/eks/latest/userguide/removing-an-addon.html
   * @default false
   */
  readonly preserveOnDelete?: boolean;

  /**
   * The namespace of the service account of an add-on that the library does not know. Required for its role, unless `controllerPolicies` have one.
   *
   * @default - the namespace of the known add-on, or the one that `controllerPolicies` have by convention
   */
  readonly namespace?: string;

  /**
   * The service account of an add-on that the library does not know: the output of `aws eks describe-addon-configuration`. Required for its role, unless
   * `controllerPolicies` have one.
   *
   * @default - the service account of the known add-on, or the one that `controllerPolicies` have by convention
   */
  readonly serviceAccountName?: string;

  /**
   * An existing role for the pods of the add-on. It trusts the service account of the add-on in addition. If it is set, omit the options of
   * the role.
   *
   * @default - a new role, if the add-on gets a role
   */
  readonly serviceAccountRole?: IServiceAccountRole;
}
