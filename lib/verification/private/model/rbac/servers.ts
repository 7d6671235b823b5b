import { Binding } from './bindings';
import { mayRedirect, mayRoute } from './changed-objects';
import { ClusterId } from '../../values/cluster-id';
import { distinct } from '../../values/distinct';
import { equal } from '../../values/pattern';
import { ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isOnNode } from '../code/node-hosts';
import { HostOfPods } from '../host-of-pods';
import { KeyHolders } from '../identities';
import { KubernetesObject } from '../kubernetes-object';
import { Workload } from '../model';
import { hasLabels } from '../objects/network-policies';
import { isOfAnyCluster } from '../objects/service-names';
import { isOfAllClusters, OF_KNATIVE, selectorOf, selectsPods } from '../objects/service-objects';
import { Services } from '../objects/services';
import { podsOfWorkload } from '../pods-of-workload';

/** The pods that answer the requests to Services: those behind them, those of accounts that may direct the requests to their own pods, and ingress controllers. */
export class Servers {
  /** Many hosts can lead to a Service. */
  private readonly known = new Map<KubernetesObject, readonly KeyHolders[]>();

  /** @param controllers those that pass on the requests for the hosts of routes. */
  constructor(
    private readonly services: Services, private readonly workloads: readonly Workload[], private readonly bindings: readonly Binding[],
    private readonly controllers: readonly KeyHolders[],
  ) {}

  /** Those that answer at some hosts, for whom is in a namespace of a cluster. Others reach a host of a route from anywhere. */
  at(hosts: readonly Text[], namespace: Text, cluster: ClusterId): KeyHolders[] {
    return distinct(hosts).flatMap((host) => {
      const isRouted = this.services.isRouted(host, namespace);
      const found = this.servicesAt(host, namespace, cluster);
      return [...(isRouted ? this.atRouted(found) : this.inFrontOf(found)), ...podsOf(this.services.podsAt(host, namespace), cluster)];
    });
  }

  /** Those that answer at ports of a node, for whom is in a namespace of a cluster and has the network of a node. */
  onNodes(hosts: readonly Text[], namespace: Text, cluster: ClusterId): KeyHolders[] {
    return distinct(hosts).flatMap((host) => [
      ...this.inFrontOf(this.services.atPortOfNode(host).filter((service) => service.cluster.is(cluster) !== 'no')),
      ...podsOf(this.services.podsAt(host, namespace, true), cluster),
    ]);
  }

  /** Those that answer nodes which get images from registries that only the deployment knows. */
  atRegistries(registries: readonly Text[], cluster: ClusterId): KeyHolders[] {
    return distinct(registries).flatMap((host) => [
      ...this.atRouted(this.services.behindRegistry(host)),
      ...this.inFrontOf(this.services.onNodesAt(host).filter((service) => service.cluster.is(cluster) !== 'no')),
      ...podsOf(this.services.podsOnNodesAt(host), cluster),
    ]);
  }

  /** Those that answer at one of the hosts outside clusters, or at a port of a node as it calls itself. */
  atHost(host: Text): KeyHolders[] {
    const found = this.services.behind(host);
    return [...(isOnNode(host) ? this.inFrontOf(found) : this.atRouted(found)), ...this.services.podsBehind(host).map(({ pods }) => pods)];
  }

  /** Those behind Services of a cluster. */
  behind(found: readonly KubernetesObject[], cluster: ClusterId): KeyHolders[] {
    return found.filter((service) => service.cluster.is(cluster) !== 'no').flatMap((service) => podsBehind(service, this.workloads));
  }

  /** Those behind Services at some hosts, and nobody in their place, for whom is in a namespace of a cluster. */
  behindHosts(hosts: readonly Text[], namespace: Text, cluster: ClusterId): KeyHolders[] {
    return distinct(hosts).flatMap((host) => this.servicesAt(host, namespace, cluster)).flatMap((service) => podsBehind(service, this.workloads));
  }

  private servicesAt(host: Text, namespace: Text, cluster: ClusterId): KubernetesObject[] {
    const isOfAny = this.services.isRouted(host, namespace) || isOfAnyCluster(host);
    return this.services.at(host, namespace).filter((service) => isOfAny || isOfAllClusters(service) || service.cluster.is(cluster) !== 'no');
  }

  private inFrontOf(found: readonly KubernetesObject[]): KeyHolders[] {
    return found.flatMap((service) => {
      const known = this.known.get(service) ?? [...podsBehind(service, this.workloads), ...inPlaceOf(service, this.bindings)];
      this.known.set(service, known);
      return known;
    });
  }

  private atRouted(found: readonly KubernetesObject[]): KeyHolders[] {
    const clusters = [...new Map(found.map(({ cluster }) => [cluster.key, cluster])).values()];
    return [
      ...this.inFrontOf(found), ...clusters.flatMap((cluster) => whoRoutes(cluster, this.bindings)),
      ...this.controllers.filter((controller) => clusters.some((cluster) => controller.cluster.is(cluster) !== 'no')),
    ];
  }
}

/** Those of a cluster. */
const podsOf = (found: readonly HostOfPods[], cluster: ClusterId): KeyHolders[] =>
  found.map(({ pods }) => pods).filter((pods) => pods.cluster.is(cluster) !== 'no');

/**
 * The pods that a Service selects, or of which it has the template. If no workload that the templates apply has the labels, or only the deployment knows these, it can be any of
 * its namespace: controllers add labels that no template has.
 */
function podsBehind(service: KubernetesObject, workloads: readonly Workload[]): KeyHolders[] {
  const { cluster, namespace } = service;
  const near = workloads.filter((workload) => workload.cluster.is(cluster) !== 'no' && equal(workload.namespace, namespace) !== 'no');
  if (service.group === OF_KNATIVE) {
    return near.filter(({ kind, name, objectName = name }) => kind === service.kind && service.name && equal(objectName, service.name) !== 'no').map(podsOfWorkload);
  }
  if (!selectsPods(service)) {
    return [];
  }
  const selector = selectorOf(service);
  const selected = near.filter(({ template }) => template && hasLabels(template.labels, selector) !== 'no');
  const isCertain = selector instanceof ResolvedMap && selected.some(({ mayBeMissing }) => !mayBeMissing);
  return !isCertain ? [{ cluster, namespace }] : selected.map(podsOfWorkload);
}

/** The accounts that may direct the requests to a Service to their own pods. Those to a webhook need a certificate of it, too. */
const inPlaceOf = (service: KubernetesObject, bindings: readonly Binding[]): KeyHolders[] => bindings
  .filter(({ namespace, rules }) => (!namespace || equal(namespace, service.namespace) !== 'no') && mayRedirect(rules, service))
  .flatMap(({ subjects }) => subjects).filter(({ cluster }) => cluster.is(service.cluster) !== 'no');

/** The accounts that may direct the requests for a host to their own pods. */
const whoRoutes = (cluster: ClusterId, bindings: readonly Binding[]): KeyHolders[] =>
  bindings.filter(({ rules }) => mayRoute(rules)).flatMap(({ subjects }) => subjects).filter((holders) => holders.cluster.is(cluster) !== 'no');
