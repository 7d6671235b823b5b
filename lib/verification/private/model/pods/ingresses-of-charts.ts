import { isOff } from './pod-settings';
import { podsWithoutTemplate } from './pods-without-template';
import { distinct } from '../../values/distinct';
import { mapOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { literalOf } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';
import { OF_CHARTS } from '../objects/chart-values';
import { hostsInAnnotations } from '../objects/routes';

/** How charts call what leads requests to their pods, and the hosts of it. */
const [OF_ROUTES, OF_HOSTS] = [/expose|gateway|ingress|route|virtual_?service/i, /^(domain|fqdn|host|host_?name)s?$/i];

/** What is a host, and not a path, or the name of a class. */
const HOST = /^(\*\.)?[\w-]+(\.[\w-]+)+$/;

/** No Service of the templates has this name, so that it stands for those that a chart makes in its namespace. */
const SERVICE_OF_CHART = Text.of('Service of a chart');

/**
 * For the charts whose values have hosts, an Ingress with these: `ingress.hosts`, `ingress.hostname`, or an annotation of external-dns. Charts have them at any depth, and
 * parameters of Argo CD have them as paths.
 *
 * @see https://helm.sh/docs/helm/helm_create/
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
 */
export const ingressesOfCharts = (values: readonly KubernetesObject[]): KubernetesObject[] =>
  values.filter(({ group }) => group === OF_CHARTS).flatMap((chart) => {
    const says = podsWithoutTemplate(chart)?.says;
    const hosts = distinct([...hostsInAnnotations(says), ...hostsIn(says)]);
    return hosts.length === 0 ? [] : ingressWith(hosts, chart) ?? [];
  });

function ingressWith(hosts: readonly Text[], { cluster, name, namespace, place }: KubernetesObject): KubernetesObject | undefined {
  const paths = [mapOf({ backend: mapOf({ service: mapOf({ name: SERVICE_OF_CHART }) }) })];
  const rules = hosts.map((host) => mapOf({ host, http: mapOf({ paths }) }));
  const [apiVersion, kind, metadata] = [Text.of('networking.k8s.io/v1'), Text.of('Ingress'), mapOf({ name, namespace })];
  return KubernetesObject.from(cluster, mapOf({ apiVersion, kind, metadata, spec: mapOf({ rules }) }), place, undefined, true);
}

function hostsIn(value: Resolved, path: readonly string[] = []): Text[] {
  if (value instanceof Text) {
    return isOfHost(path) && (value.literal === undefined || HOST.test(value.literal)) ? [value] : [];
  }
  if (!(value instanceof ResolvedMap)) {
    return value?.flatMap((item) => hostsIn(item, path)) ?? [];
  }
  const parameter = literalOf(value.get('name'));
  const ofParameter = parameter === undefined ? [] : hostsIn(value.get('value'), partsOf(parameter));
  const below = value.entries.flatMap(([{ literal = '' }, inner]) => hostsIn(inner, [...path, ...partsOf(literal)]));
  return isOff(value, 'enabled') ? [] : [...ofParameter, ...below];
}

/** The parts of a name that can be a path, such as `ingress.hosts[0].host`. */
const partsOf = (name: string): string[] => name.split(/[.[\]]+/).filter((part) => /\D/.test(part));

/** Some charts have a map of hosts. */
const isOfHost = (path: readonly string[]): boolean =>
  path.slice(-2).some((part) => OF_HOSTS.test(part)) && path.some((part) => OF_ROUTES.test(part));
