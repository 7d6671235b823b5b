import { Annotations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { AddonRoleInput, knownAddon } from './addon-input';
import { VPC_CNI } from './known-addons';
import { IIrsaCluster, ServiceAccountSubject } from '../../identity';
import { IControllerPolicy, VpcCniIpv6Policy, VpcCniPolicy } from '../../policies';
import { clusterResourceOf, isIpv6 } from '../../private/cluster-resource';
import { refusalWithoutValue } from '../../private/errors';

/**
 * Refuses policies with which the nodes of the cluster would not become ready, and warns of policies for other pods than those of the add-on.
 *
 * @param subjects the service accounts of the pods that get the role.
 */
export function checkAddonPolicies(addon: Construct, cluster: IIrsaCluster, subjects: ServiceAccountSubject[], input: AddonRoleInput): void {
  const { addonName, roleOptions: { controllerPolicies = [] } } = input;
  if (addonName === VPC_CNI) {
    checkIpFamily(addon, cluster, controllerPolicies);
  }
  if (knownAddon(addonName)) { // otherwise, the app says what the service account is
    warnOfUnrelatedPolicies(addon, subjects.map(({ serviceAccountName }) => serviceAccountName), controllerPolicies);
  }
}

/** The IP family of an imported cluster is not known. */
function checkIpFamily(addon: Construct, { clusterArn }: IIrsaCluster, policies: readonly IControllerPolicy[]): void {
  const resource = clusterResourceOf(addon, clusterArn);
  if (!resource) {
    return;
  }
  const [family, right, wrong] = isIpv6(resource) ? ['IPv6', VpcCniIpv6Policy, VpcCniPolicy] as const : ['IPv4', VpcCniPolicy, VpcCniIpv6Policy] as const;
  if (policies.some((policy) => policy instanceof wrong)) {
    throw refusalWithoutValue('controllerPolicies', `without ${wrong.name}, because the cluster uses ${family}`, `use ${right.name}`);
  }
}

/** The namespaces are not compared: that of an add-on can be another one than that of the chart of the same controller. */
function warnOfUnrelatedPolicies(addon: Construct, names: readonly string[], policies: readonly IControllerPolicy[]): void {
  policies.forEach((policy, i) => {
    const { serviceAccountName, constructor } = policy;
    if (serviceAccountName !== undefined && !names.includes(serviceAccountName)) {
      Annotations.of(addon).addWarningV2('cdk-irsa:addon-policy',
        `controllerPolicies[${i}] (${constructor.name}) is for pods of the service account ${serviceAccountName}, but only pods of ${names.join(' and ')} get `
        + 'the role of the add-on. Use the policy of the add-on. If its pods need these permissions, acknowledge this warning');
    }
  });
}
