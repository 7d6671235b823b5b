import { hostOfBalancer, serviceHost } from './load-balancers';
import { matchesIn } from '../../values/matches';
import { listOf, Resolved, ResolvedMap, valueAt } from '../../values/resolved';
import { wordsOf } from '../../values/split';
import { Text } from '../../values/text';
import { textsIn, textOf, textsUnder } from '../../values/text-parts';
import { KubernetesObject } from '../kubernetes-object';

/** A host, as it is called in a namespace, whose requests get to a Service: its name and its namespace, or another host. */
interface Route { readonly host: Text; readonly namespace: Text; readonly to: Text }

type HostRoute = Omit<Route, 'namespace'>;

/** How the annotations are called with which external-dns creates records. @see https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/ */
const HOSTNAME = 'external-dns.alpha.kubernetes.io/hostname';

/** The groups of pods and Services, whose objects route nothing. */
const WITHOUT_ROUTES = ['', 'apps', 'batch'];

/** How hosts lead to Services: by an Ingress, and by objects of other kinds that route requests. */
export function readRoutes(objects: readonly KubernetesObject[]): Route[] {
  const gateways = objects.filter(({ kind }) => kind === 'Gateway');
  return objects.flatMap((object) => {
    const { group, namespace } = object;
    const routes = group === 'networking.k8s.io' ? ofIngress(object) : WITHOUT_ROUTES.includes(group) ? [] : ofOthers(object, gateways);
    return routes.map((route) => ({ ...route, namespace }));
  });
}

/** Other hosts of an Ingress. @see https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#server-alias */
const SERVER_ALIAS = 'nginx.ingress.kubernetes.io/server-alias';

/** The hosts for which external-dns creates records, and other names of an Ingress. */
export const annotatedHosts = (object: KubernetesObject): Text[] => [HOSTNAME, SERVER_ALIAS]
  .flatMap((name) => textsIn(object.at('metadata', 'annotations', name))).flatMap((hosts) => wordsOf(hosts, /[\s,]+/)).filter(({ parts }) => parts.length > 0);

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
  const own = hostsOf(route);
  const used = own.length > 0 ? [] : textsIn(route.at('spec')).map((text) => `${text}`.split('/').at(-1));
  const hosts = own.length > 0 ? own : gateways.filter(({ name }) => name && used.includes(`${name}`)).flatMap(hostsOf);
  const named = hosts.length === 0 && route.group === OF_GATEWAYS ? [hostOfBalancer(route)] : hosts;
  const services = named.length === 0 ? [] : servicesIn(route.at('spec'), route.namespace);
  return named.flatMap((host) => services.map((to) => ({ host, to })));
}

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

const OF_SERVICES = /^(address|host|name|service|serviceName)$/;

/** What may be the name of a Service, with the namespace beside it. */
const servicesIn = (value: Resolved, namespace: Text): Text[] => (Array.isArray(value) ? value.flatMap((item) => servicesIn(item, namespace))
  : !(value instanceof ResolvedMap) ? [] : [
    ...value.entries.filter(([{ literal = '' }]) => OF_SERVICES.test(literal)).flatMap(([, inner]) => textOf(inner) ?? [])
      .map((name) => (`${name}`.includes('.') ? name : serviceHost(wordsOf(name, /:/)[0], textOf(value.get('namespace')) ?? namespace))),
    ...value.entries.flatMap(([, inner]) => servicesIn(inner, namespace)),
  ]);
