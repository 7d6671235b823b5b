import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AddonRoleInput, knownAddon } from './addon-input';
import { VPC_CNI } from './known-addons';
import { IIrsaCluster, IServiceAccountRole, ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject } from '../../identity';
import { AddonAccounts } from '../../identity/internal/addon-accounts';
import { acknowledge, managedPolicyFinding } from '../../private/acknowledged-findings';
import { clusterResourceOf, isIpv6 } from '../../private/cluster-resource';
import { acknowledgeIpv6CniPolicy, CNI_IPV6_POLICY, ipv6CniPolicy } from '../../private/cni-policies';

/** Registers the service accounts that use the role of an add-on. With EKS Pod Identity alone, that is only one. */
export function claimAccounts(addon: Construct, cluster: IIrsaCluster, { serviceAccounts, credentials }: AddonRoleInput): ServiceAccountSubject[] {
  const names = serviceAccounts?.names.slice(0, credentials._definition.usesIrsa ? undefined : 1) ?? [];
  return names.map((name) => AddonAccounts.claim(addon, cluster, serviceAccounts!.namespace, name));
}

/** Defines the role of an add-on, or lets an existing role trust it. */
export function addonRole(addon: Construct, cluster: IIrsaCluster, subjects: ServiceAccountSubject[], input: AddonRoleInput): IServiceAccountRole {
  const { addonName, serviceAccountRole, roleOptions } = input;
  if (serviceAccountRole) {
    serviceAccountRole.addTrust(cluster, ...subjects);
    return serviceAccountRole;
  }
  const needsIpv6 = !hasGivenPolicies(roleOptions) && addonName === VPC_CNI && hasIpv6(addon, cluster);
  const policies = needsIpv6 ? ipv6PoliciesOf(addon, roleOptions) : policiesOf(addon, addonName, roleOptions);
  const role = new ServiceAccountRole(addon, 'Role', { cluster, subjects, ...roleOptions, ...policies });
  if (needsIpv6 && !roleOptions.inlinePolicies) {
    acknowledgeIpv6CniPolicy(role.role);
  }
  return role;
}

/**
 * How an add-on names its role. With both IRSA and EKS Pod Identity, it names the role twice, and Amazon EKS uses EKS Pod Identity if the agent
 * is installed.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
 */
export function roleProperties(
  { roleArn }: IServiceAccountRole, [subject]: ServiceAccountSubject[], { credentials }: AddonRoleInput,
): Pick<CfnAddon, 'serviceAccountRoleArn' | 'podIdentityAssociations'> {
  return {
    serviceAccountRoleArn: credentials._definition.usesIrsa ? roleArn : undefined,
    podIdentityAssociations: credentials._definition.podIdentityOptions && [{ serviceAccount: subject.serviceAccountName, roleArn }],
  };
}

type Policies = Pick<ServiceAccountRoleOptions, 'managedPolicies' | 'inlinePolicies'>;

/** Whether policies replace those that AWS documents. */
const hasGivenPolicies = ({ managedPolicies, controllerPolicies }: ServiceAccountRoleOptions) =>
  managedPolicies !== undefined || (controllerPolicies ?? []).length > 0;

function hasIpv6(addon: Construct, { clusterArn }: IIrsaCluster): boolean {
  const resource = clusterResourceOf(addon, clusterArn);
  return resource !== undefined && isIpv6(resource);
}

/** There is no AWS managed policy for the VPC CNI with IPv6. */
const ipv6PoliciesOf = (addon: Construct, { inlinePolicies }: Policies): Policies =>
  ({ inlinePolicies: { [CNI_IPV6_POLICY]: ipv6CniPolicy(addon), ...inlinePolicies } });

/** The given policies, or else those that AWS documents. */
function policiesOf(addon: Construct, addonName: string, options: ServiceAccountRoleOptions): Policies {
  const { managedPolicies, inlinePolicies } = options;
  if (hasGivenPolicies(options)) {
    return { managedPolicies, inlinePolicies };
  }
  const documented = knownAddon(addonName)?.managedPolicies ?? [];
  const reason = 'AWS documents this policy for the add-on. To replace it, set `managedPolicies` or `controllerPolicies`.';
  documented.forEach((name) => acknowledge(addon, managedPolicyFinding(name), reason));
  return { managedPolicies: documented.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)), inlinePolicies };
}
