import { withNamedCode } from './changed-objects';
import { anyPodsOf, nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { mayBeOf } from '../../assignments/may-be-of';
import { Pods } from '../../assignments/principal';
import { issuersOfArgoCd } from '../../model/clusters/user-sources';
import { withTextsInBase64 } from '../../model/code/decoded-text';
import { hostsOf } from '../../model/code/fetched-hosts';
import { KeyHolders } from '../../model/identities';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model } from '../../model/model';
import { isGenerator } from '../../model/objects/generators';
import { withInner } from '../../model/objects/inner-objects';
import { destinationOf, namesOtherCluster } from '../../model/objects/other-clusters';
import { hostsOfContents, hostsOfDecisions } from '../../model/objects/served-settings';
import { Services } from '../../model/objects/services';
import { repositoriesOf } from '../../model/objects/sources';
import { hostsOfCode } from '../../model/pods/fetched-code';
import { readIngressControllers } from '../../model/pods/ingress-controllers';
import { isOfKubernetes } from '../../model/pods/pod-templates';
import { podsWithoutTemplate } from '../../model/pods/pods-without-template';
import { readWebhooks } from '../../model/pods/webhooks';
import { Binding } from '../../model/rbac/bindings';
import { bindingsIn } from '../../model/rbac/bindings-in';
import { Servers } from '../../model/rbac/servers';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { textsIn } from '../../values/text-parts';

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

const servedIn = (model: Model): readonly Served[] => known.of(partsOf(model), () => {
  const { objects, charts, namesOutside } = model;
  const services = new Services(objects, namesOutside);
  const served = services.isEmpty ? [] : readServed(services, model, withInner(objects, charts), bindingsIn(model));
  return served.filter(({ servers }) => servers.length > 0);
});

const partsOf = ({ workloads, namedCode, charts, objects, clusters, namesOutside }: Model) =>
  [workloads, namedCode, charts, objects, clusters, namesOutside] as const;

const known = new Interned<readonly Served[]>();

