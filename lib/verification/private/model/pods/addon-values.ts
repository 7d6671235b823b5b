import { NODE_ADDONS, OF_CONTROLLERS } from './node-addons';
import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { objectOfValues } from '../objects/chart-values';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The values of add-ons, which are like those of charts. What those run on each node may do is known without their values.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html#cfn-eks-addon-configurationvalues
 */
export const readAddonValues = (resources: StackResources): KubernetesObject[] =>
  resources.ofType('AWS::EKS::Addon').flatMap((addon) => addon.once('values', () => readValues(addon)) ?? []);

function readValues(addon: StackResource): KubernetesObject | undefined {
  const [cluster, values, addonName] = [addon.cluster('ClusterName'), addon.property('ConfigurationValues'), literalOf(addon.property('AddonName'))];
  if (!cluster || values === undefined || NODE_ADDONS.some((one) => one.addonName === addonName)) {
    return undefined;
  }
  const { namespace, account } = OF_CONTROLLERS.get(addonName ?? '') ?? {};
  const ofAccount = account === undefined ? [] : [new ResolvedMap([[Text.of('serviceAccountName'), Text.of(account)]])];
  return objectOfValues({
    cluster,
    kind: 'Addon',
    name: Text.of(addonName ?? addon.logicalId),
    namespace: textOf(addon.property('NamespaceConfig', 'Namespace')) ?? (namespace === undefined ? derived(addon.ref, 'namespace') : Text.of(namespace)),
    values: [values, ...ofAccount],
    place: addon.place('Properties.ConfigurationValues'),
  });
}
