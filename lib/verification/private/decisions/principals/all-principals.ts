import { AskedPrincipal, PrincipalUnder } from './asked-principal';
import { podsOf } from './find-principals';
import { trustedPrincipals } from './trusted-principals';
import { AssignedModel } from '../../assignments/assigned-model';
import { Assignments } from '../../assignments/assignments';
import { Pods, Principal, Trusted } from '../../assignments/principal';
import { Text } from '../../values/text';

/** The service accounts, workloads and nodegroups of the templates, and those that trust policies admit besides, each once. */
export function allPrincipals(assignments: Assignments): AskedPrincipal[] {
  const defined = assignments.all.map(principalsIn);
  const trusted = assignments.all.map((assigned, i) =>
    new Map(trustedPrincipals(assigned, defined[i].values()).map((principal): [string, Principal] => [keyOfTrusted(principal), principal])));
  // pods that only trust policies name exist wherever their cluster does, also where no role trusts them
  const named = new Map(trusted.flatMap((principals) => [...principals]).filter(([key]) => !defined.some((principals) => principals.has(key))));
  const isIn = (assigned: AssignedModel, principal?: Principal) => principal?.kind === 'pods' && assigned.cluster(principal.cluster) !== undefined;
  const keys = new Set([...defined, ...trusted].flatMap((principals) => [...principals.keys()]));
  return [...keys].map((key) => {
    const each = assignments.all.map((assigned, i): PrincipalUnder =>
      ({ assigned, principal: defined[i].get(key) ?? trusted[i].get(key) ?? (isIn(assigned, named.get(key)) ? named.get(key) : undefined) }));
    return new AskedPrincipal(assignments, each as [PrincipalUnder, ...PrincipalUnder[]]);
  });
}

const keyOfTrusted = (principal: Pods | Trusted): string => (principal.kind === 'pods'
  ? principalKey('ServiceAccount', principal.cluster, principal.namespace, principal.serviceAccountName)
  : principalKey('Role', principal.role.arn));

/** Those that the templates define, by a key that identifies them in other assemblies, too. */
export function principalsIn({ model }: AssignedModel): Map<string, Principal> {
  const accounts = [
    ...model.serviceAccounts.map(({ cluster, namespace, name }) => ({ cluster, namespace, name })),
    ...model.associations.map(({ cluster, namespace, serviceAccount }) => ({ cluster, namespace, name: serviceAccount })),
  ];
  return new Map<string, Principal>([
    ...accounts.map(({ cluster, namespace, name }): [string, Principal] =>
      [principalKey('ServiceAccount', cluster, namespace, name), { kind: 'pods', cluster, namespace, serviceAccountName: name }]),
    ...model.workloads.map((workload): [string, Principal] =>
      [principalKey(workload.kind, workload.cluster, workload.namespace, workload.name), podsOf(workload)]),
    ...model.nodegroups.map((nodegroup): [string, Principal] =>
      [principalKey('Nodegroup', nodegroup.cluster, nodegroup.label, nodegroup.place.template), { kind: 'nodes', nodegroup }]),
  ]);
}

export const principalKey = (...parts: Array<string | Text>) => parts.map((part) => (typeof part === 'string' ? part : part.key)).join(' ');
