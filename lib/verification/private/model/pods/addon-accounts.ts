import { DEFAULT_AUDIENCE } from './default-audience';
import { ACCOUNTS_OF_ADDONS } from './known-addons';
import { Findings } from '../../findings/findings';
import { listOf, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textOf } from '../../values/text-parts';
import { AddonRole } from '../addon-role';
import { Association, ServiceAccount } from '../model';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

const ADDON = 'AWS::EKS::Addon';

/**
 * The service accounts that add-ons annotate with their role.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
 */
export const readAddonAccounts = (resources: StackResources, findings: Findings): ServiceAccount[] => resources.ofType(ADDON).flatMap((addon) => {
  const [cluster, roleArn] = [addon.cluster('ClusterName'), textOf(addon.property('ServiceAccountRoleArn'))];
  if (!cluster || !roleArn) {
    return [];
  }
  const accounts = ACCOUNTS_OF_ADDONS.get(addonName(addon));
  if (!accounts) {
    findings.add('unknown-addon-account', `the add-on ${addonName(addon)} has a role, but the service accounts that use it are not known: they are left out`,
      addon.place('Properties.ServiceAccountRoleArn'));
    return [];
  }
  return accounts.names.map((name) => ({
    cluster,
    namespace: namespaceOf(addon)!,
    name: Text.of(name),
    roleArn,
    audience: Text.of(DEFAULT_AUDIENCE),
    place: addon.place('Properties.ServiceAccountRoleArn'),
  }));
});

/**
 * The roles of add-ons whose service accounts are not known.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/add-ons-iam.html
 */
export const readOtherAddonRoles = (resources: StackResources): AddonRole[] => resources.ofType(ADDON).flatMap((addon) => {
  const [cluster, roleArn] = [addon.cluster('ClusterName'), textOf(addon.property('ServiceAccountRoleArn'))];
  return cluster && roleArn && !ACCOUNTS_OF_ADDONS.has(addonName(addon)) ? [{ cluster, roleArn }] : [];
});

/**
 * The EKS Pod Identity associations that add-ons own.
 *
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_AddonPodIdentityAssociations.html
 */
export const readAddonAssociations = (resources: StackResources, findings: Findings): Association[] => resources.ofType(ADDON).flatMap((addon) => {
  const cluster = addon.cluster('ClusterName');
  return listOf(addon.property('PodIdentityAssociations')).flatMap((association, i) => {
    const place = addon.place(`Properties.PodIdentityAssociations[${i}]`);
    const [serviceAccount, roleArn] = ['ServiceAccount', 'RoleArn'].map((name) => (association instanceof ResolvedMap ? textOf(association.get(name)) : undefined));
    if (!cluster || !serviceAccount || !roleArn) {
      const message = `an association of the add-on ${addonName(addon)} cannot be read: it is left out`;
      findings.addGap('unreadable-association', message, place, cluster ? { cluster } : 'everything');
      return [];
    }
    const namespace = namespaceOf(addon) ?? unknownNamespace(addon, findings);
    return [{ cluster, namespace, serviceAccount, roleArn, disableSessionTags: 'no' as const, place }];
  });
});

const addonName = (addon: StackResource) => literalOf(addon.property('AddonName')) ?? addon.logicalId;

/** The namespace in the properties, or else the default namespace of the add-on. */
function namespaceOf(addon: StackResource): Text | undefined {
  const known = ACCOUNTS_OF_ADDONS.get(addonName(addon))?.namespace;
  return textOf(addon.property('NamespaceConfig', 'Namespace')) ?? (known === undefined ? undefined : Text.of(known));
}

function unknownNamespace(addon: StackResource, findings: Findings): Text {
  findings.add('unknown-addon-namespace', `the namespace of the add-on ${addonName(addon)} is not known`, addon.place());
  return derived(addon.ref, 'namespace');
}
