import { hostOfBalancer, serviceHost } from './load-balancers';
import { matchesIn } from '../../values/matches';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { isText, textOf, textsIn, textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** A host, as it is called in a namespace, whose requests get to a Service: its name and its namespace, or another host. */
interface Route { readonly host: Text; readonly namespace: Text; readonly to: Text }

type HostRoute = Omit<Route, 'namespace'>;

/** The groups of pods and Services, whose objects route nothing. */
const WITHOUT_ROUTES = ['', 'apps', 'batch'];

/** How hosts lead to Services: by an Ingress, by objects of other kinds that route requests, and by what the DNS of a cluster or a pod says. */
export function readRoutes(objects: readonly KubernetesObject[]): Route[] {
  const gateways = objects.filter(({ kind }) => kind === 'Gateway');
  return objects.flatMap((object) => {
    const { group, namespace } = object;
    const routes = group === 'networking.k8s.io' ? ofIngress(object) : WITHOUT_ROUTES.includes(group) ? ofNames(object)
      : group === 'externaldns.k8s.io' ? ofRecords(object) : ofOthers(object, gateways);
    return routes.map((route) => ({ ...route, namespace }));
  });
}

/**
 * How the annotations end with which external-dns creates records, whose prefix can be any, and with which ingress-nginx gives an Ingress other hosts.
 *
 * @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
 * @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#server-alias
 */
const OF_NAMES = /\/((internal-)?hostname|server-alias)$/;

/** The hosts for which external-dns creates records, and other names of an Ingress, in annotations. */
export const hostsInAnnotations = (annotations: Resolved): Text[] => wordsUnder(annotations, OF_NAMES);

const annotatedHosts = (object: KubernetesObject): Text[] => hostsInAnnotations(object.at('metadata', 'annotations'));

const wordsUnder = (annotations: Resolved, names: RegExp): Text[] =>
  textsUnder(annotations, names).flatMap((words) => wordsOf(words, /[\s,]+/)).filter(({ parts }) => parts.length > 0);

/** Addresses that a Network Load Balancer of a Service has. @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/ */
const OF_ADDRESSES = /\/aws-load-balancer-private-ipv4-addresses$/;

/** The hosts outside its cluster that lead to a Service, besides those of routes. @see https://kubernetes.io/docs/concepts/services-networking/service/#external-ips */
export const outsideHostsOf = (service: KubernetesObject): Text[] => [
  ...annotatedHosts(service), ...['externalIPs', 'loadBalancerIP'].flatMap((property) => textsIn(service.at('spec', property))),
  ...wordsUnder(service.at('metadata', 'annotations'), OF_ADDRESSES),
];

/** The records that external-dns creates. @see https://kubernetes-sigs.github.io/external-dns/latest/docs/sources/crd/ */
const ofRecords = (object: KubernetesObject): HostRoute[] => listOf(object.at('spec', 'endpoints')).flatMap((record) => textsIn(valueAt(record, 'dnsName'))
  .flatMap((host) => textsIn(valueAt(record, 'targets')).map((to) => ({ host, to }))));

/** How CoreDNS is told to answer with another name. @see https://coredns.io/plugins/rewrite/ */
const REWRITTEN = /\brewrite[ \t]+(?:(?:stop|continue)[ \t]+)?(?:\{\s*)?name[ \t]+(?:exact[ \t]+)?([\w.-]+)[ \t]+([\w.-]+)/g;

/** What leads to other names in a cluster: the settings of CoreDNS, and the entries of `/etc/hosts` that pods get. */
const ofNames = (object: KubernetesObject): HostRoute[] => (object.kind === 'ConfigMap'
  ? textsUnder(object.at('data'), /corefile|\.(override|server)$/i).flatMap((text) => matchesIn(text, REWRITTEN)).map(([host, to]) => ({ host, to }))
  : SPECS.flatMap((path) => listOf(object.at(...path, 'hostAliases'))).flatMap((alias) => textsIn(valueAt(alias, 'hostnames'))
    .flatMap((host) => textsIn(valueAt(alias, 'ip')).map((to) => ({ host, to })))));

/** Where objects of Kubernetes have the spec of pods. */
const SPECS = [['spec'], ['spec', 'template', 'spec'], ['spec', 'jobTemplate', 'spec', 'template', 'spec']];

/** The group of the routes of the Gateway API, which answer at any host of their load balancer if they name none. */
const OF_GATEWAYS = 'gateway.networking.k8s.io';

/** Of an Ingress, the backends without a host answer at any host of its load balancer. */
function ofIngress(ingress: KubernetesObject): HostRoute[] {
  const backendsIn = (value: Resolved) => textsIn(valueAt(value, 'service', 'name')).map((backend) => serviceHost(backend, ingress.namespace));
  const rules = listOf(ingress.at('spec', 'rules')).map((rule) =>
    ({ host: textOf(valueAt(rule, 'host')), backends: listOf(valueAt(rule, 'http', 'paths')).flatMap((path) => backendsIn(valueAt(path, 'backend'))) }));
  const byDefault = backendsIn(ingress.at('spec', 'defaultBackend'));
  const all = [...byDefault, ...rules.flatMap(({ backends }) => backends)];
  const ofAnyHost = [...byDefault, ...rules.flatMap(({ host, backends }) => (host ? [] : backends))];
  return [
    ...rules.flatMap(({ host, backends }) => (host ? backends.map((to) => ({ host, to })) : [])),
    ...annotatedHosts(ingress).flatMap((host) => all.map((to) => ({ host, to }))),
    ...ofAnyHost.map((to) => ({ host: hostOfBalancer(ingress), to })),
  ];
}

/**
 * Routes of any kind say in properties of similar names at which hosts they answer, unless their gateway does, and with which Services.
 *
 * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 * @see https://projectcontour.io/docs/main/config/virtual-hosts/
 */
function ofOthers(route: KubernetesObject, gateways: readonly KubernetesObject[]): HostRoute[] {
  const own = [...hostsOf(route), ...redirectedBy(route)];
  const used = own.length > 0 ? [] : textsIn(route.at('spec')).map((text) => `${text}`.split('/').at(-1));
  const hosts = own.length > 0 ? own : gateways.filter(({ name }) => name && used.includes(`${name}`)).flatMap(hostsOf);
  const named = hosts.length === 0 && route.group === OF_GATEWAYS ? [hostOfBalancer(route)] : hosts;
  const services = named.length === 0 ? [] : servicesIn(route.at('spec'), route.namespace);
  return named.flatMap((host) => services.map((to) => ({ host, to })));
}

/**
 * The Services in a mesh whose requests a route sends to others.
 *
 * @see https://gateway-api.sigs.k8s.io/mesh/
 * @see https://github.com/servicemeshinterface/smi-spec/blob/main/apis/traffic-split/v1alpha4/traffic-split.md
 * @see https://linkerd.io/2/reference/service-profiles/
 */
const redirectedBy = (route: KubernetesObject): Text[] => [
  ...listOf(route.at('spec', 'parentRefs')).filter((parent) => isText(valueAt(parent, 'kind'), 'Service') !== 'no')
    .flatMap((parent) => textsIn(valueAt(parent, 'name')).map((name) => serviceHost(name, textOf(valueAt(parent, 'namespace')) ?? route.namespace))),
  ...(route.kind === 'TrafficSplit' ? textsIn(route.at('spec', 'service')) : route.kind === 'ServiceProfile' && route.name ? [route.name] : []),
];

/** Properties with the hosts of a route, and those with an expression of Traefik that has them. */
const [OF_HOSTS, OF_MATCHES] = [/^(fqdn|hosts?|hostnames?)$/, /^match$/];

/** @see https://doc.traefik.io/traefik/reference/routing-configuration/http/routing/rules-and-priority/ */
const IN_MATCH = /\bHost(?:SNI)?\(([^)]*)\)/g;

/** Those that say nothing about the host are left out. */
function hostsOf(route: KubernetesObject): Text[] {
  const spec = withoutDestinations(route.at('spec'));
  const inMatches = textsUnder(spec, OF_MATCHES).flatMap((match) => matchesIn(match, IN_MATCH)).flatMap(([hosts]) => wordsOf(hosts, /[\s,`"']+/));
  return [...annotatedHosts(route), ...textsUnder(spec, OF_HOSTS), ...inMatches].filter(({ literal }) => !['', '*'].includes(literal ?? 'unknown'));
}

/** Istio also calls the name of a Service its host. */
const withoutDestinations = (value: Resolved): Resolved => (Array.isArray(value) ? value.map(withoutDestinations)
  : !(value instanceof ResolvedMap) ? value : new ResolvedMap(value.entries.filter(([{ literal }]) => literal !== 'destination')
    .map(([key, inner]) => [key, withoutDestinations(inner)])));

const OF_SERVICES = /^(address|authority|host|name|service|serviceName)$/;

/** What may be the name of a Service, with the namespace beside it. */
const servicesIn = (value: Resolved, namespace: Text): Text[] => (Array.isArray(value) ? value.flatMap((item) => servicesIn(item, namespace))
  : !(value instanceof ResolvedMap) ? [] : [
    ...value.entries.filter(([{ literal = '' }]) => OF_SERVICES.test(literal)).flatMap(([, inner]) => textOf(inner) ?? [])
      .map((name) => (`${name}`.includes('.') ? name : serviceHost(wordsOf(name, /:/)[0], textOf(value.get('namespace')) ?? namespace))),
    ...value.entries.flatMap(([, inner]) => servicesIn(inner, namespace)),
  ]);
