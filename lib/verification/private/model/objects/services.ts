import { HostsOfPods } from './hosts-of-pods';
import { hasBalancer, hostOfBalancer, routesOfTargetGroups, serviceHost } from './load-balancers';
import { outsideHostsOf, readRoutes } from './routes';
import { hasDomain, isInCluster, mayBeAddress, nameIn, namesIn, namespaceIn, serviceName, servicesOfPodIn } from './service-names';
import { addressesOf, hostsOfEntry, isHeadless, isService } from './service-objects';
import { distinct } from '../../values/distinct';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { HostIndex } from '../code/host-index';
import { mayBeHost, mayBeLiteral, withoutPort } from '../code/host-names';
import { onNode, portsOfNodeAt } from '../code/node-hosts';
import { HostOfPods } from '../host-of-pods';
import { KubernetesObject } from '../kubernetes-object';
import { NameOutside } from '../name-outside';

/** How many aliases can lead to a Service, one after the other. */
const ALIASES = 3;

/** What answers besides the Services of the templates. */
export interface OtherServers {
  /** Services that the templates look up, and may not define. */
  readonly lookedUp: readonly KubernetesObject[];
  /** Those of any name that something of the templates makes in a namespace. */
  readonly ofOthers: readonly KubernetesObject[];
  readonly hostsOfPods: readonly HostOfPods[];
  /** What stands for the routes that charts make. */
  readonly ingresses: readonly KubernetesObject[];
}

/** The Services of the templates, by their names in DNS, and by the hosts of other objects that lead to them, and the pods that answer without a Service. */
export class Services {
  private readonly named = new HostIndex<KubernetesObject>();
  /** By namespace. */
  private readonly ofOthers = new HostIndex<KubernetesObject>();
  private readonly addresses = new HostIndex<KubernetesObject>();
  private readonly onNodes = new HostIndex<KubernetesObject>();
  private readonly aliases = new HostIndex<Text>();
  private readonly pods: HostsOfPods;
  /** Many workloads have the same registry. */
  private readonly registries = new Map<string, readonly KubernetesObject[]>();

  /** @param outside the names outside of clusters that lead to others. */
  constructor(objects: readonly KubernetesObject[], private readonly outside: readonly NameOutside[], others: OtherServers) {
    this.pods = new HostsOfPods(others.hostsOfPods);
    objects.filter(isService).forEach((service) => this.addService(service));
    const lookedUp = others.lookedUp.map((service) => [serviceName(service.name!, service.namespace), service] as const);
    lookedUp.filter(([name, service]) => !isInClusterOf(service, this.named.exactlyAt(name)))
      .forEach(([name, service]) => this.named.add(name, service));
    others.ofOthers.forEach((service) => this.ofOthers.add(service.namespace, service));
    const routes = this.isEmpty ? [] : readRoutes([...objects, ...others.ingresses]);
    routes.forEach(({ host, namespace, to }) => this.aliases.add(nameIn(host, namespace), to));
    (this.isEmpty ? [] : [...outside, ...routesOfTargetGroups(objects, outside)]).forEach(({ host, to }) => this.aliases.add(host, to));
  }

  /** The hosts outside clusters whose requests get to Services or pods, also those with a wildcard. */
  get hosts(): Text[] {
    return distinct([...this.routed, ...this.onNodes.hosts, ...this.pods.hosts]);
  }

  get isEmpty(): boolean {
    return [this.named, this.ofOthers, this.pods].every(({ isEmpty }) => isEmpty);
  }

  /** Those that answer at a host, with or without a port, for whom is in a namespace. */
  at(host: Text, namespace: Text): readonly KubernetesObject[] {
    return [...new Set(this.leadsTo(host, namespace).flatMap((one) => this.answeringAt(one, namespace)))];
  }

  /** The pods that answer there without a Service. */
  podsAt(host: Text, namespace: Text, isAskedByNode = false): readonly HostOfPods[] {
    return this.leadsTo(host, namespace).flatMap((one) => this.pods.at(one, isAskedByNode));
  }

  /** Those to which requests for one of the hosts get. */
  behind(host: Text): readonly KubernetesObject[] {
    return [...new Set([...this.onNodes.exactlyAt(host), ...this.outsideOf(host).flatMap((to) => this.answeringAt(to, Text.EMPTY))])];
  }

  /** The pods to which these get without a Service. */
  podsBehind(host: Text): readonly HostOfPods[] {
    return [...this.pods.exactlyAt(host), ...this.outsideOf(host).flatMap((to) => this.pods.at(to))];
  }

  /** Those to which requests get for a registry that only the deployment knows. */
  behindRegistry(host: Text): readonly KubernetesObject[] {
    const known = this.registries.get(host.key)
      ?? [...new Set(this.routed.filter((one) => mayBeHost(one, host)).flatMap((one) => this.behind(one)))];
    this.registries.set(host.key, known);
    return known;
  }

  /** Those at a port of nodes that may be such a registry. */
  onNodesAt(host: Text): readonly KubernetesObject[] {
    return this.onNodes.at(host);
  }

  /** The pods there without a Service. */
  podsOnNodesAt(host: Text): readonly HostOfPods[] {
    return this.pods.mayBeAt(host);
  }

