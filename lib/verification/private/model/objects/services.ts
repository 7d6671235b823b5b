import { hasBalancer, hostOfBalancer, routesOfTargetGroups, serviceHost } from './load-balancers';
import { NameOutside } from './names-outside';
import { annotatedHosts, readRoutes } from './routes';
import { distinct } from '../../values/distinct';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { splitText } from '../../values/split';
import { Text } from '../../values/text';
import { literalOf, textOf, textsIn, withoutEnd } from '../../values/text-parts';
import { HostIndex } from '../code/host-index';
import { mayBeHost, withoutPort } from '../code/host-names';
import { KubernetesObject } from '../kubernetes-object';

/** How many aliases can lead to a Service, one after the other. */
const ALIASES = 3;

/** The Services of the templates, by their names in DNS, and by the hosts of other objects that lead to them. */
export class Services {
  private readonly named = new HostIndex<KubernetesObject>();
  private readonly onNodes = new HostIndex<KubernetesObject>();
  private readonly aliases = new HostIndex<Text>();
  /** Many workloads have the same registry. */
  private readonly registries = new Map<string, readonly KubernetesObject[]>();

  /** @param outside the names outside of clusters that lead to others. */
  constructor(objects: readonly KubernetesObject[], private readonly outside: readonly NameOutside[]) {
    objects.filter(({ group, kind }) => group === '' && kind === 'Service').forEach((service) => this.addService(service));
    (this.isEmpty ? [] : readRoutes(objects)).forEach(({ host, namespace, to }) => this.aliases.add(nameIn(host, namespace), to));
    (this.isEmpty ? [] : [...outside, ...routesOfTargetGroups(objects, outside)]).forEach(({ host, to }) => this.aliases.add(host, to));
  }

  /** The hosts outside clusters whose requests get to Services, also those with a wildcard. */
  get hosts(): Text[] {
    const groups = new Set(this.outside.flatMap(({ ports, to }) => (ports ? [to.key] : [])));
    return this.aliases.hosts
      .filter((host) => (hasDomain(host) || host.literal === undefined) && !isInCluster(host) && !this.isNamed(host) && !groups.has(host.key));
  }

  get isEmpty(): boolean {
    return this.named.isEmpty;
  }

  /**
   * Those that answer at a host, with or without a port, for whom is in a namespace.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
   */
  at(host: Text, namespace: Text, left = ALIASES): readonly KubernetesObject[] {
    const own = namesIn(host, namespace).flatMap((name) => (this.isNamed(name) ? this.named.exactlyAt(name) : this.named.at(name)));
    const others = left > 0 ? this.from(host, namespace) : [];
    return [...new Set([...own, ...others.flatMap((one) => this.at(one, namespace, left - 1))])];
  }

  /** Those to which requests for one of the hosts get. */
  behind(host: Text): readonly KubernetesObject[] {
    return [...new Set(this.aliases.exactlyAt(host).flatMap((to) => this.at(to, Text.EMPTY, ALIASES - 1)))];
  }

  /** Those to which requests get for a registry that only the deployment knows. */
  behindRegistry(host: Text): readonly KubernetesObject[] {
    const known = this.registries.get(host.key) ?? [...new Set(this.hosts.filter((one) => mayBeHost(one, host)).flatMap((one) => this.behind(one)))];
    this.registries.set(host.key, known);
    return known;
  }

  /** Those at a port of nodes that may be such a registry. */
  onNodesAt(host: Text): readonly KubernetesObject[] {
    return this.onNodes.at(host);
  }

  /** Whether routes decide to which Service the requests for a host get, rather than its name. */
  isRouted(host: Text, namespace: Text): boolean {
    return !isInCluster(withoutPort(host)) && !this.isNamed(nameIn(host, namespace))
      && this.from(host, namespace).some((one) => this.at(one, namespace, ALIASES - 1).length > 0);
  }

  /** The Service to which an object refers. */
  referredTo(reference: Resolved, namespace: Text): readonly KubernetesObject[] {
    const [name, own = namespace] = ['name', 'namespace'].map((property) => textOf(valueAt(reference, property)));
    return name ? this.named.exactlyAt(serviceName(name, own)) : [];
  }

