import { accountsElsewhere } from './accounts-elsewhere';
import { AskedPrincipal, PrincipalUnder } from './asked-principal';
import { defaultAccounts } from './default-accounts';
import { podsOf } from './find-principals';
import { trustedPrincipals } from './trusted-principals';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { clusterOf, Nodes, Pods, Principal } from '../../assignments/principal';
import { stackOf } from '../../findings/gap';
import { Association, Model } from '../../model/model';
import { ClusterId } from '../../values/cluster-id';
import { Interned } from '../../values/interned';

/**
 * The service accounts, workloads and nodegroups of the templates, those that trust policies admit besides, those that bindings and charts give more than others, and
 * accounts `default` that matter, each once.
 */
export function allPrincipals(assignments: Assignments): AskedPrincipal[] {
  const known = assignments.all.map(principalsIn);
  const trusted = assignments.all.map((assigned, i) => {
    const byTrust = trustedPrincipals(assigned, known[i]);
    const named = [...byTrust, ...accountsElsewhere(assigned, [...known[i].values(), ...byTrust])];
    const all = [...named, ...defaultAccounts(assigned, [...known[i].values(), ...named])];
    return new Map(all.map((principal): [string, Principal] => [principalKey(principal), principal]));
  });
  // pods that no template defines exist wherever their cluster does, also where no role trusts them
  const named = new Map(trusted.flatMap((principals) => [...principals]).filter(([key]) => !known.some((principals) => principals.has(key))));
  const isIn = (assigned: AssignedModel, principal?: Principal) => principal?.kind === 'pods' && assigned.cluster(principal.cluster) !== undefined;
  const keys = new Set([...known, ...trusted].flatMap((principals) => [...principals.keys()]));
  return [...keys].map((key) => {
    const each = assignments.all.map((assigned, i): PrincipalUnder =>
      ({ assigned, principal: known[i].get(key) ?? trusted[i].get(key) ?? (isIn(assigned, named.get(key)) ? named.get(key) : undefined) }));
    return new AskedPrincipal(assignments, each as [PrincipalUnder, ...PrincipalUnder[]]);
  });
}

/** Those that the templates define, by a key that identifies them under other assignments, too. */
export const principalsIn = ({ model }: AssignedModel): ReadonlyMap<string, Pods | Nodes> => {
  const { serviceAccounts, associations, workloads, nodegroups, clusters } = model;
  return defined.of([serviceAccounts, associations, workloads, nodegroups, clusters], () => definedIn(model));
};

/** Found once for all assignments of the conditions under which they are the same. */
const defined = new Interned<ReadonlyMap<string, Pods | Nodes>>();

function definedIn(model: Parts): Map<string, Pods | Nodes> {
  const all: Array<Pods | Nodes> = [
    ...model.serviceAccounts.map(({ cluster, namespace, name }): Pods => ({ kind: 'pods', cluster, namespace, serviceAccountName: name })),
    ...model.associations.flatMap((association) => clustersOf(association, model).map((cluster): Pods =>
      ({ kind: 'pods', cluster, namespace: association.namespace, serviceAccountName: association.serviceAccount }))),
    ...model.workloads.map(podsOf),
    ...model.nodegroups.map((nodegroup): Nodes => ({ kind: 'nodes', nodegroup })),
  ];
  return new Map(all.map((principal) => [principalKey(principal), principal]));
}

/** What principals are made of. */
type Parts = Pick<Model, 'serviceAccounts' | 'associations' | 'workloads' | 'nodegroups' | 'clusters'>;

/** One of an object shows only the name of its cluster, or not even that. */
const clustersOf = ({ cluster, fromObject }: Association, { clusters }: Parts): ClusterId[] =>
  (fromObject === undefined ? [cluster] : clusters.map(({ id }) => id).filter((id) => id.is(cluster) !== 'no'));

/** Identifies a principal by what the templates write of it. */
export function principalKey(principal: Principal, clusterKey = clusterOf(principal)?.key ?? ''): string {
  if (principal.kind === 'trusted') {
    return `Role ${principal.role.arn.key}`;
  }
  if (principal.kind === 'role') {
    return `RoleSession ${principal.role.arn.key}`;
  }
  if (principal.kind === 'nodes') {
    const { label, place } = principal.nodegroup;
    return ['Nodegroup', clusterKey, label, stackOf(place)].join(' ');
  }
  const { namespace, serviceAccountName, workload } = principal;
  return [workload?.kind ?? 'ServiceAccount', clusterKey, namespace.key, (workload?.name ?? serviceAccountName).key].join(' ');
}
