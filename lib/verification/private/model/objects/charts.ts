import { objectOfValues } from './chart-values';
import { parseJson } from '../../values/json-text';
import { Text } from '../../values/text';
import { textOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { StackResource } from '../stack-resource';
import { StackResources } from '../stack-resources';

/**
 * The values of the Helm charts of aws-cdk. Those that cannot be read are like the objects of a chart, which are not read.
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
  const [name = Text.of(chart.logicalId), namespace, ofChart] = ['Release', 'Namespace', 'Chart'].map((property) => textOf(chart.property(property)));
  return objectOfValues({ cluster, kind: 'HelmChart', name, namespace, chart: ofChart, values: parsed.value, place: chart.place('Properties.Values') });
}
