import { bindingsIn } from './bindings-in';
import { anyPodsOf, nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { KeyHolders } from '../../model/identities';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model, Workload } from '../../model/model';
import { withInner } from '../../model/objects/inner-objects';
import { hasLabels } from '../../model/objects/network-policies';
import { destinationOf, namesOtherCluster } from '../../model/objects/other-clusters';
import { selectsPods, Services } from '../../model/objects/services';
import { repositoriesOf } from '../../model/objects/sources';
import { hostsOf, hostsOfCode } from '../../model/pods/fetched-code';
import { readWebhooks } from '../../model/pods/webhooks';
import { Binding } from '../../model/rbac/bindings';
import { mayRedirect, mayRoute } from '../../model/rbac/changed-objects';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { equal } from '../../values/pattern';
import { Text } from '../../values/text';

/** A way of the pods behind a Service. */
interface Served {
  readonly servers: readonly KeyHolders[];
  readonly way: WayIntoCluster;
  /** Whether a controller may apply what they serve to other clusters, too. */
  readonly mayBeForOthers?: boolean;
}

/** How pods might act in a cluster by what they serve to others in it: objects, images, scripts, or what a webhook decides. */
export const waysByService = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] => servedIn(model)
  .filter(({ servers, way, mayBeForOthers }) => (mayBeForOthers || way.cluster.is(cluster) !== 'no') && servers.some((holders) => mayBeOf(holders, pods)))
  .map(({ way }) => ({ ...way, cluster }));

const servedIn = ({ workloads, charts, objects, clusters }: Model): readonly Served[] => known.of([workloads, charts, objects, clusters], () => {
  const services = new Services(objects);
  const bindings = services.isEmpty ? [] : bindingsIn({ objects, charts, clusters });
  return services.isEmpty ? [] : readServed(services, workloads, withInner(objects, charts), bindings).filter(({ servers }) => servers.length > 0);
});

const known = new Interned<readonly Served[]>();

function readServed(
  services: Services, workloads: readonly Workload[], objects: readonly KubernetesObject[], bindings: readonly Binding[],
): Served[] {
  const behind = (found: readonly KubernetesObject[], cluster: ClusterId) => found.filter((service) => service.cluster.is(cluster) !== 'no')
    .flatMap((service) => podsBehind(service, workloads));
  const at = (hosts: readonly string[], namespace: Text, cluster: ClusterId) => {
    const all = [...new Set(hosts)].flatMap((host) => services.at(host, namespace));
    const found = all.filter((service) => service.cluster.is(cluster) !== 'no');
    const routing = found.length > 0 && hosts.some((host) => services.isRouted(host, namespace)) ? whoRoutes(cluster, bindings) : [];
    return [...behind(found, cluster), ...found.flatMap((service) => inPlaceOf(service, bindings)), ...routing];
  };
  return [
    ...objects.map((object): Served => {
      const hosts = repositoriesOf(object).flatMap((url) => hostsOf(`${url}`));
      const what = `serve the objects of ${labelOf(object)}, which a controller applies to the cluster`;
      const way = { cluster: destinationOf(object), what, runsPods: true };
      return { servers: at(hosts, object.namespace, object.cluster), way, mayBeForOthers: namesOtherCluster(object) };
    }),
    ...workloads.map((workload): Served => {
      const { cluster, namespace, serviceAccountName, hostNetwork, credentialsOfOthers, template } = workload;
      const only: Pods = { kind: 'pods', cluster, namespace, serviceAccountName };
      return {
        servers: at(hostsOfCode(template?.spec), namespace, cluster).filter((holders) => !isSame(holders, only)),
        way: {
          cluster,
          workload,
          what: `serve what ${nameOf(workload)} runs`,
          runsPods: hostNetwork !== 'no' || credentialsOfOthers !== undefined,
          ...credentialsOfOthers === undefined && { only },
        },
      };
    }),
    ...objects.filter(({ group, kind }) => group === '' && kind === 'ConfigMap').map((object): Served => {
      const { cluster, namespace } = object;
      return {
        servers: at(hostsOfCode(object.at('data')), namespace, cluster),
        way: { cluster, what: `serve what ${labelOf(object)} runs`, runsPods: false, only: { ...anyPodsOf(cluster), namespace } },
      };
    }),
    ...readWebhooks(objects).map(({ object, service, urls, decides }): Served => {
      const { cluster, namespace } = object;
      const found = [...services.referredTo(service, namespace), ...urls.flatMap(hostsOf).flatMap((host) => services.at(host, namespace))];
      const what = decides ? `decide what runs in the cluster by ${labelOf(object)}` : `see Secrets by ${labelOf(object)}`;
      return { servers: behind(found, cluster), way: { cluster, what, runsPods: decides, ...!decides && { onlyViews: true, secrets: {} } } };
    }),
  ];
}

const labelOf = ({ kind, name }: KubernetesObject): string => `${kind} ${name ?? 'without a name'}`;

/** The pods that a Service selects. If no workload of the templates has them, it can be any of its namespace. */
function podsBehind(service: KubernetesObject, workloads: readonly Workload[]): KeyHolders[] {
  if (!selectsPods(service)) {
    return [];
  }
  const { cluster, namespace } = service;
  const selector = service.at('spec', 'selector');
  const selected = workloads.filter(({ template, ...workload }) => template && workload.cluster.is(cluster) !== 'no'
    && equal(workload.namespace, namespace) !== 'no' && hasLabels(template.labels, selector) !== 'no');
  return selected.length === 0 ? [{ cluster, namespace }] : selected.map(({ kind, name, objectName, serviceAccountName, ...workload }) =>
    ({ cluster: workload.cluster, namespace: workload.namespace, serviceAccountName, workload: { kind, name: objectName ?? name } }));
}

/** The accounts that may direct the requests to a Service to their own pods. Those to a webhook need a certificate of it, too. */
const inPlaceOf = (service: KubernetesObject, bindings: readonly Binding[]): KeyHolders[] => bindings
  .filter(({ namespace, rules }) => (!namespace || equal(namespace, service.namespace) !== 'no') && mayRedirect(rules, service))
  .flatMap(({ subjects }) => subjects).filter(({ cluster }) => cluster.is(service.cluster) !== 'no');

/** The accounts that may direct the requests for a host to their own pods. */
const whoRoutes = (cluster: ClusterId, bindings: readonly Binding[]): KeyHolders[] =>
  bindings.filter(({ rules }) => mayRoute(rules)).flatMap(({ subjects }) => subjects).filter((holders) => holders.cluster.is(cluster) !== 'no');

const isSame = ({ namespace, serviceAccountName }: KeyHolders, pods: Pods): boolean =>
  namespace?.key === pods.namespace.key && serviceAccountName?.key === pods.serviceAccountName.key;
