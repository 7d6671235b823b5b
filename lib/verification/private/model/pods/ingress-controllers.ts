import { containersOf } from './containers';
import { valueAt } from '../../values/resolved';
import { textsIn } from '../../values/text-parts';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Workload } from '../model';
import { chartNames } from '../objects/chart-names';
import { isGenerator } from '../objects/generators';
import { destinationOf } from '../objects/other-clusters';
import { namespaceOfPods } from '../objects/releases';
import { podsOfWorkload } from '../pods-of-workload';

/**
 * How the programs are called that answer for the hosts of Ingresses and other routes, and pass the requests on. They end TLS, and so can answer themselves. That of AWS
 * is not among them: its load balancers are outside of the cluster.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/ingress-controllers/
 */
const NAMES = [
  '(ingress-)?nginx-ingress(-controller)?', 'ambassador', 'apisix(-ingress-controller)?', 'contour', 'emissary(-ingress)?', 'envoy-gateway', 'gateway-helm',
  'gloo(-ee)?', 'haproxy-ingress(-controller)?', 'higress', 'ingress-nginx', 'istio-ingress(gateway)?', 'kgateway', 'kong', 'kong-gateway', 'nginx-gateway-fabric',
  'skipper', 'traefik', 'tyk(-gateway)?', 'voyager',
].join('|');

/** The name of a chart, or of a repository in an image. */
const [CHART, IMAGE] = [
  new RegExp(`^(${NAMES}|gateway)$`),
  new RegExp(`(^|/)(${NAMES}|kubernetes-ingress(-controller)?|nginx-gateway)(/controller)?([:@]|$)`),
];

/** What gateways of Istio and Envoy Gateway consist of, which is beside an app otherwise. Istio puts its image in place of `auto`. */
const PROXY = /^auto$|(^|\/)(envoy|proxyv2)([:@]|$)/;

/** Programs and options that only ingress controllers have. */
const COMMAND = new RegExp([
  String.raw`(^|[\s/])(nginx-ingress-controller|traefik|haproxy-ingress-controller|contour|envoy-gateway)(?=\s|$)`, String.raw`--(ingress-class|controller-class)\b`,
  String.raw`--providers\.kubernetes`, '--serviceCluster=istio-ingressgateway',
].join('|'));

/** The pods of ingress controllers: those of workloads, and of a chart or of what installs one, those in its namespace. */
export function readIngressControllers(workloads: readonly Workload[], charts: readonly KubernetesObject[]): KeyHolders[] {
  const own = workloads.filter(isIngressController).map(podsOfWorkload);
  const installed = charts.filter(installsIngressController)
    .map((chart) => ({ cluster: isGenerator(chart) ? destinationOf(chart) : chart.cluster, namespace: namespaceOfPods(chart) }));
  return [...own, ...installed];
}

/** Whether a chart, or what installs one, has an ingress controller. */
export const installsIngressController = (chart: KubernetesObject): boolean => chartNames(chart).some((name) => CHART.test(name));

/** Whether a workload is an ingress controller. */
export function isIngressController({ template }: Workload): boolean {
  const containers = containersOf(template?.spec).map((container) => ['image', 'command', 'args'].map((name) => textsIn(valueAt(container, name)).join(' ')));
  return containers.some(([image, ...words]) => IMAGE.test(image) || COMMAND.test(words.join(' ')))
    || (containers.length > 0 && containers.every(([image]) => PROXY.test(image)));
}
