import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isText, textsIn } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** The group of the Services of Knative, which have a template of their pods. @see https://knative.dev/docs/serving/services/creating-services/ */
export const OF_KNATIVE = 'serving.knative.dev';

/** Whether an object is a Service of Kubernetes or Knative, or selects pods like one. */
export const isService = (object: KubernetesObject): boolean =>
  (object.kind === 'Service' && ['', OF_KNATIVE].includes(object.group)) || hostsOfEntry(object).length > 0;

/** The hosts at which Istio sends requests to pods with some labels. @see https://istio.io/latest/docs/reference/config/networking/service-entry/ */
export const hostsOfEntry = (object: KubernetesObject): Text[] =>
  (object.kind === 'ServiceEntry' && object.at('spec', 'workloadSelector') !== undefined ? textsIn(object.at('spec', 'hosts')) : []);

/** The labels of the pods behind a Service. */
export const selectorOf = (service: KubernetesObject): Resolved => service.at('spec', 'selector') ?? service.at('spec', 'workloadSelector', 'labels');

/** Whether the labels of pods decide which are behind a Service. Others have endpoints that somebody writes, or lead to another name. */
export function selectsPods(service: KubernetesObject): boolean {
  const selector = selectorOf(service);
  return !isAlias(service) && selector !== undefined && !(selector instanceof ResolvedMap && selector.entries.length === 0);
}

/** Whether a Service is only another name. */
export const isAlias = (service: KubernetesObject): boolean => service.at('spec', 'externalName') !== undefined;

/** Whether the pods behind a Service have names of their own there. @see https://kubernetes.io/docs/concepts/services-networking/service/#headless-services */
export const isHeadless = (service: KubernetesObject): boolean => isText(service.at('spec', 'clusterIP'), 'None') !== 'no';

/** The fixed addresses of a Service. @see https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/ */
export const addressesOf = (service: KubernetesObject): Text[] => ['clusterIP', 'clusterIPs']
  .flatMap((property) => listOf(service.at('spec', property))).flatMap(textsIn).filter(({ literal }) => literal !== '' && literal !== 'None');

/** Annotations with which pods of other clusters use a Service. @see https://docs.cilium.io/en/stable/network/clustermesh/services/ */
const OF_CLUSTERS = ['service.cilium.io/global', 'io.cilium/global-service'];

/** Whether a Service is one for pods of other clusters, too. */
export const isOfAllClusters = (service: KubernetesObject): boolean =>
  OF_CLUSTERS.some((annotation) => isText(service.at('metadata', 'annotations', annotation), 'true') !== 'no');
