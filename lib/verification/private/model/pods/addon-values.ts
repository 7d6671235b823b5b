import { NODE_ADDONS, OF_CONTROLLERS } from './node-addons';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { derived, literalOf, textOf } from '../../values/text-parts';
import { parseYaml } from '../../values/yaml-text';
import { KubernetesObject } from '../kubernetes-object';
import { objectOfValues } from '../objects/chart-values';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The charts that add-ons install.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/community-addons.html
 * @see https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
const CHARTS: ReadonlyMap<string, string> = new Map([
  ['adot', 'opentelemetry-operator'],
  ['amazon-cloudwatch-observability', 'amazon-cloudwatch-observability'],
  ['cert-manager', 'cert-manager'],
  ['external-dns', 'external-dns'],
  ['kube-state-metrics', 'kube-state-metrics'],
]);

/** The add-ons that install a known chart. */
export const readAddonCharts = (resources: StackResources): KubernetesObject[] => readAddons(resources).filter((addon) => addon.at('metadata', 'chart') !== undefined);

/**
 * The values of other add-ons, which are like those of charts. What those run on each node may do is known without their values.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-addon.html#cfn-eks-addon-configurationvalues
 */
export const readAddonValues = (resources: StackResources): KubernetesObject[] => readAddons(resources).filter((addon) => addon.at('metadata', 'chart') === undefined);

const readAddons = (resources: StackResources): KubernetesObject[] =>
  resources.ofType('AWS::EKS::Addon').flatMap((addon) => addon.once('values', () => readValues(addon)) ?? []);

function readValues(addon: StackResource): KubernetesObject | undefined {
  const [cluster, addonName] = [addon.cluster('ClusterName'), literalOf(addon.property('AddonName'))];
  const node = NODE_ADDONS.find((one) => one.addonName === addonName);
  const [chart, values] = [CHARTS.get(addonName ?? ''), node ? undefined : addon.property('ConfigurationValues')];
  if (!cluster || (values === undefined && chart === undefined)) {
    return undefined;
  }
  const { namespace = node?.namespace, account } = OF_CONTROLLERS.get(addonName ?? '') ?? {};
  const ofAccount = account === undefined ? [] : new ResolvedMap([[Text.of('serviceAccountName'), Text.of(account)]]).entries;
  return objectOfValues({
    cluster,
    kind: 'Addon',
    name: Text.of(addonName ?? addon.logicalId),
    namespace: textOf(addon.property('NamespaceConfig', 'Namespace')) ?? (namespace === undefined ? derived(addon.ref, 'namespace') : Text.of(namespace)),
    ...chart !== undefined && { chart: Text.of(chart) },
    values: withEntries(values, ofAccount),
    place: addon.place('Properties.ConfigurationValues'),
  });
}

/** Of values in JSON or YAML; others are not read. */
function withEntries(values: Resolved, entries: ResolvedMap['entries']): Resolved {
  const read = values instanceof Text ? parseYaml(values)?.[0] ?? values : values;
  return read === undefined || read instanceof ResolvedMap ? new ResolvedMap([...read?.entries ?? [], ...entries]) : [read, new ResolvedMap(entries)];
}
