import { Text } from '../../values/text';
import { anyWith } from '../../values/text-parts';
import { givenText, KubernetesObject } from '../kubernetes-object';
import { Workload } from '../model';
import { chartNames } from '../objects/chart-names';
import { isGenerator } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods } from '../objects/releases';

/**
 * The charts whose pods are privileged, or have the network or the processes of their node, by default. The service account of these pods has the name of the chart
 * in its own name, or else what stands here.
 *
 * @see https://helm.sh/docs/chart_template_guide/named_templates/
 * @see https://github.com/aws/aws-node-termination-handler/tree/main/config/helm/aws-node-termination-handler
 * @see https://github.com/prometheus-community/helm-charts/tree/main/charts
 * @see https://github.com/falcosecurity/charts
 * @see https://github.com/kubernetes-sigs/aws-ebs-csi-driver/tree/master/charts/aws-ebs-csi-driver
 * @see https://docs.cilium.io/en/stable/helm-reference/
 */
const NODE_CHARTS: ReadonlyMap<string, string | undefined> = new Map<string, string | undefined>([
  ...[
    'aws-cloudwatch-metrics', 'aws-node-termination-handler', 'beyla', 'cilium', 'datadog', 'falco', 'falcon-sensor', 'kured', 'longhorn',
    'newrelic-infrastructure', 'node-local-dns', 'node-problem-detector', 'prometheus-node-exporter', 'secrets-store-csi-driver',
    'secrets-store-csi-driver-provider-aws', 'spegel', 'splunk-otel-collector', 'tetragon', 'tigera-operator',
  ].map((chart): [string, undefined] => [chart, undefined]),
  ['amazon-cloudwatch-observability', 'cloudwatch-agent'],
  ['aws-ebs-csi-driver', 'ebs-csi-node'],
  ['aws-efs-csi-driver', 'efs-csi-node'],
  ['aws-fsx-csi-driver', 'fsx-csi-node'],
  ['aws-mountpoint-s3-csi-driver', 's3-csi'],
  ['gpu-operator', 'nvidia'],
  ['k8s-monitoring', 'node-exporter'],
  ['kube-prometheus-stack', 'node-exporter'],
  ['metallb', 'speaker'],
  ['nri-bundle', 'newrelic'],
  ['prometheus', 'node-exporter'],
  ['victoria-metrics-k8s-stack', 'node-exporter'],
]);

/** The pods of charts that run on each node. Their settings are in the chart, which no template shows. */
export const readPodsOfCharts = (charts: readonly KubernetesObject[], objects: readonly KubernetesObject[]): Workload[] => [
  ...charts, ...objects.filter(isGenerator),
].flatMap((object) => chartNames(object).filter((chart) => NODE_CHARTS.has(chart)).flatMap((chart) => accountsOf(chart, object)
  .map((serviceAccountName): Workload => ({
    cluster: destinationOf(object),
    kind: object.kind,
    namespace: namespaceOfPods(object),
    name: object.name ?? Text.of(chart),
    serviceAccountName,
    hostNetwork: 'unknown',
    takesOverNode: OF_CHART,
    credentialsOfOthers: `has ${OF_CHART}`,
    place: object.place,
  }))));

const OF_CHART = 'the settings of its chart, which the templates do not show';

/** The name that the chart generates from that of its release, and what its values name. */
function accountsOf(chart: string, object: KubernetesObject): Text[] {
  const given = [['serviceAccount', 'name'], ['node', 'serviceAccount', 'name'], ['fullnameOverride']].flatMap((path) => givenText(object.at('values', ...path)) ?? []);
  return [anyWith(NODE_CHARTS.get(chart) ?? chart), ...given];
}
