import { withCodeIn } from './changed-objects';
import { anyPodsOf, nameOf } from './roles-in-cluster';
import { WayIntoCluster } from './way-into-cluster';
import { Model } from '../../model/model';
import { destinationOf } from '../../model/objects/other-clusters';
import { namespaceOfPods } from '../../model/objects/releases';
import { readSnippets, RunningSnippets } from '../../model/pods/ingress-snippets';
import { Binding } from '../../model/rbac/bindings';
import { CHANGES } from '../../model/rbac/rule';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

const CHANGES_INGRESSES = { groups: ['extensions', 'networking.k8s.io'], resources: ['ingresses'], verbs: CHANGES };

/** The ways of a binding that lets pods change Ingresses, whose snippets an ingress controller runs. It serves those of all namespaces. */
export function waysBySnippets({ label, rules }: Binding, cluster: ClusterId, model: Model): WayIntoCluster[] {
  if (!rules.some((rule) => rule.allows(CHANGES_INGRESSES))) {
    return [];
  }
  const { workloads, charts, objects } = model;
  const found = snippets.of([workloads, charts, objects], () => readSnippets(model));
  return [
    ...found.workloads.filter((workload) => workload.cluster.is(cluster) !== 'no')
      .map((workload) => ({ ...withCodeIn(workload, cluster), what: `have ${nameOf(workload)} run a snippet of an Ingress by ${label}` })),
    ...found.charts.filter((chart) => destinationOf(chart).is(cluster) !== 'no').map((chart) => ({
      cluster,
      what: `have the pods of ${chart.kind} ${chart.name} run a snippet of an Ingress by ${label}`,
      runsPods: false,
      only: { ...anyPodsOf(cluster), namespace: namespaceOfPods(chart) },
    })),
  ];
}

const snippets = new Interned<RunningSnippets>();