  /** Where the requests for a host get. The name of a Service is no host of a route, whatever only the deployment knows of these. */
  private from(host: Text, namespace: Text): readonly Text[] {
    const names = namesIn(host, namespace);
    const asked = withoutPort(host);
    const isService = isInCluster(asked) || names.some((name) => this.isNamed(name));
    return isService ? distinct([...names, asked]).flatMap((name) => this.aliases.exactlyAt(name)) : this.aliases.at(asked); // a record can have no domain
  }

  private isNamed(name: Text): boolean {
    return this.named.exactlyAt(name).length > 0;
  }

  private addService(service: KubernetesObject): void {
    const { name, namespace } = service;
    const external = textOf(service.at('spec', 'externalName'));
    if (!name) {
      return;
    }
    const full = serviceName(name, namespace);
    this.named.add(full, service);
    const outside = [...annotatedHosts(service), ...(hasBalancer(service) ? [hostOfBalancer(service)] : [])];
    [...outside, ...addressesOf(service)].forEach((host) => this.aliases.add(host, serviceHost(name, namespace)));
    if (external) {
      this.aliases.add(full, external);
    }
    listOf(service.at('spec', 'ports')).map((port) => literalOf(valueAt(port, 'nodePort'))).filter((port) => port !== undefined)
      .forEach((port) => ['localhost', '127.0.0.1'].forEach((host) => [this.named, this.onNodes].forEach((index) => index.add(Text.of(`${host}:${port}`), service))));
  }
}

/**
 * The addresses that a Service says that it has, also of what is outside the cluster, instead of which its pods then answer to others of the cluster.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
 * @see https://kubernetes.io/docs/concepts/services-networking/service/#choosing-your-own-ip-address
 */
const addressesOf = (service: KubernetesObject): Text[] =>
  ['clusterIP', 'clusterIPs', 'externalIPs', 'loadBalancerIP'].flatMap((name) => textsIn(service.at('spec', name)).filter(({ literal }) => literal?.includes('.')));

/** Whether the labels of pods decide which are behind a Service. Others have endpoints that somebody writes, or lead to another name. */
export function selectsPods(service: KubernetesObject): boolean {
  const selector = service.at('spec', 'selector');
  return !isAlias(service) && selector !== undefined && !(selector instanceof ResolvedMap && selector.entries.length === 0);
}

/** Whether a Service is only another name. */
export const isAlias = (service: KubernetesObject): boolean => service.at('spec', 'externalName') !== undefined;

/** What follows the name and the namespace of a Service. */
const OF_CLUSTER = /\.svc(\.cluster\.local)?\.?$/;

const isInCluster = (host: Text): boolean => withoutEnd(host, OF_CLUSTER).key !== host.key || (host.literal !== undefined && !host.literal.includes('.'));

const hasDomain = ({ parts }: Text): boolean => parts.some((part) => typeof part === 'string' && part.includes('.'));

const serviceName = (name: Text, namespace: Text): Text => Text.join([name, namespace], '.');

/** The name and the namespace of the Service at a host. Before these, a host can have the name of a pod. The ports of nodes are on themselves. */
function nameIn(host: Text, namespace: Text): Text {
  if (/^(localhost|127\.0\.0\.1):\d+$/.test(host.literal ?? '')) {
    return host;
  }
  const name = withoutPort(host);
  const short = withoutEnd(name, OF_CLUSTER);
  if (short.key !== name.key) {
    const { known, isComplete } = splitText(short, '.');
    return isComplete ? Text.join(known.slice(-2), '.') : short;
  }
  return hasDomain(name) || name.literal === undefined ? name : serviceName(name, namespace);
}

/** The same, and of a value that only the deployment knows what it is if that is the name of a Service. */
const namesIn = (host: Text, namespace: Text): Text[] => {
  const name = nameIn(host, namespace);
  return name.literal === undefined && !hasDomain(name) ? [name, serviceName(name, namespace)] : [name];
};
