import { podsOf } from './changed-objects';
import { anyPodsOf, nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model, Workload } from '../../model/model';
import { isGenerator } from '../../model/objects/generators';
import { Account, accountsByEvents, accountsIn } from '../../model/objects/handed-objects';
import { destinationOf } from '../../model/objects/other-clusters';
import { namespaceOfPods } from '../../model/objects/releases';
import { Service, serviceOfChart, serviceOfKind, serviceOfPods } from '../../model/pods/open-servers';
import { podTemplates, serviceAccountOf } from '../../model/pods/pod-templates';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

/**
 * How pods might use the role of a server of their cluster, which acts for whoever calls it, or decide by events what other pods run. Whether a network policy keeps them
 * from it is not asked, because nothing in the templates tells that it is enforced. Of a chart, the service account is not known.
 */
export const waysByServers = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] =>
  (pods.cluster.is(cluster) === 'no' ? [] : waysIn(model).filter((way) => way.cluster.is(cluster) !== 'no'));

const waysIn = (model: Model): readonly WayIntoCluster[] => known.of([model.workloads, model.charts, model.objects], () => [
  ...model.workloads.flatMap((workload) => {
    const service = workload.template && serviceOfPods(workload.template.spec);
    return service && (service !== 'network' || workload.hostNetwork !== 'no') ? [throughWorkload(service, workload)] : [];
  }),
  ...[...model.charts, ...model.objects.filter(isGenerator)].flatMap((chart) => {
    const service = serviceOfChart(chart);
    const cluster = destinationOf(chart);
    const only = { ...anyPodsOf(cluster), namespace: namespaceOfPods(chart) };
    return service ? [through(service, { name: `${chart.kind} ${chart.name}`, cluster, only })] : [];
  }),
  ...model.objects.flatMap((object) => [...ofKind(object, model), ...byEvents(object)]),
]);

const known = new Interned<readonly WayIntoCluster[]>();

/** The answers to requests are no tokens. */
const WHAT: { readonly [service in Service]: (server: string) => string } = {
  requests: (server) => `send requests through ${server}, which signs them`,
  code: (server) => `run code in ${server}, which takes it from whoever calls it`,
  cluster: (server) => `act in the cluster through ${server}, which does what its callers ask`,
  network: (server) => `send requests through ${server}, which has the network of its node`,
};

/** A server, and the pods whose credentials it has. */
interface Server extends Pick<WayIntoCluster, 'cluster' | 'only' | 'workload'> {
  readonly name: string;
  readonly reachesNode?: boolean;
}

/** What acts on objects of the cluster can run pods with any account. */
function through(service: Service, { name, cluster, only, workload, reachesNode = false }: Server): WayIntoCluster {
  const what = WHAT[service](name);
  return service === 'cluster' ? { cluster, what, opening: what, runsPods: true }
    : { cluster, what, opening: what, ...workload && { workload }, ...only && { only }, runsPods: reachesNode, ...service !== 'code' && { onlyViews: true } };
}

/** Code in pods that take over their node has the credentials of its other pods, too. */
function throughWorkload(service: Service, workload: Workload): WayIntoCluster {
  const { cluster, hostNetwork, credentialsOfOthers } = workload;
  const takesOver = service === 'code' && credentialsOfOthers !== undefined;
  const only = takesOver ? undefined : podsOf(workload, cluster);
  return through(service, { name: nameOf(workload), cluster, workload, ...only && { only }, reachesNode: hostNetwork !== 'no' || takesOver });
}

function ofKind(object: KubernetesObject, { workloads }: Model): WayIntoCluster[] {
  const service = serviceOfKind(object);
  if (service === undefined) {
    return [];
  }
  const name = nameOfObject(object);
  const isOf = (one: Workload) => one.kind === object.kind && one.place === object.place && (one.objectName ?? one.name).key === object.name?.key;
  const own = workloads.filter(isOf);
  const accounts = accountsIn(object.at('spec'), object, podTemplates(object).map(({ at }) => serviceAccountOf(at)));
  const others = accounts.filter((account) => own.every((workload) => accountKey(workload) !== accountKey(account)));
  return [
    ...own.map((workload) => throughWorkload(service, workload)),
    ...others.map((account) => through(service, { name, ...onlyOf(account, object) })),
  ];
}

const accountKey = ({ namespace, serviceAccountName }: Account): string => JSON.stringify([namespace.key, serviceAccountName.key]);

const onlyOf = (account: Account, { cluster }: KubernetesObject): Pick<WayIntoCluster, 'cluster' | 'only'> => ({ cluster, only: { kind: 'pods', cluster, ...account } });

function byEvents(object: KubernetesObject): WayIntoCluster[] {
  const what = `decide by events what ${nameOfObject(object)} runs`;
  return accountsByEvents(object).map((account) => ({ what, opening: what, runsPods: false, ...onlyOf(account, object) }));
}

const nameOfObject = ({ kind, namespace, name }: KubernetesObject): string => `${kind} ${namespace}/${name}`;
