import { KubernetesObject } from './kubernetes-object';
import { parseJson } from '../../values/json-text';
import { Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { StackResource, StackResources } from '../stack-resources';

/**
 * The Helm charts of aws-cdk as objects of a kind of their own, with their values as `spec`, except environments. What a chart makes of a value is not known, but
 * values such as `hostNetwork` are those of pods in most charts. Values that cannot be read are like the objects of a chart, which are not read.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_eks.HelmChart.html
 */
export const readCharts = (resources: StackResources): KubernetesObject[] =>
  resources.ofType('Custom::AWSCDK-EKS-HelmChart').flatMap((chart) => chart.once('chart', () => readChart(chart)) ?? []);

function readChart(chart: StackResource): KubernetesObject | undefined {
  const [cluster, values] = [chart.cluster('ClusterName'), chart.property('Values')];
  const parsed = values instanceof Text ? parseJson(values) : { value: values };
  if (!cluster || 'problem' in parsed) {
    return undefined;
  }
  const [name, namespace, ofChart] = ['Release', 'Namespace', 'Chart'].map((property) => textOf(chart.property(property)));
  const document = mapOf({
    apiVersion: Text.of('helm.sh/v3'),
    kind: Text.of('HelmChart'),
    metadata: mapOf({ name: name ?? Text.of(chart.logicalId), namespace, chart: ofChart }),
    spec: withoutEnvironments(parsed.value),
  });
  return KubernetesObject.from(cluster, document, chart.place('Properties.Values'));
}

const mapOf = (values: { readonly [name: string]: Resolved }): ResolvedMap =>
  new ResolvedMap(Object.entries(values).map(([name, value]) => [Text.of(name), value]));

/** An environment does not show of which pods it is, and most have nothing to do with AWS. */
function withoutEnvironments(value: Resolved): Resolved {
  if (value instanceof ResolvedMap) {
    const others = value.entries.filter(([{ literal }]) => literal !== 'env' && literal !== 'envFrom');
    return new ResolvedMap(others.map(([key, item]) => [key, withoutEnvironments(item)]));
  }
  return Array.isArray(value) ? value.map(withoutEnvironments) : value;
}
