import type { CfnAddon } from 'aws-cdk-lib/aws-eks';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AddonRoleInput, knownAddon } from './addon-input';
import { VPC_CNI } from './known-addons';
import { IIrsaCluster, IServiceAccountRole, ServiceAccountRole, ServiceAccountRoleOptions, ServiceAccountSubject } from '../../identity';
import { AddonAccounts } from '../../identity/addon-accounts';
import { acknowledge, managedPolicyFinding } from '../../private/acknowledged-findings';
import { clusterResourceOf, isIpv6 } from '../../private/cluster-resource';
import { CNI_IPV6_POLICY, ipv6CniPolicy } from '../../private/cni-policies';

/** Registers the service accounts that use the role of an add-on. With EKS Pod Identity alone, that is only one. */
export function claimAccounts(addon: Construct, cluster: IIrsaCluster, { serviceAccounts, credentials }: AddonRoleInput): ServiceAccountSubject[] {
  const names = serviceAccounts?.names.slice(0, credentials.usesIrsa ? undefined : 1) ?? [];
  return names.map((name) => AddonAccounts.claim(addon, cluster, serviceAccounts!.namespace, name));
}

/** Defines the role of an add-on, or lets an existing role trust it. */
export function addonRole(addon: Construct, cluster: IIrsaCluster, subjects: ServiceAccountSubject[], input: AddonRoleInput): IServiceAccountRole {
  const { addonName, serviceAccountRole, roleOptions } = input;
  serviceAccountRole?.addTrust(cluster, ...subjects);
  return serviceAccountRole ?? new ServiceAccountRole(addon, 'Role', { cluster, subjects, ...roleOptions, ...policiesOf(addon, cluster, addonName, roleOptions) });
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
    serviceAccountRoleArn: credentials.usesIrsa ? roleArn : undefined,
    podIdentityAssociations: credentials.podIdentityOptions && [{ serviceAccount: subject.serviceAccountName, roleArn }],
  };
}

/** The given policies, or else those that AWS documents. There is no AWS managed policy for the VPC CNI with IPv6. */
function policiesOf(
  addon: Construct, cluster: IIrsaCluster, addonName: string, { managedPolicies, inlinePolicies }: ServiceAccountRoleOptions,
): Pick<ServiceAccountRoleOptions, 'managedPolicies' | 'inlinePolicies'> {
  const resource = clusterResourceOf(addon, cluster.clusterArn);
  if (managedPolicies) {
    return { managedPolicies, inlinePolicies };
  }
  if (addonName === VPC_CNI && resource && isIpv6(resource)) {
    return { inlinePolicies: { [CNI_IPV6_POLICY]: ipv6CniPolicy(addon), ...inlinePolicies } };
  }
  const documented = knownAddon(addonName)?.managedPolicies ?? [];
  documented.forEach((name) => acknowledge(addon, managedPolicyFinding(name), 'AWS documents this policy for the add-on. To replace it, set `managedPolicies`.'));
  return { managedPolicies: documented.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)), inlinePolicies };
}
