import { Consumer, labelOf, readConsumers } from './consumers-of-hosts';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { hostsOf } from '../../model/code/fetched-hosts';
import { OF_BALANCING } from '../../model/code/hosts';
import { holderName } from '../../model/holder-name';
import { KeyHolders } from '../../model/identities';
import { Model } from '../../model/model';
import { isGenerator } from '../../model/objects/generators';
import { withInner } from '../../model/objects/inner-objects';
import { Services } from '../../model/objects/services';
import { readIngressControllers } from '../../model/pods/ingress-controllers';
import { readWebhooks, Webhook } from '../../model/pods/webhooks';
import { bindingsIn } from '../../model/rbac/bindings-in';
import { Servers } from '../../model/rbac/servers';
import { Credentials } from '../../reach/credentials';
import { areAbout } from '../../reach/may-request';
import { mayWrite } from '../../reach/may-write';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

/** A way of the pods behind a Service. */
interface Served {
  readonly servers: readonly KeyHolders[];
  readonly way: WayIntoCluster;
  readonly mayBeForOthers?: boolean;
  /** Whether a load balancer is in front of them. */
  readonly isBalanced?: boolean;
}

/** How pods might act in a cluster by what they serve to others in it: objects, images, scripts, or what a webhook decides. */
export const waysByService = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] =>
  servedIn(cluster, model).filter(({ servers }) => servers.some((holders) => mayBeOf(holders, pods))).map(({ way }) => ({ ...way, cluster }));

const BALANCING = OF_BALANCING.map(({ action }) => action);

/**
 * The same with credentials that decide where load balancers send the requests for the hosts of routes. Controllers make one in front of them.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/alb-ingress.html
 */
export function waysByBalancing(one: Credentials, cluster: ClusterId, { model, roles }: AssignedModel): WayIntoCluster[] {
  const isAbout = areAbout(one, roles, BALANCING); // most credentials are about none
  const balanced = isAbout ? servedIn(cluster, model).filter(({ isBalanced }) => isBalanced) : [];
  return balanced.length === 0 || !OF_BALANCING.some((write) => mayWrite(one, roles, write)) ? []
    : balanced.map(({ way }) => ({ ...way, cluster, opening: way.what, what: `${way.what}, with ${holderName(one.role)}` }));
}

const servedIn = (cluster: ClusterId, model: Model): readonly Served[] =>
  allServed(model).filter(({ way, mayBeForOthers }) => mayBeForOthers || way.cluster.is(cluster) !== 'no');

const allServed = (model: Model): readonly Served[] => known.of(partsOf(model), () => {
  const services = new Services(withInner(model.objects, model.charts), model.namesOutside, model.otherServers);
  return services.isEmpty ? [] : readServed(services, model).filter(({ servers, isBalanced }) => isBalanced || servers.length > 0);
});

const partsOf = ({ workloads, namedCode, charts, objects, clusters, namesOutside, otherServers }: Model) =>
  [workloads, namedCode, charts, objects, clusters, namesOutside, otherServers] as const;

const known = new Interned<readonly Served[]>();

function readServed(services: Services, model: Model): Served[] {
  const objects = withInner(model.objects, model.charts);
  const controllers = readIngressControllers(model.workloads, [...model.charts, ...model.objects.filter(isGenerator)]);
  const servers = new Servers(services, model.workloads, bindingsIn(model), controllers);
  return [
    ...readConsumers(model, objects).flatMap((consumer) => servedTo(consumer, servers, services)),
    ...readWebhooks(objects).map((webhook) => servedToWebhook(webhook, servers, services)),
  ];
}

function servedTo(consumer: Consumer, servers: Servers, services: Services): Served[] {
  const { hosts, onNode = [], registries = [], cluster, namespaces, ways, mayBeForOthers, own } = consumer;
  const all = [
    ...namespaces.flatMap((namespace) => [...servers.at(hosts, namespace, cluster), ...servers.onNodes(onNode, namespace, cluster)]),
    ...servers.atRegistries(registries, cluster),
  ];
  const found = all.filter((holders) => !own || !isSame(holders, own));
  const isBalanced = registries.some((host) => services.behindRegistry(host).length > 0)
    || namespaces.some((namespace) => hosts.some((host) => services.isRouted(host, namespace)));
  return ways.map((way) => ({ servers: found, way, mayBeForOthers, isBalanced }));
}

/** Who only directs the requests to another server has no certificate of that for the webhook. */
function servedToWebhook({ object, service, urls, decides }: Webhook, servers: Servers, services: Services): Served {
  const { cluster, namespace } = object;
  const named = servers.behind(services.referredTo(service, namespace), cluster);
  const found = [...named, ...servers.behindHosts(urls.flatMap(hostsOf), namespace, cluster)];
  const what = decides ? `decide what runs in the cluster by ${labelOf(object)}` : `see Secrets by ${labelOf(object)}`;
  return { servers: found, way: { cluster, what, runsPods: decides, ...!decides && { onlyViews: true, secrets: {} } } };
}

const isSame = ({ namespace, serviceAccountName }: KeyHolders, pods: Pods): boolean =>
  namespace?.key === pods.namespace.key && serviceAccountName?.key === pods.serviceAccountName.key;
