import { Stack } from 'aws-cdk-lib';
import { CfnAddon } from 'aws-cdk-lib/aws-eks';
import { Construct } from 'constructs';
import { AddonConflictResolution, IrsaAddonOptions } from './irsa-addon-options';
import { IIrsaCluster, IServiceAccountRole, ServiceAccountSubject } from '../identity';
import { AddonRoleInput, addonRoleInput, knownAddon } from './private/addon-input';
import { orderAddon, useCniRole } from './private/addon-order';
import { checkAddonPolicies } from './private/addon-policies';
import { addonRole, claimAccounts, roleProperties } from './private/addon-role';
import { warnOfMissingTagSetting } from './private/addon-tag-setting';
import { configurationText } from './private/configuration-values';
import { defineAddon } from './private/defined-addons';
import { warnOfMisspelledAddon } from './private/misspelled-addon';
import { AddonAccounts } from '../identity/internal/addon-accounts';
import { checkEnvironment } from '../private/environments';
import { within } from '../private/errors';
import { pin, pinnedId } from '../private/pinned-id';
import { checkProps } from '../private/props/check-props';

/** Properties of `IrsaAddon`. */
export interface IrsaAddonProps extends IrsaAddonOptions {
  /** The cluster of the add-on. */
  readonly cluster: IIrsaCluster;
}

/**
 * Defines an EKS add-on and the IAM role of its pods. The role trusts only the service account of the add-on.
 *
 * Nodegroups of a cluster that this app defines wait for `vpc-cni`, `kube-proxy` and `eks-pod-identity-agent`. All other add-ons wait for the
 * nodegroups, because Amazon EKS waits until their pods run. Both apply within a stack, and to what is in the stack of the cluster.
 *
 * You can rename the construct, or move it within its stack. The add-on and its role do not change, unless `addonName` is a token.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 * @example
 * declare const cluster: IrsaCluster;
 *
 * new IrsaAddon(this, 'EbsCsiDriver', { cluster, addonName: 'aws-ebs-csi-driver' });
 */
export class IrsaAddon extends Construct {
  /** The name of the add-on. */
  public readonly addonName: string;

  /**
   * The role of the pods of the add-on.
   *
   * @default - the add-on has no role
   */
  public readonly serviceAccountRole?: IServiceAccountRole;

  /**
   * @throws if the app already defines the add-on in the cluster; if the add-on takes no role, but an option for it is set; if the add-on is not
   * known, and its service account or policies are not set; if an option of the role is set together with `serviceAccountRole`; if the credentials
   * have an option that add-ons do not support; if the app defines the service account of the add-on; if `vpc-cni` has a role, but nodegroups are
   * already defined; if `serviceAccountRole` is in a stack that depends on that of the add-on; if IAM does not accept the role; if a policy of the VPC
   * CNI is for another IP family than that of the cluster; or if the stack is in a different account or region than the cluster.
   */
  constructor(scope: Construct, id: string, props: IrsaAddonProps) {
    super(scope, id);
    checkProps(this, 'IrsaAddonProps', props);
    const { cluster, ...options } = props;
    const { addonName, addonVersion, configurationValues, preserveOnDelete } = options;
    const { NONE, OVERWRITE } = AddonConflictResolution;
    const { resolveConflicts = knownAddon(addonName)?.isSelfManagedByDefault ? OVERWRITE : NONE } = options;
    const { input, subjects } = within(this, () => this.check(cluster, options));
    warnOfMisspelledAddon(this, addonName);
    warnOfMissingTagSetting(this, options);
    const role = input.hasRole ? addonRole(this, cluster, subjects, input) : undefined;
    const resource = new CfnAddon(this, 'Resource', {
      clusterName: cluster.clusterName,
      addonName,
      addonVersion,
      configurationValues: configurationValues && configurationText(this, configurationValues),
      resolveConflicts,
      preserveOnDelete,
      ...role && roleProperties(role, subjects, input),
    });
    this.addonName = addonName;
    this.serviceAccountRole = role;
    const ownRole = options.serviceAccountRole ? undefined : role;
    orderAddon({ addon: this, addonName, resource, cluster, role: ownRole });
    const logicalId = pinnedId(this, cluster, 'Addon', [addonName]);
    if (logicalId) {
      resource.overrideLogicalId(logicalId);
    }
    if (logicalId && ownRole) {
      pin(ownRole.role, `${logicalId}Role`);
    }
  }

  private check(cluster: IIrsaCluster, options: IrsaAddonOptions): { readonly input: AddonRoleInput; readonly subjects: ServiceAccountSubject[] } {
    checkEnvironment(Stack.of(this), Stack.of(cluster));
    const input = addonRoleInput(cluster, options);
    if (input.serviceAccountRole) {
      AddonAccounts.checkRole(this, cluster, input.serviceAccountRole);
    }
    defineAddon(this, cluster, options.addonName);
    if (input.hasRole) {
      useCniRole(this, options.addonName, cluster);
    }
    const subjects = claimAccounts(this, cluster, input);
    checkAddonPolicies(this, cluster, subjects, input);
    return { input, subjects };
  }
}
