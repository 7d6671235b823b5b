import { NameOutside } from './names-outside';
import { annotatedHosts, readRoutes } from './routes';
import { addTo } from '../../values/add-to';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf, textOf } from '../../values/text-parts';
import { withoutPort, withWildcards } from '../code/host-names';
import { KubernetesObject } from '../kubernetes-object';

/** How many aliases can lead to a Service, one after the other. */
const ALIASES = 3;

/** The Services of the templates, by their names in DNS, and by the hosts of other objects that lead to them. */
export class Services {
  private readonly named = new Map<string, KubernetesObject[]>();
  private readonly aliases = new Map<string, string[]>();

  /** @param outside the names outside of clusters that lead to others. */
  constructor(objects: readonly KubernetesObject[], outside: readonly NameOutside[]) {
    objects.filter(({ group, kind }) => group === '' && kind === 'Service').forEach((service) => this.addService(service));
    (this.isEmpty ? [] : readRoutes(objects)).forEach(({ host, namespace, to }) => addTo(this.aliases, nameIn(host, namespace), to));
    (this.isEmpty ? [] : outside).forEach(({ host, to }) => addTo(this.aliases, host, to));
  }

  /** The hosts outside clusters whose requests get to Services, also those with a wildcard. */
  get hosts(): string[] {
    return [...this.aliases.keys()].filter((host) => host.includes('.') && !OF_CLUSTER.test(host) && !this.named.has(host));
  }

  get isEmpty(): boolean {
    return this.named.size === 0;
  }

  /**
   * Those that answer at a host, with or without a port, for whom is in a namespace.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
   */
  at(host: string, namespace: Text, left = ALIASES): readonly KubernetesObject[] {
    const name = nameIn(host, namespace);
    const others = left > 0 ? [name, ...withWildcards(withoutPort(host))].flatMap((one) => this.aliases.get(one) ?? []) : [];
    return [...new Set([...this.named.get(name) ?? [], ...others.flatMap((one) => this.at(one, namespace, left - 1))])];
  }

  /** Whether routes decide to which Service the requests for a host get, rather than its name. */
  isRouted(host: string, namespace: Text): boolean {
    return !OF_CLUSTER.test(withoutPort(host)) && !this.named.has(nameIn(host, namespace)) && this.at(host, namespace).length > 0;
  }

  /** The Service to which an object refers. */
  referredTo(reference: Resolved, namespace: Text): readonly KubernetesObject[] {
    const [name, own = namespace] = ['name', 'namespace'].map((property) => textOf(valueAt(reference, property)));
    return name ? this.named.get(`${name}.${own}`) ?? [] : [];
  }

  private addService(service: KubernetesObject): void {
    const { name, namespace } = service;
    const full = `${name}.${namespace}`;
    const external = textOf(service.at('spec', 'externalName'));
    annotatedHosts(service).forEach((host) => addTo(this.aliases, host, full));
    if (external) {
      addTo(this.aliases, full, `${external}`);
    }
    if (name) {
      addTo(this.named, full, service);
      listOf(service.at('spec', 'ports')).map((port) => literalOf(valueAt(port, 'nodePort'))).filter((port) => port !== undefined)
        .forEach((port) => ['localhost', '127.0.0.1'].forEach((host) => addTo(this.named, `${host}:${port}`, service)));
    }
  }
}

/** Whether the labels of pods decide which are behind a Service. Others have endpoints that somebody writes, or lead to another name. */
export function selectsPods(service: KubernetesObject): boolean {
  const selector = service.at('spec', 'selector');
  return !isAlias(service) && selector !== undefined && !(selector instanceof ResolvedMap && selector.entries.length === 0);
}

/** Whether a Service is only another name. */
export const isAlias = (service: KubernetesObject): boolean => service.at('spec', 'externalName') !== undefined;

const OF_CLUSTER = /\.svc(\.cluster\.local)?\.?$/;

/** The name and the namespace of the Service at a host. Before these, a host can have the name of a pod. The ports of nodes are on themselves. */
function nameIn(host: string, namespace: Text): string {
  if (/^(localhost|127\.0\.0\.1):\d+$/.test(host)) {
    return host;
  }
  const name = withoutPort(host);
  return OF_CLUSTER.test(name) ? name.replace(OF_CLUSTER, '').split('.').slice(-2).join('.') : name.includes('.') ? name : `${name}.${namespace}`;
}
