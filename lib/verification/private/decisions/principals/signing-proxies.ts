import { anyPodsOf, nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { AssignedModel } from '../../assignments/assigned-model';
import { Pods } from '../../assignments/principal';
import { Model } from '../../model/model';
import { isGenerator } from '../../model/objects/generators';
import { destinationOf } from '../../model/objects/other-clusters';
import { namespaceOfPods } from '../../model/objects/releases';
import { installsProxy, signsForOthers } from '../../model/pods/signing-proxies';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

/**
 * How pods might use the role of a proxy of their cluster, which signs the requests of whoever calls it. Whether a network policy keeps them from it is not asked, because
 * nothing in the templates tells that it is enforced. Of a chart, the service account is not known.
 */
export const waysByProxy = (pods: Pods, cluster: ClusterId, { model }: AssignedModel): WayIntoCluster[] =>
  (pods.cluster.is(cluster) === 'no' ? [] : proxiesIn(model).filter((way) => way.cluster.is(cluster) !== 'no'));

const proxiesIn = (model: Model): readonly WayIntoCluster[] => known.of([model.workloads, model.charts, model.objects], () => [
  ...model.workloads.filter(({ template }) => template && signsForOthers(template.spec)).map((workload): WayIntoCluster => {
    const { cluster, namespace, serviceAccountName, hostNetwork } = workload;
    return { ...wayThrough(nameOf(workload), cluster), workload, runsPods: hostNetwork !== 'no', only: { kind: 'pods', cluster, namespace, serviceAccountName } };
  }),
  ...[...model.charts, ...model.objects.filter(isGenerator)].filter(installsProxy).map((object): WayIntoCluster => {
    const cluster = destinationOf(object);
    return { ...wayThrough(`${object.kind} ${object.name}`, cluster), only: { ...anyPodsOf(cluster), namespace: namespaceOfPods(object) } };
  }),
]);

const known = new Interned<readonly WayIntoCluster[]>();

/** They get the answers to these requests, and no tokens. */
const wayThrough = (proxy: string, cluster: ClusterId): WayIntoCluster =>
  ({ cluster, what: `send requests through ${proxy}, which signs them`, runsPods: false, onlyViews: true });
