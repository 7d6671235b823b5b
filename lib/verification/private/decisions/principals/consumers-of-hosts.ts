import { withNamedCode } from './changed-objects';
import { anyPodsOf, nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { Pods } from '../../assignments/principal';
import { issuersOfArgoCd } from '../../model/clusters/user-sources';
import { withTextsInBase64 } from '../../model/code/decoded-text';
import { hostsOf } from '../../model/code/fetched-hosts';
import { KubernetesObject } from '../../model/kubernetes-object';
import { Model } from '../../model/model';
import { isGenerator } from '../../model/objects/generators';
import { destinationOf, namesOtherCluster } from '../../model/objects/other-clusters';
import { hostsOfContents, hostsOfDecisions } from '../../model/objects/served-settings';
import { repositoriesOf } from '../../model/objects/sources';
import { hostsOfCode, hostsOfImages, registriesIn } from '../../model/pods/fetched-code';
import { isOfKubernetes } from '../../model/pods/pod-templates';
import { podsWithoutTemplate } from '../../model/pods/pods-without-template';
import { ClusterId } from '../../values/cluster-id';
import { listOf, Resolved, ResolvedMap } from '../../values/resolved';
import { Text } from '../../values/text';
import { isSet, textsIn, textsUnder } from '../../values/text-parts';

/** Something in a cluster that gets from hosts what it runs, or what decides about the cluster. */
export interface Consumer {
  readonly hosts: readonly Text[];
  /** Those of them that it asks with the network of a node. @default - none */
  readonly onNode?: readonly Text[];
  /** The registries from which nodes get its images, if only the deployment knows them. @default - none */
  readonly registries?: readonly Text[];
  /** From where it asks these. */
  readonly cluster: ClusterId;
  readonly namespaces: readonly Text[];
  /** What whoever answers there can do. */
  readonly ways: readonly WayIntoCluster[];
  /** Whether a controller may apply what they serve to other clusters, too. */
  readonly mayBeForOthers?: boolean;
  /** The pods that it consists of, if they get no other credentials by it. */
  readonly own?: Pods;
}

/** @param objects also those in others. */
export function readConsumers({ workloads, namedCode, charts, objects: written }: Model, objects: readonly KubernetesObject[]): Consumer[] {
  const own = new Set(written); // those in others can have another namespace
  const ofObject = (object: KubernetesObject, hosts: readonly Text[], way: Omit<WayIntoCluster, 'cluster'>, cluster = object.cluster): Consumer =>
    ({ hosts, cluster: object.cluster, namespaces: [object.namespace], ways: [{ cluster, ...way }] });
  return [
    ...objects.map((object): Consumer => {
      const what = `serve the objects of ${labelOf(object)}, which a controller applies to the cluster`;
      const hosts = repositoriesOf(object).flatMap(hostsOf);
      return { ...ofObject(object, hosts, { what, runsPods: true }, destinationOf(object)), mayBeForOthers: namesOtherCluster(object) };
    }),
    ...workloads.map((workload): Consumer => {
      const { cluster, namespace, serviceAccountName, hostNetwork, credentialsOfOthers, template } = workload;
      const only: Pods = { kind: 'pods', cluster, namespace, serviceAccountName };
      const hosts = [template?.annotations, template?.spec, ...template?.filled ?? []].flatMap(hostsOfCode);
      return {
        hosts,
        onNode: hostNetwork === 'no' ? hostsOfImages(template?.spec) : hosts,
        registries: registriesIn(template?.spec),
        cluster,
        namespaces: [namespace],
        own: only,
        ways: [{
          cluster,
          workload,
          what: `serve what ${nameOf(workload)} runs`,
          runsPods: hostNetwork !== 'no' || credentialsOfOthers !== undefined,
          ...credentialsOfOthers === undefined && { only },
        }],
      };
    }),
    ...objects.filter(({ group, kind }) => group === '' && ['ConfigMap', 'Secret'].includes(kind)).map((object) => {
      const hosts = [object.at('metadata', 'annotations'), object.at('data'), object.at('stringData'), ...encodedIn(object)].flatMap(hostsOfCode);
      return ofObject(object, hosts, { what: `serve what ${labelOf(object)} runs`, runsPods: false, only: inNamespace(object) });
    }),
    ...objects.filter(mayRun).map((object) => {
      const spec = own.has(object) && podsWithoutTemplate(object) ? undefined : object.at('spec'); // otherwise it is read with the code that objects name
      const hosts = [...hostsOfCode(spec), ...resolvedHosts(spec), ...hostsOfContents(object)];
      const only = object.kind.startsWith('Cluster') ? anyPodsOf(object.cluster) : inNamespace(object);
      return { ...ofObject(object, hosts, { what: `serve what ${labelOf(object)} runs`, runsPods: false, only }, destinationOf(object)), ...askedByNodes(spec, hosts) };
    }),
    ...namedCode.map((named): Consumer => {
      const { namespaces, says, filled = [], stores = [], label, cluster } = named;
      const ways = withNamedCode(named, cluster).map((way) => ({ ...way, what: `serve what ${label} runs` }));
      const hosts = [...[says, ...filled].flatMap(hostsOfCode), ...resolvedHosts(says), ...stores];
      return { hosts, ...askedByNodes(says, hosts), cluster, namespaces, ways };
    }),
    ...charts.filter((chart) => !podsWithoutTemplate(chart)).map((chart): Consumer => {
      const way = { what: `serve what ${labelOf(chart)} runs`, runsPods: false, only: inNamespace(chart) };
      const hosts = hostsOfCode(chart.at('values'));
      return { ...ofObject(chart, hosts, way), ...askedByNodes(chart.at('values'), hosts) };
    }),
    ...objects.map((object) => ofObject(object, hostsOfDecisions(object), { what: `decide what runs in the cluster by ${labelOf(object)}`, runsPods: true })),
    ...objects.map((object) => {
      const hosts = issuersOfArgoCd(object.at()).flatMap(hostsOf);
      return ofObject(object, hosts, { what: `serve the identities of the users of Argo CD by ${labelOf(object)}`, runsPods: true });
    }),
  ].filter(({ hosts, registries = [] }) => hosts.length > 0 || registries.length > 0);
}

/** What a value that describes pods asks with the network of a node: its images, or all if the pods may have this network. */
function askedByNodes(value: Resolved, hosts: readonly Text[]): Pick<Consumer, 'onNode' | 'registries'> {
  const mayUseItsNetwork = textsUnder(value, /^hostNetwork$/).some((text) => isSet(text) !== 'no');
  return { onNode: mayUseItsNetwork ? hosts : hostsOfImages(value), registries: registriesIn(value) };
}

const inNamespace = ({ cluster, namespace }: KubernetesObject): Pods => ({ ...anyPodsOf(cluster), namespace });

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

export const labelOf = ({ kind, name }: KubernetesObject): string => `${kind} ${name ?? 'without a name'}`;