  /** Those at a port of nodes, for whom has the network of a node. */
  atPortOfNode(host: Text): readonly KubernetesObject[] {
    return portsOfNodeAt(host, true).flatMap((port) => this.onNodes.exactlyAt(port));
  }

  /** Whether routes decide to which Service the requests for a host get, rather than its name. */
  isRouted(host: Text, namespace: Text): boolean {
    return !isInCluster(withoutPort(host)) && !this.isNamed(nameIn(host, namespace))
      && this.leadsTo(host, namespace).slice(1).some((one) => this.answeringAt(one, namespace).length > 0);
  }

  /** The Service to which an object refers. */
  referredTo(reference: Resolved, namespace: Text): readonly KubernetesObject[] {
    const [name, own = namespace] = ['name', 'namespace'].map((property) => textOf(valueAt(reference, property)));
    const full = name && serviceName(name, own);
    return full ? [...this.named.exactlyAt(full), ...this.ofOthersAt(full)] : [];
  }

  /** The hosts outside clusters that lead to others. */
  private get routed(): Text[] {
    const groups = new Set(this.outside.flatMap(({ ports, to }) => (ports ? [to.key] : [])));
    return this.aliases.hosts
      .filter((host) => (hasDomain(host) || host.literal === undefined) && !isInCluster(host) && !this.isNamed(host) && !groups.has(host.key));
  }

  /** A host, and the others to which its requests get in turn. Routes can lead back to their host. */
  private leadsTo(host: Text, namespace: Text, left = ALIASES): Text[] {
    const found = new Map([[host.key, host]]);
    for (let [i, last] = [0, [host]]; i < left && last.length > 0; i++) {
      last = distinct(last.flatMap((one) => this.from(one, namespace))).filter(({ key }) => !found.has(key));
      last.forEach((one) => found.set(one.key, one));
    }
    return [...found.values()];
  }

  /** The hosts to which requests for one of the hosts outside clusters get. */
  private outsideOf(host: Text): Text[] {
    return this.aliases.exactlyAt(host).flatMap((to) => this.leadsTo(to, Text.EMPTY, ALIASES - 1));
  }

  /**
   * The Services that have a host as a name or an address.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
   */
  private answeringAt(host: Text, namespace: Text): KubernetesObject[] {
    const byName = namesIn(host, namespace)
      .flatMap((name) => [...(this.isNamed(name) ? this.named.exactlyAt(name) : this.named.at(name)), ...this.ofOthersAt(name)]);
    const byPod = servicesOfPodIn(host, namespace).flatMap((name) => this.named.exactlyAt(name)).filter(isHeadless);
    const byAddress = mayBeAddress(host) ? this.addresses.at(withoutPort(host)) : [];
    return [...byName, ...byPod, ...byAddress, ...portsOfNodeAt(host, false).flatMap((port) => this.onNodes.exactlyAt(port))];
  }

  /** Those that may have a name that no Service of the templates has in their cluster. */
  private ofOthersAt(name: Text): readonly KubernetesObject[] {
    const namespace = name.literal !== undefined || mayBeLiteral(name) ? namespaceIn(name) : undefined;
    const found = namespace === undefined ? []
      : namespace === 'any' ? this.ofOthers.hosts.flatMap((one) => this.ofOthers.exactlyAt(one)) : this.ofOthers.at(namespace);
    return found.length === 0 ? [] : found.filter((service) => !isInClusterOf(service, this.named.exactlyAt(name)));
  }

  /** Where the requests for a host get. The name of a Service is no host of a route, whatever only the deployment knows of these. */
  private from(host: Text, namespace: Text): readonly Text[] {
    const names = namesIn(host, namespace);
    const asked = withoutPort(host);
    const isOfService = isInCluster(asked) || names.some((name) => this.isNamed(name));
    return isOfService ? distinct([...names, asked]).flatMap((name) => this.aliases.exactlyAt(name)) : this.aliases.at(asked); // a record can have no domain
  }

  private isNamed(name: Text): boolean {
    return this.named.exactlyAt(name).some(({ mayBeMissing }) => !mayBeMissing);
  }

  private addService(service: KubernetesObject): void {
    const { name, namespace } = service;
    const external = textOf(service.at('spec', 'externalName'));
    hostsOfEntry(service).forEach((host) => this.named.add(nameIn(host, namespace), service));
    if (!name || service.kind !== 'Service') {
      return;
    }
    const full = serviceName(name, namespace);
    this.named.add(full, service);
    addressesOf(service).forEach((address) => this.addresses.add(address, service));
    const outside = [...outsideHostsOf(service), ...(hasBalancer(service) ? [hostOfBalancer(service)] : [])];
    outside.forEach((host) => this.aliases.add(host, serviceHost(name, namespace)));
    if (external) {
      this.aliases.add(full, external);
    }
    listOf(service.at('spec', 'ports')).map((port) => literalOf(valueAt(port, 'nodePort'))).filter((port) => port !== undefined).forEach((port) => {
      [onNode(port), Text.of(`127.0.0.1:${port}`)].forEach((host) => this.named.add(host, service));
      this.onNodes.add(onNode(port), service);
    });
  }
}

/** Whether one of several objects is certainly there, in the cluster of another. */
const isInClusterOf = ({ cluster }: KubernetesObject, others: readonly KubernetesObject[]): boolean =>
  others.some((one) => !one.mayBeMissing && one.cluster.is(cluster) === 'yes');
