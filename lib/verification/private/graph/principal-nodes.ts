import { DraftGraph, DraftNode } from './draft-graph';
import { OUTSIDE, roleKey } from './role-nodes';
import { placeText } from '../../internal/place-text';
import { Nodes, Pods, RoleSessions, Trusted } from '../assignments/principal';
import { AskedPrincipal } from '../decisions/principals/asked-principal';

/** The node of a principal. */
export function principalNode(graph: DraftGraph, asked: AskedPrincipal): DraftNode {
  const { principal } = asked;
  switch (principal.kind) {
    case 'pods': return principal.workload ? workloadNode(graph, asked, principal, principal.workload) : accountNode(graph, asked, principal);
    case 'nodes': return nodegroupNode(graph, asked, principal);
    default: return trustedNode(graph, principal);
  }
}

function workloadNode(graph: DraftGraph, asked: AskedPrincipal, pods: Pods, workload: NonNullable<Pods['workload']>): DraftNode {
  const { cluster: { key }, namespace, serviceAccountName } = pods;
  return graph.node({
    key: JSON.stringify([workload.kind, key, namespace.key, workload.name.key]),
    column: 'workload',
    name: workload.name.toString(),
    group: `${asked.cluster} / ${namespace}`,
    kind: workload.kind,
    isElsewhere: false,
    facts: [['Cluster', asked.cluster], ['Namespace', namespace.toString()], ['Service account', serviceAccountName.toString()]],
    places: [placeText(workload.place)],
  });
}

const accountKey = ({ cluster, namespace, serviceAccountName }: Pods): string =>
  JSON.stringify(['ServiceAccount', cluster.key, namespace.key, serviceAccountName.key]);

function accountNode(graph: DraftGraph, { cluster, each }: AskedPrincipal, pods: Pods): DraftNode {
  const { namespace, serviceAccountName } = pods;
  const things = each.flatMap(({ assigned: { accounts, associations } }) => [...accounts.of(pods), ...associations.of(pods)]);
  return graph.node({
    key: accountKey(pods),
    column: 'account',
    name: serviceAccountName.toString(),
    group: `${cluster} / ${namespace}`,
    kind: 'service account',
    isElsewhere: things.length === 0,
    facts: [['Cluster', cluster], ['Namespace', namespace.toString()]],
    places: things.filter(({ isOwn }) => isOwn !== 'no').map(({ thing }) => placeText(thing.place)),
  });
}

/** The service account that the pods of a workload run as, which no template may define. Undefined for others. */
export function accountOfWorkload(graph: DraftGraph, asked: AskedPrincipal): DraftNode | undefined {
  const { principal } = asked;
  return principal.kind === 'pods' && principal.workload ? accountNode(graph, asked, principal) : undefined;
}

const PODS = { yes: 'pods reach it', no: 'pods without the network of their node do not reach it', unknown: 'pods might reach it' } as const;

function nodegroupNode(graph: DraftGraph, asked: AskedPrincipal, { nodegroup }: Nodes): DraftNode {
  const { cluster, label, place, name, podsReachMetadata, why } = nodegroup;
  return graph.node({
    key: JSON.stringify(['nodegroup', cluster.key, label, place.nestedStack ?? place.template]),
    column: 'workload',
    name: label,
    group: `${asked.cluster} / nodes`,
    kind: 'nodegroup',
    isElsewhere: false,
    facts: [['Cluster', asked.cluster], ['Name', name.toString()], ['Instance metadata', `${PODS[podsReachMetadata]}: ${why}`]],
    places: [placeText(place)],
  });
}

function trustedNode(graph: DraftGraph, { role }: Trusted | RoleSessions): DraftNode {
  return graph.node({
    key: `trusted by ${roleKey(role)}`,
    column: 'account',
    name: `whoever role ${role.label} trusts`,
    group: OUTSIDE,
    kind: 'whoever a role trusts',
    isElsewhere: true,
    facts: [],
  });
}