function readServed(
  services: Services, model: Pick<Model, 'workloads' | 'namedCode' | 'charts' | 'objects'>, objects: readonly KubernetesObject[], bindings: readonly Binding[],
): Served[] {
  const { workloads, namedCode } = model;
  const controllers = readIngressControllers(workloads, [...model.charts, ...model.objects.filter(isGenerator)]);
  const servers = new Servers(services, workloads, bindings, controllers);
  const own = new Set(model.objects); // those in others can have another namespace
  return [
    ...objects.map((object): Served => {
      const hosts = repositoriesOf(object).flatMap(hostsOf);
      const what = `serve the objects of ${labelOf(object)}, which a controller applies to the cluster`;
      const way = { cluster: destinationOf(object), what, runsPods: true };
      return { servers: servers.at(hosts, object.namespace, object.cluster), way, mayBeForOthers: namesOtherCluster(object) };
    }),
    ...workloads.map((workload): Served => {
      const { cluster, namespace, serviceAccountName, hostNetwork, credentialsOfOthers, template } = workload;
      const only: Pods = { kind: 'pods', cluster, namespace, serviceAccountName };
      return {
        servers: servers.at([template?.annotations, template?.spec].flatMap(hostsOfCode), namespace, cluster)
          .filter((holders) => !isSame(holders, only)),
        way: {
          cluster,
          workload,
          what: `serve what ${nameOf(workload)} runs`,
          runsPods: hostNetwork !== 'no' || credentialsOfOthers !== undefined,
          ...credentialsOfOthers === undefined && { only },
        },
      };
    }),
    ...objects.filter(({ group, kind }) => group === '' && ['ConfigMap', 'Secret'].includes(kind)).map((object): Served => {
      const { cluster, namespace } = object;
      return {
        servers: servers.at([object.at('data'), object.at('stringData'), ...encodedIn(object)].flatMap(hostsOfCode), namespace, cluster),
        way: { cluster, what: `serve what ${labelOf(object)} runs`, runsPods: false, only: { ...anyPodsOf(cluster), namespace } },
      };
    }),
    ...objects.filter(mayRun).map((object): Served => {
      const { cluster, namespace } = object;
      const spec = own.has(object) && podsWithoutTemplate(object) ? undefined : object.at('spec'); // otherwise it is read with the code that objects name
      const hosts = [...hostsOfCode(spec), ...resolvedHosts(spec), ...hostsOfContents(object)];
      return {
        servers: servers.at(hosts, namespace, cluster),
        way: {
          cluster: destinationOf(object),
          what: `serve what ${labelOf(object)} runs`,
          runsPods: false,
          only: { ...anyPodsOf(cluster), ...!object.kind.startsWith('Cluster') && { namespace } },
        },
      };
    }),
    ...namedCode.flatMap((named): Served[] => {
      const { namespaces, says, label, cluster } = named;
      const hosts = [...hostsOfCode(says), ...resolvedHosts(says)];
      const found = namespaces.flatMap((namespace) => servers.at(hosts, namespace, cluster));
      return found.length === 0 ? [] : withNamedCode(named, cluster).map((way) => ({ servers: found, way: { ...way, what: `serve what ${label} runs` } }));
    }),
    ...model.charts.filter((chart) => !podsWithoutTemplate(chart)).map((chart): Served => {
      const { cluster, namespace } = chart;
      return {
        servers: servers.at(hostsOfCode(chart.at('values')), namespace, cluster),
        way: { cluster, what: `serve what ${labelOf(chart)} runs`, runsPods: false, only: { ...anyPodsOf(cluster), namespace } },
      };
    }),
    ...objects.map((object): Served => {
      const { cluster, namespace } = object;
      const way = { cluster, what: `decide what runs in the cluster by ${labelOf(object)}`, runsPods: true };
      return { servers: servers.at(hostsOfDecisions(object), namespace, cluster), way };
    }),
    ...objects.map((object): Served => {
      const { cluster, namespace } = object;
      const way = { cluster, what: `serve the identities of the users of Argo CD by ${labelOf(object)}`, runsPods: true };
      return { servers: servers.at(issuersOfArgoCd(object.at()).flatMap(hostsOf), namespace, cluster), way };
    }),
    ...readWebhooks(objects).map(({ object, service, urls, decides }): Served => {
      const { cluster, namespace } = object;
      const found = [...services.referredTo(service, namespace), ...urls.flatMap(hostsOf).flatMap((host) => services.at(host, namespace))];
      const what = decides ? `decide what runs in the cluster by ${labelOf(object)}` : `see Secrets by ${labelOf(object)}`;
      return { servers: servers.behind(found, cluster), way: { cluster, what, runsPods: decides, ...!decides && { onlyViews: true, secrets: {} } } };
    }),
  ];
}

/** Whether a controller may run what an object says. */
const mayRun = (object: KubernetesObject): boolean => !isOfKubernetes(object) && object.group !== 'apiextensions.k8s.io' && !isGenerator(object);

/** What a Secret has in Base64. */
const encodedIn = (object: KubernetesObject): Resolved[] => (object.kind === 'Secret' ? textsIn(object.at('data')).flatMap(withTextsInBase64) : []);

/** The hosts from which a resolver of Tekton gets pipelines and tasks. @see https://tekton.dev/docs/pipelines/resolution/ */
const resolvedHosts = (value: Resolved): Text[] => listOf(value).flatMap((item) => (Array.isArray(item) ? resolvedHosts(item)
  : !(item instanceof ResolvedMap) ? [] : [
    ...(item.get('resolver') ? textsIn(item.get('params')).flatMap(hostsOf) : []),
    ...item.entries.flatMap(([, inner]) => resolvedHosts(inner)),
  ]));

const labelOf = ({ kind, name }: KubernetesObject): string => `${kind} ${name ?? 'without a name'}`;

const isSame = ({ namespace, serviceAccountName }: KeyHolders, pods: Pods): boolean =>
  namespace?.key === pods.namespace.key && serviceAccountName?.key === pods.serviceAccountName.key;
